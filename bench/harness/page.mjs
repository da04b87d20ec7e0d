import { readFileSync, writeFileSync } from "node:fs";
import { markdownTable, reasonsOf, rowsOf } from "./table.mjs";

const page = new URL("../../docs/benchmarks.md", import.meta.url);

/**
 * Puts the figures of this run between the page's marks.
 * @param {ReturnType<typeof import("./machine.mjs").machine>} where
 * @param {readonly import("./types.js").WorkloadReport[]} reports
 */
export function writePage({ date, cpu, load, node, jax, tfjs, torch }, reports) {
  const text = readFileSync(page, "utf8");
  const marked = /(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/;
  if (!marked.test(text)) throw new Error("docs/benchmarks.md has no place for figures");
  const reasons = reasonsOf(reports);
  const figures = `
${date}, ${cpu} (load ${load}), Node ${node.slice(1)}, jax-js ${jax}, tfjs ${tfjs}, PyTorch ${torch}:

${markdownTable(rowsOf(reports))}
${reasons.length > 0 ? `\nNo time (–):\n\n${reasons.map((reason) => `- ${reason}`).join("\n")}\n` : ""}
`;
  writeFileSync(
    page,
    text.replace(marked, (_, start, end) => `${start}${figures}${end}`),
  );
}
