import { parameterNode, rebind } from "../core/bind.js";
import { Body } from "../core/body.js";
import { isFloat } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { runBody } from "../core/run-body.js";
import { sizeOf } from "../core/shape.js";
import type { ArrayValue, Value } from "../core/type.js";
import { zero } from "../core/zero.js";
import type { Graph } from "../graph/graph.js";
import { reverse } from "../transforms/pullback.js";
import { type MaybeTangent, nodeOf } from "../transforms/tangent.js";
import { dataOf } from "./data.js";
import { factorOf, latexOf, ruleText, said } from "./formula.js";
import { formatShort, formatShortFactor } from "./numbers.js";
import { spokenOf } from "./spoken.js";

/** What an operation makes of the derivative by its result: that by one of its operands, as a graph of its own. */
export interface Rule {
  readonly to: Node;
  readonly from: Node;
  /** Stands for the derivative that arrives. */
  readonly upstream: Tensor;
  /** Stand for the operands, and for the result. */
  readonly operands: readonly Node[];
  readonly result: Node;
  readonly contribution: Tensor;
  readonly body: Body;
}

/** Symbols of a rule, and of one with its numbers, that a line has room for. */
export const room = { symbols: 48, numbers: 112 } as const;

/** The rule of one edge, in the trace that is open; undefined between tuples and where it is zero by structure. */
export function ruleOf(graph: Graph, to: Node, at: number): Rule | undefined {
  const from = to.inputs[at] as Node;
  if (to.type.kind !== "tensor" || from.type.kind !== "tensor" || !isFloat(to.type.dtype))
    return undefined;
  const upstream = parameterNode({ ...to.type, weak: false }, graph.trace) as Tensor;
  const operands = to.inputs.map((one) =>
    one.depth === 0 ? one : parameterNode(one.type, graph.trace),
  );
  const result = rebind(to, operands);
  let found: MaybeTangent = zero;
  const wrt = operands.filter((one) => one.depth > 0);
  reverse([result], wrt, 1, (node, position, _, contribution) => {
    if (node === result && position === at) found = contribution;
  }).pull([{ node: upstream }]);
  const contribution = nodeOf(found);
  if (contribution === zero) return undefined;
  const body = new Body([upstream, ...wrt, result], [contribution]);
  return { to, from, upstream, operands, result, contribution, body };
}

/** The derivative by the operand, of one by the result. */
export function applyRule(
  { to, operands, body }: Rule,
  upstream: ArrayValue,
  values: ReadonlyMap<Node, Value>,
): ArrayValue {
  const known = [...to.inputs.filter((_, i) => operands[i]?.depth !== 0), to].map(
    (node) => values.get(node) as Value,
  );
  return runBody(body, [upstream, ...known])[0] as ArrayValue;
}

/** The derivative of a number by a tensor: what comes of 1. Undefined where the result is no number. */
export function gradientOf(rule: Rule, values: ReadonlyMap<Node, Value>): ArrayValue | undefined {
  const { shape, dtype } = rule.upstream;
  if (shape.length > 0) return undefined;
  return applyRule(rule, { shape, dtype, data: Float64Array.of(1) }, values);
}

/** What the derivative that arrives is multiplied with, of a rule that is such a product, and names for what that reads. */
export function factorIn(
  { to, operands, result, upstream, contribution }: Rule,
  nameOf: (node: Node) => string,
): { readonly factor: Node; readonly names: ReadonlyMap<Node, string> } | undefined {
  const { inputs, primitive } = contribution;
  const isProduct =
    primitive.notation?.symbol === "*" || spokenOf(contribution)?.call === "multiply";
  const at = inputs.findIndex((node) => said(node) === upstream);
  const factor = inputs[1 - at];
  if (!isProduct || at < 0 || factor === undefined) return undefined;
  const names = new Map<Node, string>([[result, nameOf(to)]]);
  operands.forEach((operand, i) => {
    const input = to.inputs[i] as Node;
    if (input.depth > 0) names.set(operand, nameOf(input));
  });
  return { factor, names };
}

