import type { DType } from "../core/dtype.js";
import type { SpokenCall } from "../core/primitive.js";

/**
 * What an explanation says: plain data, the same for the page, the command line and every format. `schema` grows
 * when a field changes its meaning. Numbers that JSON lacks are strings ("NaN", "Infinity", "-Infinity") in JSON.
 */
export interface Explanation {
  readonly schema: 1;
  /** The text it was parsed from, if any. */
  readonly expression?: string;
  /** Id of the output node. */
  readonly output: string;
  readonly value: ValueData;
  readonly inputs: readonly ExplainedInput[];
  /** Derivative of the output by each input. */
  readonly gradient: Readonly<Record<string, ValueData>>;
  /** Inputs first, then operations in the order of the forward pass. */
  readonly nodes: readonly ExplainedNode[];
  /** One per use of a node by an operation; constants have none. */
  readonly edges: readonly ExplainedEdge[];
  /** One per operation. */
  readonly forward: readonly ForwardStep[];
  /** One per edge that a derivative goes along (none to or from integers and truth values), in the order of the backward pass. */
  readonly backward: readonly BackwardStep[];
  /** The chain rule as a sum over paths, for each input (scalar graphs). */
  readonly paths: readonly PathSum[];
  /** Beside the derivatives: central differences. */
  readonly check: readonly DifferenceCheck[];
  readonly cost: CostComparison;
  /** Second derivatives by the scalar inputs, when asked for; inputs with axes are left out. */
  readonly hessian?: Hessian;
  /** Where NaN and infinities were born. */
  readonly warnings: readonly Warning[];
}

/** A number, or nested arrays of them for tensors. */
export type ValueData = number | boolean | readonly ValueData[];

export interface ExplainedInput {
  readonly name: string;
  readonly type: string;
  readonly value: ValueData;
}

export interface ExplainedNode {
  readonly id: string;
  readonly kind: "input" | "operation";
  /** Name of the operation. */
  readonly operation?: string;
  /** The operation on its operands: `a + e`. */
  readonly text: string;
  readonly latex: string;
  /** Ids of the operands; constants appear as text. */
  readonly operands: readonly string[];
  /** The same as data: ids of nodes, and constants with their dtype. */
  readonly arguments: readonly (ArgumentNode | ArgumentConstant)[];
  /** The public function to call, where it is not the operation's name on the arguments. */
  readonly call?: SpokenCall;
  /** Parameters of the operation, as plain data; null where it holds functions (loops, custom rules). */
  readonly params?: unknown;
  readonly type: string;
  readonly value: ValueData;
  /** Derivative of the output by this node. */
  readonly gradient: ValueData;
  /** What a module would keep for its backward pass: names of the nodes its partials read. */
  readonly cache: readonly string[];
}

export interface ArgumentNode {
  readonly node: string;
}

export interface ArgumentConstant {
  readonly constant: ValueData;
  readonly dtype: DType;
}

export interface ExplainedEdge {
  /** `from→to#position` */
  readonly id: string;
  /** The operand. */
  readonly from: string;
  /** The operation that uses it. */
  readonly to: string;
  readonly position: number;
  /** Local partial derivative ∂to/∂from: element by element, or of a number by a tensor; null for other operations of tensors. */
  readonly partial: ValueData | null;
  /** The partial as a formula: `2·h`. */
  readonly formula: string;
  readonly formulaLatex: string;
  /** In graphs with tensors: what comes of the derivative that arrives, `Wᵀ@∂f/∂u`. */
  readonly rule?: string;
  /** The same in LaTeX, where it is the operation's own and fits into a line. */
  readonly ruleLatex?: string;
  /** What the edge adds to the gradient of `from` in the backward pass. */
  readonly contribution: ValueData;
}

export interface ForwardStep {
  readonly node: string;
  readonly text: string;
  readonly value: ValueData;
}

export interface BackwardStep {
  readonly edge: string;
  /** Gradient arriving at the operation. */
  readonly upstream: ValueData;
  readonly partial: ValueData | null;
  readonly contribution: ValueData;
  /** The contribution with its numbers put in, of graphs with tensors: `[[1, 2], [3, 4]]ᵀ@[10, 22]`. */
  readonly numbers?: string;
  /** Gradient of the operand before and after the `+=`. */
  readonly before: ValueData;
  readonly after: ValueData;
}

export interface PathSum {
  readonly input: string;
  /** Number of paths from the output to the input, exactly, in decimal. */
  readonly count: string;
  /** The first ones, at most as many as asked for. */
  readonly listed: readonly Path[];
  /** Sum of the products of all paths: the derivative. */
  readonly total: ValueData;
}

export interface Path {
  /** Edges from the output down to the input. */
  readonly edges: readonly string[];
  /** Partials along them; empty for graphs of tensors. */
  readonly factors: readonly number[];
  readonly product: number | null;
  /** Of graphs with tensors: what comes down along this path, edge after edge; the last value is the path's term. */
  readonly steps?: readonly PathStep[];
}

export interface PathStep {
  /** The rule of the edge with its numbers put in. */
  readonly numbers: string;
  readonly value: ValueData;
}

export interface DifferenceCheck {
  readonly input: string;
  readonly derivative: ValueData;
  /** Nested as the derivative is; of more than 64 elements the first 64 in a row. */
  readonly difference: ValueData;
  /** Largest |derivative − difference| / max(1, |derivative|). */
  readonly error: number;
  /** null where a difference decides nothing: see `why`. */
  readonly agrees: boolean | null;
  readonly why?: Undecided;
  /** Slopes just left and just right of a kink, of a number. */
  readonly sides?: readonly [number, number];
}

/**
 * Value or derivative is not finite; the slopes left and right differ, so the derivative is a convention; the value
 * jumps; it is defined on one side only; it changes faster than the numbers near the point can follow; the derivative is so small, or the value so
 * large, that rounding hides it; or hides the last digits.
 */
export type Undecided = "not finite" | "kink" | "jump" | "edge" | "fast" | "small" | "rounding";

export interface CostComparison {
  /** Factors to multiply when each path is walked by itself, exactly, in decimal. */
  readonly pathFactors: string;
  /** Edges one backward pass visits, once each. */
  readonly backwardEdges: number;
}

export interface Hessian {
  readonly variables: readonly string[];
  readonly values: readonly (readonly number[])[];
}

export interface Warning {
  readonly kind: "nan" | "infinite" | "nan-gradient" | "infinite-gradient";
  /** The node or edge where it first came out. */
  readonly at: string;
  readonly text: string;
  /** What came out: `f = log(x)`. */
  readonly formula: string;
  readonly value: ValueData;
  /** Values of the operands there. */
  readonly operands: readonly { readonly name: string; readonly value: ValueData }[];
  /** The user's line, under `setDebug(true)`. */
  readonly where?: string;
}
