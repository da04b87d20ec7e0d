import type { BackwardStep, ExplainedEdge, ValueData } from "./explanation.js";
import { formatFactor, formatShort, formatValue } from "./numbers.js";

/** What a backward step adds, equal to equal: the rule, its numbers, the result. What would be said twice is left out. */
export function contributionTerms(step: BackwardStep, edge: ExplainedEdge | undefined): string[] {
  const value = formatValue(step.contribution);
  if (step.numbers !== undefined && edge?.rule !== undefined)
    return different([edge.rule, step.numbers, value]);
  return step.partial === null
    ? [value]
    : [`${formatFactor(step.upstream)} · ${formatFactor(step.partial)}`, value];
}

/** What comes of a factor of a path through tensors: its numbers, and the result. */
export function stepTerms(numbers: string, value: ValueData): string[] {
  return different([numbers, formatShort(value)]);
}

function different(terms: readonly string[]): string[] {
  return terms.filter((text, i) => text !== "" && text !== terms[i - 1]);
}
