export { type ActivationName, activations } from "./activations.js";
export {
  type Checkpoint,
  modelOf,
  readCheckpoint,
  type StoredParameter,
  writeCheckpoint,
} from "./checkpoint.js";
export { type Coefficients, coefficientsOf, leastSquaresOf } from "./coefficients.js";
export type { Curve, CurvePoint } from "./curve.js";
export type { Dataset, Examples, Standardization } from "./data.js";
export { type Link, type LinkName, links } from "./links.js";
export { type Loss, type LossName, losses } from "./losses.js";
export { type MlpOptions, mlp } from "./mlp.js";
export type { Model, ModelDescription, Parameters } from "./model.js";
export type { OptimizerName, OptimizerState } from "./optimizers.js";
export { type Quality, qualityOf } from "./quality.js";
export { RandomKey, randomKey } from "./random.js";
export type { Report } from "./report.js";
export type { Settings, TrainOptions } from "./settings.js";
export {
  gradientByGraph,
  gradientByPath,
  gradientInClosedForm,
  type ThetaGradient,
  type ThetaOptions,
  type ThetaPath,
  thetaModel,
} from "./theta.js";
export { type StopReason, Trainer } from "./trainer.js";
