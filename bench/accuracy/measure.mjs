import * as big from "./big.mjs";

/**
 * @typedef {import("./big.mjs").Big} Big
 * @typedef {"f64" | "f32"} Width
 * @typedef {Float64Array | Float32Array} Floats
 * @typedef {object} Reference
 * @property {number} [arity] 1 unless given
 * @property {number} bound in ulps
 * @property {(...args: Big[]) => Big} value of finite arguments inside the domain
 * @property {(...args: number[]) => number | undefined} special exact results, those of ±∞, NaN and outside the domain
 * @property {readonly number[]} [hard] arguments to look around
 * @property {readonly (readonly [number, number])[]} [ranges] to draw arguments from, of the first and further ones
 * @property {number} [scale] errors count in ulps of this where the value is smaller
 */

const formats = {
  f64: { digits: 52, lowest: -1022, highest: 1023 },
  f32: { digits: 23, lowest: -126, highest: 127 },
};

/**
 * How far `got` is from the true value, in units of the last place of that; ∞ where a special value, a sign of zero
 * or the overflow is wrong.
 * @param {Reference} reference @param {readonly number[]} args @param {number} got @param {Width} width
 */
export function ulps(reference, args, got, width) {
  const { digits, lowest, highest } = formats[width];
  const special = reference.special(...args);
  if (special !== undefined) {
    const expected = width === "f32" ? Math.fround(special) : special;
    return Object.is(got, expected) ? 0 : Infinity;
  }
  const value = reference.value(...args.map(big.from));
  if (Number.isNaN(got)) return Infinity;
  if (value.m === 0n) return got === 0 ? 0 : Infinity;
  const top = big.exponent(value);
  if (
    got === 0 &&
    reference.scale === undefined &&
    (Object.is(got, -0) ? -1 : 1) !== big.sign(value)
  )
    return Infinity;
  if (Math.abs(got) === Infinity) {
    if (Math.sign(got) !== big.sign(value)) return Infinity;
    if (top > highest) return 0;
  }
  const end = big.scale(big.from(Math.sign(got)), highest + 1);
  const difference = big.sub(Math.abs(got) === Infinity ? end : big.from(got), value);
  const scale = reference.scale === undefined ? -Infinity : Math.log2(reference.scale);
  const unit = Math.min(Math.max(top, lowest, scale), highest) - digits;
  return Math.abs(big.toNumber(big.scale(difference, -unit)));
}

/** A generator of numbers in [0, 1), by Marsaglia's xorshift. @param {number} seed */
function generator(seed) {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return { bits: next, unit: () => (next() + next() * 2 ** -32) * 2 ** -32 };
}

const edges = [
  0,
  1,
  2,
  3,
  0.5,
  1.5,
  10,
  100,
  1e-3,
  Number.MIN_VALUE,
  2 ** -1022,
  2 ** -149,
  2 ** -126,
  2 ** -1074 * 3,
  2 ** -54,
  2 ** -25,
  2 ** 53,
  2 ** 52,
  2 ** 24,
  2 ** 23,
  Math.PI,
  Number.MAX_VALUE,
  3.4028234663852886e38,
  Infinity,
  Number.NaN,
].flatMap((x) => (Number.isNaN(x) ? [x] : [x, -x]));

/** The number some steps of its format away. @param {number} x @param {number} steps @param {Width} width */
function stepped(x, steps, width) {
  const data = width === "f64" ? new Float64Array([x]) : new Float32Array([x]);
  const bits = width === "f64" ? new BigInt64Array(data.buffer) : new Int32Array(data.buffer);
  if (bits instanceof BigInt64Array) bits.set([(bits.at(0) ?? 0n) + BigInt(steps)]);
  else bits.set([(bits.at(0) ?? 0) + steps]);
  return data.at(0) ?? 0;
}

/**
 * Arguments: all edges (of several arguments: all pairs), then by turns random bits, random numbers of the ranges, of
 * random size, and the neighbourhoods of hard points.
 * @param {Pick<Reference, "arity" | "hard" | "ranges">} reference @param {Width} width @param {number} count @returns {Floats[]}
 */
export function samples({ arity = 1, hard = [], ranges = [] }, width, count) {
  const random = generator(width === "f64" ? 20261 : 9173);
  const known = [...edges, ...hard];
  const fixed =
    arity === 1 ? known.map((x) => [x]) : known.flatMap((x) => known.map((y) => [x, y]));
  const length = Math.ceil((fixed.length + count) / 4) * 4;
  const Data = width === "f64" ? Float64Array : Float32Array;
  const inputs = Array.from({ length: arity }, () => new Data(length));
  const words = new Uint32Array(2);
  const wide = new Float64Array(words.buffer);
  const narrow = new Float32Array(words.buffer);
  /** @param {number} i @param {number} j */
  const draw = (i, j) => {
    const kind = (i + (j === 0 ? 0 : random.bits())) % 4;
    if (kind === 0) {
      words[0] = random.bits();
      words[1] = random.bits();
      return (width === "f64" ? wide : narrow).at(0) ?? 0;
    }
    if (kind === 1 && hard.length > 0) {
      const near = hard[random.bits() % hard.length] ?? 0;
      return stepped(
        near,
        Math.round((random.unit() - 0.5) * 2 ** (1 + (random.bits() % 12))),
        width,
      );
    }
    if (kind === 2) {
      const sign = random.bits() % 2 === 0 ? 1 : -1;
      return sign * 2 ** ((random.unit() - 0.5) * 2 ** (2 + (random.bits() % 5)));
    }
    const [low, high] = ranges[random.bits() % ranges.length] ?? [-10, 10];
    return low + (high - low) * random.unit();
  };
  for (let i = 0; i < length; i++)
    inputs.forEach((input, j) => {
      input[i] = fixed[i]?.[j] ?? draw(i, j);
    });
  return inputs;
}
