import katex from "katex";
import type { Plugin } from "vite";
import { escapeMarkup } from "../src/explain/format/markup.js";
import { explain, formatSvg, traceProgram } from "../src/explain/index.js";
import { parse } from "../src/formula/index.js";
import { partsOf, sections } from "./src/lecture/sections.js";
import { lecture } from "./src/state/state.js";

const languages = ["en", "ru"] as const;

/** Writes the lecture into the page itself, with its graph, for readers without JavaScript. */
export function staticLecture(): Plugin {
  return {
    name: "static-lecture",
    apply: "build",
    transformIndexHtml: (html) =>
      html.replace(
        '<div id="app"></div>',
        `<div id="app"><div class="static">${languages.map(article).join("\n")}</div></div>`,
      ),
    generateBundle() {
      for (const lang of languages)
        this.emitFile({ type: "asset", fileName: `lecture-${lang}.svg`, source: drawing(lang) });
    },
  };
}

function article(lang: (typeof languages)[number]): string {
  const parts = sections[lang].map(({ title, text }, i) =>
    [
      `<section><h2>${i + 1}. ${escapeMarkup(title)}</h2>`,
      ...text.map(paragraph),
      ...(i === 0
        ? [`<p><img src="./lecture-${lang}.svg" alt="${escapeMarkup(lecture.expr)}"></p>`]
        : []),
      "</section>",
    ].join("\n"),
  );
  return `<article lang="${lang}">\n${parts.join("\n")}\n</article>`;
}

/** Formulas as MathML: what KaTeX draws with needs styles that the page's policy does not allow in markup. */
function paragraph(text: string): string {
  const { block, parts } = partsOf(text);
  const shown = parts.map((part, i) =>
    i % 2 === 0
      ? escapeMarkup(part)
      : katex
          .renderToString(part, { displayMode: block, output: "mathml", strict: false })
          .replaceAll(/ style="[^"]*"/g, ""),
  );
  return `<p>${shown.join("")}</p>`;
}

function drawing(lang: (typeof languages)[number]): string {
  const names = Object.keys(lecture.inputs);
  const values = Object.values(lecture.inputs);
  const graph = traceProgram(parse(lecture.expr), names, values);
  return formatSvg(explain(graph, values, { expression: lecture.expr }), { lang });
}
