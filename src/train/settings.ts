import { ValueError } from "../index.js";
import type { Model } from "./model.js";
import { type OptimizerName, optimizers } from "./optimizers.js";

export interface TrainOptions {
  /** `gd` for the θ-model, `adam` for networks unless given. */
  readonly optimizer?: OptimizerName;
  /** Learning rate; unless given chosen from the data so that descent is certain where that can be known. */
  readonly rate?: number;
  /** Passes over the data, those before a checkpoint included; 2000 unless given. */
  readonly epochs?: number;
  /** Rows a step; all unless given. */
  readonly batch?: number;
  /** Of the split, the order of the rows and a network's first weights; 0 unless given. */
  readonly seed?: number;
  /** Ends once the mean loss over the training rows is at most this. */
  readonly untilLoss?: number;
  /** Ends once the gradient is at most this long; 1e-10 unless given. */
  readonly untilGradient?: number;
  /** Share of the rows set aside for testing; 0 unless given. */
  readonly testShare?: number;
  /** Scales features to mean 0 and mean square 1 (without a bias only the latter); yes unless said otherwise. */
  readonly standardize?: boolean;
}

/** Options with nothing left open but the learning rate. */
export interface ResolvedOptions {
  readonly optimizer: OptimizerName;
  readonly rate?: number;
  readonly epochs: number;
  readonly batch?: number;
  readonly seed: number;
  readonly untilLoss?: number;
  readonly untilGradient: number;
  readonly testShare: number;
  readonly standardize: boolean;
}

export interface Settings extends ResolvedOptions {
  readonly rate: number;
}

const order = [
  "optimizer",
  "rate",
  "epochs",
  "batch",
  "seed",
  "untilLoss",
  "untilGradient",
  "testShare",
  "standardize",
] as const satisfies readonly (keyof TrainOptions)[];

/** Fills in what is not given. Throws ValueError for values out of range. */
export function resolveSettings(model: Model, options: TrainOptions): ResolvedOptions {
  const defaults = {
    optimizer: model.description.kind === "mlp" ? "adam" : "gd",
    epochs: 2000,
    seed: 0,
    untilGradient: 1e-10,
    testShare: 0,
    standardize: true,
  } as const;
  // in one order whatever the options come in: equal settings are equal texts in checkpoints
  const resolved = Object.fromEntries(
    order.flatMap((name) => {
      const value = options[name] ?? (defaults as TrainOptions)[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ) as unknown as ResolvedOptions;
  const { optimizer, rate, epochs, batch, seed, untilGradient, untilLoss } = resolved;
  const need = (holds: boolean, expected: string, received: unknown): void => {
    if (!holds) throw new ValueError("train", { expected, received: String(received) });
  };
  const whole = (value: number, least: number): boolean =>
    Number.isSafeInteger(value) && value >= least;
  const names = Object.keys(optimizers).join(", ");
  need(Object.hasOwn(optimizers, optimizer), `an optimizer among ${names}`, optimizer);
  need(rate === undefined || (rate > 0 && Number.isFinite(rate)), "a rate above 0", rate);
  need(whole(epochs, 0), "a whole number of epochs", epochs);
  need(batch === undefined || whole(batch, 1), "a batch of at least one row", batch);
  need(whole(seed, 0), "a seed that is a whole number from 0", seed);
  need(untilGradient >= 0, "untilGradient of at least 0", untilGradient);
  need(untilLoss === undefined || !Number.isNaN(untilLoss), "a number as untilLoss", untilLoss);
  return resolved;
}
