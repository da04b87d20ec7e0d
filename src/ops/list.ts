import type { Primitive } from "../core/primitive.js";
import { geluTanh, mish, relu, softSign } from "./activation.js";
import { add, divide, multiply, negative, square, subtract } from "./arithmetic.js";
import { decayingMomentOp, i0, i0DerivativeOp, i0e, i1, i1e } from "./bessel.js";
import { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor, leftShift, rightShift } from "./bitwise.js";
import { castOp } from "./cast.js";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.js";
import { concatenateOp } from "./concatenate.js";
import { dotGeneralOp } from "./contraction.js";
import { checkpointOp } from "./control/checkpoint.js";
import { condOp } from "./control/cond.js";
import { customJvpOp, customVjpOp } from "./control/custom.js";
import { fixedPointOp } from "./control/fixed-point.js";
import { linearSolveOp } from "./control/linear-solve.js";
import { scanOp } from "./control/scan.js";
import { emptyTapeOp, tapeLengthOp } from "./control/tape.js";
import { whileLoopOp } from "./control/while.js";
import { convGeneralDilatedOp } from "./convolution.js";
import { cumprodOp, cumsumOp } from "./cumulative.js";
import { cummaxOp, cumminOp } from "./cumulative-extrema.js";
import { dynamicSliceOp, dynamicUpdateSliceOp } from "./dynamic.js";
import { entr, relEntr, xlog1py, xlogy } from "./entropy.js";
import { erf, erfc, erfcx, erfcxIntegralOp, erfinv, gaussian } from "./error-function.js";
import { exp, exp2, expm1, log, log1p, log2, log10 } from "./exponential.js";
import { argmaxOp, argminOp, maxOp, minOp } from "./extrema.js";
import { beta, betaln, digamma, gamma, lgamma, polygammaOp, zetaOp } from "./gamma.js";
import { gatherOp, scatterAddOp } from "./gather.js";
import { acosh, asinh, atanh, cosh, sechSquared, sinh, tanh } from "./hyperbolic.js";
import { iotaOp } from "./iota.js";
import { logcumsumexpOp } from "./logcumsumexp.js";
import { logicalAnd, logicalNot, logicalOr, logicalXor } from "./logic.js";
import {
  log1mexp,
  logaddexp,
  logaddexp2,
  logit,
  logSigmoid,
  sigmoid,
  silu,
  softplus,
} from "./logistic.js";
import { logSoftmaxOp, logsumexpOp, softmaxOp } from "./logsumexp.js";
import { abs, copysign, sign } from "./magnitude.js";
import { maximum, minimum } from "./maximum.js";
import { normOp } from "./norm.js";
import { geluOp, logNdtr, ndtr, ndtri, normalDensity } from "./normal.js";
import { oneMinusSquare } from "./one-minus-square.js";
import { power } from "./power.js";
import { allOp, anyOp } from "./predicates.js";
import { prodOp } from "./product.js";
import { linearRecurrenceOp } from "./recurrence.js";
import { floorDivide, fmod, remainder } from "./remainder.js";
import { cbrt, hypot, sqrt } from "./roots.js";
import { ceil, floor, rint, trunc } from "./rounding.js";
import { scatterMaxOp, scatterMinOp, scatterOp } from "./scatter.js";
import { scatterMulOp } from "./scatter-product.js";
import { maskOp, whereOp } from "./select.js";
import { broadcastToOp, reshapeOp, sumOp, transposeOp } from "./shape.js";
import { sincOp } from "./sinc.js";
import { padOp, sliceOp } from "./slice.js";
import { argsortOp, searchsortedOp, topKOp } from "./sort.js";
import { stopGradientOp } from "./stop.js";
import { acos, asin, atan, atan2, cos, sin, tan } from "./trigonometric.js";
import { overlapAddOp, windowsOp } from "./windows.js";

