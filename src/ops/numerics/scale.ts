const bits: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** 2^k for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x · 2^k for |k| ≤ 4096, rounded once where the result is subnormal. */
export function scaleByPower(x: number, k: number): number {
  let result = x;
  let rest = k;
  for (; rest > 1000; rest -= 1000) result *= powerOfTwo(1000);
  for (; rest < -1000; rest += 1000) result *= powerOfTwo(-1000);
  return result * powerOfTwo(rest);
}

/** The k with 2^k ≤ |x| < 2^(k+1), for finite x ≠ 0. */
export function exponentOf(x: number): number {
  const subnormal = Math.abs(x) < 2 ** -1022;
  bits.setFloat64(0, subnormal ? x * 2 ** 54 : x);
  return ((bits.getUint32(0) >>> 20) & 0x7ff) - (subnormal ? 1077 : 1023);
}
