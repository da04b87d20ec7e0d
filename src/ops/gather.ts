import { bindTensor } from "../core/bind.js";
import { allocate, type DType, type TypedArray } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Kernel } from "../core/kernel.js";
import type { Tensor } from "../core/node.js";
import type {
  Axis,
  Case,
  Derivative,
  Inputs,
  Interval,
  MaybeZero,
  Primitive,
} from "../core/primitive.js";
import { fromFront, type Shape, sameShape, sizeOf, stridesOf } from "../core/shape.js";
import { type ArrayValue, formatType, type TensorType, tensorType } from "../core/type.js";
import { moveAxis } from "./axes.js";
import { cast } from "./cast.js";
import { greater } from "./comparison.js";
import { describe } from "./describe.js";
import { gatherKernel, placesKernel, scatterAddKernel } from "./kernels/gather.js";
import { bare, base } from "./latex.js";
import { linear } from "./linear.js";
import { type GatherParams, outside, partsOf } from "./places.js";
import { filled, placeBatchAxis, restoreShape, soleNumber } from "./shape.js";
import { sliceAxis } from "./slice.js";

interface LayoutCase {
  readonly x: Shape;
  readonly at: { readonly shape: Shape; readonly values: readonly number[]; readonly dtype: "i32" };
  readonly out: Shape;
  readonly params: GatherParams;
}

/** Shapes of x, indices and gathered elements that tests run. */
function layouts(): readonly LayoutCase[] {
  const plain: GatherParams = { batch: 0, outer: 0, mode: "error", operation: "gather" };
  const index = (shape: Shape, values: readonly number[]): LayoutCase["at"] => ({
    shape,
    values,
    dtype: "i32",
  });
  return [
    { x: [4], at: index([3, 1], [2, 0, 2]), out: [3], params: plain },
    { x: [4, 2], at: index([3, 1], [-1, 0, -4]), out: [3, 2], params: plain },
    { x: [3, 4], at: index([2, 2], [0, 3, 0, 3]), out: [2], params: plain },
    { x: [2, 3, 2], at: index([2, 1], [1, 1]), out: [2, 2, 2], params: { ...plain, outer: 1 } },
    { x: [2, 4], at: index([2, 2, 1], [0, 1, 3, 3]), out: [2, 2], params: { ...plain, batch: 1 } },
    { x: [3], at: index([4, 1], [5, -9, 1, 1]), out: [4], params: { ...plain, mode: "clip" } },
    { x: [3], at: index([4, 1], [5, -9, 1, 1]), out: [4], params: { ...plain, mode: "fill" } },
    { x: [2, 3], at: index([1], [1]), out: [3], params: plain },
    { x: [3], at: index([0, 1], []), out: [0], params: plain },
    { x: [0, 2], at: index([0, 1], []), out: [0, 2], params: plain },
    { x: [], at: index([2, 0], []), out: [2], params: plain },
  ];
}

const values: Interval = { low: -2, high: 2 };
const positions: Interval = { low: 0, high: 0 };

export const gatherOp: Primitive<GatherParams> = {
  name: "gather",
  type: ([x, indices], params) => gatheredType(x, indices, params),
  evaluate: ([x, indices], params, { shape, dtype }) => {
    const data = allocate(dtype, sizeOf(shape));
    forEachSlice(x, indices, params, (from, to, width) => {
      for (let j = 0; j < width; j++) data[to + j] = x.data[from + j] as number;
    });
    return { shape, dtype, data };
  },
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x, indices], params) => putBack(ct, x.shape, indices, params),
    support: (condition, _at, [x, indices], params) => {
      const counted = cast(condition, "i32") as Tensor;
      return greater(putBack(counted, x.shape, indices, params), 0) as Tensor;
    },
  }),
  batch: ([x, indices], [axis, indexAxis], params, { size, last }) => {
    const { batch, outer } = params;
    if (indexAxis === undefined) {
      const moved = moveAxis(x, axis as number, last ? x.ndim - 1 : batch);
      const own = last ? params : addAxis(params, "outer");
      const output = bindTensor(gatherOp, [moved, indices], own);
      return { output, axes: [last ? output.ndim - 1 : batch] };
    }
    if (axis === undefined) {
      const kept = moveAxis(indices, indexAxis, batch);
      return { output: bindTensor(gatherOp, [x, kept], params), axes: [batch + outer] };
    }
    const fronts = [placeBatchAxis(x, axis, size), placeBatchAxis(indices, indexAxis, size)];
    return { output: bindTensor(gatherOp, fronts, addAxis(params, "batch")), axes: [0] };
  },
  // elements at one known index are a view
  simplify: ([x, indices], { batch, outer }) => {
    const given = batch === 0 && sameShape(indices.shape, [1]) ? soleNumber(indices) : undefined;
    const at = given === undefined ? given : fromFront(given, x.shape[outer] as number);
    if (at === undefined) return undefined;
    const rest = x.shape.filter((_, axis) => axis !== outer);
    return restoreShape(sliceAxis(x, outer, at, 1), rest);
  },
  lower: {
    kind: "kernel",
    kernel: gatherKernel,
    inline: {
      kind: "gather",
      taken: ([x, indices], params) =>
        params.batch > 0 || params.mode === "fill"
          ? undefined
          : { ...partsOf(x, indices, params), find: placesKernel },
    },
  },
  mayFail: ({ mode }) => mode === "error",
};

