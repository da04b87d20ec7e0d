import katex from "katex";
import { describe, expect, it } from "vitest";
import { write } from "../../playground/src/engine/write.js";
import { examples } from "../../playground/src/examples.js";
import type { InputValue } from "../../playground/src/state/state.js";
import { run } from "../../src/cli/run.js";
import { minimal, missing, typeset } from "../support/latex.js";
import { runWith } from "../support/terminal.js";

interface Case {
  readonly name: string;
  readonly expr: string;
  readonly inputs: Readonly<Record<string, InputValue>>;
}

const cases: readonly Case[] = [
  ...examples.map(({ id, state: { expr, inputs } }) => ({ name: id, expr, inputs })),
  {
    name: "Greek letters and indices",
    expr: "p = θ*x_1; μ = sigmoid(p); d = y - μ; z = d^2; L = z/N; L",
    inputs: { θ: 0.5, x_1: 2, y: 1, N: 1 },
  },
  {
    name: "Cyrillic names",
    expr: "вес*сила + вес^2",
    inputs: { вес: 1, сила: 2 },
  },
  {
    name: "NaN, infinities, branches and huge numbers",
    expr: "log(x) + sqrt(y) + abs(z) + max(x, y) + weight_long*2 + where(x > 1, x, y) + 1/y",
    inputs: { x: -1, y: 0, z: 0, weight_long: 1e300 },
  },
  {
    name: "matrices",
    expr: "sum(softmax(w@x))",
    inputs: {
      w: [
        [1, 2],
        [3, 4],
      ],
      x: [1, 2],
    },
  },
];
const languages = ["en", "ru"] as const;
/** In Russian all of them, in English one: only words differ. */
const all = [
  { ...(cases[0] as Case), lang: "en" as const },
  ...cases.map((one) => ({ ...one, lang: "ru" as const })),
];

const exported = ({ expr, inputs }: Case, lang: "en" | "ru"): string =>
  write({ expr, inputs, of: "", wrt: "", order: 2, twice: false }, "latex", lang);

const cyrillic = (text: string): boolean => /[\u0400-\u04ff]/.test(text);

describe.each(all)("$name in $lang", ({ lang, ...one }) => {
  const text = exported(one, lang);
  const lacking = missing[cyrillic(text) ? "ru" : "en"];

  it("is LaTeX that KaTeX takes", () => {
    const blocks = text.match(/\\begin\{(align\*|aligned)\}[\s\S]*?\\end\{\1\}/g) ?? [];
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    for (const block of blocks)
      expect(() =>
        katex.renderToString(block, { displayMode: true, throwOnError: true, strict: "error" }),
      ).not.toThrow();
  });

  it("is a document that LaTeX compiles, with nothing off the page", (context) => {
    context.skip(lacking !== undefined, lacking);
    const { status, log } = typeset(text);
    expect(status, log).toBe(0);
    expect(log.match(/^(?:Overfull|Missing character|LaTeX Warning).*/gm) ?? []).toEqual([]);
  });
});

it.each(languages)("what the command line prints in %s goes into a document", async (lang) => {
  const args = ["((a+e)*(b-d))^2", "--at", "a=23,b=2,e=-5,d=7", "--order", "2"];
  const { code, out } = await runWith(run, [
    ...["explain", ...args, "--format", "latex", "--lang", lang],
  ]);
  expect(code).toBe(0);
  expect(out.startsWith("\\begin{align*}")).toBe(true);
  if (missing[lang] === undefined) {
    const { status, log } = typeset(minimal(lang === "ru" ? "T2A" : "T1", out));
    expect(status, log).toBe(0);
  }
});

it("a graph too large to draw is told in the picture's place", () => {
  // every x joins the chain far behind its start: edges cross tens of thousands of ranks
  const chain = Array.from({ length: 250 }, (_, i) => `a${i + 1} = a${i}*x`);
  const expr = `a0 = x*x; ${chain.join("; ")}; a250`;
  const text = exported({ name: "", expr, inputs: { x: 1 } }, "en");
  expect(text).toContain("The graph has 252 nodes: too many to draw.");
});
