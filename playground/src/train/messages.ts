import type { Explanation } from "../../../src/explain/index.js";
import type { Text } from "../../../src/formula/index.js";
import type { Coefficients, Quality, Report, StopReason } from "../../../src/train/index.js";
import type { Divergence } from "./divergence.js";
import type { Example } from "./example.js";
import type { Problem } from "./refusal.js";
import type { Setup } from "./setup.js";

/** What the page asks of the worker that trains. */
export type Command =
  /** Starts a run and goes to an epoch at once. */
  | { readonly kind: "begin"; readonly run: number; readonly setup: Setup; readonly epoch: number }
  /** So many epochs a second; Infinity for as many as it can. */
  | { readonly kind: "play"; readonly speed: number }
  | { readonly kind: "pause" }
  /** The frame told last is seen: another one may come. */
  | { readonly kind: "seen" }
  | { readonly kind: "step" }
  | { readonly kind: "example"; readonly row: number }
  | { readonly kind: "file"; readonly name: string; readonly content: string | Uint8Array };

/** What it tells. */
export type News =
  | { readonly kind: "scene"; readonly run: number; readonly scene: Scene }
  | { readonly kind: "frame"; readonly run: number; readonly frame: Frame }
  | { readonly kind: "graph"; readonly run: number; readonly explanation: Explanation }
  | { readonly kind: "example"; readonly example: Example }
  | ({ readonly kind: "columns" } & Columns)
  /** A file that cannot be used. */
  | { readonly kind: "refused"; readonly text: Text }
  | { readonly kind: "problem"; readonly run: number; readonly problem: Problem };

/** What a file holds. */
export interface Columns {
  readonly name: string;
  /** How many rows it has, and how many of them are used. */
  readonly rows: number;
  readonly used: number;
  /** Columns of numbers. */
  readonly numbers: readonly string[];
  /** What can be predicted, and what is unless something is chosen. */
  readonly targets: readonly Target[];
  readonly target: string;
  /** Why other columns cannot be used. */
  readonly leftOut: readonly Text[];
  /** The file itself, if a link can carry it. */
  readonly text: string | undefined;
}

/** A column to predict: its numbers, or whether it has a value. */
export interface Target {
  readonly name: string;
  readonly column: string;
  readonly value: string | undefined;
}

/** Rows of features, row after row, and their targets. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What does not change during a run. */
export interface Scene {
  readonly features: readonly string[];
  readonly target: string;
  readonly train: Points;
  readonly test: Points | undefined;
  /** Whether targets are classes, 0 or 1, not numbers. */
  readonly classes: boolean;
  /** Number of parameters, and the learning rate chosen. */
  readonly size: number;
  readonly rate: number;
  readonly epochs: number;
  /** Whether the model sees its features scaled. */
  readonly standardized: boolean;
  /** What the constant of p = θx + b is called beside the columns. */
  readonly constant: string;
  /** The least-squares answer of θx = p with squares; null where there is no single one. */
  readonly leastSquares: Coefficients | null | undefined;
  readonly view: View;
  readonly surface: Surface | undefined;
}

/** Where predictions are shown: along one feature, over two, or beside the targets. */
export type View =
  | { readonly kind: "curve"; readonly range: Range }
  | { readonly kind: "plane"; readonly ranges: readonly [Range, Range]; readonly cells: number }
  | { readonly kind: "pairs" };

export type Range = readonly [low: number, high: number];

/** The loss over one or two parameters, on an even grid; of two, the first goes along a row. */
export interface Surface {
  readonly names: readonly string[];
  readonly ranges: readonly Range[];
  readonly cells: number;
  readonly loss: Float64Array;
}

/** How training stands. */
export interface Frame {
  readonly report: Report;
  readonly running: boolean;
  readonly stopped: StopReason | undefined;
  /** Why, if it left all bounds. */
  readonly divergence: Divergence | undefined;
  readonly curve: {
    readonly epochs: Float64Array;
    readonly loss: Float64Array;
    readonly test: Float64Array | undefined;
  };
  /** θ and b of a θ-model in the units of the data. */
  readonly coefficients: Coefficients | undefined;
  readonly quality: Quality;
  readonly testQuality: Quality | undefined;
  /** μ over the view: along the curve, over the cells, or for the training rows and the test rows. */
  readonly predicted: Float64Array;
  /** Where the parameters have been, of models with a surface: point after point. */
  readonly trail: Float64Array;
}
