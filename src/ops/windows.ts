import { bindTensor, numberNode } from "../core/bind.js";
import { allocate } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { AffineMap } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { formatShape, type Shape, sizeOf, stridesOf } from "../core/shape.js";
import { type TensorType, tensorType } from "../core/type.js";
import { add } from "./arithmetic.js";
import { cast } from "./cast.js";
import { zeros } from "./creation.js";
import { describe } from "./describe.js";
import { extentOf, windowCount } from "./padding.js";
import { restoreShape } from "./shape.js";
import { padWith, sliceAxis } from "./slice.js";
import { gatherStrided } from "./strided.js";

/** Windows over the last axes, one entry per axis. */
export interface WindowParams {
  readonly window: Shape;
  readonly strides: readonly number[];
  readonly dilation: readonly number[];
}

export interface OverlapParams extends WindowParams {
  /** Lengths of the axes the windows lie in. */
  readonly lengths: Shape;
}

const cases = [
  { shape: [5], window: [3], strides: [1], dilation: [1] },
  { shape: [2, 7], window: [2], strides: [3], dilation: [2] },
  { shape: [2, 4, 5], window: [2, 3], strides: [2, 1], dilation: [1, 1] },
  { shape: [2, 2], window: [3], strides: [1], dilation: [1] },
  { shape: [0, 4], window: [2], strides: [1], dilation: [1] },
];

export const windowsOp: Primitive<WindowParams> = {
  name: "windows",
  type: ([x], params) => {
    const { shape, dtype } = x;
    const outer = shape.length - params.window.length;
    if (outer < 0) {
      throw new ShapeError("windows", {
        expected: `at least ${params.window.length} axes`,
        received: formatShape(shape),
      });
    }
    const counts = countsOf(shape.slice(outer), params);
    return tensorType([...shape.slice(0, outer), ...counts, ...params.window], dtype);
  },
  evaluate: ([x], params, { shape, dtype }) => {
    const { strides } = viewOf(x.shape, params);
    return { shape, dtype, data: gatherStrided(x.data, dtype, shape, strides, 0) };
  },
  derivative: {
    kind: "linear",
    groups: () => [[0]],
    transpose: ([ct], _at, [x], { window, strides, dilation }) =>
      bindTensor(overlapAddOp, [ct as Tensor], {
        window,
        strides,
        dilation,
        lengths: x.shape.slice(x.ndim - window.length),
      }),
    support: (condition, _at, [x], { window, strides, dilation }) => {
      const lengths = x.shape.slice(x.ndim - window.length);
      const params = { window, strides, dilation, lengths };
      return cast(bindTensor(overlapAddOp, [cast(condition, "i32")], params), "bool") as Tensor;
    },
  },
  batch: { inFront: (params) => params },
  lower: { kind: "view", map: ([x], params) => viewOf(x.shape, params) },
};

export const describedWindows: Primitive = /* @__PURE__ */ describe(windowsOp, {
  doc: "Every window over the last n axes: [..., window positions, elements within a window], n axes of each. A view.",
  latex: ([x], { window }) => `\\operatorname{windows}_{${window.join("\\times ")}} ${x}`,
  domain: [{ low: -2, high: 2 }],
  cases: cases.map(({ shape, ...params }) => ({ inputs: [{ shape }], params })),
});

export const overlapAddOp: Primitive<OverlapParams> = {
  name: "overlapAdd",
  type: ([x], params) => {
    const { shape, dtype } = x;
    const { window, lengths } = params;
    const expected = [...countsOf(lengths, params), ...window];
    const outer = shape.length - expected.length;
    if (outer < 0 || !expected.every((length, i) => shape[outer + i] === length)) {
      throw new ShapeError("overlapAdd", {
        expected: `last axes ${formatShape(expected)}`,
        received: formatShape(shape),
      });
    }
    return tensorType([...shape.slice(0, outer), ...lengths], dtype);
  },
  evaluate: ([x], params, type) => ({
    shape: type.shape,
    dtype: type.dtype,
    data: scatterWindows(x.data, params, type),
  }),
  derivative: {
    kind: "linear",
    groups: () => [[0]],
    transpose: ([ct], _at, _inputs, { window, strides, dilation }) =>
      bindTensor(windowsOp, [ct as Tensor], { window, strides, dilation }),
    support: (condition, _at, _inputs, { window, strides, dilation }) =>
      bindTensor(windowsOp, [condition], { window, strides, dilation }),
  },
  batch: { inFront: (params) => params },
  lower: {
    kind: "decompose",
    integers: true,
    decompose: ([x], params) => addAxisByAxis(x, params),
  },
};

