// Files that hold public operations only come whole; others name what is public.
import "./methods.js";

export {
  celu,
  type EluOptions,
  elu,
  type GeluOptions,
  type GluOptions,
  gelu,
  glu,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  type LeakyReluOptions,
  leakyRelu,
  mish,
  relu,
  relu6,
  type SquareplusOptions,
  selu,
  softSign,
  squareplus,
  threshold,
} from "./activation.js";
export {
  add,
  div,
  divide,
  mul,
  multiply,
  neg,
  negative,
  reciprocal,
  square,
  sub,
  subtract,
} from "./arithmetic.js";
export * from "./arrange.js";
export { expandDims, moveaxis, ravel, squeeze, swapaxes } from "./axes.js";
export { i0, i0e, i1, i1e } from "./bessel.js";
export { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor, leftShift, rightShift } from "./bitwise.js";
export { cast } from "./cast.js";
export * from "./chain.js";
export {
  eq,
  equal,
  ge,
  greater,
  greaterEqual,
  gt,
  le,
  less,
  lessEqual,
  lt,
  ne,
  notEqual,
} from "./comparison.js";
export {
  atLeast1d,
  atLeast2d,
  atLeast3d,
  concatenate,
  dstack,
  hstack,
  stack,
  vstack,
} from "./concatenate.js";
export { type DotGeneralOptions, dotGeneral } from "./contraction.js";
export * from "./conv.js";
export * from "./creation.js";
export { type CumulativeOptions, cumprod, cumsum, type DiffOptions, diff } from "./cumulative.js";
export { cummax, cummin } from "./cumulative-extrema.js";
export * from "./diagonal.js";
export { dynamicSlice, dynamicUpdateSlice, type Starts } from "./dynamic.js";
export * from "./einsum.js";
export { entr, klDiv, relEntr, xlog1py, xlogy } from "./entropy.js";
export { erf, erfc, erfcx, erfinv, gaussian } from "./error-function.js";
export { exp, exp2, expm1, log, log1p, log2, log10 } from "./exponential.js";
export { type ArgOptions, argmax, argmin, type ExtremumOptions, max, min, ptp } from "./extrema.js";
export * from "./floats.js";
export { beta, betaln, digamma, gamma, gammaln, lgamma, polygamma, zeta } from "./gamma.js";
export * from "./grid.js";
export {
  acosh,
  arccosh,
  arcsinh,
  arctanh,
  asinh,
  atanh,
  cosh,
  sechSquared,
  sinh,
  tanh,
} from "./hyperbolic.js";
export * from "./indexing.js";
export { iota } from "./iota.js";
export { logcumsumexp } from "./logcumsumexp.js";
export { logicalAnd, logicalNot, logicalOr, logicalXor } from "./logic.js";
export {
  expit,
  log1mexp,
  logaddexp,
  logaddexp2,
  logit,
  logSigmoid,
  sigmoid,
  silu,
  softplus,
  swish,
} from "./logistic.js";
export * from "./logspace.js";
export {
  type LogsumexpOptions,
  logmeanexp,
  logSoftmax,
  logsumexp,
  type SoftmaxOptions,
  softmax,
} from "./logsumexp.js";
export { abs, copysign, sign } from "./magnitude.js";
export * from "./matmul.js";
export * from "./matmul-typing.js";
export { type ClipOptions, clip, fmax, fmin, maximum, minimum } from "./maximum.js";
export { type NormOptions, norm } from "./norm.js";
export { logNdtr, ndtr, ndtri, normalDensity } from "./normal.js";
export * from "./one-hot.js";
export { oneMinusSquare } from "./one-minus-square.js";
export * from "./pad.js";
export type { Padding } from "./padding.js";
export * from "./pooling.js";
export { pow, power } from "./power.js";
export { all, any } from "./predicates.js";
export { prod } from "./product.js";
export * from "./products.js";
export {
  type BincountOptions,
  bincount,
  type Combination,
  type PutOptions,
  putAlongAxis,
  type ScatterOptions,
  type SegmentOptions,
  scatter,
  scatterAdd,
  scatterMax,
  scatterMin,
  scatterMul,
  segmentSum,
} from "./put.js";
export * from "./range.js";
export { linearRecurrence } from "./recurrence.js";
export { countNonzero, type MaskedReduceOptions, mean, type ReduceOptions, sum } from "./reduce.js";
export { divmod, floorDivide, fmod, mod, remainder } from "./remainder.js";
export { cbrt, hypot, rsqrt, sqrt } from "./roots.js";
export { ceil, fix, floor, type RoundOptions, rint, round, trunc } from "./rounding.js";
export { mask, select, where } from "./select.js";
export { broadcastTo, reshape, transpose } from "./shape.js";
export { sinc } from "./sinc.js";
export { flip, slice } from "./slice.js";
export { argsort, type SortOptions, searchsorted, sort, type TopKOptions, topK } from "./sort.js";
export * from "./statistics.js";
export { stopGradient } from "./stop.js";
export {
  type GatherOptions,
  gather,
  type IndexMode,
  type Indices,
  type TakeOptions,
  take,
  takeAlongAxis,
} from "./take.js";
export {
  type DiagonalOptions,
  eye,
  identity,
  type MatrixOptions,
  tri,
  tril,
  triu,
} from "./triangle.js";
export {
  acos,
  arccos,
  arcsin,
  arctan,
  arctan2,
  asin,
  atan,
  atan2,
  cos,
  deg2rad,
  rad2deg,
  sin,
  tan,
} from "./trigonometric.js";
export * from "./vander.js";
