import { asTensor } from "../core/convert.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { equal } from "./comparison.js";
import { cumprod } from "./cumulative.js";
import { iota } from "./iota.js";
import { where } from "./select.js";
import { broadcastTo, restoreShape } from "./shape.js";
import { flip } from "./slice.js";

export interface VanderOptions {
  /** Powers 0, 1, 2, … from left to right; falling unless given. */
  readonly increasing?: boolean;
}

/** Vandermonde matrix: powers of the elements of a vector, `columns` of them (its length unless given). */
export function vander(x: TensorLike, columns?: number, options: VanderOptions = {}): Tensor {
  const tensor = asTensor(x, "vander");
  const count = columns ?? tensor.size;
  if (tensor.ndim !== 1) {
    throw new ShapeError("vander", { expected: "a vector", received: formatType(tensor.type) });
  }
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new ValueError("vander", {
      expected: "a whole number of columns ≥ 0",
      received: String(count),
    });
  }
  const shape = [tensor.size, count];
  const column = broadcastTo(restoreShape(tensor, [tensor.size, 1]), shape) as Tensor;
  const isFirst = equal(iota(shape, { dtype: "i32", axis: 1 }), 0);
  const powers = cumprod(where(isFirst, 1, column), { axis: 1 });
  return options.increasing === true ? powers : flip(powers, 1);
}
