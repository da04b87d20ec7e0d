import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import { expOfPair } from "./exp.js";
import { atLeast, atMost, byFormat, signed } from "./float.js";
import { logPair } from "./log-pair.js";
import { times } from "./pair.js";

/** x^y where a few multiplications do, y known. */
function shortPower(b: Builder, x: Operand, y: number | bigint): Operand | undefined {
  switch (y) {
    case 1:
      return x;
    case 2:
      return b.mul(x, x);
    case 3:
      return b.mul(b.mul(x, x), x);
    case 4:
      return shortPower(b, b.mul(x, x), 2);
    case -1:
      return b.div(b.like(x, 1), x);
    case -2:
      return shortPower(b, b.div(b.like(x, 1), x), 2);
    default:
      return undefined;
  }
}

/** |x|^y by the logarithm, signs and special values as IEEE 754's pow has them. */
function power(b: Builder, x: Operand, y: Operand): Operand {
  const short = y.kind === "constant" ? shortPower(b, x, y.value) : undefined;
  if (short !== undefined) return short;
  const [zero, one] = [b.like(x, 0), b.like(x, 1)];
  const size = b.abs(x);
  const most = byFormat(x, 2 ** 64, 2 ** 40); // enough for 0 or ∞ from any size but 1
  const exponent = atLeast(b, atMost(b, y, most), -most);
  const { high, low } = times(b, logPair(b, size), exponent);
  const inner = b.and(b.compare("gt", size, zero), b.compare("lt", size, Infinity));
  const far = b.mul(exponent, b.select(b.compare("eq", size, zero), b.like(x, -Infinity), size));
  const value = expOfPair(b, { high: b.select(inner, high, far), low: b.select(inner, low, zero) });

  const isWhole = b.compare("eq", b.compute("floor", y.type, [y]), y);
  const half = b.mul(y, 0.5);
  const isOdd = b.and(isWhole, b.compare("ne", b.compute("floor", y.type, [half]), half));
  const withSign = b.select(isOdd, signed(b, value, x), value);
  const isReal = b.or(b.compare("ge", x, zero), b.or(isWhole, b.compare("eq", size, Infinity)));
  const real = b.select(isReal, withSign, Number.NaN);
  const isOne = b.or(b.compare("eq", y, zero), b.compare("eq", x, one));
  return b.select(isOne, one, real);
}

export const powerSequence: MathSequence = { name: "power", emit: power };
