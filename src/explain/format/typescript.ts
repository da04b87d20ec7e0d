import { ValueError } from "../../core/errors.js";
import type { ArgumentConstant, ExplainedNode, Explanation, ValueData } from "../explanation.js";

/** Names the generated file uses itself. */
const reserved = [
  "f",
  "input",
  "value",
  "gradient",
  "by",
  "console",
  "Tensor",
  "tensor",
  "valueAndGrad",
  "moduleOf",
  "Inputs",
];

/**
 * The graph as a TypeScript program over the public operations that prints value and gradient twice: by the
 * library in one call, and by hand, one module of the notes after the other: forward with caches, then backward
 * with a visible `+=` (left out with `byHand: false`). Throws ValueError for graphs with loops or custom rules: what they hold has no such text.
 */
export function formatTypeScript(
  explanation: Explanation,
  { byHand: both = true }: { readonly byHand?: boolean } = {},
): string {
  const operations = explanation.nodes.filter((node) => node.kind === "operation");
  const looped = operations.find((node) => node.params === null);
  if (looped !== undefined) {
    throw new ValueError("formatTypeScript", {
      expected: "operations whose parameters are data",
      received: `${looped.operation}, which holds functions`,
      fix: "use the JSON format",
    });
  }
  const names = identifiers(explanation, operations);
  const inputs = explanation.inputs.map(({ name }) => names.get(name) as string);
  const point = explanation.inputs.map(
    ({ name, value, type }) => `${names.get(name)}: ${literal(value, type)}`,
  );
  const body = [
    `interface Inputs {\n${inputs.map((name) => `  ${name}: Tensor;`).join("\n")}\n}`,
    "",
    `const input = { ${point.join(", ")} };`,
    "",
    "// By the library: value and all partial derivatives in one backward pass.",
    `function f({ ${inputs.join(", ")} }: Inputs): Tensor {`,
    ...operations.map((node) => `  const ${names.get(node.id)} = ${call(node, names)};`),
    `  return ${names.get(explanation.output)};`,
    "}",
    "",
    "const [value, gradient] = valueAndGrad(f)(input);",
    "console.log(JSON.stringify({ value, gradient }));",
    "",
    ...(both ? [...byHand(explanation, operations, names), ""] : []),
  ];
  return [
    `// ${explanation.output} = ${oneLine(explanation)}`,
    ...imports(operations, body),
    "",
    ...body,
  ].join("\n");
}

function oneLine(explanation: Explanation): string {
  const last = explanation.nodes.find((node) => node.id === explanation.output);
  return (explanation.expression ?? last?.text ?? "").replace(/\s+/g, " ");
}

