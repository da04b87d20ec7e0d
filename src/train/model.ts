import type { Tensor } from "../index.js";
import type { ActivationName } from "./activations.js";
import type { LinkName } from "./links.js";
import type { Loss, LossName } from "./losses.js";

/** Parameters by name. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** What a checkpoint says of a model: plain data. */
export type ModelDescription =
  | {
      readonly kind: "theta";
      readonly features: number;
      readonly link: LinkName;
      readonly loss: LossName;
      readonly bias: boolean;
    }
  | {
      readonly kind: "mlp";
      /** Sizes of the layers, input first. */
      readonly sizes: readonly number[];
      readonly activation: ActivationName;
      readonly link: LinkName;
      readonly loss: LossName;
    };

/** A model to train: all on public operations, so that any of it can be traced, differentiated and explained. */
export interface Model {
  readonly description: ModelDescription;
  readonly loss: Loss;
  /** Number of features it takes. */
  readonly features: number;
  /** Parameters to start from. */
  initialize(seed: number): Parameters;
  /** p for each row of x [rows, features]: shape [rows]. */
  score(parameters: Parameters, x: Tensor): Tensor;
  /** μ = ψ(p): shape [rows]. */
  predict(parameters: Parameters, x: Tensor): Tensor;
  /** The mean loss over the rows: a scalar. */
  objective(parameters: Parameters, x: Tensor, y: Tensor): Tensor;
}
