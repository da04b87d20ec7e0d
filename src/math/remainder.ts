import type { Builder } from "../program/builder.js";
import { scalarOf } from "../program/lanes.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand, RegisterType, Routine } from "../program/types.js";
import { byFormat, signed } from "./float.js";
import { twoProduct } from "./pair.js";

type Binary = (b: Builder, x: Operand, y: Operand) => Operand;

/** The fraction as a whole number, of a size and its exponent field. */
function fractionOf(b: Builder, size: Operand): { fraction: Operand; exponent: Operand } {
  const bits = b.toBits(size);
  const field = b.shift("shrU", bits, 52);
  const rest = b.and(bits, (1n << 52n) - 1n);
  const isNormal = b.compare("ne", field, 0);
  return {
    fraction: b.select(isNormal, b.or(rest, 1n << 52n), rest),
    exponent: b.compute("wrap", "i32", [b.select(isNormal, field, 1)]),
  };
}

/** x − y trunc(x/y) of any f64, exactly: a long division, 11 digits at a time. */
function longRemainder(b: Builder, x: Operand, y: Operand): Operand {
  const [p, q] = [b.abs(x), b.abs(y)];
  const isLess = b.compare("lt", p, q);
  const result = b.variable("f64", "result");
  b.assign(result, b.select(isLess, x, Number.NaN));
  const divides = b.and(b.compare("ge", p, q), b.compare("gt", q, 0));
  b.branch(b.and(divides, b.compare("lt", p, Infinity)), () => {
    const [dividend, divisor] = [fractionOf(b, p), fractionOf(b, q)];
    const rest = b.variable("i64", "rest");
    const digits = b.variable("i32", "digits");
    const step = (value: Operand): void =>
      b.assign(rest, b.compute("remU", "i64", [value, divisor.fraction]));
    step(dividend.fraction);
    b.assign(digits, b.sub(dividend.exponent, divisor.exponent));
    b.while(
      () => b.compare("gt", b.read(digits), 0),
      () => {
        const left = b.read(digits);
        const some = b.min(left, 11);
        step(b.compute("shl", "i64", [b.read(rest), some]));
        b.assign(digits, b.sub(left, some));
      },
    );
    // times 2^(exponent − 1075), a power that may be subnormal
    const wide = b.convert(divisor.exponent, "i64");
    const normal = b.shift("shl", b.sub(wide, 52), 52);
    const below = b.sub(divisor.exponent, 1);
    const subnormal = b.compute("shl", "i64", [b.like(wide, 1), below]);
    const power = b.select(b.compare("gt", divisor.exponent, 52), normal, subnormal);
    const size = b.mul(b.convert(b.read(rest), "f64"), b.fromBits(power));
    b.assign(result, b.compute("copysign", "f64", [size, x]));
  });
  return b.read(result);
}

/** x − y floor(x/y), given x − y trunc(x/y). */
function withSignOf(b: Builder, rest: Operand, y: Operand): Operand {
  const zero = b.like(y, 0);
  const isNegative = b.compare("lt", y, zero);
  const differs = b.compute("xor", isNegative.type, [b.compare("lt", rest, zero), isNegative]);
  const none = b.select(isNegative, b.like(y, -0), zero);
  return b.select(b.compare("eq", rest, zero), none, b.select(differs, b.add(rest, y), rest));
}

/** floor(x/y) of any f64, as the interpreter computes it. */
function longFloorDivide(b: Builder, x: Operand, y: Operand, rest: Operand): Operand {
  const [zero, one] = [b.like(x, 0), b.like(x, 1)];
  const ratio = b.div(b.sub(x, rest), y);
  const isNegative = b.compare("lt", y, zero);
  const differs = b.compute("xor", "bool", [b.compare("lt", rest, zero), isNegative]);
  const down = b.and(b.compare("ne", rest, zero), differs);
  const lowered = b.select(down, b.sub(ratio, one), ratio);
  const whole = b.compute("floor", x.type, [lowered]);
  const isUp = b.compare("gt", b.sub(lowered, whole), 0.5);
  const rounded = b.select(isUp, b.add(whole, one), whole);
  const value = b.select(b.compare("eq", lowered, zero), zero, rounded);
  return b.select(b.compare("eq", y, zero), b.div(x, y), value);
}

