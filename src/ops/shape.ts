import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, type DType, isFloat } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { constant } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import {
  atAxes,
  broadcastShapes,
  checkShape,
  formatShape,
  normalizeAxis,
  otherAxes,
  type Shape,
  sameShape,
  sizeOf,
  stridesOf,
} from "../core/shape.js";
import { tensorType } from "../core/type.js";
import type { DTypeOf, TensorLike } from "../core/typing.js";
import { cast } from "./cast.js";
import { describe } from "./describe.js";
import { applied, base } from "./latex.js";
import { linear } from "./linear.js";
import {
  counted,
  folding,
  pairwiseSum,
  type ReduceParams,
  reduction,
  wrappingSum,
} from "./reduction.js";
import { reduced } from "./spoken.js";
import { gatherStrided, reordered } from "./strided.js";

export const reshapeOp: Primitive<{ shape: Shape }> = {
  name: "reshape",
  type: ([x], { shape }) => {
    const { shape: from, dtype, weak } = x;
    if (sizeOf(shape) !== sizeOf(from)) {
      throw new ShapeError("reshape", {
        expected: `a shape of ${sizeOf(from)} elements, as ${formatShape(from)} has`,
        received: formatShape(shape),
      });
    }
    return tensorType(shape, dtype, weak);
  },
  evaluate: ([x], { shape }) => ({ shape, dtype: x.dtype, data: x.data }),
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x]) => restoreShape(ct, x.shape),
  }),
  batch: {
    inFront: ({ shape }, size) => ({ shape: [size, ...shape] }),
    behind: ({ shape }, size) => ({ shape: [...shape, size] }),
  },
  lower: {
    kind: "view",
    map: (_inputs, _params, output) => ({ offset: 0, strides: stridesOf(output.shape) }),
  },
};

export const describedReshape: Primitive = /* @__PURE__ */ describe(reshapeOp, {
  spoken: ({ shape }) => ({ call: "reshape", of: [0, { data: shape }] }),
  doc: "The same elements in row-major order under another shape.",
  latex: ([x], { shape }) => applied(`\\operatorname{reshape}_{${shape.join("\\times ")}}`, x),
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [2, 3] }], params: { shape: [3, 2] } },
    { inputs: [{ shape: [4] }], params: { shape: [2, 1, 2] } },
    { inputs: [{ shape: [] }], params: { shape: [1, 1] } },
    { inputs: [{ shape: [0, 3] }], params: { shape: [3, 0, 2] } },
  ],
});

export const transposeOp: Primitive<{ permutation: readonly number[] }> = {
  name: "transpose",
  type: ([x], { permutation }) => {
    const { shape, dtype, weak } = x;
    const sorted = [...permutation].sort((a, b) => a - b);
    if (!sameShape(sorted, Array.from(shape.keys()))) {
      throw new ShapeError("transpose", {
        expected: `each of the ${shape.length} axes of ${formatShape(shape)} once`,
        received: formatShape(permutation),
      });
    }
    return tensorType(atAxes(shape, permutation), dtype, weak);
  },
  evaluate: ([x], { permutation }, { shape, dtype }) => ({
    shape,
    dtype,
    data: reordered(x, permutation),
  }),
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, _inputs, { permutation }) => permuteAxes(ct, inverseOf(permutation)),
  }),
  batch: ([x], [axis], { permutation }, { last }) => {
    const at = axis as number;
    const others = permutation.map((p) => (p < at ? p : p + 1));
    return { output: permuteAxes(x, withBatch(others, at, last)), axes: endOf(others, last) };
  },
  lower: {
    kind: "view",
    map: ([x], { permutation }) => {
      const strides = stridesOf(x.shape);
      return { offset: 0, strides: atAxes(strides, permutation) };
    },
  },
};

export const describedTranspose: Primitive = /* @__PURE__ */ describe(transposeOp, {
  spoken: ({ permutation }) =>
    permutation.every((axis, i) => axis === permutation.length - 1 - i)
      ? { call: "transpose", of: [0] }
      : { call: "transpose", of: [0, { data: permutation }] },
  doc: "Axes in another order: axis i of the result is axis permutation[i] of x.",
  latex: ([x]) => `${base(x)}^{\\mathsf T}`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [2, 3] }], params: { permutation: [1, 0] } },
    { inputs: [{ shape: [2, 3, 4] }], params: { permutation: [2, 0, 1] } },
    { inputs: [{ shape: [0, 3] }], params: { permutation: [1, 0] } },
    { inputs: [{ shape: [] }], params: { permutation: [] } },
  ],
});

function inverseOf(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}

