import { readValue } from "../core/evaluate.js";
import { constant } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Primitive, Spoken } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import type { ArrayValue } from "../core/type.js";
import { operationName } from "../formula/called.js";
import { latexName } from "../formula/latex-names.js";
import { operations } from "../operations.js";
import { castOp } from "../ops/cast.js";
import { base, named } from "../ops/latex.js";
import { broadcastToOp, reshapeOp } from "../ops/shape.js";
import { dataOf } from "./data.js";
import { formatNumber, formatShort, formatValue } from "./numbers.js";
import { type Called, spokenOf } from "./spoken.js";

/** How deep a formula is written out before it is cut short. */
const deepest = 12;

const atom = 100;

/** Elements of a constant that are written out. */
const shownConstant = 9;

interface Written {
  readonly text: string;
  readonly precedence: number;
}

/** A node as text over named nodes: `2·h`, `cos(x)`. Long formulas are cut with `…`. */
export function formulaOf(node: Node, names: ReadonlyMap<Node, string>, expand = false): string {
  return write(node, names, expand ? 0 : -1).text;
}

/** The same as a factor of a product: sums in brackets. */
export function factorOf(node: Node, names: ReadonlyMap<Node, string>): string {
  const { text, precedence } = write(node, names, -1);
  return precedence < 20 || text.startsWith("−") ? `(${text})` : text;
}

/** The operation of a node on its operands, whatever the node itself is called. */
export function applicationOf(node: Node, names: ReadonlyMap<Node, string>): string {
  return write(node, names, 0).text;
}

/**
 * What an operation makes of the derivative that arrives, as text: `Wᵀ@∂f/∂u`. A number that goes to every element
 * of a vector or a matrix is multiplied with its ones.
 */
export function ruleText(node: Node, names: ReadonlyMap<Node, string>): string {
  const name = names.get(node);
  if (name !== undefined) return name;
  const { primitive, inputs, type } = node;
  // a number is often given axes of length 1 first
  const from = inputs[0]?.primitive === reshapeOp ? inputs[0].inputs[0] : inputs[0];
  const scalar = from?.type.kind === "tensor" && from.type.shape.length === 0;
  if (primitive !== broadcastToOp || !scalar || type.kind !== "tensor")
    return write(node, names, 0).text;
  const { text, precedence } = write(from, names, 1);
  const ones = formatShort(dataOf({ ...type, data: new Float64Array(sizeOf(type.shape)).fill(1) }));
  return `${precedence < 20 ? `(${text})` : text}·${ones}`;
}

/** The precedence of sums: from there on, a negative number behind a sign stands in brackets. */
const sums = 10;

function write(node: Node, names: ReadonlyMap<Node, string>, depth: number): Written {
  const name = names.get(node);
  if (name !== undefined && depth !== 0) return { text: name, precedence: atom };
  if (node.primitive === constant || isPattern(node)) return writeConstant(node);
  if (depth !== 0 && goesWithoutSaying(node)) return write(said(node, names), names, depth);
  if (depth > deepest) return { text: "…", precedence: atom };
  const operands = node.inputs.map((input) => write(input, names, Math.max(depth, 0) + 1));
  const { notation } = node.primitive;
  const spoken = notation === undefined ? spokenOf(node) : undefined;
  if (spoken !== undefined) return writeSpoken(spoken, operands);
  if (notation === undefined) {
    const list = [...operands.map((operand) => operand.text), ...writeParams(node.params)];
    return { text: `${operationName(node as Tensor)}(${list.join(", ")})`, precedence: atom };
  }
  const { symbol, precedence, prefix, postfix } = notation;
  const wrap = (operand: Written, least: number): string =>
    operand.precedence < least ? `(${operand.text})` : operand.text;
  const [first, second] = operands as [Written, Written];
  if (prefix === true)
    return { text: `${symbol === "-" ? "−" : symbol}${wrap(first, precedence)}`, precedence };
  if (postfix === true) return { text: `${wrap(first, precedence + 1)}${symbol}`, precedence };
  const among = symbol === "*" && node.inputs.every(hasAxes) ? "⊙" : symbol;
  const shown =
    { "*": "·", "⊙": " ⊙ ", "-": " − ", "+": " + ", "/": "/", "^": "^" }[among] ?? ` ${symbol} `;
  const [low, high] = symbol === "^" ? [precedence + 1, precedence] : [precedence, precedence + 1];
  const negative = precedence >= sums && second.text.startsWith("−");
  const right = negative ? `(${second.text})` : wrap(second, high);
  return { text: `${wrap(first, low)}${shown}${right}`, precedence };
}

/** Repeating to a shape, giving a number axes, and keeping the dtype: as in NumPy, formulas do not say so. */
function goesWithoutSaying({ primitive, type, inputs: [from] }: Node): boolean {
  if (primitive === broadcastToOp) return true;
  if (primitive === castOp && type.kind === "tensor" && from?.type.kind === "tensor")
    return type.dtype === from.type.dtype;
  return primitive === reshapeOp && type.kind === "tensor" && sizeOf(type.shape) === 1;
}

/** Whether a formula says the node itself, not another one that it repeats or reshapes. */
export function isSaid(node: Node): boolean {
  return !goesWithoutSaying(node);
}

/** What a formula says of a node: the one that is repeated, or given axes; or one between that has a name. */
export function said(node: Node, names?: ReadonlyMap<Node, string>): Node {
  let one = node;
  while (goesWithoutSaying(one) && names?.has(one) !== true) one = one.inputs[0] as Node;
  return one;
}