/** Every operation, file by file: what the conformance suite runs and graphs are read with. */
export const operations: readonly Primitive[] = [
  // activation
  relu.op,
  geluTanh.op,
  mish.op,
  softSign.op,
  // arithmetic
  add.op,
  subtract.op,
  multiply.op,
  negative.op,
  divide.op,
  square.op,
  // bessel
  i0.op,
  i1.op,
  i0DerivativeOp,
  i0e.op,
  i1e.op,
  decayingMomentOp,
  // bitwise
  bitwiseAnd.op,
  bitwiseOr.op,
  bitwiseXor.op,
  bitwiseNot.op,
  leftShift.op,
  rightShift.op,
  // cast
  castOp,
  // comparison
  less.op,
  lessEqual.op,
  greater.op,
  greaterEqual.op,
  equal.op,
  notEqual.op,
  // concatenate
  concatenateOp,
  // contraction
  dotGeneralOp,
  // control
  checkpointOp,
  condOp,
  customJvpOp,
  customVjpOp,
  fixedPointOp,
  linearSolveOp,
  scanOp,
  emptyTapeOp,
  tapeLengthOp,
  whileLoopOp,
  // convolution
  convGeneralDilatedOp,
  // cumulative
  cumsumOp,
  cumprodOp,
  // cumulative-extrema
  cummaxOp,
  cumminOp,
  // dynamic
  dynamicSliceOp,
  dynamicUpdateSliceOp,
  // entropy
  xlogy.op,
  xlog1py.op,
  entr.op,
  relEntr.op,
  // error-function
  gaussian.op,
  erf.op,
  erfc.op,
  erfcx.op,
  erfcxIntegralOp,
  erfinv.op,
  // exponential
  exp.op,
  exp2.op,
  expm1.op,
  log.op,
  log1p.op,
  log2.op,
  log10.op,
  // extrema
  maxOp,
  minOp,
  argmaxOp,
  argminOp,
  // gamma
  digamma.op,
  polygammaOp,
  lgamma.op,
  gamma.op,
  beta.op,
  betaln.op,
  zetaOp,
  // gather
  gatherOp,
  scatterAddOp,
  // hyperbolic
  sinh.op,
  cosh.op,
  tanh.op,
  sechSquared.op,
  asinh.op,
  acosh.op,
  atanh.op,
  // iota
  iotaOp,
  // logcumsumexp
  logcumsumexpOp,
  // logic
  logicalAnd.op,
  logicalOr.op,
  logicalXor.op,
  logicalNot.op,
  // logistic
  sigmoid.op,
  softplus.op,
  logSigmoid.op,
  logit.op,
  log1mexp.op,
  silu.op,
  logaddexp.op,
  logaddexp2.op,
  // logsumexp
  logsumexpOp,
  softmaxOp,
  logSoftmaxOp,
  // magnitude
  sign.op,
  abs.op,
  copysign.op,
  // maximum
  maximum.op,
  minimum.op,
  // norm
  normOp,
  // normal
  normalDensity.op,
  ndtr.op,
  logNdtr.op,
  ndtri.op,
  geluOp,
  // one-minus-square
  oneMinusSquare.op,
  // power
  power.op,
  // predicates
  anyOp,
  allOp,
  // product
  prodOp,
  // recurrence
  linearRecurrenceOp,
  // remainder
  floorDivide.op,
  remainder.op,
  fmod.op,
  // roots
  sqrt.op,
  cbrt.op,
  hypot.op,
  // rounding
  floor.op,
  ceil.op,
  trunc.op,
  rint.op,
  // scatter
  scatterOp,
  scatterMaxOp,
  scatterMinOp,
  // scatter-product
  scatterMulOp,
  // select
  maskOp,
  whereOp,
  // shape
  reshapeOp,
  transposeOp,
  broadcastToOp,
  sumOp,
  // sinc
  sincOp,
  // slice
  sliceOp,
  padOp,
  // sort
  argsortOp,
  topKOp,
  searchsortedOp,
  // stop
  stopGradientOp,
  // trigonometric
  sin.op,
  cos.op,
  tan.op,
  asin.op,
  acos.op,
  atan.op,
  atan2.op,
  // windows
  windowsOp,
  overlapAddOp,
];
