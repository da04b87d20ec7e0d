import { type Check, checkKinds } from "./conformance.js";
import type { Tally } from "./tally.js";

export interface CheckResult {
  readonly check: Check;
  /** Undefined where the check threw. */
  readonly tally: Tally | undefined;
}

/**
 * The results as a table: operations down, kinds of checks across, in each field the number of situations in
 * which the check held, `FAIL`, or `–` where it applies to none; below, the reasons why some did not apply.
 */
export function formatReport(results: readonly CheckResult[]): string {
  const names = [...new Set(results.map(({ check }) => check.operation))];
  const cells = new Map(results.map((result) => [result.check.name, result]));
  const rows = names.map((operation) => [
    operation,
    ...checkKinds.map((kind) => cell(cells.get(`${operation}: ${kind}`))),
  ]);
  const totals = checkKinds.map((kind) =>
    String(
      results
        .filter(({ check }) => check.kind === kind)
        .reduce((total, { tally }) => total + (tally?.passed ?? 0), 0),
    ),
  );
  const table = [["", ...checkKinds], ...rows, ["total", ...totals]];
  return [...align(table), "", ...reasonsOf(results), "", closing(results)].join("\n");
}

function cell(result: CheckResult | undefined): string {
  if (result === undefined) return "";
  if (result.tally === undefined) return "FAIL";
  return result.tally.passed === 0 ? "–" : String(result.tally.passed);
}

function align(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] as readonly string[]).map((_, column) =>
    Math.max(...table.map((row) => (row[column] as string).length)),
  );
  return table.map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] as number;
        return column === 0 ? text.padEnd(width) : text.padStart(width);
      })
      .join("  "),
  );
}

/** Each reason once, with how often, in which kinds of checks and for which operations. */
function reasonsOf(results: readonly CheckResult[]): string[] {
  const found = new Map<string, { count: number; kinds: Set<string>; operations: Set<string> }>();
  for (const { check, tally } of results) {
    for (const [reason, count] of tally?.reasons ?? []) {
      const entry = found.get(reason) ?? { count: 0, kinds: new Set(), operations: new Set() };
      entry.count += count;
      entry.kinds.add(check.kind);
      entry.operations.add(check.operation);
      found.set(reason, entry);
    }
  }
  return [...found].map(
    ([reason, { count, kinds, operations }]) =>
      `– ${reason}: ${count} in ${[...kinds].join(", ")} (${someOf([...operations])})`,
  );
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(", ");
  return names.length <= 6 ? shown : `${shown} and ${names.length - 6} more`;
}

function closing(results: readonly CheckResult[]): string {
  const failed = results.filter(({ tally }) => tally === undefined).length;
  const situations = results.reduce((total, { tally }) => total + (tally?.passed ?? 0), 0);
  const operations = new Set(results.map(({ check }) => check.operation)).size;
  return `${operations} operations, ${results.length} checks, ${situations} situations, ${failed} failed`;
}
