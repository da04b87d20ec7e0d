import { asTensor } from "../core/convert.js";
import type { Combine } from "../core/lowering.js";
import type { Tensor } from "../core/node.js";
import type { Case, Primitive } from "../core/primitive.js";
import type { Shape } from "../core/shape.js";
import type { TensorLike } from "../core/typing.js";
import { cast } from "./cast.js";
import { describe } from "./describe.js";
import { type MaskedReduceOptions, only, reduceWith } from "./reduce.js";
import { folding, overAxes, type ReduceParams, reduction, reductionCases } from "./reduction.js";

const boolean = (): readonly Case<ReduceParams>[] =>
  reductionCases.map(({ inputs, params }) => ({
    inputs: inputs.map(({ shape }) => ({ shape, dtype: "bool" as const })),
    params,
  }));

/** The primitive of any and all, by the truth value that settles the result. */
function predicate(name: string, combine: Combine, settles: boolean): Primitive<ReduceParams> {
  return reduction({
    name,
    result: () => "bool",
    fold: () => (rows, start, length) => {
      for (let i = start; i < start + length; i++)
        if ((rows[i] !== 0) === settles) return Number(settles);
      return Number(!settles);
    },
    derivative: { kind: "none", why: "its result is a truth value" },
    lower: folding(combine),
  });
}

export const anyOp: Primitive<ReduceParams> = /* @__PURE__ */ predicate("any", "or", true);

export const describedAny: Primitive = /* @__PURE__ */ describe(anyOp, {
  doc: "Whether some element along the axes is true; false of nothing. Derivative 0.",
  latex: ([x], { axes }) => overAxes("\\bigvee", axes, x),
  domain: { low: 0, high: 1 },
  cases: boolean,
});

const allOp: Primitive<ReduceParams> = /* @__PURE__ */ predicate("all", "and", false);

export const describedAll: Primitive = /* @__PURE__ */ describe(allOp, {
  doc: "Whether every element along the axes is true; true of nothing. Derivative 0.",
  latex: ([x], { axes }) => overAxes("\\bigwedge", axes, x),
  domain: { low: 0, high: 1 },
  cases: boolean,
});

/** `neutral`: what an element that does not count stands for. */
function reduceTruth(
  primitive: Primitive<ReduceParams>,
  x: TensorLike,
  options: MaskedReduceOptions,
  neutral: 0 | 1,
): Tensor {
  const truths = cast(asTensor(x, primitive.name), "bool") as Tensor;
  return reduceWith(primitive, only(truths, options.where, neutral), options);
}

/** Whether some element is true (≠ 0; NaN counts) along `axis`, bool; false of nothing. Derivative 0. */
export function any(x: TensorLike): Tensor<readonly [], "bool">;
export function any(x: TensorLike, options: MaskedReduceOptions): Tensor<Shape, "bool">;
export function any(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceTruth(anyOp, x, options, 0);
}

/** Whether every element is true (≠ 0; NaN counts) along `axis`, bool; true of nothing. Derivative 0. */
export function all(x: TensorLike): Tensor<readonly [], "bool">;
export function all(x: TensorLike, options: MaskedReduceOptions): Tensor<Shape, "bool">;
export function all(x: TensorLike, options: MaskedReduceOptions = {}): Tensor {
  return reduceTruth(allOp, x, options, 1);
}
