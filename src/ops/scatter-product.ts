import { bindTensor, numberNode } from "../core/bind.js";
import { isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import { zero } from "../core/zero.js";
import { add, multiply } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal } from "./comparison.js";
import { zerosLike } from "./creation.js";
import { describe } from "./describe.js";
import {
  gatherOp,
  scatterAddOp,
  scatterCases,
  scatterDomain,
  scattered,
  scatterPrimitive,
} from "./gather.js";
import { iota } from "./iota.js";
import { scatterMulKernel } from "./kernels/gather.js";
import { logicalNot } from "./logic.js";
import { type GatherParams, partsOf } from "./places.js";
import { earlier, linearRecurrenceOp, type ScanParams } from "./recurrence.js";
import { where } from "./select.js";
import { broadcastTo, restoreShape } from "./shape.js";
import { argsortOp, lastAxis } from "./sort.js";

export const scatterMulOp: Primitive<GatherParams> = /* @__PURE__ */ scatterPrimitive({
  name: "scatterMul",
  kernel: scatterMulKernel,
  combine: (dtype) => (isFloat(dtype) ? (a, b) => a * b : Math.imul),
  derivative: {
    kind: "general",
    inert: () => [1],
    jvp: ([x, indices, updates], [dx, , du], _outputs, params) => {
      const terms: Tensor[] = [];
      if (dx !== zero && dx !== undefined) {
        const one = numberNode(1, x.dtype);
        const factors = [broadcastTo(one, x.shape) as Tensor, indices, updates];
        terms.push(multiply(dx, bindTensor(scatterMulOp, factors, params)) as Tensor);
      }
      if (du !== zero && du !== undefined) {
        const there = bindTensor(gatherOp, [x, indices], params);
        const others = multiply(there, productOfOthers(x, indices, updates, params));
        const inputs = [zerosLike(x), indices, multiply(du, others) as Tensor];
        terms.push(bindTensor(scatterAddOp, inputs, params));
      }
      return [terms.reduce((a, b) => add(a, b) as Tensor)];
    },
  },
});

export const describedScatterMul: Primitive = /* @__PURE__ */ describe(scatterMulOp, {
  doc: "x multiplied by updates at integer indices; repeated indices multiply on. Integers wrap; bool: and. The derivative is the product of the others, exact at any number of zeros.",
  latex: (inputs) => scattered("\\mathrel{\\cdot}=", inputs),
  domain: scatterDomain,
  cases: () => scatterCases("scatterMul"),
});

/**
 * For every update the product of the others that meet the same element: updates are brought together by sorting
 * their places, running products start afresh at each place, and the order is undone. No division.
 */
function productOfOthers(
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  params: GatherParams,
): Tensor {
  const { batch, outer, slice, places } = partsOf(x.type, indices.type, params);
  const count = sizeOf(places);
  const place = restoreShape(placeNumbers(x, indices, params), [...batch, count]);
  const last = batch.length;
  const order = bindTensor(argsortOp, [place], { axis: last, descending: false });
  const back = bindTensor(argsortOp, [order], { axis: last, descending: false });
  const lines = restoreShape(updates, [...batch, ...outer, count, ...slice]);
  const sorted = permuted(lines, order, params);
  const column = [...batch, ...outer.map(() => 1), count, ...slice.map(() => 1)];
  const sortedPlace = restoreShape(lastAxis(place, order), column);
  const exclusive = (reverse: boolean): Tensor => {
    const scan: ScanParams = { axis: batch.length + outer.length, reverse };
    // −1 is no place: the first element starts a run.
    const starts = logicalNot(equal(sortedPlace, earlier(sortedPlace, scan, -1)));
    const run = broadcastTo(starts, sorted.shape) as Tensor;
    const factors = where(run, 0, earlier(sorted, scan, 1)) as Tensor;
    return bindTensor(linearRecurrenceOp, [factors, cast(run, x.dtype) as Tensor], scan);
  };
  const product = multiply(exclusive(false), exclusive(true)) as Tensor;
  return restoreShape(permuted(product, back, params), updates.shape);
}

/** Updates [batch…, outer…, n, slice…] in the order of indices [batch…, n]. */
function permuted(x: Tensor, order: Tensor, { batch, outer }: GatherParams): Tensor {
  const column = restoreShape(order, [...order.shape, 1]);
  const inside = { batch, outer, mode: "clip", operation: "scatterMul" } as const;
  return bindTensor(gatherOp, [x, column], inside);
}

/** Each row of indices as one number, equal for equal places (0: outside, left out): the places' numbers, read there. */
function placeNumbers(x: Tensor, indices: Tensor, params: GatherParams): Tensor {
  const { batch, indexed } = partsOf(x.type, indices.type, params);
  const numbers = add(iota([sizeOf(indexed)], { dtype: "i32" }), 1) as Tensor;
  const each = broadcastTo(restoreShape(numbers, indexed), [...batch, ...indexed]) as Tensor;
  return bindTensor(gatherOp, [each, indices], { ...params, outer: 0 });
}
