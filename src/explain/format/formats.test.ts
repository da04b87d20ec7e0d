import { spawnSync } from "node:child_process";
import katex from "katex";
import { describe, expect, it } from "vitest";
import {
  add,
  cos,
  divide,
  label,
  multiply,
  sin,
  subtract,
  sum,
  type Tensor,
  tensor,
} from "../../index.js";
import {
  type Explanation,
  explain,
  formatDot,
  formatHtml,
  formatJson,
  formatLatex,
  formatSvg,
  formatText,
} from "../index.js";

const lecture = (p: { a: Tensor; b: Tensor; d: Tensor; e: Tensor }) => {
  const u = label(add(p.a, p.e), "u");
  const v = label(subtract(p.b, p.d), "v");
  const h = label(multiply(u, v), "h");
  return multiply(h, h);
};
const examples: Record<string, Explanation> = {
  lecture: explain(lecture, [{ a: 23, b: 2, d: 7, e: -5 }], {
    order: 2,
    expression: "((a+e)*(b-d))^2",
  }),
  tensors: explain(
    (p: { x: Tensor; w: Tensor }) => sum(divide(sin(multiply(p.x, p.w)), add(cos(p.x), 2))),
    [{ x: tensor([1, 2, 3]), w: 2 }],
  ),
  names: explain(
    (p: { [name: string]: Tensor }) => multiply(p.α_1 as Tensor, p.скорость as Tensor),
    [{ α_1: 2, скорость: 3 }],
  ),
  infinite: explain((p: { x: Tensor }) => divide(1, p.x), [{ x: 0 }]),
};
const languages = ["en", "ru"] as const;
const cases = Object.entries(examples).flatMap(([name, explanation]) =>
  languages.map((lang) => ({ name, lang, explanation })),
);

function has(program: string): boolean {
  return spawnSync(program, ["--version"]).error === undefined;
}

describe.each(cases)("$name in $lang", ({ explanation, lang }) => {
  it("reads well as text", () => {
    expect(formatText(explanation, { lang, steps: true })).toMatchSnapshot();
  });

  it("is LaTeX that KaTeX takes", () => {
    const blocks = formatLatex(explanation, { lang }).trim().split("\n\n");
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      expect(() =>
        katex.renderToString(block, { displayMode: true, throwOnError: true, strict: "error" }),
      ).not.toThrow();
    }
  });

  it("is well-formed SVG and HTML", () => {
    const svg = formatSvg(explanation, { lang });
    expect(unbalanced(svg)).toEqual([]);
    expect(svg.match(/<g data-node=/g)?.length).toBe(explanation.nodes.length);
    expect(svg.match(/<g data-edge=/g)?.length).toBe(explanation.edges.length);
    const html = formatHtml(explanation, { lang });
    expect(unbalanced(html.replace(/<meta[^>]*>|<!doctype html>/g, ""))).toEqual([]);
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it("is DOT with every node and edge", () => {
    const dot = formatDot(explanation);
    expect(dot.match(/ -> /g)?.length).toBe(explanation.edges.length);
    if (has("dot")) expect(spawnSync("dot", ["-Tsvg"], { input: dot }).status).toBe(0);
  });

  it("is JSON of schema 1", () => {
    const json = JSON.parse(formatJson(explanation));
    expect(json.schema).toBe(1);
    expect(json.nodes.length).toBe(explanation.nodes.length);
  });
});

it("JSON holds numbers it lacks as strings", () => {
  const json = JSON.parse(formatJson(examples.infinite as Explanation));
  expect(json.value).toBe("Infinity");
  expect(json.gradient.x).toBe("-Infinity");
});

/** Tags that open or close without their partner. */
function unbalanced(markup: string): string[] {
  const open: string[] = [];
  for (const [tag, slash, name, end] of markup.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|[^">])*?(\/?)>/g,
  )) {
    if (end === "/") continue;
    if (slash === "") open.push(name as string);
    else if (open.pop() !== name) return [tag];
  }
  return open;
}
