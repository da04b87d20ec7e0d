export interface NamedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export type Inputs = Readonly<Record<string, NamedArray>>;

export interface Output {
  readonly name: string;
  /** The input this is a later state of: then the change is compared. */
  readonly from?: string;
}

/** What is computed, without saying how. */
export interface Workload {
  readonly what: string;
  readonly dtype: "f32" | "f64";
  /** How many steps are run before results are compared; 1 unless given. */
  readonly steps?: number;
  readonly outputs: readonly Output[];
  inputs(): Inputs;
}

/** Parameters of a family of workloads: a size, an optimiser. */
export type Parameters = Readonly<Record<string, number | string>>;

/** One way to compute a workload, ready to run. */
export interface Running {
  /** One step; a promise where the library is asynchronous. */
  run(): void | Promise<void>;
  /** What the last step gave, in the order of the workload's outputs. */
  results(): readonly ArrayLike<number>[];
}

export type Setup = (inputs: Inputs, parameters: Parameters) => Running | Promise<Running>;

/** A module `workloads/FAMILY/KIND.mjs`: its ways by label, "" where there is one. */
export interface ContenderModule {
  readonly dtype?: "f32" | "f64";
  readonly entries: Readonly<Record<string, Setup>>;
}

/** One contender of one workload, in this process or in another. */
export interface Contender {
  readonly kind: string;
  readonly label: string;
  readonly dtype: "f32" | "f64";
  results(steps: number): Promise<readonly ArrayLike<number>[]>;
  /** Nanoseconds that `count` steps take. */
  time(count: number): Promise<number>;
}

/** Nanoseconds per step. */
export interface Timing {
  readonly minimum: number;
  readonly median: number;
  readonly rounds: number;
}

export interface Outcome {
  readonly kind: string;
  readonly label: string;
  readonly timing?: Timing;
  /** Why there is no time. */
  readonly reason?: string;
}

export interface WorkloadReport {
  readonly workload: string;
  readonly what: string;
  readonly dtype: "f32" | "f64";
  readonly reference: string;
  readonly outcomes: readonly Outcome[];
}
