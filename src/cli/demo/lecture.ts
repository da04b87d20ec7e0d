import { type Explanation, explain, formatNumber, formatText } from "../../explain/index.js";
import {
  add,
  type Graph,
  grad,
  multiply,
  square,
  subtract,
  type Tensor,
  trace,
} from "../../index.js";
import { Add, Chain, Prod, Sub } from "../../modules/index.js";
import type { Context } from "../context.js";
import { title } from "./layout.js";
import { phrases } from "./phrases.js";

const point = { a: 23, b: 2, e: -5, d: 7 };
const names = ["a", "b", "e", "d"] as const;
const values = names.map((name) => point[name]);

/** `((a + e)·(b − d))²`, its last step by `last`. */
function graphOf(last: (h: Tensor) => Tensor): Graph {
  const f = (a: Tensor, b: Tensor, e: Tensor, d: Tensor): Tensor =>
    last(multiply(add(a, e), subtract(b, d)) as Tensor);
  return trace(f, { names })(point.a, point.b, point.e, point.d);
}

/** The lecture's function explained; whether its derivatives agree with finite differences. */
export function tellDerivation({ print, say, lang, color }: Context): boolean {
  const graph = graphOf((h) => square(h) as Tensor);
  const explanation = explain(graph, values, { order: 2, expression: "((a + e)·(b − d))²" });
  title(phrases.title, { print, say, color });
  print(formatText(explanation, { lang, color, steps: true }));
  title(phrases.slips, { print, say, color });
  tellSlips(explanation, graph, (text) => print(`${say(text)}\n`));
  return explanation.check.every((check) => check.agrees === true);
}

/** The notes' numbers beside the right ones, each computed here. */
function tellSlips(
  explanation: Explanation,
  graph: Graph,
  tell: (text: Parameters<Context["say"]>[0]) => void,
): void {
  const value = (id: string): number =>
    explanation.nodes.find((node) => node.id === id)?.value as number;
  const byH = explanation.edges.find((edge) => edge.from === "h")?.partial as number;
  const rest = explanation.paths[0]?.listed[0]?.factors.slice(1) ?? [];
  const slip = 2 * value(explanation.output);
  const wrong = rest.reduce((product, factor) => product * factor, slip);
  const at = (a: number): number => graph.evaluate(a, point.b, point.e, point.d);
  const difference = (at(point.a + 1e-3) - at(point.a - 1e-3)) / 2e-3;
  tell(phrases.firstSlip(formatNumber(slip), formatNumber(byH), formatNumber(value("h"))));
  tell(
    phrases.wrongGradient(
      formatNumber(wrong),
      formatNumber(explanation.gradient.a as number),
      difference.toFixed(4),
    ),
  );
  const byMu = grad((mu: Tensor) => subtract(1, mu))(0.5);
  tell(phrases.secondSlip(formatNumber(byMu)));
}

/** With the product of h and h in place of its square there are two paths to every input. */
export function tellTwoPaths({ print, say, color }: Context): void {
  title(phrases.twoPaths, { print, say, color });
  print(`${say(phrases.twoPathsText)}\n\n`);
  const twice = explain(
    graphOf((h) => multiply(h, h) as Tensor),
    values,
    { wrt: ["a"] },
  );
  const edges = new Map(twice.edges.map((edge) => [edge.id, edge]));
  const listed = twice.paths[0]?.listed ?? [];
  for (const path of listed) {
    const factors = path.edges.map((id) => `∂${edges.get(id)?.to}/∂${edges.get(id)?.from}`);
    const numbers = path.factors.map((factor) => bracketed(factor)).join(" · ");
    print(`  ${factors.join(" · ")} = ${numbers} = ${formatNumber(path.product as number)}\n`);
  }
  const terms = listed.map((path) => formatNumber(path.product as number)).join(" + ");
  print(`  ∂f/∂a = ${terms} = ${formatNumber(twice.gradient.a as number)}\n\n`);
}

/** The same by modules, forward with caches and backward with a visible `+=`. */
export function tellModules({ print, say }: Context): void {
  const product = new Prod();
  const chain = new Chain({
    u: [new Add(), "a", "e"],
    v: [new Sub(), "b", "d"],
    h: [product, "u", "v"],
    f: [new Prod(), "h", "h"],
  });
  chain.forward(point);
  chain.backward();
  const kept = Object.entries(product.cache).map(([name, value]) => `${name} = ${show(value)}`);
  print(`${say(phrases.modules)}\n\n`);
  for (const { from, to, contribution, total } of chain.additions)
    print(`  ∂f/∂${from} += ${show(contribution)}   → ${show(total)}   (${to})\n`);
  print(`\n${say(phrases.cache("Prod(u, v)", kept.join(", ")))}\n`);
}

function show(value: number | Tensor): string {
  return formatNumber(Number(value));
}

function bracketed(value: number): string {
  return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
}
