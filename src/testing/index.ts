export { type Check, type ConformanceOptions, checkKinds, conformance } from "./conformance.js";
export {
  type CheckGradsOptions,
  type CheckGradsReport,
  checkGrads,
  GradientError,
  type Mode,
} from "./gradients.js";
export { type CheckResult, formatReport } from "./report.js";
export { ConformanceError, type Implementation, type Tally } from "./tally.js";
