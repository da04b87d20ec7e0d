import { asTensor } from "../core/convert.js";
import { isFloat, isInteger } from "../core/dtype.js";
import { ValueError } from "../core/errors.js";
import type { ElementCode } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { SameAs, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import type { Opcode } from "../program/types.js";
import { divide, multiply } from "./arithmetic.js";
import { cast } from "./cast.js";
import { less } from "./comparison.js";
import { describe } from "./describe.js";
import { type SameUnary, sameUnary } from "./elementwise.js";
import { bare } from "./latex.js";
import { abs } from "./magnitude.js";
import { roundHalfEven } from "./numerics/rounding.js";
import { where } from "./select.js";

const steps = { low: -3, high: 3, edges: [-1, -0.5, 0, 0.5, 1, 1.5] };

/** By one opcode; integers stay as they are. */
function rounding(op: Opcode): ElementCode {
  return {
    name: op,
    code: (b, [x], dtype) => {
      if (isFloat(dtype)) return b.compute(op, x.type, [x]);
      return dtype === "bool" ? undefined : x;
    },
  };
}

/** The largest whole number ≤ x. Derivative 0. */
export const floor: SameUnary = /* @__PURE__ */ sameUnary({
  name: "floor",
  evaluate: Math.floor,
  partials: [zero],
  instruction: /* @__PURE__ */ rounding("floor"),
});

export const describedFloor: Primitive = /* @__PURE__ */ describe(floor, {
  doc: "The largest whole number ≤ x. Derivative 0.",
  latex: ([x]) => `\\left\\lfloor ${bare(x)} \\right\\rfloor`,
  domain: steps,
});

/** The smallest whole number ≥ x. Derivative 0. */
export const ceil: SameUnary = /* @__PURE__ */ sameUnary({
  name: "ceil",
  evaluate: Math.ceil,
  partials: [zero],
  instruction: /* @__PURE__ */ rounding("ceil"),
});

export const describedCeil: Primitive = /* @__PURE__ */ describe(ceil, {
  doc: "The smallest whole number ≥ x. Derivative 0.",
  latex: ([x]) => `\\left\\lceil ${bare(x)} \\right\\rceil`,
  domain: steps,
});

/** x without its fraction. Derivative 0. */
export const trunc: SameUnary = /* @__PURE__ */ sameUnary({
  name: "trunc",
  evaluate: Math.trunc,
  partials: [zero],
  instruction: /* @__PURE__ */ rounding("trunc"),
});

export const describedTrunc: Primitive = /* @__PURE__ */ describe(trunc, {
  doc: "x without its fraction. Derivative 0.",
  domain: steps,
});

/** The nearest whole number, halves to the even one. Derivative 0. */
export const rint: SameUnary = /* @__PURE__ */ sameUnary({
  name: "rint",
  evaluate: roundHalfEven,
  partials: [zero],
  instruction: /* @__PURE__ */ rounding("nearest"),
});

export const describedRint: Primitive = /* @__PURE__ */ describe(rint, {
  doc: "The nearest whole number, halves to the even one. Derivative 0.",
  latex: ([x]) => `\\left\\lfloor ${bare(x)} \\right\\rceil`,
  domain: steps,
});

export interface RoundOptions {
  /** Digits to keep after the decimal point, before it if negative; 0 unless given. */
  readonly decimals?: number;
}

/**
 * `x` rounded to `decimals` digits after the point, halves to the even digit; dtype kept. Derivative 0. Throws
 * ValueError unless `decimals` is whole.
 */
export function round<T extends TensorLike>(x: T, { decimals = 0 }: RoundOptions = {}): SameAs<T> {
  if (!Number.isInteger(decimals)) {
    throw new ValueError("round", { expected: "whole decimals", received: String(decimals) });
  }
  const tensor = asTensor(x, "round");
  return (decimals === 0 ? rint(tensor) : roundDecimals(tensor, decimals)) as Tensor as SameAs<T>;
}

function roundDecimals(x: Tensor, decimals: number): Tensor {
  const unit = 10 ** Math.abs(decimals);
  if (decimals > 0) {
    if (isInteger(x.dtype) || x.dtype === "bool") return x;
    const scaled = multiply(x, unit);
    // Where x · 10^d overflows, x has no digit to round.
    return where(
      less(abs(scaled), Number.POSITIVE_INFINITY),
      divide(rint(scaled), unit),
      x,
    ) as Tensor;
  }
  return cast(multiply(rint(divide(x, unit)), unit), x.dtype) as Tensor;
}

export { trunc as fix };
