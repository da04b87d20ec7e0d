import type { ActivationName, LinkName, LossName, OptimizerName } from "../../train/index.js";

/** What `cotangent train` was asked for; undefined where nothing was said. */
export interface TrainFlags {
  readonly data?: string;
  readonly model?: string;
  readonly target?: string;
  readonly features: readonly string[];
  readonly activation?: ActivationName;
  readonly link?: LinkName;
  readonly loss?: LossName;
  /** False after `--no-bias`, `--no-standardize`. */
  readonly bias: boolean;
  readonly standardize: boolean;
  readonly epochs?: number;
  readonly lr?: number;
  readonly optim?: OptimizerName;
  readonly batch?: number;
  readonly seed?: number;
  readonly untilLoss?: number;
  readonly untilGradient?: number;
  readonly testSplit?: number;
  readonly save?: string;
  readonly resume?: string;
  readonly log?: string;
  readonly json?: boolean;
}
