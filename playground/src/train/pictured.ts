import type { ExplainedNode, Explanation, ValueData } from "../../../src/explain/index.js";

/** Steps that the model names: the notes' letters, and the layers of a network. */
const named = /^(?:p|μ|d|z|S|L|h\d+)$/;

/**
 * An explanation as Train draws it. Steps without a name of their own stand inside the step that uses them:
 * `p = x·θ + b` is one node, as in the notes. Of lists, only what fits is kept.
 */
export function pictured(explanation: Explanation): Explanation {
  const { nodes, edges } = explanation;
  const userOf = new Map<string, string>();
  for (const { id, kind } of nodes) {
    const users = edges.filter(({ from }) => from === id);
    if (kind === "operation" && !named.test(id) && users[0] !== undefined && users.length === 1)
      userOf.set(id, users[0].to);
  }
  const texts = new Map<string, string>();
  for (const node of nodes) {
    const own = textOf(node);
    const parts = own.split(/([\p{L}\p{N}_]+)/u).map((part) => {
      if (userOf.get(part) !== node.id) return part;
      const text = texts.get(part) as string;
      return / [+−] /.test(text) && !alone(own, part) ? `(${text})` : text;
    });
    texts.set(node.id, node.kind === "input" ? node.text : parts.join(""));
  }
  const standing = (id: string): string => {
    let at = id;
    for (let user = userOf.get(at); user !== undefined; user = userOf.get(at)) at = user;
    return at;
  };
  const gone = new Set(edges.flatMap(({ id, from }) => (userOf.has(from) ? [id] : [])));
  return {
    ...explanation,
    gradient: {},
    inputs: explanation.inputs.map((input) => ({ ...input, value: cut(input.value) })),
    nodes: nodes
      .filter(({ id }) => !userOf.has(id))
      .map((node) => ({
        ...node,
        text: texts.get(node.id) as string,
        value: cut(node.value),
        gradient: cut(node.gradient),
      })),
    edges: edges
      .filter(({ id }) => !gone.has(id))
      .map((edge) => {
        const to = standing(edge.to);
        // of a step that stands inside another, the partial is no partial of the other
        const partial = to === edge.to && edge.partial !== null ? cut(edge.partial) : null;
        return { ...edge, to, partial, contribution: cut(edge.contribution) };
      }),
    forward: explanation.forward
      .filter(({ node }) => !userOf.has(node))
      .map((step) => ({ ...step, value: cut(step.value) })),
    backward: explanation.backward
      .filter(({ edge }) => !gone.has(edge))
      .map((step) => ({
        ...step,
        upstream: cut(step.upstream),
        partial: step.partial === null ? null : cut(step.partial),
        contribution: cut(step.contribution),
        before: cut(step.before),
        after: cut(step.after),
      })),
    paths: explanation.paths.map((sum) => ({
      ...sum,
      listed: sum.listed.map((path) => ({
        ...path,
        edges: path.edges.filter((edge) => !gone.has(edge)),
      })),
    })),
  };
}

/** Operations over all rows, written as the notes do. */
function textOf({ operation = "", operands, text }: ExplainedNode): string {
  const [a = "", b = ""] = operands;
  if (operation === "dotGeneral") return `${a}·${b}`;
  if (operation === "broadcastTo" || operation === "reshape") return a;
  return operation === "sum" ? `Σ ${a}` : text;
}

/** Whether an operand fills the text, or the parentheses of a function. */
function alone(text: string, operand: string): boolean {
  return text === operand || text.endsWith(`(${operand})`);
}

/** Elements kept of a list: more than a box has room for, so that dots show that there are more. */
const kept = 10;

function cut(value: ValueData): ValueData {
  return Array.isArray(value) ? value.slice(0, kept).map(short) : value;
}

/** Few digits, for several numbers to fit. */
function short(value: ValueData): ValueData {
  if (typeof value !== "number") return cut(value);
  return Number(value.toPrecision(Math.abs(value) < 1e-3 ? 1 : 3));
}
