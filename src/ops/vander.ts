import { asTensor } from "../core/convert.js";
import { ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { concatenate } from "./concatenate.js";
import { onesLike } from "./creation.js";
import { cumprod } from "./cumulative.js";
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
  const column = restoreShape(tensor, [tensor.size, 1]);
  const factors = [
    broadcastTo(onesLike(column), [tensor.size, Math.min(count, 1)]),
    broadcastTo(column, [tensor.size, Math.max(count - 1, 0)]),
  ];
  const powers = cumprod(concatenate(factors as Tensor[], { axis: 1 }), { axis: 1 });
  return options.increasing === true ? powers : flip(powers, 1);
}
