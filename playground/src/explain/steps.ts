import { contributionTerms } from "../../../src/explain/contribution.js";
import type { Explanation, ValueData } from "../../../src/explain/index.js";
import { formatValue } from "../../../src/explain/numbers.js";
import { textPartial } from "../math/partial.js";

/** What is known after some steps: forward, one per operation, then backward, one per edge. */
export interface Progress {
  readonly step: number;
  readonly total: number;
  readonly forward: number;
  readonly phase: "start" | "forward" | "backward";
  /** Values of nodes computed so far. */
  readonly values: ReadonlyMap<string, ValueData>;
  /** Derivatives as added up so far. */
  readonly gradients: ReadonlyMap<string, ValueData>;
  /** Edges whose partial has been used. */
  readonly partials: ReadonlySet<string>;
  /** The node or the edge of the step just taken; none where all are taken. */
  readonly node: string | undefined;
  readonly edge: string | undefined;
  /** The step just taken, as a line of text; empty at the start. */
  readonly text: string;
}

export function progressAt(explanation: Explanation, wanted: number | null): Progress {
  const { forward, backward, output } = explanation;
  const total = forward.length + backward.length;
  const step = Math.min(wanted ?? total, total);
  const values = new Map(explanation.inputs.map(({ name, value }) => [name, value]));
  for (const { node, value } of forward.slice(0, step)) values.set(node, value);
  const taken = backward.slice(0, Math.max(0, step - forward.length));
  const gradients = new Map<string, ValueData>();
  const result = explanation.nodes.find(({ id }) => id === output);
  if (step >= forward.length && result !== undefined) gradients.set(output, result.gradient);
  const byId = new Map(explanation.edges.map((edge) => [edge.id, edge]));
  for (const { edge, after } of taken) {
    const from = byId.get(edge)?.from;
    if (from !== undefined) gradients.set(from, after);
  }
  const last = taken.at(-1);
  const at = step <= forward.length ? forward[step - 1] : undefined;
  return {
    step,
    total,
    forward: forward.length,
    phase: step === 0 ? "start" : step <= forward.length ? "forward" : "backward",
    values,
    gradients,
    partials: new Set(taken.map(({ edge }) => edge)),
    node: wanted === null ? undefined : at?.node,
    edge: wanted === null ? undefined : last?.edge,
    text:
      at !== undefined
        ? `${at.text} = ${formatValue(at.value)}`
        : last === undefined
          ? ""
          : backwardText(explanation, last),
  };
}

/** Characters the bar has room for behind `+=`. */
const room = 62;

/** `∂f/∂d += (−3240)·(−1) = 3240`. */
function backwardText(
  { output, edges }: Explanation,
  step: Explanation["backward"][number],
): string {
  const edge = edges.find(({ id }) => id === step.edge);
  const left = textPartial(output, edge?.from ?? "");
  const whole = contributionTerms(step, edge);
  // of what is too long for the bar, the rule and the result
  const long = whole.join(" = ").length > room && whole.length === 3;
  const terms = whole
    .filter((_, i) => !long || i !== 1)
    .join(" = ")
    .replaceAll(" · ", "·");
  const sum = same(step.after, step.contribution) ? "" : ` → ${formatValue(step.after)}`;
  return `${left} += ${terms}${sum}`;
}

function same(a: ValueData, b: ValueData): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
