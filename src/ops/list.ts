import type { Primitive } from "../core/primitive.js";
import { add, divide, multiply, negative, subtract } from "./arithmetic.js";
import { castOp } from "./cast.js";
import { concatenateOp } from "./concatenate.js";
import { dotGeneralOp } from "./contraction.js";
import { convGeneralDilatedOp } from "./convolution.js";
import { cumprodOp, cumsumOp } from "./cumulative.js";
import { dynamicSliceOp, dynamicUpdateSliceOp } from "./dynamic.js";
import { argmaxOp, argminOp, maxOp, minOp } from "./extrema.js";
import { gatherOp, scatterAddOp } from "./gather.js";
import { iotaOp } from "./iota.js";
import { normOp } from "./norm.js";
import { allOp, anyOp } from "./predicates.js";
import { prodOp } from "./product.js";
import { linearRecurrenceOp } from "./recurrence.js";
import { scatterMaxOp, scatterMinOp, scatterOp } from "./scatter.js";
import { scatterMulOp } from "./scatter-product.js";
import { equal, greater, less, logicalNot, logicalOr, maskOp, whereOp } from "./select.js";
import { broadcastToOp, reshapeOp, sumOp, transposeOp } from "./shape.js";
import { padOp, sliceOp } from "./slice.js";
import { argsortOp, searchsortedOp, topKOp } from "./sort.js";
import { cos, sin } from "./trigonometric.js";
import { overlapAddOp, windowsOp } from "./windows.js";

/** Every operation, file by file: what the conformance suite runs and graphs are read with. */
export const operations: readonly Primitive[] = [
  // arithmetic
  add.op,
  subtract.op,
  multiply.op,
  negative.op,
  divide.op,
  // cast
  castOp,
  // concatenate
  concatenateOp,
  // contraction
  dotGeneralOp,
  // convolution
  convGeneralDilatedOp,
  // cumulative
  cumsumOp,
  cumprodOp,
  // dynamic
  dynamicSliceOp,
  dynamicUpdateSliceOp,
  // extrema
  maxOp,
  minOp,
  argmaxOp,
  argminOp,
  // gather
  gatherOp,
  scatterAddOp,
  // iota
  iotaOp,
  // norm
  normOp,
  // predicates
  anyOp,
  allOp,
  // product
  prodOp,
  // recurrence
  linearRecurrenceOp,
  // scatter
  scatterOp,
  scatterMaxOp,
  scatterMinOp,
  // scatter-product
  scatterMulOp,
  // select
  less.op,
  greater.op,
  equal.op,
  maskOp,
  logicalNot.op,
  logicalOr.op,
  whereOp,
  // shape
  reshapeOp,
  transposeOp,
  broadcastToOp,
  sumOp,
  // slice
  sliceOp,
  padOp,
  // sort
  argsortOp,
  topKOp,
  searchsortedOp,
  // trigonometric
  sin.op,
  cos.op,
  // windows
  windowsOp,
  overlapAddOp,
];
