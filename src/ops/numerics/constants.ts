import type { Pair } from "./pair.js";

// Each to 106 bits.
export const PI: Pair = { hi: Math.PI, lo: 1.2246467991473532e-16 };
export const LN2: Pair = { hi: Math.LN2, lo: 2.3190468138462996e-17 };
export const LOG2_E: Pair = { hi: Math.LOG2E, lo: 2.0355273740931033e-17 };
export const LOG10_E: Pair = { hi: Math.LOG10E, lo: 1.098319650216765e-17 };
export const LOG_PI: Pair = { hi: 1.1447298858494002, lo: 1.0265951162707826e-17 };
export const HALF_LOG_TWO_PI: Pair = { hi: 0.9189385332046728, lo: -3.8782941580672414e-17 };
export const SQRT_TWO: Pair = { hi: Math.SQRT2, lo: -9.667293313452913e-17 };
export const SQRT_HALF: Pair = { hi: Math.SQRT1_2, lo: -4.833646656726457e-17 };
export const PER_SQRT_PI: Pair = { hi: 0.5641895835477563, lo: 7.66772980658294e-18 };
export const SQRT_8_PER_PI: Pair = { hi: 1.5957691216057308, lo: -9.96930880911092e-17 };
export const TWELFTH: Pair = { hi: 0.08333333333333333, lo: 4.625929269271485e-18 };
export const TWO_THIRDS: Pair = { hi: 0.6666666666666666, lo: 3.700743415417188e-17 };