/** Gathered elements added up where they came from. */
function putBack(elements: Tensor, shape: Shape, indices: Tensor, params: GatherParams): Tensor {
  return bindTensor(scatterAddOp, [filled(shape, 0, elements.dtype), indices, elements], params);
}

export const describedGather: Primitive = /* @__PURE__ */ describe(gatherOp, {
  spoken: ({ operation }) => ({
    call: operation === "sort" ? "take" : operation,
    of: [0, 1],
    informal: true,
  }),
  doc: "Elements or slices of x at integer indices. Repeated indices add up in the derivative; an index outside is an error, or by mode the nearest inside, or 0.",
  latex: ([x, indices]) => `${base(x)}_{[${bare(indices)}]}`,
  domain: [values, positions],
  cases: () => layouts().map(({ x, at, params }) => ({ inputs: [{ shape: x }, at], params })),
});

/** LaTeX of a scatter, the sign as `+=`. */
export function scattered(sign: string, [x, indices, updates]: Inputs<string>): string {
  return `${base(x)}_{[${bare(indices)}] ${sign} ${bare(updates)}}`;
}

export const scatterDomain: readonly Interval[] = [values, positions, values];

/** The cases every scatter runs. */
export function scatterCases(operation: string): Case<GatherParams>[] {
  return layouts().map(({ x, at, out, params }) => ({
    inputs: [{ shape: x }, at, { shape: out }],
    params: { ...params, operation },
  }));
}

/** What a scatter says of itself: how an update meets the element there. */
export interface ScatterSpec {
  readonly name: string;
  readonly kernel: Kernel;
  combine(dtype: DType): (there: number, update: number) => number;
  readonly derivative: Derivative<GatherParams>;
  readonly addedTo?: NonNullable<Primitive<GatherParams>["addedTo"]>;
}

/** The primitive of a scatter: x, indices, updates (as gathered from x) → x with the updates in. */
export function scatterPrimitive(spec: ScatterSpec): Primitive<GatherParams> {
  const { kernel, combine, ...own } = spec;
  const primitive: Primitive<GatherParams> = {
    ...own,
    type: ([x, indices, updates], params) => {
      const expected = gatheredType(x, indices, params);
      if (!sameShape(updates.shape, expected.shape) || updates.dtype !== x.dtype) {
        throw new ShapeError(params.operation, {
          expected: `updates of type ${formatType(expected)}`,
          received: formatType(updates),
        });
      }
      return tensorType(x.shape, x.dtype);
    },
    evaluate: ([x, indices, updates], params) => {
      // f32 accumulates in f64 and rounds once.
      const total: TypedArray = x.dtype === "f32" ? Float64Array.from(x.data) : x.data.slice();
      const meet = combine(x.dtype);
      forEachSlice(x, indices, params, (to, from, width) => {
        for (let j = 0; j < width; j++)
          total[to + j] = meet(total[to + j] as number, updates.data[from + j] as number);
      });
      const data = x.dtype === "f32" ? Float32Array.from(total) : total;
      return { shape: x.shape, dtype: x.dtype, data };
    },
    batch: ([x, indices, updates], [axis, indexAxis, updateAxis], params, { size }) => {
      const shared = indexAxis === undefined;
      const at = shared ? params.batch : 0;
      const place = (tensor: Tensor, own: Axis): Tensor =>
        moveAxis(placeBatchAxis(tensor, own, size), 0, at);
      const where = shared ? indices : place(indices, indexAxis);
      const inputs = [place(x, axis), where, place(updates, updateAxis)];
      const widened = addAxis(params, shared ? "outer" : "batch");
      return { output: bindTensor(primitive, inputs, widened), axes: [at] };
    },
    lower: { kind: "kernel", kernel, inPlace: 0 },
    mayFail: ({ mode }) => mode === "error",
  };
  return primitive;
}