/** Whether it has axes, and is no number repeated along them. */
export function hasAxes(node: Node): boolean {
  const { type } = said(node);
  return type.kind === "tensor" && type.shape.length > 0;
}

/** Products of vectors and matrices as they are written on paper; any other call by its name. */
function writeSpoken(spoken: Spoken | Called, operands: readonly Written[]): Written {
  if (typeof spoken === "number") return operands[spoken] as Written;
  if ("data" in spoken) return { text: dataText(spoken.data), precedence: atom };
  if (!("call" in spoken)) {
    const list = spoken.map((one) => writeSpoken(one, operands).text);
    return { text: `[${list.join(", ")}]`, precedence: atom };
  }
  const { call, of, options = {}, asCall = false }: Called = spoken;
  const parts = of.map((one) => writeSpoken(one, operands));
  const [first, second] = parts as [Written, Written];
  const tight = (one: Written, least: number): string =>
    one.precedence < least ? `(${one.text})` : one.text;
  const symbol = asCall ? undefined : products[call];
  if (symbol !== undefined && parts.length === 2)
    return { text: `${tight(first, 20)}${symbol}${tight(second, 21)}`, precedence: 20 };
  if (call === "transpose" && !asCall && parts.length === 1)
    return { text: `${behind(first)}ᵀ`, precedence: atom };
  const ranges = call === "slice" ? rangesText(of) : undefined;
  if (ranges !== undefined) return { text: `${behind(first)}${ranges}`, precedence: atom };
  const named = Object.entries(options).map(([key, value]) => `${key}=${dataText(value)}`);
  const list = [...parts.map(({ text }) => text), ...named];
  return { text: `${call}(${list.join(", ")})`, precedence: atom };
}

/** What a sign may follow: `W`, `(∂f/∂u)`. */
function behind({ text, precedence }: Written): string {
  return precedence < atom || text.includes("/∂") ? `(${text})` : text;
}

const products: Readonly<Record<string, string>> = { matmul: " @ ", outer: " ⊗ ", multiply: "·" };

function dataText(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(dataText).join(", ")}]` : String(value);
}

/** `[1:3]`, from the lists that `slice` takes. */
function rangesText([, from, to, by]: readonly Spoken[]): string | undefined {
  const list = (one: Spoken | undefined): readonly (number | null)[] =>
    typeof one === "object" && "data" in one ? (one.data as readonly (number | null)[]) : [];
  const [starts, stops, steps] = [list(from), list(to), list(by)];
  const ranges = starts.map((start, axis) => {
    const step = steps[axis] ?? 1;
    return `${start}:${stops[axis] ?? ""}${step === 1 ? "" : `:${step}`}`;
  });
  return `[${ranges.join(", ")}]`;
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

/** Whether a small constant is made of counted indices, as a triangle is: its elements say more than how. */
function isPattern(node: Node): boolean {
  const { depth, type } = node;
  if (depth > 0 || type.kind !== "tensor" || sizeOf(type.shape) > shownConstant) return false;
  const below = new Set<Node>([node]); // grows while it is walked
  for (const one of below) {
    if (one.inputs.length === 0 && one.primitive !== constant) return true;
    for (const input of one.inputs) below.add(input);
  }
  return false;
}

function writeConstant(node: Node): Written {
  const tensor = node as Tensor;
  if (tensor.size !== 1) {
    const { shape, dtype, data } = readValue(node) as ArrayValue;
    const small = tensor.size <= shownConstant;
    const text = small
      ? formatValue(dataOf({ shape, dtype, data }), shownConstant)
      : `constant[${shape.join("×")}]`;
    return { text, precedence: atom };
  }
  const value = (readValue(node) as ArrayValue).data[0] as number;
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
  if (depth !== 0 && goesWithoutSaying(node)) return writeLatex(said(node, names), names, depth);
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

function writeApplication(node: Node, operands: string[]): string {
  const { primitive, params } = node;
  if (primitive.notation?.symbol === "*" && node.inputs.every(hasAxes))
    return operands.join(" \\odot ");
  const spoken = spokenOf(node);
  const product = spoken === undefined ? undefined : latexProduct(spoken, operands);
  if (product !== undefined) return product;
  // over all axes nothing need be said of them
  const whole = spoken !== undefined && spoken.options === undefined && "axes" in Object(params);
  const shown = whole ? { ...(params as object), axes: [] } : params;
  if (primitive.latex !== undefined)
    return primitive.latex(operands as never, shown).replace("_{} ", " ");
  if (listed.has(primitive)) throw new Error(`${primitive.name} is not described`);
  return named(primitive.name, ...operands);
}

/** Products of vectors and matrices. */
function latexProduct(spoken: Spoken, operands: readonly string[]): string | undefined {
  if (typeof spoken === "number") return operands[spoken];
  if (!("call" in spoken)) return undefined;
  const { call, of } = spoken;
  const parts = of.map((one) => latexProduct(one, operands));
  const sign = { matmul: " \\, ", outer: " \\otimes ", multiply: " \\cdot " }[call];
  if (parts.includes(undefined)) return undefined;
  if (sign !== undefined) return parts.join(sign);
  if (call !== "transpose" || parts.length !== 1) return undefined;
  const [x] = parts as [string];
  return `${/^\\frac/.test(x) ? `\\left(${x}\\right)` : base(x)}^{\\mathsf T}`;
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
