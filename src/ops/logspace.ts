import { asTensor } from "../core/convert.js";
import { ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { normalizeAxis } from "../core/shape.js";
import type { TensorLike } from "../core/typing.js";
import { multiply } from "./arithmetic.js";
import { moveAxis } from "./axes.js";
import { cast, promote } from "./cast.js";
import { sign } from "./magnitude.js";
import { power } from "./power.js";
import { type LinspaceOptions, linspace } from "./range.js";
import { broadcastTogether, restoreShape } from "./shape.js";

export interface LogspaceOptions extends LinspaceOptions {
  /** 10 unless given. */
  readonly base?: number;
}

/** `base` to the powers `linspace(start, stop, count)`. Throws as `linspace` does. */
export function logspace(
  start: TensorLike,
  stop: TensorLike,
  count = 50,
  { base = 10, dtype, ...options }: LogspaceOptions = {},
): Tensor {
  const values = power(base, linspace(start, stop, count, options)) as Tensor;
  return dtype === undefined ? values : (cast(values, dtype) as Tensor);
}

/**
 * `count` values from `start` to `stop`, both exact, each the same multiple of the one before; 50 unless given. Both
 * ends of one sign. Tensors broadcast and stay differentiable. Throws ValueError for ends of different signs or 0
 * given as numbers, and as `linspace` does.
 */
export function geomspace(
  start: TensorLike,
  stop: TensorLike,
  count = 50,
  { endpoint = true, dtype, axis = 0 }: LinspaceOptions = {},
): Tensor {
  if (typeof start === "number" && typeof stop === "number" && !(start * stop > 0)) {
    throw new ValueError("geomspace", {
      expected: "two numbers of one sign, other than 0",
      received: `${start} and ${stop}`,
    });
  }
  const ends = promote([asTensor(start, "geomspace"), asTensor(stop, "geomspace")], true);
  const [from, to] = broadcastTogether("geomspace", ends) as [Tensor, Tensor];
  const exponents = (first: number, last: number): Tensor => {
    const row = linspace(first, last, count, { endpoint, dtype: from.dtype });
    return restoreShape(row, [count, ...from.shape.map(() => 1)]);
  };
  // from^(1 − t)·to^t rather than from·(to/from)^t, whose quotient may overflow.
  const side = sign(from);
  const magnitude = multiply(
    power(multiply(from, side), exponents(1, 0)),
    power(multiply(to, side), exponents(0, 1)),
  );
  const values = multiply(magnitude, side) as Tensor;
  const moved = moveAxis(values, 0, normalizeAxis("geomspace", axis, values.ndim));
  return cast(moved, dtype ?? from.dtype) as Tensor;
}
