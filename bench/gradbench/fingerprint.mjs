// Whether two results are the same, told by three numbers of each: enough to hand over between processes.

/**
 * How many numbers, their sum with weights of either sign, and the sum of their sizes so weighted.
 * @typedef {{ count: number, sum: number, size: number }} Fingerprint
 */

/** Of a number, or of lists and objects of numbers in their order. @param {unknown} value @returns {Fingerprint} */
export function fingerprintOf(value) {
  let [count, sum, size] = [0, 0, 0];
  const walk = (/** @type {any} */ part) => {
    if (ArrayBuffer.isView(part)) for (const each of /** @type {Float64Array} */ (part)) walk(each);
    else if (typeof part === "object") for (const key in part) walk(part[key]);
    else {
      const weighted = part * (0.5 + ((count * 0.618033988749895) % 1));
      sum += count % 3 === 1 ? -weighted : weighted;
      size += Math.abs(weighted);
      count++;
    }
  };
  walk(value);
  return { count, sum, size };
}

/** Up to rounding. @param {Fingerprint} a @param {Fingerprint} b */
export function agree(a, b) {
  return a.count === b.count && Math.abs(a.sum - b.sum) <= 1e-9 * Math.max(a.size, b.size);
}
