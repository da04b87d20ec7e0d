import { asTensor } from "../core/convert.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatShape, inserted, normalizeAxes, normalizeAxis, otherAxes } from "../core/shape.js";
import type { DTypeOf, TensorLike } from "../core/typing.js";
import { permuteAxes, restoreShape } from "./shape.js";

/** All elements in one axis, row-major. */
export function ravel<T extends TensorLike>(x: T): Tensor<readonly [number], DTypeOf<T>> {
  const tensor = asTensor(x, "ravel");
  return restoreShape(tensor, [tensor.size]) as Tensor as Tensor<readonly [number], DTypeOf<T>>;
}

/** Axes of length 1 put in so that they stand at `axis` of the result. Throws ShapeError for axes outside it. */
export function expandDims(x: TensorLike, axis: number | readonly number[]): Tensor {
  const tensor = asTensor(x, "expandDims");
  const added = typeof axis === "number" ? 1 : axis.length;
  const axes = normalizeAxes("expandDims", axis, tensor.ndim + added);
  let next = 0;
  const shape = Array.from({ length: tensor.ndim + added }, (_, a) =>
    axes.includes(a) ? 1 : (tensor.shape[next++] as number),
  );
  return restoreShape(tensor, shape);
}

/** Without the axes of length 1 (those in `axis`, if given). Throws ShapeError for an axis of another length. */
export function squeeze(x: TensorLike, axis?: number | readonly number[]): Tensor {
  const tensor = asTensor(x, "squeeze");
  const { shape } = tensor;
  const axes =
    axis === undefined
      ? shape.flatMap((length, a) => (length === 1 ? [a] : []))
      : normalizeAxes("squeeze", axis, shape.length);
  const wrong = axes.find((a) => shape[a] !== 1);
  if (wrong !== undefined) {
    throw new ShapeError("squeeze", {
      expected: "axes of length 1",
      received: `axis ${wrong} of ${formatShape(shape)}`,
    });
  }
  return restoreShape(
    tensor,
    shape.filter((_, a) => !axes.includes(a)),
  );
}

/** Axes `source` moved to the places `destination`; the others keep their order. */
export function moveaxis(
  x: TensorLike,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  const tensor = asTensor(x, "moveaxis");
  const list = (axes: number | readonly number[]): number[] =>
    (typeof axes === "number" ? [axes] : axes).map((axis) =>
      normalizeAxis("moveaxis", axis, tensor.ndim),
    );
  const from = list(source);
  const to = list(destination);
  const distinct = new Set(from).size === from.length && new Set(to).size === to.length;
  if (from.length !== to.length || !distinct) {
    throw new ShapeError("moveaxis", {
      expected: "as many different destinations as different sources",
      received: `${formatShape(from)} to ${formatShape(to)}`,
    });
  }
  const rest = otherAxes(tensor.shape, from);
  let next = 0;
  const permutation = Array.from({ length: tensor.ndim }, (_, axis) => {
    const at = to.indexOf(axis);
    return at < 0 ? (rest[next++] as number) : (from[at] as number);
  });
  return permuteAxes(tensor, permutation);
}

/** Two axes exchanged. */
export function swapaxes(x: TensorLike, a: number, b: number): Tensor {
  const tensor = asTensor(x, "swapaxes");
  const first = normalizeAxis("swapaxes", a, tensor.ndim);
  const second = normalizeAxis("swapaxes", b, tensor.ndim);
  const permutation = [...tensor.shape.keys()];
  permutation[first] = second;
  permutation[second] = first;
  return permuteAxes(tensor, permutation);
}

/** One axis moved to another place: for rules. */
export function moveAxis(x: Tensor, from: number, to: number): Tensor {
  return permuteAxes(x, inserted(otherAxes(x.shape, [from]), to, from));
}