export const scatterAddOp: Primitive<GatherParams> = /* @__PURE__ */ scatterPrimitive({
  name: "scatterAdd",
  kernel: scatterAddKernel,
  combine: (dtype) => (dtype === "bool" ? (a, b) => a | b : (a, b) => a + b),
  addedTo: (total, [x, indices, updates], params) =>
    soleNumber(x) === 0 ? bindTensor(scatterAddOp, [total, indices, updates], params) : undefined,
  derivative: /* @__PURE__ */ linear({
    groups: () => [[0, 2]],
    transpose: (ct, at, [, indices], params) =>
      at === 0 ? ct : bindTensor(gatherOp, [ct, indices], params),
  }),
});

export const describedScatterAdd: Primitive = /* @__PURE__ */ describe(scatterAddOp, {
  doc: "x with updates added at integer indices; repeated indices add up. Integers wrap; bool: or.",
  latex: (inputs) => scattered("\\mathrel{+}=", inputs),
  domain: scatterDomain,
  cases: () => scatterCases("scatterAdd"),
});

/** A tangent as numbers. */
export function instantiated(tangent: MaybeZero | undefined, type: TensorType): Tensor {
  return typeof tangent === "object" ? tangent : filled(type.shape, 0, type.dtype);
}

function addAxis(params: GatherParams, to: "batch" | "outer"): GatherParams {
  return { ...params, [to]: params[to] + 1 };
}

function gatheredType(x: TensorType, indices: TensorType, params: GatherParams): TensorType {
  const { batch, places, outer, slice } = partsOf(x, indices, params);
  return tensorType([...batch, ...outer, ...places, ...slice], x.dtype);
}

/** Visits each slice that an index names: where it begins in x and among those gathered, and how wide it is. */
function forEachSlice(
  x: ArrayValue,
  indices: ArrayValue,
  params: GatherParams,
  visit: (inX: number, gathered: number, width: number) => void,
): void {
  const parts = partsOf(x, indices, params);
  const [rows, places] = [sizeOf(parts.outer), sizeOf(parts.places)];
  const [length, width] = [sizeOf(parts.indexed), sizeOf(parts.slice)];
  const offsets = offsetsOf(indices, parts.indexed, params);
  let row = 0;
  let gathered = 0;
  for (let first = 0; first < offsets.length; first += places)
    for (let outer = 0; outer < rows; outer++, row++)
      for (let i = first; i < first + places; i++, gathered += width) {
        const offset = offsets[i] as number;
        if (offset >= 0) visit((row * length + offset) * width, gathered, width);
      }
}

/** Each row of indices as one offset into the indexed axes; −1 for places that do not count. */
function offsetsOf(indices: ArrayValue, indexed: Shape, params: GatherParams): Int32Array {
  const depth = indexed.length;
  const strides = stridesOf(indexed);
  const count = depth === 0 ? sizeOf(indices.shape.slice(0, -1)) : indices.data.length / depth;
  const offsets = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let offset = 0;
    for (let k = 0; k < depth; k++) {
      const length = indexed[k] as number;
      const given = indices.data[i * depth + k] as number;
      let at = given < 0 ? given + length : given;
      if (at < 0 || at >= length) {
        if (params.mode === "fill") {
          offset = -1;
          break;
        }
        if (params.mode === "error" || length === 0) throw outside(params, given, length);
        at = at < 0 ? 0 : length - 1;
      }
      offset += at * (strides[k] as number);
    }
    offsets[i] = offset;
  }
  return offsets;
}