/** Where the quotient of sizes is a whole number that the format holds with digits to spare, and what remains. */
interface Quotient {
  readonly isNear: Operand;
  readonly whole: Operand;
  readonly rest: Operand;
}

/** The rounded quotient is never too small, and the product exact as a pair. */
function divide(b: Builder, x: Operand, y: Operand): Quotient {
  const [p, q] = [b.abs(x), b.abs(y)];
  const ratio = b.div(p, q);
  const whole = b.compute("trunc", x.type, [ratio]);
  const { high, low } = twoProduct(b, whole, q);
  const rest = b.sub(b.sub(p, high), low);
  const isOver = b.compare("lt", rest, 0);
  const isSmall = b.compare("lt", ratio, byFormat(x, 2 ** 50, 2 ** 22));
  const isAbove = b.compare("gt", q, byFormat(x, 2 ** -900, 2 ** -70));
  const isBelow = b.compare("lt", q, byFormat(x, 2 ** 900, 2 ** 90));
  return {
    isNear: b.and(isSmall, b.and(isAbove, isBelow)),
    whole: b.select(isOver, b.sub(whole, 1), whole),
    rest: b.select(isOver, b.add(rest, q), rest),
  };
}

/** The function near, and far the long one: of f64, and through it of f32. */
function sequence(
  name: string,
  near: (b: Builder, x: Operand, y: Operand, by: Quotient) => Operand,
  far: Binary,
): MathSequence {
  const routines = new Map<RegisterType, Routine>();
  const calleeOf = (outer: Builder, type: RegisterType): Routine => {
    let made = routines.get(type);
    if (made === undefined) {
      made = outer.routine(`${name}Long_${type}`, [type, type], (b, x: Operand, y: Operand) => {
        if (type === "f64") return far(b, x, y);
        const args = [b.convert(x, "f64"), b.convert(y, "f64")];
        return b.convert(b.call(calleeOf(b, "f64"), "f64", args), "f32");
      });
      routines.set(type, made);
    }
    return made;
  };
  return {
    name,
    emit: (b, x: Operand, y: Operand) => {
      const by = divide(b, x, y);
      const callee = calleeOf(b, scalarOf(x.type));
      return b.rescue(b.not(by.isNear), near(b, x, y, by), callee, [x, y]);
    },
  };
}

/** Of quotients that are whole numbers: down by one where something remains and signs differ; never −0. */
function nearFloor(b: Builder, x: Operand, y: Operand, { whole, rest }: Quotient): Operand {
  const zero = b.like(x, 0);
  const differs = b.compute("xor", b.compare("lt", x, zero).type, [
    b.compare("lt", x, zero),
    b.compare("lt", y, zero),
  ]);
  const part = b.select(b.compare("ne", rest, zero), b.like(x, 1), zero);
  return b.select(differs, b.sub(zero, b.add(whole, part)), whole);
}

export const fmodSequence: MathSequence = /* @__PURE__ */ sequence(
  "fmod",
  (b, x, _y, { rest }) => signed(b, rest, x),
  longRemainder,
);
export const remainderSequence: MathSequence = /* @__PURE__ */ sequence(
  "remainder",
  (b, x, y, { rest }) => withSignOf(b, signed(b, rest, x), y),
  (b, x, y) => withSignOf(b, longRemainder(b, x, y), y),
);
export const floorDivideSequence: MathSequence = /* @__PURE__ */ sequence(
  "floorDivide",
  nearFloor,
  (b, x, y) => longFloorDivide(b, x, y, longRemainder(b, x, y)),
);
