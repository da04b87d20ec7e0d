import type { Text } from "../../../src/formula/index.js";

/** What of the settings keeps a run from beginning. */
export type Fault = "file" | "loss" | "testShare" | "other";

/** Why a run cannot begin: what is shown stays as it was. */
export interface Problem {
  readonly about: Fault;
  readonly text: Text;
}

/** Thrown where a setup and its data do not go together. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(about: Fault, text: Text) {
    super(text.en);
    this.problem = { about, text };
  }
}
