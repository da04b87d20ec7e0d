import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";
import type { DTypeOf, TensorLike } from "../core/typing.js";
import { multiply } from "./arithmetic.js";
import { cumprodOp } from "./cumulative.js";
import { describe } from "./describe.js";
import { earlier, type ScanParams } from "./recurrence.js";
import { type Counted, inLines, type MaskedReduceOptions, only, reduceWith } from "./reduce.js";
import {
  counted,
  folding,
  overAxes,
  type ReduceParams,
  reduction,
  reductionCases,
} from "./reduction.js";
import { sumOp } from "./shape.js";
import { reduced } from "./spoken.js";

const prodOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "prod",
  result: counted,
  fold: (dtype) => {
    const times = isFloat(dtype) ? (a: number, b: number) => a * b : Math.imul;
    return (rows, start, length) => {
      let total = 1;
      for (let i = start; i < start + length; i++) total = times(total, rows[i] as number);
      return total;
    };
  },
  derivative: {
    kind: "general",
    jvp: ([x], [dx], _outputs, { axes }) => {
      const lines = inLines(x, axes);
      const last = lines.ndim - 1;
      const terms = multiply(inLines(dx as Tensor, axes), productOfOthers(lines, last));
      return [bindTensor(sumOp, [terms], { axes: [last] })];
    },
  },
  lower: /* @__PURE__ */ folding("multiply"),
});

export const describedProd: Primitive = /* @__PURE__ */ describe(prodOp, {
  spoken: (params, shapes) => reduced("prod", params, shapes),
  doc: "Product over axes; the product of nothing is 1. Integers wrap. The derivative is the product of the others, from running products from both ends: exact at any number of zeros, at every order.",
  latex: ([x], { axes }) => overAxes("\\prod", axes, x),
  domain: { low: -2, high: 2, edges: [0] },
  cases: () => [
    ...reductionCases,
    { inputs: [{ shape: [4], values: [0, 2, 3, 0.5] }], params: { axes: [0] } },
    { inputs: [{ shape: [2, 2], values: [0, 2, 0, 3] }], params: { axes: [0, 1] } },
  ],
});

/** For every element the product of the others along the axis, without a division. */
function productOfOthers(x: Tensor, axis: number): Tensor {
  const exclusive = (params: ScanParams): Tensor =>
    earlier(bindTensor(cumprodOp, [x], params), params, 1);
  return multiply(
    exclusive({ axis, reverse: false }),
    exclusive({ axis, reverse: true }),
  ) as Tensor;
}

/**
 * Product over `axis` (all axes unless given); the product of nothing is 1. Integers wrap; of bool: i32.
 * Derivatives of every order are exact at any number of zeros.
 */
export function prod<T extends TensorLike>(x: T): Tensor<readonly [], Counted<DTypeOf<T>>>;
export function prod<T extends TensorLike>(
  x: T,
  options: MaskedReduceOptions,
): Tensor<Shape, Counted<DTypeOf<T>>>;
export function prod(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceWith(prodOp, only(asTensor(x, "prod"), options.where, 1), options);
}
