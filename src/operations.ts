import { describedCheckpoint } from "./control/checkpoint.js";
import { describedCond } from "./control/cond.js";
import { describedCustomJvp, describedCustomVjp } from "./control/custom.js";
import { describedFixedPoint } from "./control/fixed-point.js";
import { describedLinearSolve } from "./control/linear-solve.js";
import { describedScan } from "./control/scan.js";
import { describedEmptyTape, describedTapeLength } from "./control/tape.js";
import { describedWhileLoop } from "./control/while.js";
import type { Primitive } from "./core/primitive.js";
import {
  describedGeluTanh,
  describedMish,
  describedRelu,
  describedSoftSign,
} from "./ops/activation.js";
import {
  describedAdd,
  describedDivide,
  describedMultiply,
  describedNegative,
  describedSquare,
  describedSubtract,
} from "./ops/arithmetic.js";
import {
  describedDecayingMoment,
  describedI0,
  describedI0Derivative,
  describedI0e,
  describedI1,
  describedI1e,
} from "./ops/bessel.js";
import {
  describedBitwiseAnd,
  describedBitwiseNot,
  describedBitwiseOr,
  describedBitwiseXor,
  describedLeftShift,
  describedRightShift,
} from "./ops/bitwise.js";
import { describedCast } from "./ops/cast.js";
import {
  describedEqual,
  describedGreater,
  describedGreaterEqual,
  describedLess,
  describedLessEqual,
  describedNotEqual,
} from "./ops/comparison.js";
import { describedConcatenate } from "./ops/concatenate.js";
import { describedDotGeneral } from "./ops/contraction.js";
import { describedConvGeneralDilated } from "./ops/convolution.js";
import { describedCumprod, describedCumsum } from "./ops/cumulative.js";
import { describedCummax, describedCummin } from "./ops/cumulative-extrema.js";
import { describedDynamicSlice, describedDynamicUpdateSlice } from "./ops/dynamic.js";
import {
  describedEntr,
  describedRelEntr,
  describedXlog1py,
  describedXlogy,
} from "./ops/entropy.js";
import {
  describedErf,
  describedErfc,
  describedErfcx,
  describedErfcxIntegral,
  describedErfinv,
  describedGaussian,
} from "./ops/error-function.js";
import {
  describedExp,
  describedExp2,
  describedExpm1,
  describedLog,
  describedLog1p,
  describedLog2,
  describedLog10,
} from "./ops/exponential.js";
import { describedArgmax, describedArgmin, describedMax, describedMin } from "./ops/extrema.js";
import {
  describedBeta,
  describedBetaln,
  describedDigamma,
  describedGamma,
  describedLgamma,
  describedPolygamma,
  describedZeta,
} from "./ops/gamma.js";
import { describedGather, describedScatterAdd } from "./ops/gather.js";
import {
  describedAcosh,
  describedAsinh,
  describedAtanh,
  describedCosh,
  describedSechSquared,
  describedSinh,
  describedTanh,
} from "./ops/hyperbolic.js";
import { describedIota } from "./ops/iota.js";
import { describedLogcumsumexp } from "./ops/logcumsumexp.js";
import {
  describedLogicalAnd,
  describedLogicalNot,
  describedLogicalOr,
  describedLogicalXor,
} from "./ops/logic.js";
import {
  describedLog1mexp,
  describedLogaddexp,
  describedLogaddexp2,
  describedLogit,
  describedLogSigmoid,
  describedSigmoid,
  describedSilu,
  describedSoftplus,
} from "./ops/logistic.js";
import { describedLogSoftmax, describedLogsumexp, describedSoftmax } from "./ops/logsumexp.js";
import { describedAbs, describedCopysign, describedSign } from "./ops/magnitude.js";
import { describedMaximum, describedMinimum } from "./ops/maximum.js";
import { describedNorm } from "./ops/norm.js";
import {
  describedGelu,
  describedLogNdtr,
  describedNdtr,
  describedNdtri,
  describedNormalDensity,
} from "./ops/normal.js";
import { describedOneMinusSquare } from "./ops/one-minus-square.js";
import { describedPower } from "./ops/power.js";
import { describedAll, describedAny } from "./ops/predicates.js";
import { describedProd } from "./ops/product.js";
import { describedLinearRecurrence } from "./ops/recurrence.js";
import { describedFloorDivide, describedFmod, describedRemainder } from "./ops/remainder.js";
import { describedCbrt, describedHypot, describedSqrt } from "./ops/roots.js";
import { describedCeil, describedFloor, describedRint, describedTrunc } from "./ops/rounding.js";
import { describedScatter, describedScatterMax, describedScatterMin } from "./ops/scatter.js";
import { describedScatterMul } from "./ops/scatter-product.js";
import { describedMask, describedWhere } from "./ops/select.js";
import {
  describedBroadcastTo,
  describedReshape,
  describedSum,
  describedTranspose,
} from "./ops/shape.js";
import { describedSinc } from "./ops/sinc.js";
import { describedPad, describedSlice } from "./ops/slice.js";
import { describedArgsort, describedSearchsorted, describedTopK } from "./ops/sort.js";
import { describedStopGradient } from "./ops/stop.js";
import {
  describedAcos,
  describedAsin,
  describedAtan,
  describedAtan2,
  describedCos,
  describedSin,
  describedTan,
} from "./ops/trigonometric.js";
import { describedOverlapAdd, describedWindows } from "./ops/windows.js";

