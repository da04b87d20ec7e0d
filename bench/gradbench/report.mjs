// What a run of the evals found, as tables.
import { readFileSync, writeFileSync } from "node:fs";
import { markdownTable, plainTable, ratioText, timeText } from "../harness/table.mjs";
import { comparedWithTargets } from "./targets.mjs";
import { notWritten } from "./torch/index.mjs";

/**
 * A workload: our times, those of PyTorch or why there are none, that of plain C.
 * @typedef {import("./apart.mjs").ApartReport & {
 *   eval: string,
 *   size: import("./checks/types.js").Size,
 *   torch?: { primal: number, derivative: number } | { reason: string },
 *   c?: number,
 * }} Row
 */

const page = new URL("../../docs/gradbench.md", import.meta.url);

/** @param {readonly Row[]} rows */
function tableOf(rows) {
  const [hasTorch, hasC] = [
    rows.some(({ torch }) => torch !== undefined && "primal" in torch),
    rows.some(({ c }) => c !== undefined),
  ];
  const heading = [
    "eval",
    "size",
    "primal",
    "derivative",
    "ratio",
    "compile",
    "processor",
    "memory",
  ];
  if (hasTorch) heading.push("PyTorch primal", "PyTorch derivative");
  if (hasC) heading.push("C primal");
  return [
    heading,
    ...rows.map(({ eval: name, description, primal, derivative, peak, torch, c }) => {
      const times = torch !== undefined && "primal" in torch ? torch : undefined;
      const cells = [
        name,
        description,
        time(primal?.smallest),
        time(derivative.smallest),
        primal === undefined ? "–" : (derivative.smallest / primal.smallest).toFixed(2),
        time(derivative.prepare),
        time(derivative.processor),
        memory(peak),
      ];
      if (hasTorch)
        cells.push(
          beside(times?.primal, primal?.smallest),
          beside(times?.derivative, derivative.smallest),
        );
      if (hasC) cells.push(beside(c, primal?.smallest));
      return cells;
    }),
  ];
}

/** A line for those who wait. @param {Row} row */
export function summaryOf(row) {
  const [names, cells] = tableOf([row]);
  return names
    .slice(2)
    .map((name, i) => `${name} ${cells[i + 2]}`)
    .join(", ");
}

/** Against the targets, where C was timed. @param {readonly Row[]} rows */
function targetsOf(rows) {
  const compared = comparedWithTargets(rows);
  if (compared.length === 0) return [];
  return [
    ["eval", "size", "figure", "factor", "scaled", "ours", "ours / scaled"],
    ...compared.map(({ row, target, factor, isOwn, scaled }) => [
      row.eval,
      row.description,
      time(1e6 * target.derivative),
      `${factor.toFixed(2)}${isOwn ? "" : " (median)"}`,
      time(scaled),
      time(row.derivative.smallest),
      (row.derivative.smallest / scaled).toFixed(2),
    ]),
  ];
}

/** @param {readonly Row[]} rows @param {ReturnType<typeof import("../harness/machine.mjs").machine>} where */
export function print(rows, where) {
  console.log(`${placeOf(where)}; one thread; smallest times\n`);
  console.log(plainTable(tableOf(rows)));
  const targets = targetsOf(rows);
  if (targets.length > 0)
    console.log(`\nBest of the C++ tools, scaled to this machine:\n\n${plainTable(targets)}`);
  const reasons = reasonsOf(rows);
  if (reasons.length > 0) console.log(`\nPyTorch has no time:\n${reasons.join("\n")}`);
}

/** Puts the figures between the page's marks. @param {readonly Row[]} rows @param {ReturnType<typeof import("../harness/machine.mjs").machine>} where */
export function writePage(rows, where) {
  const text = readFileSync(page, "utf8");
  const marked = /(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/;
  if (!marked.test(text)) throw new Error("docs/gradbench.md has no place for figures");
  const targets = targetsOf(rows);
  const reasons = reasonsOf(rows);
  const figures = [
    `${placeOf(where)}, PyTorch ${where.torch}:`,
    markdownTable(tableOf(rows)),
    ...(targets.length > 0 ? ["Against the best of the C++ tools:", markdownTable(targets)] : []),
    ...(reasons.length > 0
      ? ["PyTorch has no time:", reasons.map((r) => `- ${r}`).join("\n")]
      : []),
  ].join("\n\n");
  writeFileSync(
    page,
    text.replace(marked, (_, start, end) => `${start}\n${figures}\n\n${end}`),
  );
}

/** @param {ReturnType<typeof import("../harness/machine.mjs").machine>} where */
const placeOf = ({ date, cpu, load, node }) =>
  `${date}, ${cpu} (load ${load}), Node ${node.slice(1)}`;

/** @param {readonly Row[]} rows */
function reasonsOf(rows) {
  const reasons = rows.flatMap(({ eval: name, description, torch }) =>
    torch !== undefined && "reason" in torch && torch.reason !== notWritten
      ? [{ where: `${name} ${description}`, reason: torch.reason }]
      : [],
  );
  const [first] = reasons;
  if (reasons.length > 1 && reasons.every(({ reason }) => reason === first.reason))
    return [first.reason];
  return reasons.map(({ where, reason }) => `${where}: ${reason}`);
}

const time = (/** @type {number | undefined} */ nanoseconds) =>
  nanoseconds === undefined ? "–" : timeText(nanoseconds);

/** Another's time, and how many times ours it is. @param {number | undefined} theirs @param {number | undefined} ours */
const beside = (theirs, ours) =>
  theirs === undefined || ours === undefined
    ? ""
    : `${timeText(theirs)} (${ratioText(theirs / ours)})`;

const memory = (/** @type {number} */ bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
