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
export * from "./arithmetic.js";
export * from "./arrange.js";
export { expandDims, moveaxis, ravel, squeeze, swapaxes } from "./axes.js";
export { i0, i0e, i1, i1e } from "./bessel.js";
export * from "./bitwise.js";
export { cast } from "./cast.js";
export * from "./chain.js";
export * from "./comparison.js";
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
export { cond, switchCase } from "./control/branches.js";
export { type FixedPointOptions, fixedPoint } from "./control/fixed-point.js";
export { forLoop, type ScanOptions, scan, whileLoop } from "./control/loops.js";
export * from "./conv.js";
export * from "./creation.js";
export { type CumulativeOptions, cumprod, cumsum, type DiffOptions, diff } from "./cumulative.js";
export { cummax, cummin } from "./cumulative-extrema.js";
export * from "./diagonal.js";
export { dynamicSlice, dynamicUpdateSlice, type Starts } from "./dynamic.js";
export * from "./einsum.js";
export * from "./entropy.js";
export { erf, erfc, erfcx, erfinv, gaussian } from "./error-function.js";
export * from "./exponential.js";
export { type ArgOptions, argmax, argmin, type ExtremumOptions, max, min, ptp } from "./extrema.js";
export * from "./floats.js";
export { beta, betaln, digamma, gamma, gammaln, lgamma, polygamma, zeta } from "./gamma.js";
export * from "./grid.js";
export * from "./hyperbolic.js";
export * from "./indexing.js";
export { iota } from "./iota.js";
export { operations } from "./list.js";
export { logcumsumexp } from "./logcumsumexp.js";
export * from "./logic.js";
export * from "./logistic.js";
export * from "./logspace.js";
export {
  type LogsumexpOptions,
  logmeanexp,
  logSoftmax,
  logsumexp,
  type SoftmaxOptions,
  softmax,
} from "./logsumexp.js";
export * from "./magnitude.js";
export * from "./matmul.js";
export * from "./matmul-typing.js";
export * from "./maximum.js";
export { type NormOptions, norm } from "./norm.js";
export { logNdtr, ndtr, ndtri, normalDensity } from "./normal.js";
export * from "./one-hot.js";
export { oneMinusSquare } from "./one-minus-square.js";
export * from "./pad.js";
export type { Padding } from "./padding.js";
export * from "./pooling.js";
export * from "./power.js";
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
export * from "./remainder.js";
export * from "./roots.js";
export * from "./rounding.js";
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
export * from "./trigonometric.js";
export * from "./vander.js";
