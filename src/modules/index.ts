export { type Addition, Chain, type Step } from "./chain.js";
export {
  type Downstream,
  ElementwiseModule,
  type Inputs,
  type Like,
  Module,
  moduleOf,
  type Result,
} from "./module.js";
export * from "./named.js";
export type { TensorFunction, Value } from "./plan.js";
