import { constant } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { latexName } from "../formula/latex-names.js";
import { operations } from "../operations.js";
import { named } from "../ops/latex.js";
import { broadcastToOp } from "../ops/shape.js";
import { formatNumber } from "./numbers.js";

/** How deep a formula is written out before it is cut short. */
const deepest = 12;

const atom = 100;

interface Written {
  readonly text: string;
  readonly precedence: number;
}

/** A node as text over named nodes: `2·h`, `cos(x)`. Long formulas are cut with `…`. */
export function formulaOf(node: Node, names: ReadonlyMap<Node, string>, expand = false): string {
  return write(node, names, expand ? 0 : -1).text;
}

/** The operation of a node on its operands, whatever the node itself is called. */
export function applicationOf(node: Node, names: ReadonlyMap<Node, string>): string {
  return write(node, names, 0).text;
}

/** The precedence of sums: from there on, a negative number behind a sign stands in brackets. */
const sums = 10;

function write(node: Node, names: ReadonlyMap<Node, string>, depth: number): Written {
  const name = names.get(node);
  if (name !== undefined && depth !== 0) return { text: name, precedence: atom };
  if (node.primitive === constant) return writeConstant(node);
  if (node.primitive === broadcastToOp && depth !== 0)
    return write(node.inputs[0] as Node, names, depth);
  if (depth > deepest) return { text: "…", precedence: atom };
  const operands = node.inputs.map((input) => write(input, names, Math.max(depth, 0) + 1));
  const { notation } = node.primitive;
  if (notation === undefined) {
    const list = [...operands.map((operand) => operand.text), ...writeParams(node.params)];
    return { text: `${node.primitive.name}(${list.join(", ")})`, precedence: atom };
  }
  const { symbol, precedence, prefix, postfix } = notation;
  const wrap = (operand: Written, least: number): string =>
    operand.precedence < least ? `(${operand.text})` : operand.text;
  const [first, second] = operands as [Written, Written];
  if (prefix === true)
    return { text: `${symbol === "-" ? "−" : symbol}${wrap(first, precedence)}`, precedence };
  if (postfix === true) return { text: `${wrap(first, precedence + 1)}${symbol}`, precedence };
  const shown = { "*": "·", "-": " − ", "+": " + ", "/": "/", "^": "^" }[symbol] ?? ` ${symbol} `;
  const [low, high] = symbol === "^" ? [precedence + 1, precedence] : [precedence, precedence + 1];
  const negative = precedence >= sums && second.text.startsWith("−");
  const right = negative ? `(${second.text})` : wrap(second, high);
  return { text: `${wrap(first, low)}${shown}${right}`, precedence };
}

/** Parameters that are data, as `n=1`. */
function writeParams(params: unknown): string[] {
  if (typeof params !== "object" || params === null) return [];
  return Object.entries(params).flatMap(([key, value]) => {
    const text = isPlain(value) ? JSON.stringify(value) : undefined;
    return text === undefined || text.length > 24 ? [] : [`${key}=${text}`];
  });
}

/** Not a rule, nor a body, whose tensors have no values to show. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return typeof value !== "object" && typeof value !== "function";
}

function writeConstant(node: Node): Written {
  const tensor = node as Tensor;
  if (tensor.size !== 1) return { text: `constant[${tensor.shape.join("×")}]`, precedence: atom };
  const value = tensor.data[0] as number;
  return { text: formatNumber(value), precedence: value < 0 ? 30 : atom };
}

/** The same in LaTeX, by the operations' own `latex`. */
export function latexOf(node: Node, names: ReadonlyMap<Node, string>, application = false): string {
  return writeLatex(node, names, application ? 0 : 1).text;
}

function writeLatex(node: Node, names: ReadonlyMap<Node, string>, depth: number): Written {
  const name = names.get(node);
  if (name !== undefined && depth !== 0) return { text: latexName(name), precedence: atom };
  if (node.primitive === constant) {
    const { text, precedence } = writeConstant(node);
    return { text: latexNumber(text), precedence };
  }
  if (node.primitive === broadcastToOp && depth !== 0)
    return writeLatex(node.inputs[0] as Node, names, depth);
  if (depth > deepest) return { text: "\\ldots", precedence: atom };
  const own = node.primitive.notation?.precedence ?? 25;
  const operands = node.inputs.map((input, at) => {
    const operand = writeLatex(input, names, depth + 1);
    const binds = node.primitive.notation?.postfix === true || at > 0;
    const least = binds ? own + 1 : own;
    const sign = at > 0 && own >= sums && own < 25 && node.primitive.notation?.symbol !== "/";
    const negative = sign && operand.text.startsWith("-");
    return negative || operand.precedence < least ? `\\left(${operand.text}\\right)` : operand.text;
  });
  return { text: writeApplication(node, operands), precedence: own };
}

/** The library's operations: it is their list that brings how they are written into a bundle. */
const listed: ReadonlySet<Primitive> = new Set(operations);

function writeApplication({ primitive, params }: Node, operands: string[]): string {
  if (primitive.latex !== undefined) return primitive.latex(operands as never, params);
  if (listed.has(primitive)) throw new Error(`${primitive.name} is not described`);
  return named(primitive.name, ...operands);
}

/** A formatted number as LaTeX: `1.5e−7` becomes 1.5·10^{−7}. */
export function latexNumber(text: string): string {
  if (text === "∞" || text === "−∞") return text.replace("∞", "\\infty").replace("−", "-");
  if (text === "NaN") return "\\text{NaN}";
  return text
    .replace("−", "-")
    .replace(
      /e([−+-]?)(\d+)$/,
      (_, sign: string, digits: string) =>
        `\\cdot 10^{${sign === "+" ? "" : sign.replace("−", "-")}${digits}}`,
    );
}
