import type {
  BackwardStep,
  ExplainedEdge,
  ExplainedNode,
  ValueData,
  Warning,
} from "./explanation.js";
import { type Language, phrases } from "./format/language.js";
import { formatValue } from "./numbers.js";

type Kind = "nan" | "infinite";

/**
 * Where NaN and infinities were born: nodes whose value has one though no operand has, and edges whose
 * contribution has one though neither the gradient that arrives nor the values around it have.
 */
export function findWarnings(
  nodes: readonly ExplainedNode[],
  edges: readonly ExplainedEdge[],
  backward: readonly BackwardStep[],
  lines: ReadonlyMap<string, string | undefined>,
): Warning[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
  const operandsOf = (node: ExplainedNode): { name: string; value: ValueData }[] =>
    node.operands.flatMap((name) => {
      const operand = byId.get(name);
      return operand === undefined ? [] : [{ name, value: operand.value }];
    });
  const place = (id: string): { where?: string } => {
    const where = lines.get(id);
    return where === undefined ? {} : { where };
  };
  const found: Warning[] = [];
  const known = (at: string): boolean => found.some((warning) => warning.at === at);
  for (const kind of ["nan", "infinite"] as const) {
    for (const node of nodes) {
      const operands = operandsOf(node);
      if (!has(node.value, kind) || operands.some(({ value }) => has(value, kind))) continue;
      if (known(node.id)) continue; // the same numbers said it already
      const { value } = node;
      const formula = `${node.id} = ${node.text}`;
      const text = phrases.en.warning(formula, formatValue(value), given(operands));
      found.push({ kind, at: node.id, text, formula, value, operands, ...place(node.id) });
    }
    for (const step of backward) {
      const edge = edgeById.get(step.edge) as ExplainedEdge;
      const node = byId.get(edge.to) as ExplainedNode;
      if (!has(step.contribution, kind) || has(step.upstream, kind) || has(node.value, kind))
        continue;
      if (known(step.edge)) continue;
      const value = step.partial ?? step.contribution;
      const formula = `∂${edge.to}/∂${edge.from} = ${edge.formula}`;
      found.push({
        kind: `${kind}-gradient`,
        at: step.edge,
        text: phrases.en.warning(formula, formatValue(value), ""),
        formula,
        value,
        operands: operandsOf(node),
        ...place(edge.to),
      });
    }
  }
  return found;
}

/** The warning in a language. */
export function warningText(warning: Warning, lang: Language): string {
  const { formula, value, operands, where } = warning;
  const values = warning.kind === "nan" || warning.kind === "infinite" ? given(operands) : "";
  const text = phrases[lang].warning(formula, formatValue(value), values);
  return where === undefined ? text : `${text} (${where})`;
}

function given(operands: Warning["operands"]): string {
  return operands.map(({ name, value }) => `${name} = ${formatValue(value)}`).join(", ");
}

function has(value: ValueData, kind: Kind): boolean {
  if (typeof value === "number")
    return kind === "nan" ? Number.isNaN(value) : Math.abs(value) === Number.POSITIVE_INFINITY;
  return Array.isArray(value) && value.some((item: ValueData) => has(item, kind));
}
