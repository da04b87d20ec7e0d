import { asTensor } from "../core/convert.js";
import { isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { RealOf, SameAs, TensorLike } from "../core/typing.js";
import { geluTanhSequence, mishSequence, softSignSequence } from "../math/activation.js";
import { add, divide, multiply, negative, square, subtract } from "./arithmetic.js";
import { split } from "./arrange.js";
import { greater, greaterEqual, less } from "./comparison.js";
import { describe } from "./describe.js";
import { apply, type RealUnary, realUnary, type SameUnary, sameUnary } from "./elementwise.js";
import { expm1 } from "./exponential.js";
import { sechSquared, tanh } from "./hyperbolic.js";
import { named } from "./latex.js";
import { decaying } from "./limits.js";
import { sigmoid, softplus } from "./logistic.js";
import { abs } from "./magnitude.js";
import { clip, minimum } from "./maximum.js";
import { geluOp } from "./normal.js";
import * as logistic from "./numerics/logistic.js";
import { hypot } from "./roots.js";
import { where } from "./select.js";

const tails = { low: -3, high: 3, edges: [-Infinity, -1e4, -30, 0, 30, 1e4, Infinity] };

/** x for x > 0, else 0; NaN stays. Derivative 0 at 0. */
export const relu: SameUnary = /* @__PURE__ */ sameUnary({
  name: "relu",
  evaluate: (x) => Math.max(x, 0),
  partials: [([x]) => ({ where: greater(x, 0), value: 1 })],
  instruction: {
    name: "relu",
    code: (b, [x], dtype) => (isFloat(dtype) ? b.max(x, 0) : undefined),
    cheap: true,
  },
});

export const describedRelu: Primitive = /* @__PURE__ */ describe(relu, {
  doc: "x for x > 0, else 0; NaN stays. Derivative 0 at 0.",
  domain: { low: -3, high: 3, edges: [-Infinity, 0, Infinity] },
});

/** min(relu(x), 6). Derivative 0 at 0 and ½ at 6. */
export function relu6<T extends TensorLike>(x: T): SameAs<T> {
  return minimum(relu(x), 6) as Tensor as SameAs<T>;
}

export interface LeakyReluOptions {
  /** The slope for x ≤ 0; 0.01 unless given. */
  readonly negativeSlope?: TensorLike;
}

/** x for x > 0, else `negativeSlope`·x. The derivative at 0 is the slope. */
export function leakyRelu<T extends TensorLike>(
  x: T,
  { negativeSlope = 0.01 }: LeakyReluOptions = {},
): RealOf<T> {
  return where(greater(x, 0), x, multiply(negativeSlope, x)) as Tensor as RealOf<T>;
}

export interface EluOptions {
  /** 1 unless given. */
  readonly alpha?: TensorLike;
}

/** x for x > 0, else α·(e^x − 1), the exponential linear unit. At 0 the branch of x ≤ 0 counts: both derivatives are α. */
export function elu<T extends TensorLike>(x: T, { alpha = 1 }: EluOptions = {}): RealOf<T> {
  return where(greater(x, 0), x, multiply(alpha, expm1(x))) as Tensor as RealOf<T>;
}

/** x for x > 0, else α·(e^(x/α) − 1): continuously differentiable. */
export function celu<T extends TensorLike>(x: T, { alpha = 1 }: EluOptions = {}): RealOf<T> {
  const below = multiply(alpha, expm1(divide(x, alpha)));
  return where(greater(x, 0), x, below) as Tensor as RealOf<T>;
}

/** The scaled exponential linear unit (Klambauer et al., Self-normalizing neural networks, 2017). */
export function selu<T extends TensorLike>(x: T): RealOf<T> {
  return multiply(1.0507009873554805, elu(x, { alpha: 1.6732632423543772 })) as Tensor as RealOf<T>;
}

const CUBIC = 0.044715;
const SQRT_8_PER_PI = 1.5957691216057308;

/** Beyond this the tanh form of gelu is 0 or x, and its derivative 0 or 1, exactly. */
const FAR = 40;

const geluTanh: RealUnary = /* @__PURE__ */ realUnary({
  name: "geluTanh",
  evaluate: logistic.geluTanh,
  partials: [
    ([x]) => {
      const cubed = multiply(x, square(x));
      const inner = multiply(SQRT_8_PER_PI, add(x, multiply(CUBIC, cubed)));
      const slope = multiply(SQRT_8_PER_PI, add(1, multiply(3 * CUBIC, square(x))));
      const bell = multiply(sigmoid(inner), sigmoid(negative(inner)));
      const near = add(sigmoid(inner), multiply(x, multiply(bell, slope)));
      const far = where(greater(x, 0), 1, 0);
      return where(greater(abs(x), FAR), far, near) as Tensor;
    },
  ],
  instruction: geluTanhSequence,
});

export const describedGeluTanh: Primitive = /* @__PURE__ */ describe(geluTanh, {
  doc: "½x(1 + tanh(√(2/π)(x + 0.044715x³))), the tanh form of gelu.",
  latex: ([x]) => named("gelu_{\\tanh}", x),
  domain: tails,
});

export interface GeluOptions {
  /** Whether to use the tanh form; unlike in JAX it is not used unless asked for. */
  readonly approximate?: boolean;
}

/**
 * x·Φ(x), the Gaussian error linear unit, or with `approximate` ½x(1 + tanh(√(2/π)(x + 0.044715x³))). −0 at −∞,
 * accurate in relative terms in the tails.
 */
export function gelu<T extends TensorLike>(
  x: T,
  { approximate = false }: GeluOptions = {},
): RealOf<T> {
  return approximate ? geluTanh(x) : (apply(geluOp, [x], undefined, true) as RealOf<T>);
}

/** x·tanh(softplus(x)): −0 at −∞, accurate in relative terms in the tails. */
export const mish: RealUnary = /* @__PURE__ */ realUnary({
  name: "mish",
  evaluate: (x) => (x < -800 ? -0 : x * Math.tanh(logistic.softplus(x))),
  partials: [
    ([x]) => {
      const inner = softplus(x);
      const bell = multiply(sechSquared(inner), sigmoid(x));
      return add(tanh(inner), decaying(x, bell));
    },
  ],
  instruction: mishSequence,
});

export const describedMish: Primitive = /* @__PURE__ */ describe(mish, {
  doc: "x·tanh(softplus(x)): −0 at −∞, accurate in relative terms in the tails.",
  domain: tails,
});

/** x within [−1, 1]. Derivative ½ at ±1, as of clip. */
export function hardTanh<T extends TensorLike>(x: T): SameAs<T> {
  return clip(x, -1, 1) as Tensor as SameAs<T>;
}

/** relu6(x + 3)/6. Derivative 0 at −3, 1/12 at 3. */
export function hardSigmoid<T extends TensorLike>(x: T): RealOf<T> {
  return divide(relu6(add(x, 3)), 6) as Tensor as RealOf<T>;
}

/** x·hardSigmoid(x): 0 below −3, x above 3. */
export function hardSilu<T extends TensorLike>(x: T): RealOf<T> {
  return where(less(x, -3), 0, multiply(x, hardSigmoid(x))) as Tensor as RealOf<T>;
}

/** x/(1 + |x|): ±1 at ±∞. The second derivative is 0 at 0. */
export const softSign: RealUnary = /* @__PURE__ */ realUnary({
  name: "softSign",
  evaluate: (x) => (Math.abs(x) === Infinity ? Math.sign(x) : x / (1 + Math.abs(x))),
  partials: [([x]) => square(divide(1, add(1, abs(x))))],
  instruction: softSignSequence,
});

export const describedSoftSign: Primitive = /* @__PURE__ */ describe(softSign, {
  doc: "x/(1 + |x|): ±1 at ±∞. The second derivative is 0 at 0.",
  latex: ([x]) => named("softsign", x),
  domain: tails,
});

export interface GluOptions {
  /** The axis to halve; the last one unless given. */
  readonly axis?: number;
}

/** a·σ(b) for the halves a and b of `x` along an axis, the gated linear unit. Throws ShapeError for odd lengths. */
export function glu(x: TensorLike, { axis = -1 }: GluOptions = {}): Tensor {
  const [a, b] = split(x, 2, { axis }) as [Tensor, Tensor];
  return multiply(a, sigmoid(b)) as Tensor;
}

export interface SquareplusOptions {
  /** How round the corner is, b ≥ 0; 4 unless given. */
  readonly b?: number;
}

/** (x + √(x² + b))/2, computed without cancellation for x < 0. */
export function squareplus<T extends TensorLike>(
  x: T,
  { b = 4 }: SquareplusOptions = {},
): RealOf<T> {
  const h = hypot(x, Math.sqrt(b));
  const above = multiply(0.5, add(x, h));
  const below = divide(0.5 * b, subtract(h, x));
  return where(greaterEqual(x, 0), above, below) as Tensor as RealOf<T>;
}

/** x where x > `limit`, else `value`. */
export function threshold(x: TensorLike, limit: TensorLike, value: TensorLike): Tensor {
  return where(greater(x, limit), asTensor(x, "threshold"), value) as Tensor;
}

export { hardSilu as hardSwish };
