import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { type Combine, neutral } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Derivative, Primitive } from "../core/primitive.js";
import { formatShape, normalizeAxes, normalizeAxis, type Shape } from "../core/shape.js";
import { tensorType } from "../core/type.js";
import type { DTypeOf, TensorLike } from "../core/typing.js";
import { divide, subtract } from "./arithmetic.js";
import { ravel } from "./axes.js";
import { cast } from "./cast.js";
import { equal } from "./comparison.js";
import { concatenate } from "./concatenate.js";
import { describe } from "./describe.js";
import { argExtremeKernel } from "./kernels/extremum.js";
import { logicalNot, logicalOr } from "./logic.js";
import { forEachLine } from "./recurrence.js";
import {
  inLines,
  type MaskedReduceOptions,
  only,
  type ReduceOptions,
  reduceWith,
  withReduced,
} from "./reduce.js";
import { folding, overAxes, type ReduceParams, reduction } from "./reduction.js";
import { mask } from "./select.js";
import { broadcastTo, pastBatch, spread, sumOp } from "./shape.js";
import { reduced } from "./spoken.js";

const kinks = { low: -2, high: 2, edges: [0] };

const cases = [
  { inputs: [{ shape: [2, 3] }], params: { axes: [0] } },
  { inputs: [{ shape: [2, 3, 2] }], params: { axes: [0, 2] } },
  { inputs: [{ shape: [4], values: [1, 2, 2, 0] }], params: { axes: [0] } },
  { inputs: [{ shape: [0, 3] }], params: { axes: [1] } },
  { inputs: [{ shape: [] }], params: { axes: [] } },
];

/** Elements that equal the result share the derivative; where it is NaN, those that are NaN. */
const shared: Derivative<ReduceParams> = {
  kind: "general",
  jvp: ([x], [dx], [y], { axes }) => {
    const undefinedOnes = logicalNot(equal(x, x));
    const chosen = logicalOr(equal(x, spread(y, x.shape, axes)), undefinedOnes);
    const count = cast(bindTensor(sumOp, [chosen], { axes }), x.dtype) as Tensor;
    return [divide(bindTensor(sumOp, [mask(chosen, dx as Tensor)], { axes }), count) as Tensor];
  },
};

function extreme(combine: "maximum" | "minimum"): Primitive<ReduceParams> {
  const isMax = combine === "maximum";
  return reduction({
    name: isMax ? "max" : "min",
    refusesEmpty: true,
    fold: () => (rows, start, length) => {
      let best = rows[start] as number;
      for (let i = start + 1; i < start + length; i++) {
        const next = rows[i] as number;
        best = isMax ? Math.max(best, next) : Math.min(best, next);
      }
      return best;
    },
    derivative: shared,
    lower: folding(combine),
  });
}

export const maxOp: Primitive<ReduceParams> = /* @__PURE__ */ extreme("maximum");

export const describedMax: Primitive = /* @__PURE__ */ describe(maxOp, {
  spoken: (params, shapes) => reduced("max", params, shapes),
  doc: "Largest element along the axes; NaN if there is one; of nothing an error. Ties share the derivative equally.",
  latex: ([x], { axes }) => overAxes("\\max", axes, x),
  domain: kinks,
  cases,
});

const minOp: Primitive<ReduceParams> = /* @__PURE__ */ extreme("minimum");

export const describedMin: Primitive = /* @__PURE__ */ describe(minOp, {
  spoken: (params, shapes) => reduced("min", params, shapes),
  doc: "Smallest element along the axes; NaN if there is one; of nothing an error. Ties share the derivative equally.",
  latex: ([x], { axes }) => overAxes("\\min", axes, x),
  domain: kinks,
  cases,
});

export interface ExtremumOptions extends MaskedReduceOptions {
  /** One more value to choose from: also the result of choosing from nothing. */
  readonly initial?: number;
}

function extremum(
  primitive: Primitive<ReduceParams>,
  given: TensorLike,
  options: ExtremumOptions,
  combine: Combine,
): Tensor {
  const x = asTensor(given, primitive.name);
  const counted = only(x, options.where, neutral(combine, x.dtype));
  if (options.initial === undefined) return reduceWith(primitive, counted, options);
  const axes = normalizeAxes(primitive.name, options.axis, x.ndim);
  const lines = inLines(counted, axes);
  const initial = numberNode(options.initial, x.dtype);
  const column = broadcastTo(initial, [...lines.shape.slice(0, -1), 1]) as Tensor;
  const all = concatenate([lines, column], { axis: -1 });
  const result = bindTensor(primitive, [all], { axes: [lines.ndim - 1] });
  return withReduced(result, x, axes, options);
}

/**
 * Largest element over `axis` (all axes unless given); NaN if there is one. Elements masked out by `where` count
 * as the least value of the dtype. Ties share the derivative equally. Throws ShapeError for no elements without `initial`.
 */
export function max<T extends TensorLike>(x: T): Tensor<readonly [], DTypeOf<T>>;
export function max<T extends TensorLike>(
  x: T,
  options: ExtremumOptions,
): Tensor<Shape, DTypeOf<T>>;
export function max(x: TensorLike, options: ExtremumOptions = {}): Tensor {
  return extremum(maxOp, x, options, "maximum");
}

