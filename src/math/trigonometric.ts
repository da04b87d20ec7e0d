import { COSINE, SINE } from "../ops/numerics/sinpi.js";
import type { Builder } from "../program/builder.js";
import { scalarOf } from "../program/lanes.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand, Routine } from "../program/types.js";
import { bitsLike, byFormat, formatOf, polynomial } from "./float.js";
import type { Pair } from "./pair.js";
import { reduce, reduceHuge, type Turned } from "./quadrants.js";
import { flipSign } from "./sign.js";

// (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ in r², |r| ≤ π/4: for f64 those of the interpreter, for f32 minimax by Remez'
// algorithm for the error relative to the function, 2^-27.9 and 2^-33.
const SINE_SINGLE: readonly number[] = [-0.166666552, 0.00833218917, -0.000195182613];
const COSINE_SINGLE: readonly number[] = [0.0416666456, -0.00138873095, 2.44323201e-5];

/** sin(high + low), |high| ≤ π/4. */
function sine(b: Builder, { high, low }: Pair): Operand {
  const square = b.mul(high, high);
  const p = polynomial(b, square, byFormat(high, SINE, SINE_SINGLE));
  const rest = b.sub(b.mul(b.mul(square, 0.5), low), b.mul(b.mul(square, high), p));
  return b.sub(high, b.sub(rest, low)); // which keeps −0
}

/** cos(high + low), |high| ≤ π/4, given its sine. */
function cosine(b: Builder, { high, low }: Pair, s: Operand): Operand {
  const square = b.mul(high, high);
  const half = b.mul(square, 0.5);
  const one = b.like(high, 1);
  const head = b.sub(one, half);
  const lost = b.sub(b.sub(one, head), half);
  const p = polynomial(b, square, byFormat(high, COSINE, COSINE_SINGLE));
  return b.add(head, b.add(lost, b.sub(b.mul(b.mul(square, square), p), b.mul(s, low))));
}

/** From the sine and cosine of the angle, those of the whole: `odd` quadrants swap them, bit 1 turns the sign. */
function turned(b: Builder, name: string, { angle, quadrant }: Turned): Operand {
  const of = (value: number) => b.constant(quadrant.type, value);
  const s = sine(b, angle);
  const c = cosine(b, angle, s);
  const sign = (n: Operand, bit: number) =>
    b.and(b.shift("shl", n, byFormat(s, 63, 31) - bit), bitsLike(b, s, -0));
  const odd = b.compare("ne", b.and(quadrant, of(1)), of(0));
  if (name === "tan") {
    const ratio = b.div(b.select(odd, c, s), b.select(odd, s, c));
    return flipSign(b, ratio, sign(quadrant, 0));
  }
  if (name === "sin") return flipSign(b, b.select(odd, c, s), sign(quadrant, 1));
  return flipSign(b, b.select(odd, s, c), sign(b.add(quadrant, of(1)), 1));
}

function periodic(name: string): MathSequence {
  const rescues = new Map<string, Routine>();
  /** For one f64 by exact arithmetic on the bits of 2/π; for an f32 as f64, which holds more of them. */
  const rescueOf = (b: Builder, x: Operand): Routine => {
    const type = scalarOf(x.type);
    let routine = rescues.get(type);
    if (routine === undefined) {
      routine = b.routine(`${name}Rescue`, [type], (inner, param: Operand) =>
        formatOf(x).wide
          ? turned(inner, name, reduceHuge(inner, param))
          : inner.convert(sequence.emit(inner, inner.convert(param, "f64")), "f32"),
      );
      rescues.set(type, routine);
    }
    return routine;
  };
  const sequence: MathSequence = {
    name,
    emit(b, x: Operand) {
      const { hard, ...fast } = reduce(b, x);
      return b.rescue(hard, turned(b, name, fast), rescueOf(b, x), [x]);
    },
  };
  return sequence;
}

export const sinSequence: MathSequence = /* @__PURE__ */ periodic("sin");
export const cosSequence: MathSequence = /* @__PURE__ */ periodic("cos");
export const tanSequence: MathSequence = /* @__PURE__ */ periodic("tan");
