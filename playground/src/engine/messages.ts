import type { DerivativeGraph, Explanation } from "../../../src/explain/index.js";
import type { Language, Problem, Text } from "../../../src/formula/index.js";
import type { InputValue, State } from "../state/state.js";

/** What the engine needs to know of the state. */
export type Question = Pick<State, "expr" | "inputs" | "of" | "wrt" | "order" | "twice">;

/** What the page writes: the formats of the command line, and the two halves of the code pane. */
export type Format = "json" | "dot" | "latex" | "ts" | "html" | "call" | "modules";

/** A wish for the text of an explanation, answered through the port that comes with it. */
export interface Wish {
  readonly question: Question;
  readonly format: Format;
  readonly lang: Language;
}

export interface Answer {
  readonly kind: "answer";
  readonly question: Question;
  /** Free variables in the order of the formula, with the values used. */
  readonly inputs: readonly (readonly [name: string, value: InputValue])[];
  readonly explanation: Explanation;
  /** The name of the formula's result: what is differentiated unless another node is asked for. */
  readonly result: string;
  /** The node the chain rule is written for: the one asked for, if it is there. */
  readonly wrt: string;
  /** The graph with its derivatives, where the question asks for them. */
  readonly grown?: DerivativeGraph;
  /** Whether a square is there to be written as a product. */
  readonly squares: boolean;
  /** What the formula may have been meant to say. */
  readonly noted?: Text;
}

export interface Refusal {
  readonly kind: "refusal";
  readonly question: Question;
  readonly problem: Problem | RefusalReason;
  /** Free variables with the values used, where the formula could be read: they may be what is wrong. */
  readonly inputs?: Answer["inputs"];
}

/** What is wrong with a formula that reads well. */
export type RefusalReason =
  | { readonly reason: "not scalar"; readonly type: string }
  | { readonly reason: "no derivative"; readonly type: string }
  | { readonly reason: "no variables" }
  | { readonly reason: "other"; readonly text: string };

export type Reply = Answer | Refusal;
