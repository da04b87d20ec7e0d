import type { Span } from "./source.js";
import type { Expression } from "./syntax.js";

/** The shape of nested lists from the outside in. */
export type Rows = "scalar" | { readonly length: number; readonly element: Rows };

/** An expression with the parentheses around it. */
export interface Operand extends Span {
  readonly node: Expression;
  /** Of a list, if its shape can be seen. */
  readonly rows?: Rows | undefined;
}