/** The rule in symbols, where they fit into a line. */
export function symbolsOf(rule: Rule, arriving: string, nameOf: (node: Node) => string): string {
  const product = rule.upstream.ndim === 0 ? factorIn(rule, nameOf) : undefined;
  const text =
    product === undefined
      ? written(rule, arriving, nameOf)
      : `${arriving}·${factorOf(product.factor, product.names)}`;
  const partial = `∂${nameOf(rule.to)}/∂${nameOf(rule.from)}`;
  const times = rule.upstream.shape.length === 0 ? "·" : " @ ";
  return text.length <= room.symbols ? text : `${arriving}${times}${partial}`;
}

/** The rule in LaTeX; empty where its symbols do not fit into a line. */
export function latexOfRule(rule: Rule, arriving: string, nameOf: (node: Node) => string): string {
  if (written(rule, arriving, nameOf).length > room.symbols) return "";
  return latexOf(rule.contribution, namesIn(rule, arriving, nameOf), true);
}

/** The rule with its numbers, what arrives and the values of the operands; with the Jacobian where the rule is long. */
export function numbersOf(
  rule: Rule,
  upstream: ArrayValue,
  values: ReadonlyMap<Node, Value>,
  symbols: string,
  partial: string,
): string {
  const arriving = formatShortFactor(dataOf(upstream));
  const gradient = gradientOf(rule, values);
  if (gradient !== undefined) return `${arriving} · ${formatShort(dataOf(gradient))}`;
  if (symbols.endsWith(` @ ${partial}`)) {
    const jacobian = jacobianOf(rule, values);
    return jacobian === undefined ? "" : `${arriving} @ ${formatShort(dataOf(jacobian))}`;
  }
  const text = written(rule, arriving, (node) =>
    formatShortFactor(dataOf(values.get(node) as Value)),
  );
  return text.length <= room.numbers ? text : "";
}

/** Elements of a Jacobian between vectors that is written out. */
const small = 9;

function jacobianOf(rule: Rule, values: ReadonlyMap<Node, Value>): ArrayValue | undefined {
  const { shape, dtype } = rule.upstream;
  const [rows, columns] = [sizeOf(shape), sizeOf(rule.contribution.shape)];
  if (shape.length !== 1 || rule.contribution.ndim !== 1 || rows * columns > small)
    return undefined;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const one = new Float64Array(rows);
    one[row] = 1;
    data.set(applyRule(rule, { shape, dtype, data: one }, values).data, row * columns);
  }
  return { shape: [rows, columns], dtype, data };
}

/** The rule with names, or with numbers, in place of what it reads. */
function written(rule: Rule, arriving: string, write: (node: Node) => string): string {
  return ruleText(rule.contribution, namesIn(rule, arriving, write));
}

/** What stands for the derivative that arrives, the operands and the result. */
function namesIn(
  { to, operands, result, upstream }: Rule,
  arriving: string,
  write: (node: Node) => string,
): Map<Node, string> {
  const names = new Map<Node, string>([
    [upstream, arriving],
    [result, write(to)],
  ]);
  to.inputs.forEach((input, i) => {
    if (input.depth > 0) names.set(operands[i] as Node, write(input));
  });
  return names;
}

/** The operands, and the result, whose values the rule reads. */
export function keptBy({ to, operands, result, upstream, contribution }: Rule): Node[] {
  const border = new Map<Node, Node | undefined>([
    [upstream, undefined],
    [result, to],
  ]);
  operands.forEach((operand, i) => {
    border.set(operand, to.inputs[i]);
  });
  const seen = new Set<Node>();
  const stack: Node[] = [contribution];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!border.has(node)) stack.push(...node.inputs);
  }
  return [...seen].flatMap((node) => border.get(node) ?? []);
}
