/** What references share: results at special arguments, and where to draw arguments from. */

/** Results at ±∞, and at ±0 where those are exact; NaN of NaN. */
export const at =
  (
    /** @type {number | undefined} */ low,
    /** @type {number | undefined} */ high,
    /** @type {"odd" | number | undefined} */ zero = undefined,
  ) =>
  (/** @type {number} */ x) => {
    if (Number.isNaN(x)) return x;
    if (x === Infinity) return high;
    if (x === -Infinity) return low;
    if (x === 0 && zero !== undefined) return zero === "odd" ? x : zero;
    return undefined;
  };

/** Of logarithms: defined for x > end. */
export const above =
  (/** @type {number} */ end, /** @type {"odd" | undefined} */ zero = undefined) =>
  (/** @type {number} */ x) => {
    if (x === end) return -Infinity;
    if (!(x > end)) return Number.NaN;
    return x === Infinity ? x : x === 0 && zero === "odd" ? x : undefined;
  };

/** NaN if an argument is. @param {readonly number[]} args */
export const nan = (...args) => (args.some(Number.isNaN) ? Number.NaN : undefined);

export const wide = /** @type {const} */ ([
  [-0.4, 0.4],
  [-3, 3],
  [-90, 90],
  [-750, 750],
]);
export const near1 = /** @type {const} */ ([
  [0.5, 2],
  [0.9, 1.1],
  [0, 20],
]);
/** Where e^x is subnormal or large, and where its reduction changes. */
export const tails = /** @type {const} */ ([
  [-2, 2],
  [-40, 40],
  [-110, 20],
  [-760, 20],
]);
export const ends = [-745, -708, -103, -88, -17, -37, 0.34657359, -0.34657359];
