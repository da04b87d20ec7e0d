import { ValueError } from "../../core/errors.js";
import type { ExplainedNode, Explanation, ValueData } from "../explanation.js";
import { Code, callsIn, numberText } from "./code.js";
import { type Comments, comments } from "./comments.js";
import { identifiers } from "./identifiers.js";
import type { Language } from "./language.js";

/** Names the generated file uses itself. */
const reserved = [
  "f",
  "input",
  "value",
  "gradient",
  "by",
  "add",
  "Tensor",
  "tensor",
  "valueAndGrad",
  "moduleOf",
  "Inputs",
];

export interface TypeScriptOptions {
  /** Of the comments. */
  readonly lang?: Language;
  /** False leaves out the passes by hand. */
  readonly byHand?: boolean;
}

/**
 * The graph as a TypeScript program over the public operations that prints value and gradient twice: by the
 * library in one call, and by hand, one module of the notes after the other: forward with caches, then backward
 * with a visible `+=` (left out with `byHand: false`). Throws ValueError for graphs with loops or custom rules: what they hold has no such text.
 */
export function formatTypeScript(
  explanation: Explanation,
  options: TypeScriptOptions = {},
): string {
  const both = options.byHand !== false;
  const say = comments[options.lang ?? "en"];
  const operations = explanation.nodes.filter((node) => node.kind === "operation");
  const looped = operations.find((node) => node.params === null);
  if (looped !== undefined) {
    throw new ValueError("formatTypeScript", {
      expected: "operations whose parameters are data",
      received: `${looped.operation}, which holds functions`,
      fix: "use the JSON format",
    });
  }
  const code = new Code();
  const names = identifiers(explanation, [
    ...reserved,
    ...operations.map((node) => node.operation as string),
    ...operations.flatMap(({ call: spoken }) => (spoken === undefined ? [] : callsIn(spoken))),
  ]);
  const inputs = explanation.inputs.map(({ name }) => names.get(name) as string);
  const point = explanation.inputs.map(
    ({ name, value, type }) => `${names.get(name)}: ${literal(code, value, type)}`,
  );
  const body = [
    `interface Inputs {\n${inputs.map((name) => `  ${name}: Tensor;`).join("\n")}\n}`,
    "",
    `const input = { ${point.join(", ")} };`,
    "",
    `// ${say.byLibrary}`,
    `function f({ ${inputs.join(", ")} }: Inputs): Tensor {`,
    ...operations.map((node) => `  const ${names.get(node.id)} = ${call(code, node, names)};`),
    `  return ${names.get(explanation.output)};`,
    "}",
    "",
    "const [value, gradient] = valueAndGrad(f)(input);",
    "console.log(JSON.stringify({ value, gradient }));",
    "",
    ...(both ? [...byHand(code, explanation, operations, names, say), ""] : []),
  ];
  code.imported.add("valueAndGrad");
  return [
    `// ${explanation.output} = ${oneLine(explanation)}`,
    ...code.header(["Tensor"]),
    ...(both ? ['import { moduleOf } from "cotangent/modules";'] : []),
    "",
    ...body,
  ].join("\n");
}

function oneLine(explanation: Explanation): string {
  const last = explanation.nodes.find((node) => node.id === explanation.output);
  return (explanation.expression ?? last?.text ?? "").replace(/\s+/g, " ");
}

/** Forward through modules that keep what their partials read, backward through them in reverse. */
function byHand(
  code: Code,
  explanation: Explanation,
  operations: readonly ExplainedNode[],
  names: ReadonlyMap<string, string>,
  say: Comments,
): string[] {
  const variable = (id: string): string => names.get(id) as string;
  const value = (id: string): string =>
    explanation.inputs.some(({ name }) => name === id) ? `input.${variable(id)}` : variable(id);
  const scalar = explanation.nodes.every(
    (node) => typeof node.value === "number" && node.type.startsWith("f64"),
  );
  const accumulate = (target: string, term: string): string =>
    scalar ? `${target} += Number(${term});` : `${target} = ${code.call("add", [target, term])};`;
  const type = scalar ? "number" : "Tensor | number";
  const lines = [`// ${say.byHandForward}`];
  for (const node of operations) {
    const name = variable(node.id);
    const args = node.arguments.map((argument) =>
      "node" in argument ? value(argument.node) : code.argument(argument),
    );
    lines.push(`const ${name}Module = moduleOf(${functionOf(code, node)});`);
    lines.push(`const ${name} = ${name}Module.forward(${args.join(", ")});`);
  }
  lines.push("", `// ${say.byHandBackward}`);
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

/** The function of a module: the public one where it takes the operands as they are. */
function functionOf(code: Code, node: ExplainedNode): string {
  const { call, params, arguments: list } = node;
  const name = node.operation as string;
  if (call !== undefined && params !== undefined) {
    const letters = list.map((_, i) => (list.length === 1 ? "x" : `x${i + 1}`));
    const typed = letters.map((letter) => `${letter}: Tensor`);
    return `(${typed.join(", ")}) => ${code.spoken(call, letters)}`;
  }
  if (params === undefined) {
    code.imported.add(name);
    return name;
  }
  return `${code.operation(name)}, ${JSON.stringify(params)}`;
}

function call(code: Code, node: ExplainedNode, names: ReadonlyMap<string, string>): string {
  const args = node.arguments.map((argument) =>
    "node" in argument ? (names.get(argument.node) as string) : code.argument(argument),
  );
  return node.call === undefined
    ? code.apply(node.operation as string, args, node.params)
    : code.spoken(node.call, args);
}

function literal(code: Code, value: ValueData, type: string): string {
  if (typeof value === "number" && type.startsWith("f64")) return numberText(value);
  return code.literal(value, /^[a-z]+\d*/.exec(type)?.[0] ?? "f64");
}
