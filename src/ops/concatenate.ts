import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { formatShape, inserted, normalizeAxis, sameShape, sizeOf } from "../core/shape.js";
import { describeValue } from "../core/tree.js";
import { type ArrayValue, formatType, type TensorType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { promote } from "./cast.js";
import { describe } from "./describe.js";
import { concatenateKernel } from "./kernels/copy.js";
import { bare } from "./latex.js";
import { linear } from "./linear.js";
import { pastBatch, restoreShape } from "./shape.js";
import { sliceAxis } from "./slice.js";

const concatenateOp: Primitive<{ axis: number }> = {
  name: "concatenate",
  type: (inputs, { axis }) => {
    const types: readonly TensorType[] = inputs;
    const [first] = inputs;
    const fits = ({ dtype, shape }: TensorType): boolean =>
      dtype === first.dtype &&
      shape.length === first.shape.length &&
      shape.every((length, a) => a === axis || length === first.shape[a]);
    if (!types.every(fits)) {
      throw new ShapeError("concatenate", {
        expected: `inputs of one dtype that agree in every axis but ${axis}`,
        received: types.map(formatType).join(" and "),
      });
    }
    const total = types.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
    const shape = first.shape.map((length, a) => (a === axis ? total : length));
    return tensorType(
      shape,
      first.dtype,
      types.every(({ weak }) => weak),
    );
  },
  evaluate: (inputs, { axis }, { shape, dtype }) => {
    const arrays: readonly ArrayValue[] = inputs;
    const data = allocate(dtype, sizeOf(shape));
    const rows = sizeOf(shape.slice(0, axis));
    const width = sizeOf(shape.slice(axis));
    let column = 0;
    for (const input of arrays) {
      const own = sizeOf(input.shape.slice(axis));
      for (let row = 0; row < rows; row++)
        data.set(input.data.subarray(row * own, (row + 1) * own), row * width + column);
      column += own;
    }
    return { shape, dtype, data };
  },
  derivative: /* @__PURE__ */ linear({
    groups: (count) => [Array.from({ length: count }, (_, at) => at)],
    transpose: (ct, at, inputs, { axis }) => part(ct, at, inputs, axis),
  }),
  batch: { inFront: pastBatch, behind: (params) => params },
  lower: {
    kind: "kernel",
    kernel: concatenateKernel,
    inline: { kind: "concatenate", axis: ({ axis }) => axis },
  },
};

export const describedConcatenate: Primitive = /* @__PURE__ */ describe(concatenateOp, {
  spoken: ({ axis }, inputs) => ({
    call: "concatenate",
    of: [[...inputs.keys()]],
    ...(axis === 0 ? {} : { options: { axis } }),
  }),
  doc: "Tensors joined along an existing axis; the other axes agree.",
  latex: (inputs) => `\\left[${inputs.map(bare).join(", ")}\\right]`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [2] }, { shape: [3] }], params: { axis: 0 } },
    { inputs: [{ shape: [2, 3] }, { shape: [2, 1] }, { shape: [2, 0] }], params: { axis: 1 } },
    { inputs: [{ shape: [0, 2] }, { shape: [0, 2] }], params: { axis: 0 } },
    { inputs: [{ shape: [2, 2, 2] }], params: { axis: 1 } },
  ],
});

/** The part of a joined tensor that came from input `at`. */
function part(joined: Tensor, at: number, inputs: readonly Tensor[], axis: number): Tensor {
  let start = 0;
  for (let i = 0; i < at; i++) start += (inputs[i] as Tensor).shape[axis] as number;
  return sliceAxis(joined, axis, start, (inputs[at] as Tensor).shape[axis] as number);
}

function joinable(operation: string, xs: readonly TensorLike[]): readonly Tensor[] {
  if (!Array.isArray(xs) || xs.length === 0) {
    throw new ShapeError(operation, {
      expected: "a list of at least one tensor",
      received: describeValue(xs),
    });
  }
  return promote(
    xs.map((x) => asTensor(x, operation)),
    false,
  );
}

/** Tensors joined along `axis` (default 0), in the dtype they promote to. Throws ShapeError where other axes differ. */
export function concatenate(
  xs: readonly TensorLike[],
  options: { readonly axis?: number } = {},
): Tensor {
  const tensors = joinable("concatenate", xs);
  const first = tensors[0] as Tensor;
  if (first.ndim === 0) {
    throw new ShapeError("concatenate", {
      expected: "tensors of at least one axis",
      received: formatType(first.type),
      fix: "stack joins scalars",
    });
  }
  return joinAxis(tensors, normalizeAxis("concatenate", options.axis ?? 0, first.ndim));
}

function joinAxis(tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 1) return tensors[0] as Tensor;
  return bindTensor(concatenateOp, tensors, { axis });
}

/** Tensors of one shape joined along a new axis (default 0). Throws ShapeError where shapes differ. */
export function stack(xs: readonly TensorLike[], options: { readonly axis?: number } = {}): Tensor {
  const tensors = joinable("stack", xs);
  const { shape } = tensors[0] as Tensor;
  const different = tensors.find((tensor) => !sameShape(tensor.shape, shape));
  if (different !== undefined) {
    throw new ShapeError("stack", {
      expected: `tensors of one shape, ${formatShape(shape)} as the first`,
      received: formatShape(different.shape),
    });
  }
  const axis = normalizeAxis("stack", options.axis ?? 0, shape.length + 1);
  const column = inserted(shape, axis, 1);
  return joinAxis(
    tensors.map((tensor) => restoreShape(tensor, column)),
    axis,
  );
}

/** Joined along axis 1; vectors and scalars along axis 0. */
export function hstack(xs: readonly TensorLike[]): Tensor {
  const tensors = joinable("hstack", xs).map((tensor) => atLeast(tensor, 1));
  return concatenate(tensors, { axis: (tensors[0] as Tensor).ndim === 1 ? 0 : 1 });
}

/** Joined along axis 0, vectors as rows. */
export function vstack(xs: readonly TensorLike[]): Tensor {
  return concatenate(joinable("vstack", xs).map((tensor) => atLeast(tensor, 2)));
}

/** Joined along axis 2, vectors and matrices with a new last axis. */
export function dstack(xs: readonly TensorLike[]): Tensor {
  return concatenate(
    joinable("dstack", xs).map((tensor) => atLeast(tensor, 3)),
    { axis: 2 },
  );
}

/** Axes of length 1 added until there are `rank`, where NumPy's atleast_1d, atleast_2d and atleast_3d put them. */
function atLeast(x: Tensor, rank: 1 | 2 | 3): Tensor {
  const { shape } = x;
  if (shape.length >= rank) return x;
  if (rank < 3)
    return restoreShape(x, shape.length === 0 ? new Array(rank).fill(1) : [1, ...shape]);
  const [rows = 1, columns = 1] = shape.length === 1 ? [1, shape[0]] : shape;
  return restoreShape(x, [rows, columns, 1]);
}

/** `x` with at least one axis. */
export function atLeast1d(x: TensorLike): Tensor {
  return atLeast(asTensor(x, "atLeast1d"), 1);
}

/** `x` with at least two axes; a vector becomes a row. */
export function atLeast2d(x: TensorLike): Tensor {
  return atLeast(asTensor(x, "atLeast2d"), 2);
}

/** `x` with at least three axes; a vector becomes [1, n, 1], a matrix [m, n, 1]. */
export function atLeast3d(x: TensorLike): Tensor {
  return atLeast(asTensor(x, "atLeast3d"), 3);
}
