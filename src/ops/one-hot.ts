import type { DType } from "../core/dtype.js";
import { isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { normalizeAxis } from "../core/shape.js";
import { formatType } from "../core/type.js";
import { expandDims } from "./axes.js";
import { cast } from "./cast.js";
import { equal } from "./comparison.js";
import { iota } from "./iota.js";
import { type Indices, indicesOf } from "./take.js";

export interface OneHotOptions {
  /** Where the new axis stands in the result; default the last. */
  readonly axis?: number;
  /** Default f64. */
  readonly dtype?: DType;
}

/**
 * 1 at the place an integer names, along a new axis of length `classes`, 0 elsewhere; for integers outside
 * 0 … classes − 1 all 0 (jax.nn.one_hot). Throws DTypeError for what is no integer.
 */
export function oneHot(x: Indices, classes: number, options: OneHotOptions = {}): Tensor {
  const labels = indicesOf("oneHot", x);
  if (!isInteger(labels.dtype)) {
    throw new DTypeError("oneHot", {
      expected: "labels of dtype i32 or u32",
      received: formatType(labels.type),
      fix: 'cast(labels, "i32"), or tensor([…], { dtype: "i32" })',
    });
  }
  if (!Number.isInteger(classes) || classes < 0) {
    throw new ShapeError("oneHot", {
      expected: "a whole number of classes ≥ 0",
      received: String(classes),
    });
  }
  const axis = normalizeAxis("oneHot", options.axis ?? -1, labels.ndim + 1);
  const shape = [...labels.shape.slice(0, axis), classes, ...labels.shape.slice(axis)];
  const places = iota(shape, { axis, dtype: labels.dtype }) as Tensor;
  return cast(equal(expandDims(labels, axis), places), options.dtype ?? "f64") as Tensor;
}
