import { applyOperation } from "../../core/apply.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Primitive } from "../../core/primitive.js";
import { trace } from "../../graph/trace.js";
import { operations as all } from "../../operations.js";
import type { ExplainedNode, Explanation } from "../explanation.js";
import { type Comments, comments } from "./comments.js";
import { className, identifiers } from "./identifiers.js";
import { javascriptOf } from "./javascript.js";
import type { Language } from "./language.js";
import { formatTensorModules } from "./tensor-modules.js";

/**
 * The graph as the notes write one: a class for every operation in it, whose `forward` keeps what its partial
 * derivatives read and whose `backward` makes the derivatives by the operands of that by the result; then both passes,
 * with every `+=`. Plain TypeScript on numbers, over public functions where there are tensors, that prints value and
 * gradient. Throws ValueError for graphs with loops or custom rules: what they hold has no such text.
 */
export function formatModules(
  explanation: Explanation,
  { lang = "en" }: { readonly lang?: Language } = {},
): string {
  const operations = explanation.nodes.filter((node) => node.kind === "operation");
  const say = comments[lang];
  const scalar = explanation.nodes.every(
    ({ value, params }) => typeof value === "number" && params === undefined,
  );
  if (!scalar) return formatTensorModules(explanation, operations, say);
  const calls = new Set<string>();
  const kinds = new Map(operations.map((node) => [kindOf(node), node]));
  const classes = [...kinds.values()].map((node) => classOf(node, calls));
  const imported =
    calls.size === 0 ? [] : [`import { ${[...calls].sort().join(", ")} } from "cotangent";`, ""];
  return [...imported, ...classes, ...passes(explanation, operations, say), ""].join("\n");
}

function kindOf(node: ExplainedNode): string {
  return `${node.operation} ${node.arguments.length}`;
}

/** The module of one operation, its partials written out from the operation's own rules. */
function classOf(node: ExplainedNode, calls: Set<string>): string {
  const operation = all.find(({ name }) => name === node.operation) as Primitive<undefined>;
  const count = node.arguments.length;
  const letters = node.arguments.map((_, i) => (count === 1 ? "x" : `x${i + 1}`));
  const apply = (...xs: Tensor[]): Tensor =>
    applyOperation(operation, xs, node.params as undefined);
  const graph = trace(apply, { names: letters })(...(letters.map(() => 1) as never[]));
  const result = graph.outputs[0] as Tensor;
  const names = new Map<Node, string>(
    graph.inputs.map((input, i) => [input, letters[i] as string]),
  );
  const write = (root: Node, known: ReadonlyMap<Node, string>): string => {
    const { text, calls: called } = javascriptOf(root, known);
    for (const name of called) calls.add(name);
    return text;
  };
  const value = write(result, names);
  names.set(result, "y");
  const partials = letters.map((_, i) => write(graph.gradient(i).outputs[0] as Tensor, names));
  const kept = [...letters, "y"].filter((name) =>
    partials.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
  );
  const list = kept.join(", ");
  const product = (partial: string): string =>
    partial === "1"
      ? "upstream"
      : partial === "-1"
        ? "-upstream"
        : `upstream * ${/^[\w.]+$|^[\w.]+\([^()]*\)$/.test(partial) ? partial : `(${partial})`}`;
  const down = partials.map(product);
  return [
    `class ${className(operation.name)} {`,
    ...(kept.length === 0 ? [] : [`  cache = { ${kept.map((name) => `${name}: 0`).join(", ")} };`]),
    `  forward(${letters.map((name) => `${name}: number`).join(", ")}): number {`,
    ...(kept.includes("y") ? [`    const y = ${value};`] : []),
    ...(kept.length === 0 ? [] : [`    this.cache = { ${list} };`]),
    `    return ${kept.includes("y") ? "y" : value};`,
    "  }",
    `  backward(upstream: number): ${count === 1 ? "number" : `[${letters.map(() => "number").join(", ")}]`} {`,
    ...(kept.length === 0 ? [] : [`    const { ${list} } = this.cache;`]),
    `    return ${count === 1 ? down[0] : `[${down.join(", ")}]`};`,
    "  }",
    "}",
    "",
  ].join("\n");
}

/** Forward through the modules, backward in reverse. */
function passes(
  explanation: Explanation,
  operations: readonly ExplainedNode[],
  say: Comments,
): string[] {
  const names = identifiers(
    explanation,
    operations.flatMap(({ operation }) => [operation as string, className(operation as string)]),
  );
  const name = (id: string): string => names.get(id) as string;
  const lines = explanation.inputs.map(({ name: id, value }) => `const ${name(id)} = ${value};`);
  lines.push("", `// ${say.forward}`);
  for (const node of operations) {
    const args = node.arguments.map((argument) =>
      "node" in argument ? name(argument.node) : String(argument.constant),
    );
    lines.push(
      `const ${name(node.id)}Module = new ${className(node.operation as string)}();`,
      `const ${name(node.id)} = ${name(node.id)}Module.forward(${args.join(", ")});`,
    );
  }
  lines.push("", `// ${say.backward}`);
  const by = (id: string): string => `by_${name(id)}`;
  for (const { id } of explanation.nodes)
    lines.push(`let ${by(id)} = ${id === explanation.output ? 1 : 0};`);
  for (const node of [...operations].reverse()) {
    const targets = node.arguments.map((argument) => ("node" in argument ? argument.node : ""));
    if (targets.every((target) => target === "")) continue;
    const call = `${name(node.id)}Module.backward(${by(node.id)})`;
    const [only] = targets;
    if (targets.length === 1) {
      lines.push(`${by(only as string)} += ${call};`);
      continue;
    }
    const downs = targets.map((target, i) => (target === "" ? "" : `${name(node.id)}_${i + 1}`));
    lines.push(`const [${downs.join(", ").replace(/[, ]+$/, "")}] = ${call};`);
    targets.forEach((target, i) => {
      if (target !== "") lines.push(`${by(target)} += ${downs[i]};`);
    });
  }
  const gradient = explanation.inputs.map(({ name: id }) => `${JSON.stringify(id)}: ${by(id)}`);
  lines.push(
    `console.log(JSON.stringify({ value: ${name(explanation.output)}, gradient: { ${gradient.join(", ")} } }));`,
  );
  return lines;
}
