import { applyOperation } from "../../core/apply.js";
import { type DType, isFloat } from "../../core/dtype.js";
import { ValueError } from "../../core/errors.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Primitive } from "../../core/primitive.js";
import { trace } from "../../graph/trace.js";
import { operations as all } from "../../operations.js";
import { zeros } from "../../ops/creation.js";
import { vjp } from "../../transforms/vjp.js";
import type { ExplainedNode, Explanation } from "../explanation.js";
import { Code } from "./code.js";
import type { Comments } from "./comments.js";
import { className, identifiers } from "./identifiers.js";

interface Module {
  readonly name: string;
  readonly text: string;
}

/** The module classes of a graph with tensors, over public functions, and both passes through them. */
export function formatTensorModules(
  explanation: Explanation,
  operations: readonly ExplainedNode[],
  say: Comments,
): string {
  const looped = operations.find((node) => node.params === null);
  if (looped !== undefined) {
    throw new ValueError("formatModules", {
      expected: "operations whose parameters are data",
      received: `${looped.operation}, which holds functions`,
      fix: "use the JSON format",
    });
  }
  const code = new Code();
  const types = new Map(explanation.nodes.map(({ id, type }) => [id, type]));
  const modules = new Map<string, Module>();
  const moduleOf = new Map<string, Module>();
  for (const node of operations) moduleOf.set(node.id, moduleFor(node, types, modules, code));
  const lines = passes(explanation, operations, moduleOf, say, code);
  const classes = [...modules.values()].map(({ text }) => text);
  return [...code.header(["Tensor"]), "", ...classes, ...lines, ""].join("\n");
}

