import type { FunctionCall } from "./calls.js";
import type { Operand } from "./operand.js";
import { operators, prefixPower } from "./operators.js";
import type { Expression } from "./syntax.js";
import type { Token } from "./tokens.js";

export type OperatorToken = Token & { readonly kind: "operator" };
export type RootToken = Token & { readonly kind: "root" };

/** An open bracket and what it has collected. */
export type Frame =
  | { readonly kind: "group" | "bars"; readonly open: Token }
  | { readonly kind: "list"; readonly open: Token; readonly items: Operand[] }
  | FunctionCall;

/** What waits for the value after it: an operator, or a bracket for its end. */
export type Pending =
  | { readonly kind: "infix"; readonly token: OperatorToken }
  | { readonly kind: "prefix"; readonly token: OperatorToken | RootToken }
  | Frame;

/** The values read and the operators and brackets that wait for them. */
export class Stack {
  readonly operands: Operand[] = [];
  readonly pending: Pending[] = [];
  /** How many brackets are open. */
  depth = 0;
  /** How many of them are `|`. */
  bars = 0;

  get top(): Pending | undefined {
    return this.pending.at(-1);
  }

  pop(): Operand {
    return this.operands.pop() as Operand;
  }

  open(frame: Frame): void {
    this.pending.push(frame);
    this.depth++;
    if (frame.kind === "bars") this.bars++;
  }

  /** Takes the innermost bracket, which must be on top, off. */
  closeTop(): void {
    const frame = this.pending.pop();
    this.depth--;
    if (frame?.kind === "bars") this.bars--;
  }

  /** Applies the operators on top that bind at least as tightly as `power`. */
  reduce(power: number): void {
    for (let top = this.top; top !== undefined && powerOf(top) >= power; top = this.top) {
      this.pending.pop();
      if (top.kind === "infix") this.applyInfix(top.token);
      else if (top.kind === "prefix") this.applyPrefix(top.token);
    }
  }

  /** The innermost open bracket, once every operator after it is applied. */
  innermost(): Frame | undefined {
    this.reduce(0);
    return this.top as Frame | undefined;
  }

  private applyInfix(token: OperatorToken): void {
    const right = this.pop();
    const left = this.pop();
    const span = { start: left.start, end: right.end };
    const node: Expression = {
      kind: "operation",
      operator: token.operator,
      left: left.node,
      right: right.node,
      span,
    };
    this.operands.push({ node, ...span });
  }

  private applyPrefix(token: OperatorToken | RootToken): void {
    const operand = this.pop();
    const span = { start: token.start, end: operand.end };
    const node: Expression =
      token.kind === "root"
        ? { kind: "call", name: token.name, args: [operand.node], options: [], span }
        : token.operator === "-"
          ? { kind: "negation", operand: operand.node, span }
          : operand.node;
    this.operands.push({ node, ...span });
  }
}

function powerOf(pending: Pending): number {
  if (pending.kind === "infix") return operators[pending.token.operator].power;
  return pending.kind === "prefix" ? prefixPower : Number.NEGATIVE_INFINITY;
}
