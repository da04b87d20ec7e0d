import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Derivative, Primitive } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import type { TensorType } from "../core/type.js";
import { add, divide } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal } from "./comparison.js";
import { zeros, zerosLike } from "./creation.js";
import { describe } from "./describe.js";
import {
  gatherOp,
  instantiated,
  scatterAddOp,
  scatterCases,
  scatterDomain,
  scattered,
  scatterPrimitive,
} from "./gather.js";
import { iota } from "./iota.js";
import { scatterKernel, scatterMaxKernel, scatterMinKernel } from "./kernels/gather.js";
import { logicalNot, logicalOr } from "./logic.js";
import { type GatherParams, partsOf } from "./places.js";
import { mask } from "./select.js";
import { broadcastTo, restoreShape } from "./shape.js";

export const scatterOp: Primitive<GatherParams> = /* @__PURE__ */ scatterPrimitive({
  name: "scatter",
  kernel: scatterKernel,
  combine: () => (_, update) => update,
  derivative: {
    kind: "linear",
    groups: () => [[0, 2]],
    transpose: ([ct], at, [x, indices, updates], params) => {
      const cotangent = ct as Tensor;
      if (at === 0) return bindTensor(scatterOp, [cotangent, indices, zerosLike(updates)], params);
      const gathered = bindTensor(gatherOp, [cotangent, indices], params);
      return mask(lastOnes(x.type, indices, params), gathered);
    },
    support: (condition, at, [x, indices, updates], params) => {
      if (at === 0) {
        const none = zeros(updates.shape, { dtype: "bool" }) as Tensor;
        return bindTensor(scatterOp, [condition, indices, none], params);
      }
      const gathered = bindTensor(gatherOp, [condition, indices], params);
      return mask(lastOnes(x.type, indices, params), gathered);
    },
  },
});

export const describedScatter: Primitive = /* @__PURE__ */ describe(scatterOp, {
  doc: "x with updates put in at integer indices. Where indices repeat the last update stands, and only it has a derivative.",
  latex: (inputs) => scattered("=", inputs),
  domain: scatterDomain,
  cases: () => scatterCases("scatter"),
});

/** Which updates stand at the end: those whose number is read back from where it was put. */
function lastOnes(x: TensorType, indices: Tensor, params: GatherParams): Tensor {
  const { batch, outer, indexed, slice, places } = partsOf(x, indices.type, params);
  const rows = [...batch, ...places];
  // From 1, since an index left out reads 0.
  const numbers = restoreShape(add(iota([sizeOf(rows)], { dtype: "i32" }), 1) as Tensor, rows);
  const own = { ...params, outer: 0 };
  const none = zeros([...batch, ...indexed], { dtype: "i32" }) as Tensor;
  const put = bindTensor(scatterOp, [none, indices, numbers], own);
  const last = equal(bindTensor(gatherOp, [put, indices], own), numbers) as Tensor;
  const column = [...batch, ...outer.map(() => 1), ...places, ...slice.map(() => 1)];
  return broadcastTo(restoreShape(last, column), [
    ...batch,
    ...outer,
    ...places,
    ...slice,
  ]) as Tensor;
}

/** Elements and updates equal to the result share the derivative; where it is NaN, those that are NaN. */
const shared: Derivative<GatherParams> = {
  kind: "general",
  inert: () => [1],
  jvp: ([x, indices, updates], [dx, , du], [y], params) => {
    const chosen = (given: Tensor, result: Tensor): Tensor =>
      logicalOr(equal(given, result), logicalNot(equal(given, given)));
    const there = chosen(x, y);
    const put = chosen(updates, bindTensor(gatherOp, [y, indices], params));
    const total = (a: Tensor, b: Tensor): Tensor =>
      bindTensor(scatterAddOp, [a, indices, b], params);
    const count = total(cast(there, x.dtype) as Tensor, cast(put, x.dtype) as Tensor);
    const tangent = total(
      mask(there, instantiated(dx, x.type)),
      mask(put, instantiated(du, updates.type)),
    );
    return [divide(tangent, count) as Tensor];
  },
};

export const scatterMaxOp: Primitive<GatherParams> = /* @__PURE__ */ scatterPrimitive({
  name: "scatterMax",
  kernel: scatterMaxKernel,
  combine: () => (a, b) => (b > a || Number.isNaN(b) ? b : a),
  derivative: shared,
});

export const describedScatterMax: Primitive = /* @__PURE__ */ describe(scatterMaxOp, {
  doc: "x with the larger of element and update at integer indices; NaN stays. Ties share the derivative equally.",
  latex: (inputs) => scattered("\\vee=", inputs),
  domain: scatterDomain,
  cases: () => scatterCases("scatterMax"),
});

export const scatterMinOp: Primitive<GatherParams> = /* @__PURE__ */ scatterPrimitive({
  name: "scatterMin",
  kernel: scatterMinKernel,
  combine: () => (a, b) => (b < a || Number.isNaN(b) ? b : a),
  derivative: shared,
});

export const describedScatterMin: Primitive = /* @__PURE__ */ describe(scatterMinOp, {
  doc: "x with the smaller of element and update at integer indices; NaN stays. Ties share the derivative equally.",
  latex: (inputs) => scattered("\\wedge=", inputs),
  domain: scatterDomain,
  cases: () => scatterCases("scatterMin"),
});
