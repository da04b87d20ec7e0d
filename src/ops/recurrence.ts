import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, isFloat } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { MaybeZero, Primitive } from "../core/primitive.js";
import { normalizeAxis, type Shape, sameShape, sizeOf } from "../core/shape.js";
import { formatType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { add, multiply } from "./arithmetic.js";
import { promote } from "./cast.js";
import { describe } from "./describe.js";
import { linearRecurrenceKernel } from "./kernels/recurrence.js";
import { base } from "./latex.js";
import { broadcastTogether, pastBatch } from "./shape.js";
import { shiftAxis } from "./slice.js";

export interface ScanParams {
  readonly axis: number;
  /** From the end to the beginning. */
  readonly reverse: boolean;
}

export const linearRecurrenceOp: Primitive<ScanParams> = {
  name: "linearRecurrence",
  type: ([a, b]) => {
    if (!sameShape(a.shape, b.shape) || a.dtype !== b.dtype || !isFloat(a.dtype)) {
      throw new ShapeError("linearRecurrence", {
        expected: "two float tensors of one shape and dtype",
        received: `${formatType(a)} and ${formatType(b)}`,
      });
    }
    return tensorType(a.shape, a.dtype);
  },
  evaluate: ([a, b], { axis, reverse }, { shape, dtype }) => {
    const data = allocate(dtype, b.data.length);
    forEachLine(shape, axis, reverse, (first, step, length) => {
      let h = 0;
      for (let i = 0, at = first; i < length; i++, at += step) {
        h = i === 0 ? (b.data[at] as number) : (a.data[at] as number) * h + (b.data[at] as number);
        data[at] = h;
      }
    });
    return { shape, dtype, data };
  },
  derivative: {
    kind: "general",
    jvp: ([a], tangents, [h], params) => {
      const [da, db] = tangents as [MaybeZero, MaybeZero];
      const entering = da === zero ? zero : multiply(da, earlier(h, params, 0));
      const total = entering === zero ? (db as Tensor) : db === zero ? entering : add(entering, db);
      return [bindTensor(linearRecurrenceOp, [a, total], params)];
    },
    vjp: ([a, b], _active, params) => {
      const h = bindTensor(linearRecurrenceOp, [a, b], params);
      return {
        outputs: [h],
        pull: ([ct]) => {
          if (ct === zero || ct === undefined) return [zero, zero];
          const back = { axis: params.axis, reverse: !params.reverse };
          const g = bindTensor(linearRecurrenceOp, [earlier(a, back, 0), ct], back);
          return [multiply(g, earlier(h, params, 0)) as Tensor, g];
        },
      };
    },
  },
  batch: { inFront: pastBatch },
  lower: { kind: "kernel", kernel: linearRecurrenceKernel },
};

export const describedLinearRecurrence: Primitive = /* @__PURE__ */ describe(linearRecurrenceOp, {
  doc: "hᵢ = aᵢ·hᵢ₋₁ + bᵢ along an axis, from h₋₁ = 0 (reverse: from the end). The derivatives of running products and sums are of this form, exact at zeros.",
  latex: ([a, b]) => `\\left(h_i = ${base(a)}_i\\, h_{i-1} + ${base(b)}_i\\right)`,
  domain: [{ low: -1.5, high: 1.5, edges: [0] }],
  cases: [
    { inputs: [{ shape: [4] }, { shape: [4] }], params: { axis: 0, reverse: false } },
    { inputs: [{ shape: [2, 3, 2] }, { shape: [2, 3, 2] }], params: { axis: 1, reverse: true } },
    { inputs: [{ shape: [2, 0] }, { shape: [2, 0] }], params: { axis: 1, reverse: false } },
  ],
});

/** Each element replaced by the one before it in the order of the scan; the first by `fill`. */
export function earlier(x: Tensor, { axis, reverse }: ScanParams, fill: number): Tensor {
  return shiftAxis(x, axis, reverse ? -1 : 1, fill);
}

/** Visits the lines along an axis: index of the first element, step to the next, how many. */
export function forEachLine(
  shape: Shape,
  axis: number,
  reverse: boolean,
  visit: (first: number, step: number, length: number) => void,
): void {
  const length = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * length * inner + i;
      if (reverse) visit(start + (length - 1) * inner, -inner, length);
      else visit(start, inner, length);
    }
  }
}

/**
 * hᵢ = aᵢ·hᵢ₋₁ + bᵢ along `axis` (default 0), from h₋₁ = 0; `reverse` runs from the end. `a` and `b` broadcast
 * together and compute in floating point.
 */
export function linearRecurrence(
  a: TensorLike,
  b: TensorLike,
  options: { readonly axis?: number; readonly reverse?: boolean } = {},
): Tensor {
  const tensors = [asTensor(a, "linearRecurrence"), asTensor(b, "linearRecurrence")];
  const inputs = broadcastTogether("linearRecurrence", promote(tensors, true));
  const axis = normalizeAxis("linearRecurrence", options.axis ?? 0, (inputs[0] as Tensor).ndim);
  return bindTensor(linearRecurrenceOp, inputs, { axis, reverse: options.reverse === true });
}
