import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Derivative, Primitive } from "../core/primitive.js";
import type { TensorLike } from "../core/typing.js";
import { moveAxis } from "./axes.js";
import { greater, less } from "./comparison.js";
import {
  type CumulativeOptions,
  cumulative,
  cumulativeCases,
  runAlong,
  running,
} from "./cumulative.js";
import { describe } from "./describe.js";
import { isnan } from "./floats.js";
import { iota } from "./iota.js";
import { logicalAnd, logicalNot, logicalOr } from "./logic.js";
import { earlier, type ScanParams } from "./recurrence.js";
import { where } from "./select.js";
import { lastAxis } from "./sort.js";

const kinks = { low: -2, high: 2, edges: [0] };

/** The derivative goes to the element that holds the record: of equal ones the first to reach it. */
function recordHolder(ahead: typeof greater | typeof less, worst: number): Derivative<ScanParams> {
  return {
    kind: "general",
    jvp: ([x], [dx], [y], params) => {
      const { axis, reverse } = params;
      const before = earlier(y, params, worst);
      const becomesNaN = logicalAnd(isnan(x), logicalNot(isnan(before)));
      const isRecord = logicalOr(ahead(x, before), becomesNaN);
      // Positions of records, each held until the next: a running maximum, or minimum from the end.
      const position = iota(x.shape, { axis, dtype: "i32" }) as Tensor;
      const first = reverse ? (x.shape[axis] as number) - 1 : 0;
      const marks = where(isRecord, position, first) as Tensor;
      const holder = bindTensor(reverse ? cumminOp : cummaxOp, [marks], params);
      const last = x.ndim - 1;
      const taken = lastAxis(moveAxis(dx as Tensor, axis, last), moveAxis(holder, axis, last));
      return [moveAxis(taken, last, axis)];
    },
  };
}

const cummaxOp: Primitive<ScanParams> = /* @__PURE__ */ cumulative({
  name: "cummax",
  keepsBool: true,
  combine: "maximum",
  step: () => (best, next) => (next > best || Number.isNaN(next) ? next : best),
  derivative: /* @__PURE__ */ recordHolder(greater, Number.NEGATIVE_INFINITY),
});

export const describedCummax: Primitive = /* @__PURE__ */ describe(cummaxOp, {
  doc: "Running maximum along an axis; NaN from the first NaN on. The derivative goes to the first of equal elements.",
  latex: ([x], { reverse }) => running("\\max", x, reverse),
  domain: kinks,
  cases: cumulativeCases,
});

const cumminOp: Primitive<ScanParams> = /* @__PURE__ */ cumulative({
  name: "cummin",
  keepsBool: true,
  combine: "minimum",
  step: () => (best, next) => (next < best || Number.isNaN(next) ? next : best),
  derivative: /* @__PURE__ */ recordHolder(less, Number.POSITIVE_INFINITY),
});

export const describedCummin: Primitive = /* @__PURE__ */ describe(cumminOp, {
  doc: "Running minimum along an axis; NaN from the first NaN on. The derivative goes to the first of equal elements.",
  latex: ([x], { reverse }) => running("\\min", x, reverse),
  domain: kinks,
  cases: cumulativeCases,
});

/**
 * Running maximum along `axis` (of all elements as one row unless given); NaN from the first NaN on. Of equal elements
 * the first to come takes the derivative.
 */
export function cummax(x: TensorLike, options: CumulativeOptions = {}): Tensor {
  return runAlong(cummaxOp, asTensor(x, "cummax"), options);
}

/**
 * Running minimum along `axis` (of all elements as one row unless given); NaN from the first NaN on. Of equal elements
 * the first to come takes the derivative.
 */
export function cummin(x: TensorLike, options: CumulativeOptions = {}): Tensor {
  return runAlong(cumminOp, asTensor(x, "cummin"), options);
}