export const broadcastToOp: Primitive<{ shape: Shape }> = {
  name: "broadcastTo",
  type: ([x], { shape }) => {
    const { shape: from, dtype, weak } = x;
    if (!sameShape(broadcastShapes("broadcastTo", from, shape), shape)) {
      throw new ShapeError("broadcastTo", {
        expected: `a shape that ${formatShape(from)} broadcasts to`,
        received: formatShape(shape),
      });
    }
    return tensorType(shape, dtype, weak);
  },
  evaluate: ([x], { shape }) => {
    const { shape: from, dtype, data } = x;
    if (data.length === 1) {
      const filled = allocate(dtype, sizeOf(shape)).fill(data[0] as number);
      return { shape, dtype, data: filled };
    }
    return {
      shape,
      dtype,
      data: gatherStrided(data, dtype, shape, broadcastStrides(from, shape), 0),
    };
  },
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x], { shape }) => sumRepeated(ct, x.shape, shape),
    support: (condition, _at, [x], { shape }) =>
      cast(sumRepeated(condition, x.shape, shape), "bool") as Tensor,
  }),
  batch: ([x], [axis], { shape }, { size, last }) => {
    const moved = moveBatchAxis(x, axis as number, last);
    const inner = x.shape.filter((_, a) => a !== axis);
    const padded = [...new Array<number>(shape.length - inner.length).fill(1), ...inner];
    const column = restoreShape(moved, withBatch(padded, size, last));
    return {
      output: bindTensor(broadcastToOp, [column], { shape: withBatch(shape, size, last) }),
      axes: endOf(shape, last),
    };
  },
  lower: {
    kind: "view",
    map: ([x], _params, output) => ({
      offset: 0,
      strides: broadcastStrides(x.shape, output.shape),
    }),
  },
};

export const describedBroadcastTo: Primitive = /* @__PURE__ */ describe(broadcastToOp, {
  spoken: ({ shape }) => ({ call: "broadcastTo", of: [0, { data: shape }] }),
  doc: "Repeats axes of length 1, and adds axes in front, as NumPy broadcasts.",
  latex: ([x]) => `${x}`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [] }], params: { shape: [2, 3] } },
    { inputs: [{ shape: [3] }], params: { shape: [2, 3] } },
    { inputs: [{ shape: [2, 1] }], params: { shape: [4, 2, 3] } },
    { inputs: [{ shape: [1, 3] }], params: { shape: [0, 3] } },
  ],
});

/** The sum over the copies that broadcasting `from` to `to` makes of each element. */
function sumRepeated(x: Tensor, from: Shape, to: Shape): Tensor {
  const added = to.length - from.length;
  const repeated = [...to.keys()].filter((axis) => axis < added || from[axis - added] !== to[axis]);
  const summed = repeated.length === 0 ? x : bindTensor(sumOp, [x], { axes: repeated });
  return restoreShape(summed, from);
}

function broadcastStrides(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  const added = to.length - from.length;
  return to.map((_, axis) => {
    const own = axis - added;
    return own < 0 || from[own] === 1 ? 0 : (strides[own] as number);
  });
}

export const sumOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "sum",
  result: counted,
  fold: (dtype) => (isFloat(dtype) ? pairwiseSum : wrappingSum),
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x], { axes }) => spread(ct, x.shape, axes),
  }),
  lower: /* @__PURE__ */ folding("add"),
});

export const describedSum: Primitive = /* @__PURE__ */ describe(sumOp, {
  spoken: (params, shapes) => reduced("sum", params, shapes),
  doc: "Sum over axes, pairwise in blocks (error O(log n)); the sum of nothing is 0. Integers wrap.",
  latex: ([x], { axes }) => `\\sum_{${axes.join(",")}} ${x}`,
  domain: [{ low: -2, high: 2 }],
  cases: [
    { inputs: [{ shape: [2, 3] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 3, 4] }], params: { axes: [0, 2] } },
    { inputs: [{ shape: [3, 0] }], params: { axes: [1] } },
    { inputs: [{ shape: [] }], params: { axes: [] } },
    { inputs: [{ shape: [300] }], params: { axes: [0] } },
  ],
});

/** The shape with reduced axes of length 1. */
export function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

/** A reduced tensor repeated along the axes it was reduced over. */
export function spread(reduced: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return broadcastTo(restoreShape(reduced, keptShape(shape, axes)), shape) as Tensor;
}

/** Reshape unless the shape is there already. */
export function restoreShape(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : bindTensor(reshapeOp, [x], { shape });
}

/** Transpose unless the axes are in order already. */
export function permuteAxes(x: Tensor, permutation: readonly number[]): Tensor {
  if (permutation.every((axis, i) => axis === i)) return x;
  return bindTensor(transposeOp, [x], { permutation });
}

/** What belongs to the batch axis, among what belongs to the others: in front, or `last`. */
export function withBatch<T>(others: readonly T[], own: T, last?: boolean): T[] {
  return last ? [...others, own] : [own, ...others];
}