/**
 * Smallest element over `axis` (all axes unless given); NaN if there is one. Elements masked out by `where` count
 * as the greatest value of the dtype. Ties share the derivative equally. Throws ShapeError for no elements without `initial`.
 */
export function min<T extends TensorLike>(x: T): Tensor<readonly [], DTypeOf<T>>;
export function min<T extends TensorLike>(
  x: T,
  options: ExtremumOptions,
): Tensor<Shape, DTypeOf<T>>;
export function min(x: TensorLike, options: ExtremumOptions = {}): Tensor {
  return extremum(minOp, x, options, "minimum");
}

/** Largest minus smallest element over `axis`. */
export function ptp<T extends TensorLike>(x: T): Tensor<readonly [], DTypeOf<T>>;
export function ptp<T extends TensorLike>(x: T, options: ReduceOptions): Tensor<Shape, DTypeOf<T>>;
export function ptp(x: TensorLike, options: ReduceOptions = {}): Tensor {
  return subtract(max(x, options), min(x, options)) as Tensor;
}

/** The cases of argmax and argmin. */
const argCases = [
  { inputs: [{ shape: [4] }], params: { axis: 0 } },
  { inputs: [{ shape: [2, 3, 2] }], params: { axis: 1 } },
  { inputs: [{ shape: [4], values: [1, 2, 2, 1] }], params: { axis: 0 } },
  { inputs: [{ shape: [0, 3] }], params: { axis: 1 } },
];

/** The primitive of argmax and argmin. */
function argExtreme(isMax: boolean): Primitive<{ axis: number }> {
  const name = isMax ? "argmax" : "argmin";
  return {
    name,
    type: ([{ shape }], { axis }) => {
      if (shape[axis] === 0) {
        throw new ShapeError(name, {
          expected: "at least one element to choose from",
          received: `shape ${formatShape(shape)} along axis ${axis}`,
        });
      }
      return tensorType(
        shape.filter((_, a) => a !== axis),
        "i32",
      );
    },
    evaluate: ([{ shape, data }], { axis }, type) => {
      const result = allocate("i32", data.length / (shape[axis] as number));
      let line = 0;
      forEachLine(shape, axis, false, (first, step, length) => {
        let best = data[first] as number;
        let index = 0;
        for (let i = 1, at = first + step; i < length; i++, at += step) {
          const next = data[at] as number;
          if (Number.isNaN(best)) break;
          if ((isMax ? next > best : next < best) || Number.isNaN(next)) {
            best = next;
            index = i;
          }
        }
        result[line++] = index;
      });
      return { shape: type.shape, dtype: "i32", data: result };
    },
    derivative: { kind: "none", why: "its result is an index" },
    batch: { inFront: pastBatch },
    lower: { kind: "kernel", kernel: argExtremeKernel(isMax) },
  };
}

export const argmaxOp: Primitive<{ axis: number }> = /* @__PURE__ */ argExtreme(true);

export const describedArgmax: Primitive = /* @__PURE__ */ describe(argmaxOp, {
  doc: "Index of the largest element along an axis, i32: the first of several, the first NaN if there is one. Not differentiable.",
  domain: kinks,
  cases: argCases,
});

const argminOp: Primitive<{ axis: number }> = /* @__PURE__ */ argExtreme(false);

export const describedArgmin: Primitive = /* @__PURE__ */ describe(argminOp, {
  doc: "Index of the smallest element along an axis, i32: the first of several, the first NaN if there is one. Not differentiable.",
  domain: kinks,
  cases: argCases,
});

export interface ArgOptions {
  /** One axis; without it the index is into all elements, row-major. */
  readonly axis?: number;
  /** Keep the axis with length 1 (all axes, without `axis`). */
  readonly keepdims?: boolean;
}

function indexOf(
  primitive: Primitive<{ axis: number }>,
  given: TensorLike,
  options: ArgOptions,
): Tensor {
  const x = asTensor(given, primitive.name);
  const line = options.axis === undefined ? ravel(x) : x;
  const axis = normalizeAxis(primitive.name, options.axis ?? 0, line.ndim);
  const result = bindTensor(primitive, [line], { axis });
  return withReduced(result, x, normalizeAxes(primitive.name, options.axis, x.ndim), options);
}

/**
 * Index of the largest element, i32: the first of several, the first NaN if there is one. Not differentiable.
 * Throws ShapeError for no elements.
 */
export function argmax(x: TensorLike): Tensor<readonly [], "i32">;
export function argmax(x: TensorLike, options: ArgOptions): Tensor<Shape, "i32">;
export function argmax(x: TensorLike, options: ArgOptions = {}): Tensor {
  return indexOf(argmaxOp, x, options);
}

/**
 * Index of the smallest element, i32: the first of several, the first NaN if there is one. Not differentiable.
 * Throws ShapeError for no elements.
 */
export function argmin(x: TensorLike): Tensor<readonly [], "i32">;
export function argmin(x: TensorLike, options: ArgOptions): Tensor<Shape, "i32">;
export function argmin(x: TensorLike, options: ArgOptions = {}): Tensor {
  return indexOf(argminOp, x, options);
}