export const describedOverlapAdd: Primitive = /* @__PURE__ */ describe(overlapAddOp, {
  doc: "Adds windows back into the axes they came from: the transpose of windows.",
  latex: ([x]) => `\\operatorname{overlapAdd} ${x}`,
  domain: [{ low: -2, high: 2 }],
  cases: cases.map(({ shape, ...params }) => {
    const outer = shape.length - params.window.length;
    const lengths = shape.slice(outer);
    const full = [...shape.slice(0, outer), ...countsOf(lengths, params), ...params.window];
    return { inputs: [{ shape: full }], params: { ...params, lengths } };
  }),
});

function countsOf(lengths: Shape, { window, strides, dilation }: WindowParams): number[] {
  return lengths.map((length, axis) =>
    windowCount(
      length,
      extentOf(window[axis] as number, dilation[axis] as number),
      strides[axis] as number,
    ),
  );
}

function viewOf(shape: Shape, { window, strides, dilation }: WindowParams): AffineMap {
  const own = stridesOf(shape);
  const outer = shape.length - window.length;
  const inner = own.slice(outer);
  return {
    offset: 0,
    strides: [
      ...own.slice(0, outer),
      ...inner.map((stride, axis) => stride * (strides[axis] as number)),
      ...inner.map((stride, axis) => stride * (dilation[axis] as number)),
    ],
  };
}

function scatterWindows(
  data: ArrayLike<number>,
  params: OverlapParams,
  { shape, dtype }: TensorType,
): ReturnType<typeof allocate> {
  const { lengths, window } = params;
  const size = sizeOf(lengths);
  const positions = Int32Array.from({ length: size }, (_, i) => i);
  const { strides } = viewOf(lengths, params);
  const block = [...countsOf(lengths, params), ...window];
  const targets = gatherStrided(positions, "i32", block, strides, 0);
  const sums = allocate(dtype === "f32" ? "f64" : dtype, sizeOf(shape));
  if (size > 0) {
    for (let from = 0, to = 0; to < sums.length; from += targets.length, to += size) {
      for (let i = 0; i < targets.length; i++) {
        const at = to + (targets[i] as number);
        sums[at] = (sums[at] as number) + (data[from + i] as number);
      }
    }
  }
  return dtype === "f32" ? new Float32Array(sums) : sums;
}

/** One axis after the other: each element of a window, spread by the stride and shifted into place, added up. */
function addAxisByAxis(x: Tensor, { window, strides, dilation, lengths }: OverlapParams): Tensor {
  const rank = window.length;
  const zero = numberNode(0, x.dtype);
  let result = x;
  for (let axis = rank - 1; axis >= 0; axis--) {
    const elements = result.ndim - 1;
    const at = elements - rank;
    const [count, stride] = [result.shape[at] as number, strides[axis] as number];
    const covered = extentOf(count, stride);
    const rest = result.shape.filter((_, i) => i !== elements);
    const target = rest.map((length, i) => (i === at ? (lengths[axis] as number) : length));
    let total: Tensor | undefined;
    for (let k = 0; k < (window[axis] as number); k++) {
      const slice = restoreShape(sliceAxis(result, elements, k, 1), rest);
      const low = k * (dilation[axis] as number);
      const place = (value: number): number[] => rest.map((_, i) => (i === at ? value : 0));
      const placed = padWith(slice, zero, {
        low: place(low),
        high: place((lengths[axis] as number) - low - covered),
        interior: place(stride - 1),
      });
      total = total === undefined ? placed : (add(total, placed) as Tensor);
    }
    result = total ?? (zeros(target, { dtype: x.dtype }) as Tensor);
  }
  return result;
}