/** Where that is, beside `others`. */
export function endOf(others: readonly unknown[], last?: boolean): [number] {
  return [last ? others.length : 0];
}

/** The parameters of an operation along one axis, behind a batch axis in front. */
export function pastBatch<P extends { readonly axis: number }>(params: P): P {
  return { ...params, axis: params.axis + 1 };
}

/** The batch axis in front, or `last`. */
export function moveBatchAxis(x: Tensor, axis: number, last?: boolean): Tensor {
  return permuteAxes(x, withBatch(otherAxes(x.shape, [axis]), axis, last));
}

/** The batch axis in front, or `last`, and there also for an input that has none. */
export function placeBatchAxis(
  x: Tensor,
  axis: number | undefined,
  size: number,
  last?: boolean,
): Tensor {
  if (axis !== undefined) return moveBatchAxis(x, axis, last);
  const column = last ? restoreShape(x, [...x.shape, 1]) : x;
  return broadcastTo(column, withBatch(x.shape, size, last)) as Tensor;
}

/** The axes from last to first. */
export type ReversedShape<S extends Shape> = number extends S["length"]
  ? Shape
  : S extends readonly [infer First extends number, ...infer Rest extends number[]]
    ? readonly [...ReversedShape<Rest>, First]
    : readonly [];

/** Lengths asked of `reshape`; −1 is not known by type. */
export type Reshaped<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends -1 ? number : S[K];
};

/**
 * `x` with `shape`: the same elements in row-major order; one length may be −1 (the rest).
 * Throws ShapeError when the number of elements differs.
 */
export function reshape<T extends TensorLike, const S extends Shape>(
  x: T,
  shape: S,
): Tensor<Reshaped<S>, DTypeOf<T>> {
  const tensor = asTensor(x, "reshape");
  if (!Array.isArray(shape)) checkShape("reshape", shape);
  const unknown = shape.indexOf(-1);
  let full: Shape = shape;
  if (unknown >= 0) {
    const length = tensor.size / -sizeOf(shape);
    full = shape.map((given, axis) =>
      axis === unknown && Number.isInteger(length) ? length : given,
    );
    if (full.includes(-1)) {
      throw new ShapeError("reshape", {
        expected: `lengths that divide ${tensor.size} elements, and −1 once`,
        received: formatShape(shape),
      });
    }
  }
  checkShape("reshape", full);
  return restoreShape(tensor, full) as Tensor as Tensor<Reshaped<S>, DTypeOf<T>>;
}

/** Axes in another order; reversed unless `permutation` is given. Throws ShapeError if it is not a permutation. */
export function transpose(x: TensorLike, permutation?: readonly number[]): Tensor {
  const tensor = asTensor(x, "transpose");
  const order = permutation ?? [...tensor.shape.keys()].reverse();
  const full = order.map((axis) => normalizeAxis("transpose", axis, tensor.ndim));
  if (full.length !== tensor.ndim) return bindTensor(transposeOp, [tensor], { permutation: full });
  return permuteAxes(tensor, full);
}

/** `x` repeated to `shape` as NumPy broadcasts. Throws ShapeError if it does not fit. */
export function broadcastTo<T extends TensorLike, const S extends Shape>(
  x: T,
  shape: S,
): Tensor<S, DTypeOf<T>> {
  const tensor = asTensor(x, "broadcastTo");
  checkShape("broadcastTo", shape);
  if (sameShape(tensor.shape, shape)) return tensor as Tensor as Tensor<S, DTypeOf<T>>;
  return bindTensor(broadcastToOp, [tensor], { shape }) as Tensor as Tensor<S, DTypeOf<T>>;
}

/** One number of a dtype at each place of `shape`. */
export function filled(shape: Shape, value: number, dtype: DType): Tensor {
  return broadcastTo(numberNode(value, dtype), shape) as Tensor;
}

/** The number that every element of a constant is, repeated or in another shape, where it holds but one. */
export function soleNumber(x: Node): number | undefined {
  let at = x;
  while (at.primitive === broadcastToOp || at.primitive === reshapeOp) at = at.inputs[0] as Node;
  const isSole =
    at.primitive === constant && at.type.kind === "tensor" && sizeOf(at.type.shape) === 1;
  return isSole ? (at as Tensor).data[0] : undefined;
}

/** The tensors at their common shape. */
export function broadcastTogether(
  operation: string,
  tensors: readonly Tensor[],
): readonly Tensor[] {
  const first = tensors[0]?.shape ?? [];
  if (tensors.every((tensor) => sameShape(tensor.shape, first))) return tensors;
  const shape = broadcastShapes(operation, ...tensors.map((tensor) => tensor.shape));
  return tensors.map((tensor) => broadcastTo(tensor, shape) as Tensor);
}
