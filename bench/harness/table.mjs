/** @typedef {import("./types.js").WorkloadReport} WorkloadReport */
/** @typedef {import("./types.js").Outcome} Outcome */

const columns = { js: "plain JS", jax: "jax-js", tfjs: "tfjs wasm", torch: "PyTorch" };

/**
 * Rows of cells, the heading first: our absolute time, then each peer's time and its ratio to ours.
 * @param {readonly WorkloadReport[]} reports
 */
export function rowsOf(reports) {
  const rows = [["workload", "cotangent", ...Object.values(columns)]];
  for (const { workload, outcomes } of reports) {
    const own = outcomes.filter(({ kind }) => kind === "cotangent");
    for (const ours of own.length > 0 ? own : [{ kind: "cotangent", label: "" }]) {
      const cells = Object.keys(columns).map((kind) => {
        const peers = outcomes.filter((outcome) => outcome.kind === kind);
        const peer = peers.find(({ label }) => label === ours.label) ?? peers[0];
        return cellOf(peer, ours);
      });
      rows.push([`${workload} ${ours.label}`.trim(), cellOf(ours), ...cells]);
    }
  }
  return rows;
}

/** @param {Outcome | undefined} outcome @param {Outcome} [ours] */
function cellOf(outcome, ours) {
  if (outcome?.timing === undefined) return outcome?.reason === undefined ? "" : "–";
  const { minimum } = outcome.timing;
  const own = ours?.timing?.minimum;
  return own === undefined
    ? timeText(minimum)
    : `${ratioText(minimum / own)} (${timeText(minimum)})`;
}

/** Who has no time, and why. @param {readonly WorkloadReport[]} reports */
export function reasonsOf(reports) {
  return reports.flatMap(({ workload, outcomes }) =>
    outcomes
      .filter(({ timing }) => timing === undefined)
      .map(({ kind, label, reason }) => `${workload}: ${`${kind} ${label}`.trim()}: ${reason}`),
  );
}

/** @param {readonly (readonly string[])[]} rows */
export function plainTable(rows) {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map((row) => row[k]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @param {readonly (readonly string[])[]} rows */
export function markdownTable(rows) {
  const [heading, ...body] = rows.map((row) => `| ${row.join(" | ")} |`);
  const rule = `| --- |${" ---: |".repeat((rows[0]?.length ?? 1) - 1)}`;
  return [heading, rule, ...body].join("\n");
}

/** Three digits and a unit. @param {number} nanoseconds */
export function timeText(nanoseconds) {
  const [unit, size] = /** @type {[string, number]} */ (
    [
      ["s", 1e9],
      ["ms", 1e6],
      ["µs", 1e3],
      ["ns", 1],
    ].find(([, size]) => nanoseconds >= Number(size)) ?? ["ns", 1]
  );
  return `${digits(nanoseconds / size)} ${unit}`;
}

/** @param {number} ratio */
export const ratioText = (ratio) => `${digits(ratio)}×`;

/** @param {number} x */
const digits = (x) => (x >= 100 ? x.toFixed(0) : x.toPrecision(x < 0.1 ? 1 : x < 1 ? 2 : 3));
