import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Masked, Primitive } from "../core/primitive.js";
import type { Broadcast, Promote, ShapeOf, TensorLike } from "../core/typing.js";
import { equal, greaterEqual, lessEqual, notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type Binary, binary } from "./elementwise.js";
import { named } from "./latex.js";
import { where } from "./select.js";

const reals = { low: -3, high: 3, edges: [0] };

/** 1 where the input is the extremum alone, ½ where both are, 0 by structure elsewhere. */
function share(taken: Tensor, x: Tensor, y: Tensor): Masked {
  return { where: taken, value: where(equal(x, y), 0.5, 1) as Tensor };
}

/** The larger of x and y; NaN if either is. At a tie both have the derivative ½. */
export const maximum: Binary = /* @__PURE__ */ binary({
  name: "maximum",
  evaluate: Math.max,
  partials: [([x, y]) => share(greaterEqual(x, y), x, y), ([x, y]) => share(lessEqual(x, y), x, y)],
});

export const describedMaximum: Primitive = /* @__PURE__ */ describe(maximum, {
  doc: "The larger of x and y; NaN if either is. At a tie both have the derivative ½.",
  latex: ([x, y]) => named("max", x, y).replace("\\operatorname{max}", "\\max"),
  domain: reals,
});

/** The smaller of x and y; NaN if either is. At a tie both have the derivative ½. */
export const minimum: Binary = /* @__PURE__ */ binary({
  name: "minimum",
  evaluate: Math.min,
  partials: [([x, y]) => share(lessEqual(x, y), x, y), ([x, y]) => share(greaterEqual(x, y), x, y)],
});

export const describedMinimum: Primitive = /* @__PURE__ */ describe(minimum, {
  doc: "The smaller of x and y; NaN if either is. At a tie both have the derivative ½.",
  latex: ([x, y]) => named("min", x, y).replace("\\operatorname{min}", "\\min"),
  domain: reals,
});

type Pairwise<A, B> = Tensor<Broadcast<A, B>, Promote<A, B>>;

/** The larger of x and y; the other where one is NaN. At a tie both have the derivative ½. */
export function fmax<A extends TensorLike, B extends TensorLike>(x: A, y: B): Pairwise<A, B> {
  return besideNaN(maximum, x, y) as Tensor as Pairwise<A, B>;
}

/** The smaller of x and y; the other where one is NaN. At a tie both have the derivative ½. */
export function fmin<A extends TensorLike, B extends TensorLike>(x: A, y: B): Pairwise<A, B> {
  return besideNaN(minimum, x, y) as Tensor as Pairwise<A, B>;
}

function besideNaN(extremum: Binary, x: TensorLike, y: TensorLike): Tensor {
  const chosen = where(notEqual(y, y), x, extremum(x, y));
  return where(notEqual(x, x), y, chosen) as Tensor;
}

export interface ClipOptions {
  readonly min?: TensorLike | null;
  readonly max?: TensorLike | null;
}

/**
 * `x` within [min, max], each a tensor or number, `null` or left out for none: `clip(x, 0, 1)` or
 * `clip(x, { min: 0 })`. It is min(max(x, min), max), and at a bound the derivative is ½.
 */
export function clip<T extends TensorLike>(
  x: T,
  min: number | null,
  max?: number | null,
): Tensor<ShapeOf<T>, Promote<T, number>>;
export function clip(x: TensorLike, options: ClipOptions): Tensor;
export function clip(x: TensorLike, min: TensorLike | null, max?: TensorLike | null): Tensor;
export function clip(
  x: TensorLike,
  low: TensorLike | ClipOptions | null,
  high?: TensorLike | null,
): Tensor {
  const { min, max } = isOptions(low) ? low : { min: low, max: high };
  const raised = min === undefined || min === null ? asTensor(x, "clip") : maximum(x, min);
  return (max === undefined || max === null ? raised : minimum(raised, max)) as Tensor;
}

function isOptions(value: unknown): value is ClipOptions {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
