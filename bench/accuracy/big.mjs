/**
 * Real numbers m·2^e with 160 binary digits, for references: BigInt only, nothing shared with what is measured.
 * Every function is accurate in relative terms to about 2^-150.
 */
const DIGITS = 160;
/** Digits after the point in the kernels of exp. */
const FIXED = 200n;

/** @typedef {{ readonly m: bigint, readonly e: number }} Big */

/** @param {bigint} m */
function length(m) {
  const text = (m < 0n ? -m : m).toString(16);
  return text.length * 4 - Math.clz32(Number.parseInt(text.slice(0, 1), 16)) + 28;
}

/** @returns {Big} m·2^e, rounded. @param {bigint} m @param {number} e */
export function big(m, e = 0) {
  const excess = length(m) - DIGITS;
  if (excess <= 0) return { m, e };
  return { m: (m + (1n << BigInt(excess - 1))) >> BigInt(excess), e: e + excess };
}

const view = new DataView(new ArrayBuffer(8));

/** A finite number, exactly. @param {number} x @returns {Big} */
export function from(x) {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: x < 0 ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

/** The number nearest to it, roughly (two roundings where it is subnormal). @param {Big} x */
export function toNumber({ m, e }) {
  const excess = length(m) - 62;
  const top = excess > 0 ? Number(m >> BigInt(excess)) : Number(m);
  const power = e + Math.max(excess, 0);
  const half = Math.trunc(power / 2);
  return top * 2 ** half * 2 ** (power - half);
}

/** The k with 2^k ≤ |x| < 2^(k+1). @param {Big} x */
export const exponent = ({ m, e }) => (m === 0n ? -Infinity : length(m) + e - 1);

/** @param {Big} x @returns {Big} */
export const neg = ({ m, e }) => ({ m: -m, e });
/** @param {Big} x @returns {Big} */
export const abs = ({ m, e }) => ({ m: m < 0n ? -m : m, e });
/** −1, 0 or 1. @param {Big} x */
export const sign = ({ m }) => (m > 0n ? 1 : m < 0n ? -1 : 0);
/** x·2^k. @param {Big} x @param {number} k @returns {Big} */
export const scale = ({ m, e }, k) => ({ m, e: e + k });

/** @param {Big} a @param {Big} b @returns {Big} */
export function add(a, b) {
  if (a.m === 0n) return b;
  if (b.m === 0n) return a;
  const [high, low] = a.e >= b.e ? [a, b] : [b, a];
  const gap = high.e - low.e;
  // what lies far below the other can only turn a tie
  if (exponent(high) - exponent(low) > 2 * DIGITS + 64) return high;
  return big((high.m << BigInt(gap)) + low.m, low.e);
}
/** @param {Big} a @param {Big} b */
export const sub = (a, b) => add(a, neg(b));
/** @param {Big} a @param {Big} b */
export const mul = (a, b) => big(a.m * b.m, a.e + b.e);
/** @param {Big} a @param {Big} b */
export function div(a, b) {
  const shift = Math.max(0, DIGITS + 8 + length(b.m) - length(a.m));
  return big((a.m << BigInt(shift)) / b.m, a.e - b.e - shift);
}
/** @param {Big} a @param {Big} b */
export const compare = (a, b) => sign(sub(a, b));

/** The integer part of a root. @param {bigint} m @param {bigint} k */
function root(m, k) {
  let x = 1n << BigInt(Math.ceil(length(m) / Number(k)));
  for (;;) {
    const next = ((k - 1n) * x + m / x ** (k - 1n)) / k;
    if (next >= x) return x;
    x = next;
  }
}
/** The k-th root of x ≥ 0. @param {Big} x @param {number} k */
export function rootOf({ m, e }, k) {
  if (m === 0n) return { m, e };
  let shift = Math.max(0, k * (DIGITS + 4) - length(m));
  shift += (((e - shift) % k) + k) % k;
  return big(root(m << BigInt(shift), BigInt(k)), (e - shift) / k);
}
/** @param {Big} x */
export const sqrt = (x) => rootOf(x, 2);

/** 2^-bits · artanh(1/n), as an integer. @param {bigint} n @param {bigint} bits */
function artanhInverse(n, bits) {
  let term = (1n << bits) / n;
  let sum = 0n;
  for (let k = 1n; term > 0n; k += 2n, term /= n * n) sum += term / k;
  return sum;
}
/** ln 2 = 18 artanh 1/26 − 2 artanh 1/4801 + 8 artanh 1/8749, to 1400 digits: exponents have up to 11. */
const LN2_DIGITS = 400n;
const ln2Fixed =
  18n * artanhInverse(26n, LN2_DIGITS) -
  2n * artanhInverse(4801n, LN2_DIGITS) +
  8n * artanhInverse(8749n, LN2_DIGITS);
export const LN2 = big(ln2Fixed, -Number(LN2_DIGITS));
export const one = from(1);

/** The integer nearest to x·2^digits. @param {Big} x @param {number} digits */
function fixed({ m, e }, digits) {
  const shift = e + digits;
  return shift >= 0 ? m << BigInt(shift) : m >> BigInt(-shift);
}

/** e^x; far out some number beyond all formats. @param {Big} x @returns {Big} */
export function exp(x) {
  if (exponent(x) >= 13) return scale(one, sign(x) * 100000);
  const wide = fixed(x, Number(LN2_DIGITS));
  const k = (2n * wide + ln2Fixed) / (2n * ln2Fixed) - (wide < 0n ? 1n : 0n);
  const r = (wide - k * ln2Fixed) >> (LN2_DIGITS - FIXED + 8n); // of 2^-8
  let term = 1n << FIXED;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = ((term * r) >> FIXED) / n;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> FIXED;
  return big(sum, Number(k) - Number(FIXED));
}

/** Σ of terms until they no longer count. @param {(n: number) => Big} term */
export function series(term) {
  let sum = term(0);
  for (let n = 1; ; n++) {
    const next = term(n);
    if (next.m === 0n || exponent(next) < exponent(sum) - DIGITS) return sum;
    sum = add(sum, next);
  }
}

/** Below 2^-12 series take over, where differences would lose digits. @param {Big} x */
const tiny = (x) => exponent(x) < -12;

/** e^x − 1. @param {Big} x @returns {Big} */
export function expm1(x) {
  if (!tiny(x)) return sub(exp(x), one);
  if (x.m === 0n) return x;
  let term = x;
  return series((n) => {
    if (n > 0) term = div(mul(term, x), from(n + 1));
    return term;
  });
}

/** log(1 + x). @param {Big} x @returns {Big} */
export function log1p(x) {
  if (!tiny(x)) return log(add(one, x));
  if (x.m === 0n) return x;
  let power = x;
  return series((n) => {
    if (n > 0) power = neg(mul(power, x));
    return div(power, from(n + 1));
  });
}

/** log x for x > 0. @param {Big} x @returns {Big} */
export function log(x) {
  const k = exponent(x);
  let m = scale(x, -k);
  let power = k;
  if (toNumber(m) > 1.4) {
    m = scale(m, -1);
    power += 1;
  }
  const rest = sub(m, one);
  const small = tiny(rest) ? log1p(rest) : newtonLog(m);
  if (power === 0) return small;
  return add(big(BigInt(power) * ln2Fixed, -Number(LN2_DIGITS)), small);
}

/** Two steps of y += 2 (m − e^y)/(m + e^y), each of which triples the digits. @param {Big} m */
function newtonLog(m) {
  let y = from(Math.log(toNumber(m)));
  for (let i = 0; i < 2; i++) {
    const e = exp(y);
    y = add(y, scale(div(sub(m, e), add(m, e)), 1));
  }
  return y;
}

/** π = 16 artan 1/5 − 4 artan 1/239, by Machin. */
export const PI = big(
  16n * artanInverse(5n, LN2_DIGITS) - 4n * artanInverse(239n, LN2_DIGITS),
  -Number(LN2_DIGITS),
);

/** 2^bits · artan(1/n), as an integer. @param {bigint} n @param {bigint} bits */
function artanInverse(n, bits) {
  let term = (1n << bits) / n;
  let sum = 0n;
  for (let k = 1n; term !== 0n; k += 2n, term = -term / (n * n)) sum += term / k;
  return sum;
}
