import { contributionTerms, stepTerms } from "../contribution.js";
import type { Explanation, ValueData } from "../explanation.js";
import { formatFactor, formatNumber, formatValue } from "../numbers.js";
import { warningText } from "../warnings.js";
import { equation } from "./heading.js";
import { type Language, type Phrases, phrases } from "./language.js";
import { escapeMarkup } from "./markup.js";
import { formatSvg } from "./svg.js";

export interface HtmlOptions {
  readonly lang?: Language;
}

/** The explanation as one HTML file: the drawing and every number in tables. No script, nothing loaded. */
export function formatHtml(explanation: Explanation, options: HtmlOptions = {}): string {
  const lang = options.lang ?? "en";
  const say = phrases[lang];
  const title = equation(explanation);
  return [
    "<!doctype html>",
    `<html lang="${lang}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escapeMarkup(title)}</h1>`,
    `<p>${explanation.inputs.map(({ name, value }) => `${escapeMarkup(name)} = <b class="f">${show(value)}</b>`).join(", ")}</p>`,
    `<figure tabindex="0">${formatSvg(explanation, { lang }).trim()}</figure>`,
    gradientTable(explanation, say),
    forwardTable(explanation, say),
    backwardTable(explanation, say),
    chainList(explanation, say),
    hessianTable(explanation, say),
    `<h2>${say.cost}</h2><p>${say.allPaths}: ${say.factors(explanation.cost.pathFactors)}; ${say.backpropagation}: ${say.edges(explanation.cost.backwardEdges)}</p>`,
    warningList(explanation, lang),
    "</main></body></html>",
    "",
  ].join("\n");
}

const style = [
  "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1b1f24;background:#fff}",
  "main{max-width:60rem;margin:auto;padding:1rem}",
  // a wide drawing takes the whole window before it scrolls
  "figure{position:relative;left:50%;transform:translateX(-50%);width:max-content;min-width:100%;max-width:calc(100vw - 3rem);margin:1rem 0;overflow-x:auto}",
  "table{border-collapse:collapse}td,th{padding:.2rem .7rem;border-bottom:1px solid #8c959f;text-align:left}",
  ".n{white-space:nowrap}.f{color:#0072b2}.b{color:#b34700}td,.math{font-family:ui-monospace,Menlo,Consolas,monospace}",
  "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#14161a}.f{color:#56b4e9}.b{color:#ffa552}}",
].join("");

function show(value: ValueData): string {
  return escapeMarkup(formatValue(value));
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  const header = head.length === 0 ? "" : `<thead><tr>${cells("th", head)}</tr></thead>`;
  const lines = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return `<h2>${title}</h2><table>${header}<tbody>\n${lines}\n</tbody></table>`;
}

function forwardTable(explanation: Explanation, say: Phrases): string {
  const rows = explanation.forward.map((step) => [
    escapeMarkup(step.text),
    `<span class="f">${show(step.value)}</span>`,
  ]);
  return table(say.forward, [say.operation, say.value], rows);
}

function backwardTable(explanation: Explanation, say: Phrases): string {
  const byId = new Map(explanation.edges.map((edge) => [edge.id, edge]));
  const f = explanation.output;
  const rows = explanation.backward.map((step) => {
    const edge = byId.get(step.edge);
    return [
      escapeMarkup(
        `∂${edge?.to}/∂${edge?.from}${step.partial === null ? "" : ` = ${edge?.formula}`}`,
      ),
      escapeMarkup(`∂${f}/∂${edge?.from} += ${contributionTerms(step, edge).join(" = ")}`),
      `<span class="b">${show(step.after)}</span>`,
    ];
  });
  return table(say.backward, [say.localPartials, "+=", say.gradient], rows);
}

function chainList(explanation: Explanation, say: Phrases): string {
  const byId = new Map(explanation.edges.map((edge) => [edge.id, edge]));
  const items = explanation.paths.flatMap((sum) => {
    const terms = sum.listed.map((path) => {
      const symbols =
        path.edges.map((id) => `∂${byId.get(id)?.to}/∂${byId.get(id)?.from}`).join(" · ") || "1";
      const numbers =
        path.product === null
          ? ""
          : ` = ${path.factors.map(formatFactor).join(" · ") || "1"} = ${formatNumber(path.product)}`;
      const down = path.product === null ? (path.steps ?? []) : [];
      const rows = down.map(({ numbers: put, value }, i) => {
        const edge = byId.get(path.edges[i] as string);
        const text = `∂${edge?.to}/∂${edge?.from} : ${stepTerms(put, value).join(" = ")}`;
        return `<li>${escapeMarkup(text)}</li>`;
      });
      const list = rows.length === 0 ? "" : `<ul>${rows.join("")}</ul>`;
      return `<li>${escapeMarkup(`${symbols}${numbers}`)}${list}</li>`;
    });
    const rest =
      String(sum.listed.length) === sum.count
        ? ""
        : `<li>… ${say.more(sum.listed.length, sum.count)}</li>`;
    const head = `∂${explanation.output}/∂${sum.input} = ${formatValue(sum.total)} (${say.paths(sum.count)})`;
    return [`<h3>${escapeMarkup(head)}</h3><ul class="math">${terms.join("")}${rest}</ul>`];
  });
  return `<h2>${say.chainRule}</h2>${items.join("\n")}`;
}

function gradientTable(explanation: Explanation, say: Phrases): string {
  const checks = new Map(explanation.check.map((check) => [check.input, check]));
  const rows = Object.entries(explanation.gradient).map(([name, value]) => {
    const check = checks.get(name);
    const beside = check === undefined ? "" : say.checked(check);
    return [
      `<span class="n">${escapeMarkup(`∂${explanation.output}/∂${name}`)}</span>`,
      `<b class="b">${show(value)}</b>`,
      escapeMarkup(beside),
    ];
  });
  const first = [
    escapeMarkup(explanation.output),
    `<b class="f">${show(explanation.value)}</b>`,
    "",
  ];
  return table(say.gradient, ["", say.value, say.finiteDifference], [first, ...rows]);
}

function hessianTable({ hessian }: Explanation, say: Phrases): string {
  if (hessian === undefined) return "";
  const rows = hessian.values.map((row, i) => [
    escapeMarkup(hessian.variables[i] as string),
    ...row.map((value) => show(value)),
  ]);
  return table(say.hessian, ["", ...hessian.variables.map(escapeMarkup)], rows);
}

function warningList({ warnings }: Explanation, lang: Language): string {
  if (warnings.length === 0) return "";
  const items = warnings.map((warning) => `<li>${escapeMarkup(warningText(warning, lang))}</li>`);
  return `<h2>${phrases[lang].warnings}</h2><ul>${items.join("")}</ul>`;
}
