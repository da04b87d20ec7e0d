/**
 * Numbers in [0, 1) that repeat from run to run: a 32-bit linear congruential generator, its high bits mixed
 * (Numerical Recipes' constants).
 * @param {number} seed
 */
export function uniformSource(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Arrays filled from a `uniformSource`. @param {number} seed */
export function randomSource(seed) {
  const uniform = uniformSource(seed);
  /** @param {readonly number[]} shape @param {(i: number) => number} of */
  const fill = (shape, of) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return { shape, data: Float32Array.from({ length: size }, (_, i) => of(i)) };
  };
  return {
    /** @param {readonly number[]} shape @param {number} [scale] */
    uniform: (shape, scale = 1) => fill(shape, () => (2 * uniform() - 1) * scale),
    /** Rows with a single 1. @param {number} rows @param {number} classes */
    oneHot: (rows, classes) => {
      const hot = Array.from({ length: rows }, () => Math.floor(uniform() * classes));
      return fill([rows, classes], (i) => (hot[Math.floor(i / classes)] === i % classes ? 1 : 0));
    },
    /** @param {readonly number[]} shape @param {number} value */
    full: (shape, value) => fill(shape, () => value),
  };
}
