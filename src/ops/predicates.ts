import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Case, Primitive } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";
import type { TensorLike } from "../core/typing.js";
import { cast } from "./cast.js";
import { describe } from "./describe.js";
import { type MaskedReduceOptions, only, reduceWith } from "./reduce.js";
import { overAxes, type ReduceParams, reduction, reductionCases } from "./reduction.js";

const boolean = (): readonly Case<ReduceParams>[] =>
  reductionCases.map(({ inputs, params }) => ({
    inputs: inputs.map(({ shape }) => ({ shape, dtype: "bool" as const })),
    params,
  }));

export const anyOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "any",
  result: () => "bool",
  fold: () => (rows, start, length) => {
    for (let i = start; i < start + length; i++) if (rows[i] !== 0) return 1;
    return 0;
  },
  derivative: { kind: "none", why: "its result is a truth value" },
  lower: { combine: "or" },
});

export const describedAny: Primitive = /* @__PURE__ */ describe(anyOp, {
  doc: "Whether some element along the axes is true; false of nothing. Derivative 0.",
  latex: ([x], { axes }) => overAxes("\\bigvee", axes, x),
  domain: { low: 0, high: 1 },
  cases: boolean,
});

const allOp: Primitive<ReduceParams> = /* @__PURE__ */ reduction({
  name: "all",
  result: () => "bool",
  fold: () => (rows, start, length) => {
    for (let i = start; i < start + length; i++) if (rows[i] === 0) return 0;
    return 1;
  },
  derivative: { kind: "none", why: "its result is a truth value" },
  lower: { combine: "and" },
});

export const describedAll: Primitive = /* @__PURE__ */ describe(allOp, {
  doc: "Whether every element along the axes is true; true of nothing. Derivative 0.",
  latex: ([x], { axes }) => overAxes("\\bigwedge", axes, x),
  domain: { low: 0, high: 1 },
  cases: boolean,
});

/** Whether some element is true (≠ 0; NaN counts) along `axis`, bool; false of nothing. Derivative 0. */
export function any(x: TensorLike): Tensor<readonly [], "bool">;
export function any(x: TensorLike, options: MaskedReduceOptions): Tensor<Shape, "bool">;
export function any(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceWith(
    anyOp,
    only(cast(asTensor(x, "any"), "bool") as Tensor, options.where, 0),
    options,
  );
}

/** Whether every element is true (≠ 0; NaN counts) along `axis`, bool; true of nothing. Derivative 0. */
export function all(x: TensorLike): Tensor<readonly [], "bool">;
export function all(x: TensorLike, options: MaskedReduceOptions): Tensor<Shape, "bool">;
export function all(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceWith(
    allOp,
    only(cast(asTensor(x, "all"), "bool") as Tensor, options.where, 1),
    options,
  );
}