function imports(operations: readonly ExplainedNode[], body: readonly string[]): string[] {
  const direct = operations
    .filter((node) => node.params === undefined)
    .map((node) => node.operation as string);
  const indirect = operations.some((node) => node.params !== undefined);
  const text = body.join("\n");
  const used = new Set(["add", "type Tensor", "valueAndGrad", ...direct]);
  if (indirect) for (const name of ["applyOperation", "operations"]) used.add(name);
  if (text.includes("tensor(")) used.add("tensor");
  if (!/\badd\(|\(add\b/.test(text)) used.delete("add");
  const plain = (name: string): string => name.replace("type ", "");
  const sorted = [...used].sort((a, b) => (plain(a) < plain(b) ? -1 : 1));
  const lines = [
    `import { ${sorted.join(", ")} } from "cotangent";`,
    ...(text.includes("moduleOf(") ? ['import { moduleOf } from "cotangent/modules";'] : []),
  ];
  if (!indirect) return lines;
  const lookup =
    "const operation = (name: string) => operations.find((one) => one.name === name)!;";
  return [...lines, "", lookup];
}

/** Forward through modules that keep what their partials read, backward through them in reverse. */
function byHand(
  explanation: Explanation,
  operations: readonly ExplainedNode[],
  names: ReadonlyMap<string, string>,
): string[] {
  const variable = (id: string): string => names.get(id) as string;
  const value = (id: string): string =>
    explanation.inputs.some(({ name }) => name === id) ? `input.${variable(id)}` : variable(id);
  const scalar = explanation.nodes.every(
    (node) => typeof node.value === "number" && node.type.startsWith("f64"),
  );
  const accumulate = (target: string, term: string): string =>
    scalar ? `${target} += Number(${term});` : `${target} = add(${target}, ${term});`;
  const type = scalar ? "number" : "Tensor | number";
  const lines = ["// By hand, as in the notes: every operation is a module. Forward, caching …"];
  for (const node of operations) {
    const name = variable(node.id);
    const params = node.params === undefined ? "" : `, ${JSON.stringify(node.params)}`;
    const args = node.arguments.map((argument) =>
      "node" in argument ? value(argument.node) : constant(argument),
    );
    lines.push(`const ${name}Module = moduleOf(${functionOf(node)}${params});`);
    lines.push(`const ${name} = ${name}Module.forward(${args.join(", ")});`);
  }
  lines.push(
    "",
    "// … and backward: upstream in, downstream out, added up where a value is used more than once.",
  );
  for (const node of explanation.nodes) {
    const start = node.id === explanation.output ? "1" : "0";
    lines.push(`let by_${variable(node.id)}: ${type} = ${start};`);
  }
  for (const node of [...operations].reverse()) {
    const name = variable(node.id);
    const targets = node.arguments.map((argument) =>
      "node" in argument ? argument.node : undefined,
    );
    if (targets.every((target) => target === undefined)) continue;
    const downs = targets.map((target, i) => (target === undefined ? "" : `${name}_down${i}`));
    const pattern = targets.length === 1 ? downs[0] : `[${downs.join(", ")}]`;
    lines.push(`const ${pattern} = ${name}Module.backward(by_${name});`);
    targets.forEach((target, i) => {
      if (target !== undefined)
        lines.push(accumulate(`by_${variable(target)}`, downs[i] as string));
    });
  }
  const results = explanation.inputs.map(
    ({ name }) => `${JSON.stringify(name)}: by_${variable(name)}`,
  );
  lines.push(
    `console.log(JSON.stringify({ value: ${value(explanation.output)}, gradient: { ${results.join(", ")} } }));`,
  );
  return lines;
}

function functionOf(node: ExplainedNode): string {
  return node.params === undefined
    ? (node.operation as string)
    : `operation(${JSON.stringify(node.operation)})`;
}

function call(node: ExplainedNode, names: ReadonlyMap<string, string>): string {
  const args = node.arguments.map((argument) =>
    "node" in argument ? (names.get(argument.node) as string) : constant(argument),
  );
  if (node.params === undefined) return `${node.operation}(${args.join(", ")})`;
  return `applyOperation(${functionOf(node)}, [${args.join(", ")}], ${JSON.stringify(node.params)})`;
}

function constant({ constant: value, dtype }: ArgumentConstant): string {
  return dtype === "f64" && typeof value === "number" ? number(value) : literal(value, dtype);
}

function literal(value: ValueData, type: string): string {
  if (typeof value === "number" && type.startsWith("f64")) return number(value);
  const dtype = /^[a-z]+\d*/.exec(type)?.[0];
  return `tensor(${data(value)}, { dtype: ${JSON.stringify(dtype)} })`;
}

function data(value: ValueData): string {
  if (typeof value === "number") return number(value);
  return typeof value === "boolean" ? String(value) : `[${value.map(data).join(", ")}]`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value))
    return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A TypeScript name per node that no function or import of the file has. */
function identifiers(
  explanation: Explanation,
  operations: readonly ExplainedNode[],
): Map<string, string> {
  const used = new Set([...reserved, "add", ...operations.map((node) => node.operation as string)]);
  return new Map(
    explanation.nodes.map(({ id }) => {
      const base = identifier(id);
      let name = base;
      for (let i = 1; used.has(name); i++) name = `${base}_${i}`;
      used.add(name);
      return [id, name];
    }),
  );
}

function identifier(text: string): string {
  const name = text.replace(/[^\p{L}\p{N}_$]/gu, "_");
  return /^[\p{L}_$]/u.test(name) ? name : `_${name}`;
}