/** Every operation, file by file: what the conformance suite runs and graphs are read with. */
export const operations: readonly Primitive[] = [
  // activation
  describedRelu,
  describedGeluTanh,
  describedMish,
  describedSoftSign,
  // arithmetic
  describedAdd,
  describedSubtract,
  describedMultiply,
  describedNegative,
  describedDivide,
  describedSquare,
  // bessel
  describedI0,
  describedI1,
  describedI0Derivative,
  describedI0e,
  describedI1e,
  describedDecayingMoment,
  // bitwise
  describedBitwiseAnd,
  describedBitwiseOr,
  describedBitwiseXor,
  describedBitwiseNot,
  describedLeftShift,
  describedRightShift,
  // cast
  describedCast,
  // comparison
  describedLess,
  describedLessEqual,
  describedGreater,
  describedGreaterEqual,
  describedEqual,
  describedNotEqual,
  // concatenate
  describedConcatenate,
  // contraction
  describedDotGeneral,
  // control
  describedCheckpoint,
  describedCond,
  describedCustomJvp,
  describedCustomVjp,
  describedFixedPoint,
  describedLinearSolve,
  describedScan,
  describedEmptyTape,
  describedTapeLength,
  describedWhileLoop,
  // convolution
  describedConvGeneralDilated,
  // cumulative
  describedCumsum,
  describedCumprod,
  // cumulative-extrema
  describedCummax,
  describedCummin,
  // dynamic
  describedDynamicSlice,
  describedDynamicUpdateSlice,
  // entropy
  describedXlogy,
  describedXlog1py,
  describedEntr,
  describedRelEntr,
  // error-function
  describedGaussian,
  describedErf,
  describedErfc,
  describedErfcx,
  describedErfcxIntegral,
  describedErfinv,
  // exponential
  describedExp,
  describedExp2,
  describedExpm1,
  describedLog,
  describedLog1p,
  describedLog2,
  describedLog10,
  // extrema
  describedMax,
  describedMin,
  describedArgmax,
  describedArgmin,
  // gamma
  describedDigamma,
  describedPolygamma,
  describedLgamma,
  describedGamma,
  describedBeta,
  describedBetaln,
  describedZeta,
  // gather
  describedGather,
  describedScatterAdd,
  // hyperbolic
  describedSinh,
  describedCosh,
  describedTanh,
  describedSechSquared,
  describedAsinh,
  describedAcosh,
  describedAtanh,
  // iota
  describedIota,
  // logcumsumexp
  describedLogcumsumexp,
  // logic
  describedLogicalAnd,
  describedLogicalOr,
  describedLogicalXor,
  describedLogicalNot,
  // logistic
  describedSigmoid,
  describedSoftplus,
  describedLogSigmoid,
  describedLogit,
  describedLog1mexp,
  describedSilu,
  describedLogaddexp,
  describedLogaddexp2,
  // logsumexp
  describedLogsumexp,
  describedSoftmax,
  describedLogSoftmax,
  // magnitude
  describedSign,
  describedAbs,
  describedCopysign,
  // maximum
  describedMaximum,
  describedMinimum,
  // norm
  describedNorm,
  // normal
  describedNormalDensity,
  describedNdtr,
  describedLogNdtr,
  describedNdtri,
  describedGelu,
  // one-minus-square
  describedOneMinusSquare,
  // power
  describedPower,
  // predicates
  describedAny,
  describedAll,
  // product
  describedProd,
  // recurrence
  describedLinearRecurrence,
  // remainder
  describedFloorDivide,
  describedRemainder,
  describedFmod,
  // roots
  describedSqrt,
  describedCbrt,
  describedHypot,
  // rounding
  describedFloor,
  describedCeil,
  describedTrunc,
  describedRint,
  // scatter
  describedScatter,
  describedScatterMax,
  describedScatterMin,
  // scatter-product
  describedScatterMul,
  // select
  describedMask,
  describedWhere,
  // shape
  describedReshape,
  describedTranspose,
  describedBroadcastTo,
  describedSum,
  // sinc
  describedSinc,
  // slice
  describedSlice,
  describedPad,
  // sort
  describedArgsort,
  describedTopK,
  describedSearchsorted,
  // stop
  describedStopGradient,
  // trigonometric
  describedSin,
  describedCos,
  describedTan,
  describedAsin,
  describedAcos,
  describedAtan,
  describedAtan2,
  // windows
  describedWindows,
  describedOverlapAdd,
];