/** The module of an operation: one for all nodes that it is written the same for. */
function moduleFor(
  node: ExplainedNode,
  types: ReadonlyMap<string, string>,
  modules: Map<string, Module>,
  code: Code,
): Module {
  const body = bodyOf(node, types, code);
  const known = modules.get(body);
  if (known !== undefined) return known;
  const base = className(node.call?.call ?? (node.operation as string));
  const taken = new Set([...modules.values()].map(({ name }) => name));
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${base}${i}`;
  const module = { name, text: `class ${name} {\n${body}\n}\n` };
  modules.set(body, module);
  return module;
}

/** Both methods, the backward one written out from the operation's own rules. */
function bodyOf(node: ExplainedNode, types: ReadonlyMap<string, string>, code: Code): string {
  const operation = all.find(({ name }) => name === node.operation) as Primitive;
  const list = node.arguments;
  const letters = list.map((_, i) => (list.length === 1 ? "x" : `x${i + 1}`));
  const examples = list.map((argument) =>
    exampleOf("node" in argument ? (types.get(argument.node) as string) : constantType(argument)),
  );
  const floats = examples.map(({ dtype }) => isFloat(dtype));
  const graph = trace((xs: Tensor[], upstream: Tensor): Tensor[] => {
    const apply = (...moved: Tensor[]): Tensor => {
      let next = 0;
      const given = xs.map((x, i) => (floats[i] === true ? (moved[next++] as Tensor) : x));
      return applyOperation(operation, given, node.params);
    };
    const moving = xs.filter((_, i) => floats[i]);
    if (moving.length === 0 || !isFloat(upstream.dtype)) return [apply(...moving)];
    const [y, pull] = vjp(apply, ...moving);
    return [y as Tensor, ...(pull(upstream as never) as unknown as Tensor[])];
  })(examples, exampleOf(node.type));
  const names = new Map<Node, string>();
  letters.forEach((letter, i) => {
    names.set(graph.inputs[i] as Node, letter);
  });
  names.set(graph.inputs.at(-1) as Node, "upstream");
  const value =
    node.call === undefined
      ? code.apply(node.operation as string, letters, node.params)
      : code.spoken(node.call, letters);
  const [y, ...found] = graph.outputs;
  if (!names.has(y as Node)) names.set(y as Node, "y");
  let next = 0;
  const downs = examples.map(({ shape, dtype }, i) => {
    const down = floats[i] === true ? found[next++] : undefined;
    if (down !== undefined) return code.node(down, names);
    return `${code.call("zeros", [JSON.stringify(shape), `{ dtype: ${JSON.stringify(dtype)} }`])}`;
  });
  const kept = [...letters, "y"].filter((name) =>
    downs.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
  );
  return methods(letters, value, downs, kept);
}

function methods(
  letters: readonly string[],
  value: string,
  downs: readonly string[],
  kept: readonly string[],
): string {
  const list = kept.join(", ");
  const result = letters.length === 1 ? "Tensor" : `[${letters.map(() => "Tensor").join(", ")}]`;
  const cached = kept.map((name) => `${name}: Tensor`).join("; ");
  return [
    ...(kept.length === 0 ? [] : [`  cache!: { ${cached} };`]),
    `  forward(${letters.map((name) => `${name}: Tensor`).join(", ")}): Tensor {`,
    ...(kept.includes("y") ? [`    const y = ${value};`] : []),
    ...(kept.length === 0 ? [] : [`    this.cache = { ${list} };`]),
    `    return ${kept.includes("y") ? "y" : value};`,
    "  }",
    `  backward(upstream: Tensor): ${result} {`,
    ...(kept.length === 0 ? [] : [`    const { ${list} } = this.cache;`]),
    `    return ${letters.length === 1 ? downs[0] : `[${downs.join(", ")}]`};`,
    "  }",
  ].join("\n");
}

/** Zeros of a type as explanations write it: `f64[2, 3]`. */
function exampleOf(type: string): Tensor {
  const [, dtype, shape] = /^(\w+)\*?(?:\[(.*)\])?$/.exec(type) as unknown as string[];
  const lengths = shape === undefined || shape === "" ? [] : shape.split(",").map(Number);
  return zeros(lengths, { dtype: dtype as DType }) as Tensor;
}

function constantType({ constant, dtype }: { constant: unknown; dtype: string }): string {
  const shape: number[] = [];
  for (let level = constant; Array.isArray(level); level = level[0]) shape.push(level.length);
  return `${dtype}[${shape.join(", ")}]`;
}

/** Forward through the modules, backward in reverse. */
function passes(
  explanation: Explanation,
  operations: readonly ExplainedNode[],
  modules: ReadonlyMap<string, Module>,
  say: Comments,
  code: Code,
): string[] {
  for (const used of ["add", "tensor", "zeros"]) code.imported.add(used);
  const names = identifiers(explanation, [
    ...["Tensor", "operation"],
    ...[...modules.values()].map(({ name }) => name),
    ...code.imported,
  ]);
  const name = (id: string): string => names.get(id) as string;
  const dtypeOf = (type: string): string => /^\w+/.exec(type)?.[0] ?? "f64";
  const lines = explanation.inputs.map(
    ({ name: id, value, type }) =>
      `const ${name(id)}: Tensor = ${code.literal(value, dtypeOf(type))};`,
  );
  lines.push("", `// ${say.forward}`);
  for (const node of operations) {
    const args = node.arguments.map((argument) =>
      "node" in argument ? name(argument.node) : code.literal(argument.constant, argument.dtype),
    );
    lines.push(
      `const ${name(node.id)}Module = new ${modules.get(node.id)?.name}();`,
      `const ${name(node.id)} = ${name(node.id)}Module.forward(${args.join(", ")});`,
    );
  }
  lines.push("", `// ${say.backward}`);
  const by = (id: string): string => `by_${name(id)}`;
  const carries = new Set(
    explanation.nodes.filter(({ type }) => /^f\d/.test(type)).map(({ id }) => id),
  );
  for (const node of explanation.nodes) {
    if (!carries.has(node.id)) continue;
    const start =
      node.id === explanation.output
        ? code.literal(1, dtypeOf(node.type))
        : code.call("zeros", zerosOf(node.type));
    lines.push(`let ${by(node.id)}: Tensor = ${start};`);
  }
  for (const node of [...operations].reverse()) {
    if (!carries.has(node.id)) continue;
    const targets = node.arguments.map((argument) =>
      "node" in argument && carries.has(argument.node) ? argument.node : "",
    );
    if (targets.every((target) => target === "")) continue;
    const call = `${name(node.id)}Module.backward(${by(node.id)})`;
    const downs = targets.map((target, i) => (target === "" ? "" : `${name(node.id)}_${i + 1}`));
    if (targets.length === 1)
      lines.push(`${by(targets[0] as string)} = add(${by(targets[0] as string)}, ${call});`);
    else {
      lines.push(`const [${downs.join(", ").replace(/[, ]+$/, "")}] = ${call};`);
      targets.forEach((target, i) => {
        if (target !== "") lines.push(`${by(target)} = add(${by(target)}, ${downs[i]});`);
      });
    }
  }
  const gradient = explanation.inputs.map(({ name: id, type }) => {
    const found = carries.has(id) ? by(id) : code.call("zeros", zerosOf(type));
    return `${JSON.stringify(id)}: ${found}`;
  });
  lines.push(
    `console.log(JSON.stringify({ value: ${name(explanation.output)}, gradient: { ${gradient.join(", ")} } }));`,
  );
  return lines;
}

function zerosOf(type: string): string[] {
  const { shape, dtype } = exampleOf(type);
  const options = dtype === "f64" ? [] : [`{ dtype: ${JSON.stringify(dtype)} }`];
  return [JSON.stringify(shape).replaceAll(",", ", "), ...options];
}
