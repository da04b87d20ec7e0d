import { bind, bindTensor, elementsOf } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { formatShape, normalizeAxis, sameShape, sizeOf } from "../core/shape.js";
import { formatType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { moveAxis, ravel } from "./axes.js";
import { promote } from "./cast.js";
import { describe } from "./describe.js";
import { gatherOp } from "./gather.js";
import { type SearchParams, searchsortedKernel } from "./kernels/search.js";
import { argsortKernel, topKKernel } from "./kernels/sort.js";
import { applied } from "./latex.js";
import { placeIn, stableOrder } from "./order.js";
import { forEachLine } from "./recurrence.js";
import { pastBatch, placeBatchAxis, restoreShape } from "./shape.js";

export interface ArgsortParams {
  readonly axis: number;
  readonly descending: boolean;
}

const ties = { low: -2, high: 2, edges: [0] };

export const argsortOp: Primitive<ArgsortParams> = {
  name: "argsort",
  type: ([{ shape }], { axis }) => {
    normalizeAxis("argsort", axis, shape.length);
    return tensorType(shape, "i32");
  },
  evaluate: ([x], { axis, descending }) => {
    const data = allocate("i32", x.data.length);
    const keys = allocate(x.dtype, x.shape[axis] as number);
    forEachLine(x.shape, axis, false, (first, step, length) => {
      for (let i = 0; i < length; i++) keys[i] = x.data[first + i * step] as number;
      const order = stableOrder(keys, descending);
      for (let i = 0; i < length; i++) data[first + i * step] = order[i] as number;
    });
    return { shape: x.shape, dtype: "i32", data };
  },
  derivative: { kind: "none", why: "its results are indices" },
  batch: { inFront: pastBatch },
  lower: { kind: "kernel", kernel: argsortKernel },
};

export const describedArgsort: Primitive = /* @__PURE__ */ describe(argsortOp, {
  spoken: ({ axis, descending }, [x]) => ({
    call: "argsort",
    of: [0],
    ...(x?.length === 1 && !descending
      ? {}
      : { options: { axis, ...(descending ? { descending } : {}) } }),
  }),
  doc: "Indices that sort x along an axis, i32: stable (equal elements keep their order), NaN last in either direction. Not differentiable.",
  domain: [ties],
  cases: [
    { inputs: [{ shape: [5] }], params: { axis: 0, descending: false } },
    { inputs: [{ shape: [2, 3, 2] }], params: { axis: 1, descending: true } },
    {
      inputs: [{ shape: [5], values: [1, 0, 1, 0, 1] }],
      params: { axis: 0, descending: true },
    },
    { inputs: [{ shape: [2, 0] }], params: { axis: 1, descending: false } },
  ],
});

const topKOp: Primitive<{ k: number }> = {
  name: "topK",
  type: ([{ shape, dtype }], { k }) => {
    const length = shape[shape.length - 1] ?? -1;
    if (!Number.isInteger(k) || k < 0 || k > length) {
      throw new ShapeError("topK", {
        expected: length < 0 ? "a tensor of at least one axis" : `k from 0 to ${length}`,
        received: `k = ${k} for shape ${formatShape(shape)}`,
      });
    }
    const out = [...shape.slice(0, -1), k];
    return { kind: "tuple", elements: [tensorType(out, dtype), tensorType(out, "i32")] };
  },
  evaluate: ([x], { k }) => {
    const shape = [...x.shape.slice(0, -1), k];
    const length = x.shape[x.shape.length - 1] as number;
    const values = allocate(x.dtype, sizeOf(shape));
    const indices = allocate("i32", values.length);
    const rows = sizeOf(x.shape.slice(0, -1));
    for (let row = 0; row < rows; row++) {
      const keys = x.data.subarray(row * length, (row + 1) * length);
      const order = stableOrder(keys, true);
      for (let i = 0; i < k; i++) {
        indices[row * k + i] = order[i] as number;
        values[row * k + i] = keys[order[i] as number] as number;
      }
    }
    return [
      { shape, dtype: x.dtype, data: values },
      { shape, dtype: "i32", data: indices },
    ];
  },
  derivative: {
    kind: "general",
    jvp: (_inputs, [dx], [, indices]) => [lastAxis(dx as Tensor, indices), zero],
  },
  batch: { inFront: (params) => params },
  lower: { kind: "kernel", kernel: topKKernel },
};

export const describedTopK: Primitive = /* @__PURE__ */ describe(topKOp, {
  doc: "The k largest elements along the last axis, in descending order, and their indices (i32). Of equal ones the first; NaN comes last. The derivative passes to the elements chosen.",
  latex: ([x], { k }) => applied(`\\operatorname{top}_{${k}}`, x),
  domain: [ties],
  cases: [
    { inputs: [{ shape: [5] }], params: { k: 2 } },
    { inputs: [{ shape: [2, 3] }], params: { k: 3 } },
    { inputs: [{ shape: [4], values: [1, 2, 2, 2] }], params: { k: 2 } },
    { inputs: [{ shape: [2, 3] }], params: { k: 0 } },
    { inputs: [{ shape: [0, 3] }], params: { k: 1 } },
  ],
});

/** Elements along the last axis at indices that are known to be inside. */
export function lastAxis(x: Tensor, indices: Tensor): Tensor {
  const column = restoreShape(indices, [...indices.shape, 1]);
  const params = { batch: x.ndim - 1, outer: 0, mode: "clip", operation: "sort" } as const;
  return bindTensor(gatherOp, [x, column], params);
}

const searchsortedOp: Primitive<SearchParams> = {
  name: "searchsorted",
  type: ([line, values], { batch }) => {
    const shared = sameShape(line.shape.slice(0, batch), values.shape.slice(0, batch));
    if (line.shape.length !== batch + 1 || !shared || line.dtype !== values.dtype) {
      throw new ShapeError("searchsorted", {
        expected: "a sorted line of one axis, and values of its dtype",
        received: `${formatType(line)} and ${formatType(values)}`,
      });
    }
    return tensorType(values.shape, "i32");
  },
  evaluate: ([line, values], { side, batch }) => {
    const data = allocate("i32", values.data.length);
    const length = line.shape[batch] as number;
    const batches = sizeOf(values.shape.slice(0, batch));
    const count = sizeOf(values.shape.slice(batch));
    for (let b = 0, at = 0; b < batches; b++) {
      const row = line.data.subarray(b * length, (b + 1) * length);
      for (let i = 0; i < count; i++, at++)
        data[at] = placeIn(row, values.data[at] as number, side === "right");
    }
    return { shape: values.shape, dtype: "i32", data };
  },
  derivative: { kind: "none", why: "its results are indices" },
  batch: ([line, values], [lineAxis, axis], { side, batch }, { size }) => {
    if (lineAxis === undefined) {
      const moved = moveAxis(values, axis as number, batch);
      return { output: bindTensor(searchsortedOp, [line, moved], { side, batch }), axes: [batch] };
    }
    const fronts = [placeBatchAxis(line, lineAxis, size), placeBatchAxis(values, axis, size)];
    return { output: bindTensor(searchsortedOp, fronts, { side, batch: batch + 1 }), axes: [0] };
  },
  lower: { kind: "kernel", kernel: searchsortedKernel },
};

export const describedSearchsorted: Primitive = /* @__PURE__ */ describe(searchsortedOp, {
  doc: "Where values would go in a sorted line (ascending, NaN last): before their equals (left) or after (right), i32. Not differentiable.",
  domain: [ties],
  cases: () =>
    (["left", "right"] as const).flatMap((side) => [
      {
        inputs: [
          { shape: [4], values: [-1, 0, 0, 2] },
          { shape: [2, 3], values: [-2, -1, 0, 1, 2, 3] },
        ],
        params: { side, batch: 0 },
      },
      {
        inputs: [{ shape: [2, 2], values: [0, 1, -1, 1] }, { shape: [2, 3] }],
        params: { side, batch: 1 },
      },
      { inputs: [{ shape: [0] }, { shape: [] }], params: { side, batch: 0 } },
    ]),
});

export interface SortOptions {
  /** Default the last; null sorts all elements as one row. */
  readonly axis?: number | null;
  /** Largest first; NaN still comes last. */
  readonly descending?: boolean;
}

function prepared(operation: string, x: TensorLike, options: SortOptions) {
  const given = asTensor(x, operation);
  const tensor = options.axis === null ? ravel(given) : given;
  const axis = normalizeAxis(operation, options.axis ?? -1, tensor.ndim);
  const order = bindTensor(argsortOp, [tensor], { axis, descending: options.descending === true });
  return { tensor, axis, order };
}

/** Indices that sort x along `axis`, i32: stable, NaN last. Not differentiable. */
export function argsort(x: TensorLike, options: SortOptions = {}): Tensor {
  return prepared("argsort", x, options).order;
}

/** x sorted along `axis`: stable, NaN last. The derivative follows the permutation; of ties the first comes first. */
export function sort(x: TensorLike, options: SortOptions = {}): Tensor {
  const { tensor, axis, order } = prepared("sort", x, options);
  const last = tensor.ndim - 1;
  const sorted = lastAxis(moveAxis(tensor, axis, last), moveAxis(order, axis, last));
  return moveAxis(sorted, last, axis);
}

export interface TopKOptions {
  /** Default the last. */
  readonly axis?: number;
}

/**
 * The `k` largest elements along `axis`, in descending order, and their indices (i32): `[values, indices]`. Of equal
 * ones the first is taken, and takes the derivative; NaN comes last. Throws ShapeError unless 0 ≤ k ≤ the length.
 */
export function topK(x: TensorLike, k: number, options: TopKOptions = {}): [Tensor, Tensor] {
  const tensor = asTensor(x, "topK");
  const axis = normalizeAxis("topK", options.axis ?? -1, tensor.ndim);
  const last = tensor.ndim - 1;
  const both: readonly Node[] = elementsOf(bind(topKOp, [moveAxis(tensor, axis, last)], { k }));
  const [values, indices] = both.map((node) => moveAxis(node as Tensor, last, axis));
  return [values as Tensor, indices as Tensor];
}

/**
 * Where `values` would go in `line` (one axis, ascending, NaN last) to keep it sorted, i32: before its equals
 * (side "left", the default) or after them ("right"). Not differentiable.
 */
export function searchsorted(
  line: TensorLike,
  values: TensorLike,
  options: { readonly side?: "left" | "right" } = {},
): Tensor {
  const inputs = promote([asTensor(line, "searchsorted"), asTensor(values, "searchsorted")], false);
  return bindTensor(searchsortedOp, inputs, { side: options.side ?? "left", batch: 0 });
}
