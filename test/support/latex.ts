import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Typeset {
  readonly status: number | null;
  /** What pdflatex says, the lines that run off the page among it. */
  readonly log: string;
}

/** Compiles a document by pdflatex. */
export function typeset(document: string): Typeset {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-latex-"));
  try {
    writeFileSync(join(folder, "x.tex"), document);
    const options = ["-interaction=nonstopmode", "-halt-on-error", "x.tex"];
    const { status } = spawnSync("pdflatex", options, { cwd: folder });
    const log = status === null ? "" : readFileSync(join(folder, "x.log"), "latin1");
    return { status, log };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A small document in the packages that an export needs. */
export const minimal = (encoding: "T1" | "T2A", body: string): string =>
  [
    "\\documentclass{article}",
    "\\usepackage[utf8]{inputenc}",
    `\\usepackage[${encoding}]{fontenc}`,
    "\\usepackage{iftex,amsmath,amssymb,tikz,geometry}",
    `\\begin{document}\n${body}\n\\end{document}\n`,
  ].join("\n");

const installed = spawnSync("pdflatex", ["--version"]).status === 0;
const compiles = (encoding: "T1" | "T2A", text: string): boolean =>
  installed &&
  typeset(minimal(encoding, `\\section*{${text}} ${text} $\\text{${text}}_{\\text{${text}}}$`))
    .status === 0;

/** Why an export in a language cannot be compiled here; undefined where it can. */
export const missing: Readonly<Record<"en" | "ru", string | undefined>> = {
  en: compiles("T1", "x") ? undefined : "no pdflatex with amsmath and TikZ is installed",
  ru: compiles("T2A", "Да") ? undefined : "no pdflatex with Cyrillic fonts (T2A) is installed",
};
