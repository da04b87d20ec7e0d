import { floorDivide, fmod, remainder } from "../ops/numerics/remainder.js";
import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Host, Operand, RegisterType } from "../program/types.js";
import { byFormat, signed } from "./float.js";
import { floorDivideIntegers, fmodIntegers, remainderIntegers } from "./integers.js";
import { twoProduct } from "./pair.js";

/** Whether one of two numbers is below 0 and the other is not. */
function isOpposed(b: Builder, x: Operand, y: Operand): Operand {
  const [p, q] = [b.compare("lt", x, 0), b.compare("lt", y, 0)];
  return b.compute("xor", p.type, [p, q]);
}

/** x − y floor(x/y), given x − y trunc(x/y). */
function withSignOf(b: Builder, rest: Operand, y: Operand): Operand {
  const none = b.select(b.compare("lt", y, 0), b.like(y, -0), b.like(y, 0));
  const some = b.select(isOpposed(b, rest, y), b.add(rest, y), rest);
  return b.select(b.compare("eq", rest, 0), none, some);
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

/** The function near; far, where a quotient has more digits than the format, the interpreter's. */
function sequence(
  name: string,
  near: (b: Builder, x: Operand, y: Operand, by: Quotient) => Operand,
  far: (x: number, y: number) => number,
  integers: NonNullable<MathSequence["integers"]>,
): MathSequence {
  const hostOf = (type: RegisterType): Host => ({
    kind: "host",
    name: `${name} far`,
    params: [type, type],
    result: type,
    run: far,
  });
  const hosts = { f64: hostOf("f64"), f32: hostOf("f32") };
  return {
    name,
    integers,
    emit: (b, x: Operand, y: Operand) => {
      const by = divide(b, x, y);
      const host = byFormat(x, hosts.f64, hosts.f32);
      return b.rescue(b.not(by.isNear), near(b, x, y, by), host, [x, y]);
    },
  };
}

/** Of quotients that are whole numbers: down by one where something remains and signs differ; never −0. */
function nearFloor(b: Builder, x: Operand, y: Operand, { whole, rest }: Quotient): Operand {
  const zero = b.like(x, 0);
  const part = b.select(b.compare("ne", rest, zero), b.like(x, 1), zero);
  return b.select(isOpposed(b, x, y), b.sub(zero, b.add(whole, part)), whole);
}

export const fmodSequence: MathSequence = /* @__PURE__ */ sequence(
  "fmod",
  (b, x, _y, { rest }) => signed(b, rest, x),
  fmod,
  fmodIntegers,
);
export const remainderSequence: MathSequence = /* @__PURE__ */ sequence(
  "remainder",
  (b, x, y, { rest }) => withSignOf(b, signed(b, rest, x), y),
  remainder,
  remainderIntegers,
);
export const floorDivideSequence: MathSequence = /* @__PURE__ */ sequence(
  "floorDivide",
  nearFloor,
  floorDivide,
  floorDivideIntegers,
);
