import { contributionTerms, stepTerms } from "../contribution.js";
import type { ExplainedEdge, Explanation, Path, PathSum } from "../explanation.js";
import { formatFactor, formatNumber, formatValue } from "../numbers.js";
import { warningText } from "../warnings.js";
import { equation } from "./heading.js";
import { type Language, type Phrases, phrases } from "./language.js";

export interface TextOptions {
  readonly lang?: Language;
  /** ANSI colours: blue forward, orange backward. */
  readonly color?: boolean;
  /** Also list every forward and backward step. */
  readonly steps?: boolean;
}

/** The derivation as plain text: values, local partials, the chain rule with its numbers, the check, the cost. */
export function formatText(explanation: Explanation, options: TextOptions = {}): string {
  const say = phrases[options.lang ?? "en"];
  const paint = painter(options.color === true);
  const sections = [
    heading(explanation, say, paint),
    section(paint.bold(say.forward), forwardLines(explanation, paint)),
    section(paint.bold(say.localPartials), partialLines(explanation, paint)),
    ...(options.steps === true
      ? [section(paint.bold(say.backward), backwardLines(explanation, say, paint))]
      : []),
    section(paint.bold(say.chainRule), chainLines(explanation, say, paint)),
    section(paint.bold(say.gradient), gradientLines(explanation, say, paint)),
    hessianSection(explanation, say, paint),
    section(paint.bold(say.cost), [costLine(explanation, say)]),
    section(
      paint.bold(say.warnings),
      explanation.warnings.map((warning) => warningText(warning, options.lang ?? "en")),
    ),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

interface Painter {
  bold(text: string): string;
  forward(text: string): string;
  backward(text: string): string;
}

function painter(color: boolean): Painter {
  const wrap = (code: string) => (text: string) =>
    color ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: wrap("1"), forward: wrap("38;5;32"), backward: wrap("38;5;166") };
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

function heading(explanation: Explanation, say: Phrases, paint: Painter): string {
  const inputs = explanation.inputs
    .map(({ name, value }) => `${name} = ${formatValue(value)}`)
    .join(", ");
  const size = say.nodesAndEdges(explanation.nodes.length, explanation.edges.length);
  return [
    equation(explanation),
    ...(inputs === "" ? [] : [`  ${inputs}`]),
    `  ${explanation.output} = ${paint.forward(formatValue(explanation.value))}   (${size})`,
  ].join("\n");
}

function forwardLines({ forward }: Explanation, paint: Painter): string[] {
  const width = Math.max(0, ...forward.map((step) => step.text.length));
  return forward.map(
    (step) => `${step.text.padEnd(width)} = ${paint.forward(formatValue(step.value))}`,
  );
}

function partialLines(explanation: Explanation, paint: Painter): string[] {
  const { nodes, output, backward } = explanation;
  const carrying = new Set(backward.map(({ edge }) => edge));
  const edges = explanation.edges.filter(({ id }) => carrying.has(id));
  const operations = new Map(nodes.map((node) => [node.id, node.operation]));
  const width = Math.max(0, ...edges.map((edge) => symbolOf(edge).length));
  return edges.map((edge) => {
    const left = symbolOf(edge).padEnd(width);
    if (edge.partial === null) {
      const arriving = `∂${output}/∂${edge.to}`;
      return `${left} : ${edge.rule === undefined ? operations.get(edge.to) : `${arriving} ↦ ${edge.rule}`}`;
    }
    const value = formatValue(edge.partial);
    const shown = edge.formula === value ? value : `${edge.formula} = ${value}`;
    return `${left} = ${paint.backward(shown)}`;
  });
}

function backwardLines(explanation: Explanation, say: Phrases, paint: Painter): string[] {
  const byId = edgesById(explanation);
  const f = explanation.output;
  return [
    `∂${f}/∂${f} = ${paint.backward("1")}   (${say.start})`,
    ...explanation.backward.map((step) => {
      const edge = byId.get(step.edge) as ExplainedEdge;
      const terms = contributionTerms(step, edge).join(" = ");
      const [added, sum] = [formatValue(step.contribution), formatValue(step.after)];
      const total =
        step.numbers !== undefined && added === sum ? "" : `   → ${paint.backward(sum)}`;
      return `∂${f}/∂${edge.from} += ${terms}${total}`;
    }),
  ];
}

function edgesById(explanation: Explanation): Map<string, ExplainedEdge> {
  return new Map(explanation.edges.map((edge) => [edge.id, edge]));
}

function chainLines(explanation: Explanation, say: Phrases, paint: Painter): string[] {
  const byId = edgesById(explanation);
  return explanation.paths.flatMap((sum) => [
    ...pathLines(explanation.output, sum, byId, say, paint),
  ]);
}

function pathLines(
  output: string,
  sum: PathSum,
  byId: ReadonlyMap<string, ExplainedEdge>,
  say: Phrases,
  paint: Painter,
): string[] {
  const left = `∂${output}/∂${sum.input}`;
  if (sum.count === "0")
    return [`${left} = ${paint.backward(formatValue(sum.total))}   (${say.dependsNot})`];
  if (sum.listed.length === 0)
    return [`${left} = ${paint.backward(formatValue(sum.total))}   (${say.paths(sum.count)})`];
  const symbols = sum.listed.map((path) =>
    path.edges.map((id) => symbolOf(byId.get(id) as ExplainedEdge)).join(" · "),
  );
  const numbers = sum.listed.map(({ factors }) =>
    factors.length === 1 && sum.listed.length === 1
      ? formatNumber(factors[0] as number)
      : factors.map(formatFactor).join(" · "),
  );
  const all = String(sum.listed.length) === sum.count;
  const rest = all ? "" : " + …";
  const note = all
    ? `   (${say.paths(sum.count)})`
    : `   (${say.more(sum.listed.length, sum.count)})`;
  const indent = " ".repeat(left.length);
  const first = `${joinTerms(symbols.map((text) => text || "1"))}${rest}`;
  const total = formatValue(sum.total);
  const steps: string[] = [];
  if (sum.listed.every((path) => path.product !== null)) {
    steps.push(`${joinTerms(numbers.map((text) => text || "1"))}${rest}`);
    if (sum.listed.length > 1) steps.push(`${joinTerms(sum.listed.map(productText))}${rest}`);
  }
  const ruled = sum.listed.filter(({ steps, product }) => steps !== undefined && product === null);
  if (ruled.length > 1 && ruled.length === sum.listed.length)
    steps.push(`${joinTerms(ruled.map(termText))}${rest}`);
  const down = ruled.slice(0, followed).flatMap((path, i) =>
    pathSteps(path, byId).map((text, at) => {
      const sign = at > 0 ? " " : i === 0 ? "=" : "+";
      return `${indent}   ${ruled.length === 1 ? "" : `${sign} `}${text}`;
    }),
  );
  // a step that changes nothing is left out
  const shown = steps.filter((text, i) => text !== total && text !== steps[i - 1]);
  return [
    `${left} = ${first}${note}`,
    ...down,
    ...shown.map((text) => `${indent} = ${text}`),
    `${indent} = ${paint.backward(total)}`,
  ];
}

/** Paths through tensors that are followed factor by factor. */
const followed = 4;

/** What comes down a path: each factor with what arrives at it, and what comes of the two. */
function pathSteps(path: Path, byId: ReadonlyMap<string, ExplainedEdge>): string[] {
  return (path.steps ?? []).map(({ numbers, value }, i) => {
    const edge = byId.get(path.edges[i] as string) as ExplainedEdge;
    return `${symbolOf(edge)} : ${stepTerms(numbers, value).join(" = ")}`;
  });
}

function termText({ steps }: Path): string {
  return formatFactor(steps?.at(-1)?.value ?? 1);
}

function symbolOf(edge: ExplainedEdge): string {
  return `∂${edge.to}/∂${edge.from}`;
}

function productText(path: Path): string {
  return formatFactor(path.product as number);
}

function joinTerms(terms: readonly string[]): string {
  return terms.join(" + ");
}

function gradientLines(explanation: Explanation, say: Phrases, paint: Painter): string[] {
  const checks = new Map(explanation.check.map((check) => [check.input, check]));
  return Object.entries(explanation.gradient).map(([name, value]) => {
    const check = checks.get(name);
    const beside = check === undefined ? "" : `   ${say.finiteDifference} ${say.checked(check)}`;
    return `∂${explanation.output}/∂${name} = ${paint.backward(formatValue(value))}${beside}`;
  });
}

function hessianSection(explanation: Explanation, say: Phrases, paint: Painter): string {
  const { hessian, output } = explanation;
  if (hessian === undefined) return "";
  const table = [
    [`∂²${output}`, ...hessian.variables],
    ...hessian.values.map((row, i) => [hessian.variables[i] as string, ...row.map(formatNumber)]),
  ];
  const widths = (table[0] as string[]).map((_, column) =>
    Math.max(...table.map((row) => (row[column] as string).length)),
  );
  return section(
    paint.bold(say.hessian),
    table.map((row) =>
      row.map((cell, column) => cell.padStart(widths[column] as number)).join("  "),
    ),
  );
}

function costLine({ cost }: Explanation, say: Phrases): string {
  return `${say.allPaths}: ${say.factors(cost.pathFactors)}; ${say.backpropagation}: ${say.edges(cost.backwardEdges)}`;
}
