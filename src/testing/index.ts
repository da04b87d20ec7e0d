export {
  type CheckGradsOptions,
  type CheckGradsReport,
  checkGrads,
  GradientError,
  type Mode,
} from "./gradients.js";
