/** Operators between two values, as the syntax tree spells them. */
export type Operator = "+" | "-" | "*" | "/" | "@" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=";

interface OperatorRule {
  /** Higher binds tighter. */
  readonly power: number;
  /** How a ∘ b ∘ c reads; comparisons do not chain. */
  readonly grouping: "left" | "right" | "none";
  /** The operation it means: the first of these names that exists. */
  readonly functions: readonly string[];
}

const comparison = { power: 5, grouping: "none" } as const;

export const operators: Readonly<Record<Operator, OperatorRule>> = {
  "+": { power: 10, grouping: "left", functions: ["add"] },
  "-": { power: 10, grouping: "left", functions: ["subtract"] },
  "*": { power: 20, grouping: "left", functions: ["multiply"] },
  "/": { power: 20, grouping: "left", functions: ["divide"] },
  "@": { power: 20, grouping: "left", functions: ["matmul"] },
  "^": { power: 40, grouping: "right", functions: ["power", "pow"] },
  "<": { ...comparison, functions: ["less"] },
  "<=": { ...comparison, functions: ["lessEqual"] },
  ">": { ...comparison, functions: ["greater"] },
  ">=": { ...comparison, functions: ["greaterEqual"] },
  "==": { ...comparison, functions: ["equal"] },
  "!=": { ...comparison, functions: ["notEqual"] },
};

/** Unary minus: looser than ^ (−x² is −(x²)), tighter than ·. */
export const prefixPower = 30;
