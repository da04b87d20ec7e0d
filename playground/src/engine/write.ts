import {
  type Explanation,
  formatDot,
  formatHtml,
  formatJson,
  formatLatex,
  formatModules,
  formatTypeScript,
} from "../../../src/explain/index.js";
import type { Language } from "../../../src/formula/index.js";
import { CotangentError } from "../../../src/index.js";
import { answer } from "./engine.js";
import type { Format, Question } from "./messages.js";

const writers: Readonly<Record<Format, (explanation: Explanation, lang: Language) => string>> = {
  json: formatJson,
  dot: formatDot,
  latex: (explanation, lang) => formatLatex(explanation, { lang, document: true }),
  ts: (explanation, lang) => formatTypeScript(explanation, { lang }),
  html: (explanation, lang) => formatHtml(explanation, { lang }),
  call: (explanation, lang) => formatTypeScript(explanation, { byHand: false, lang }),
  modules: (explanation, lang) => formatModules(explanation, { lang }),
};

/** The explanation in one of the formats of the command line; empty where there is none. */
export function write(question: Question, format: Format, lang: Language): string {
  const reply = answer(question);
  if (reply.kind === "refusal") return "";
  return attempt(() => writers[format](reply.explanation, lang)) ?? "";
}

function attempt(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}
