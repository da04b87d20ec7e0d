import type { Distributions } from "./random.mjs";

/** The parameters of one workload of an eval, as its description names them. */
export type Size = Readonly<Record<string, number | string>>;

/** Numbers that must agree up to `bound` in |x − y| / max(1, |x| + |y|). */
export interface Comparison {
  readonly what: string;
  readonly got: ArrayLike<number>;
  readonly want: ArrayLike<number>;
  readonly bound: number;
}

/** How one eval's inputs come about, and what its results must be. */
export interface Check {
  /** The functions to ask for; `derivative` has no primal of its own where none is named. */
  functions(size: Size): { readonly primal?: string; readonly derivative: string };
  /** The published sizes are `default`; `full` are the largest ones that the eval knows. */
  readonly sizes: Readonly<Record<"small" | "default" | "full", readonly Size[]>>;
  // biome-ignore lint/suspicious/noExplicitAny: what the eval sends as JSON
  input(size: any, random: Distributions): any;
  // biome-ignore lint/suspicious/noExplicitAny: what the tool answers as JSON
  compare(input: any, primal: any, derivative: any, random: Distributions): Comparison[];
}
