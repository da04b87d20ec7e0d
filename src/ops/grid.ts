import { asTensor } from "../core/convert.js";
import type { DType } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Shape } from "../core/shape.js";
import { formatType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { stack } from "./concatenate.js";
import { zeros } from "./creation.js";
import { iota } from "./iota.js";
import { broadcastTo, restoreShape } from "./shape.js";

export interface MeshgridOptions {
  /** "xy" (Cartesian, the first two axes exchanged) unless given, or "ij" (matrix indexing). */
  readonly indexing?: "xy" | "ij";
  /** Leave axes of length 1 unrepeated. */
  readonly sparse?: boolean;
}

/**
 * The coordinates of a grid spanned by vectors: one tensor per vector, all of the grid's shape. Throws ShapeError
 * for tensors of more than one axis.
 */
export function meshgrid(
  xs: readonly TensorLike[],
  { indexing = "xy", sparse = false }: MeshgridOptions = {},
): Tensor[] {
  const vectors = xs.map((x) => {
    const tensor = asTensor(x, "meshgrid");
    if (tensor.ndim <= 1) return restoreShape(tensor, [tensor.size]);
    throw new ShapeError("meshgrid", { expected: "vectors", received: formatType(tensor.type) });
  });
  const axisOf = (i: number): number =>
    indexing === "xy" && vectors.length > 1 && i < 2 ? 1 - i : i;
  const lengths = new Array<number>(vectors.length);
  vectors.forEach((vector, i) => {
    lengths[axisOf(i)] = vector.size;
  });
  return vectors.map((vector, i) => {
    const shape = lengths.map((length, axis) => (axis === axisOf(i) ? length : 1));
    const line = restoreShape(vector, shape);
    return sparse ? line : (broadcastTo(line, lengths) as Tensor);
  });
}

/** The indices of a grid: [number of axes, ...shape], i32 unless `dtype` is given. */
export function indices<D extends DType = "i32">(
  shape: Shape,
  options: { readonly dtype?: D } = {},
): Tensor<Shape, D> {
  const dtype = (options.dtype ?? "i32") as D;
  if (shape.length === 0) return zeros([0], { dtype }) as Tensor<Shape, D>;
  const axes = shape.map((_, axis) => iota(shape, { axis, dtype }) as Tensor);
  return stack(axes) as Tensor as Tensor<Shape, D>;
}
