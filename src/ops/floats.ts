import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Broadcast, SameAs, ShapeOf, TensorLike } from "../core/typing.js";
import { add, multiply, subtract } from "./arithmetic.js";
import { cast, promote } from "./cast.js";
import { equal, greater, less, lessEqual, notEqual } from "./comparison.js";
import { logicalAnd, logicalOr } from "./logic.js";
import { abs } from "./magnitude.js";
import { where } from "./select.js";

type Truth<T> = Tensor<ShapeOf<T>, "bool">;

/** Whether x is NaN, bool. Derivative 0. */
export function isnan<T extends TensorLike>(x: T): Truth<T> {
  return notEqual(x, x) as Tensor as Truth<T>;
}

/** Whether x is ∞ or −∞, bool. Derivative 0. */
export function isinf<T extends TensorLike>(x: T): Truth<T> {
  return equal(abs(x), Infinity) as Tensor as Truth<T>;
}

/** Whether x is ∞, bool. Derivative 0. */
export function isposinf<T extends TensorLike>(x: T): Truth<T> {
  return equal(x, Infinity) as Tensor as Truth<T>;
}

/** Whether x is −∞, bool. Derivative 0. */
export function isneginf<T extends TensorLike>(x: T): Truth<T> {
  return equal(x, -Infinity) as Tensor as Truth<T>;
}

/** Whether x is neither NaN nor infinite, bool. Derivative 0. */
export function isfinite<T extends TensorLike>(x: T): Truth<T> {
  return less(abs(x), Infinity) as Tensor as Truth<T>;
}

export interface NanToNumOptions {
  /** In place of NaN; 0 unless given. */
  readonly nan?: TensorLike;
  /** In place of ∞; the largest number of the dtype unless given. */
  readonly posinf?: TensorLike;
  /** In place of −∞; the lowest number of the dtype unless given. */
  readonly neginf?: TensorLike;
}

/** `x` with finite numbers in place of NaN and ±∞, where the derivative by x is 0. */
export function nanToNum<T extends TensorLike>(x: T, options: NanToNumOptions = {}): SameAs<T> {
  const tensor = asTensor(x, "nanToNum");
  const largest = tensor.dtype === "f32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const { nan = 0, posinf = largest, neginf = -largest } = options;
  if (tensor.dtype !== "f32" && tensor.dtype !== "f64") return tensor as Tensor as SameAs<T>;
  const below = where(isneginf(tensor), neginf, tensor);
  const finite = where(isposinf(tensor), posinf, below);
  return where(isnan(tensor), nan, finite) as Tensor as SameAs<T>;
}

export interface IscloseOptions {
  /** Relative tolerance; 1e-5 unless given. */
  readonly rtol?: number;
  /** Absolute tolerance; 1e-8 unless given. */
  readonly atol?: number;
  /** Whether NaN is close to NaN; false unless given. */
  readonly equalNan?: boolean;
}

/** Whether |x − y| ≤ atol + rtol·|y|, bool; infinities are close to themselves only. Derivative 0. */
export function isclose<A extends TensorLike, B extends TensorLike>(
  x: A,
  y: B,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: IscloseOptions = {},
): Tensor<Broadcast<A, B>, "bool"> {
  const bound = add(atol, multiply(rtol, abs(y)));
  const near = logicalAnd(lessEqual(abs(subtract(x, y)), bound), isfinite(y));
  const close = logicalOr(equal(x, y), near);
  const both = equalNan ? logicalOr(close, logicalAnd(isnan(x), isnan(y))) : close;
  return both as Tensor as Tensor<Broadcast<A, B>, "bool">;
}

/** 0 for x < 0, 1 for x > 0, `middle` for x = 0; NaN stays. Derivative 0 by x, and 1 by `middle` at x = 0. */
export function heaviside(x: TensorLike, middle: TensorLike): Tensor {
  const tensors = [asTensor(x, "heaviside"), asTensor(middle, "heaviside")];
  const [at, half] = promote(tensors, true) as [Tensor, Tensor];
  const step = where(greater(at, 0), 1, where(isnan(at), Number.NaN, 0));
  return where(equal(at, 0), half, cast(step, at.dtype)) as Tensor;
}
