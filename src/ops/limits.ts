import type { Tensor } from "../core/node.js";
import { multiply } from "./arithmetic.js";
import { notEqual } from "./comparison.js";
import { mask } from "./select.js";

/**
 * x·g for a g that decays faster than x grows: 0 by structure where g has vanished, so that it and its derivatives
 * keep their limit at x = ±∞.
 */
export function decaying(x: Tensor, g: Tensor): Tensor {
  return mask(notEqual(g, 0), multiply(x, g));
}
