import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Explanation, explain, formatHtml, formatSvg } from "../../src/explain/index.js";
import { build, parse } from "../../src/formula/index.js";
import { type Tensor, trace } from "../../src/index.js";
import { launchChromium } from "./launch.js";

function explained(expression: string, at: Record<string, number>): Explanation {
  const program = parse(expression, { variables: Object.keys(at) });
  const graph = trace((variables: Record<string, Tensor>) => build(program, variables))(at);
  return explain(graph, [at], { expression, order: 2 });
}

const examples: Record<string, Explanation> = {
  lecture: explained("((a+e)*(b-d))^2", { a: 23, b: 2, d: 7, e: -5 }),
  "two paths": explained("h = (a+e)*(b-d); Prod(h, h)", { a: 23, b: 2, d: 7, e: -5 }),
  logistic: explained("log(1 + exp(-y*(w*x + b)))", { y: 1, w: 0.3, x: 1.7, b: -0.2 }),
  rosenbrock: explained("(1 - x)^2 + 100*(y - x^2)^2", { x: -1.2, y: 1 }),
  "long numbers": explained("x^7/1e-12 + sin(y*123456.789)", { x: 12345.6789, y: 0.000123456789 }),
};
const cases = Object.entries(examples).flatMap(([name, explanation]) =>
  (["LR", "TB"] as const).map((direction) => ({ name, direction, explanation })),
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Boxes of the texts of a drawing as the browser sets them, and the box of the drawing. */
async function boxesOf(svg: string) {
  const page = await browser.newPage();
  await page.setContent(`<body style="margin:0">${svg}</body>`);
  const boxes = await page.evaluate(() => {
    const round = ({ left, right, top, bottom }: DOMRect) => ({ left, right, top, bottom });
    const texts = [...document.querySelectorAll("svg text")];
    const svgBox = document.querySelector("svg")?.getBoundingClientRect() as DOMRect;
    return {
      whole: round(svgBox),
      texts: texts.map((text) => ({
        text: text.textContent ?? "",
        ...round(text.getBoundingClientRect()),
      })),
    };
  });
  await page.close();
  return boxes;
}

describe.each(cases)("the drawing of $name, $direction", ({ explanation, direction }) => {
  test("has no texts that overlap or leave it", async () => {
    const { whole, texts } = await boxesOf(formatSvg(explanation, { direction }));
    expect(texts.length).toBeGreaterThan(explanation.nodes.length);
    const outside = texts.filter(
      (box) =>
        box.left < whole.left ||
        box.right > whole.right ||
        box.top < whole.top ||
        box.bottom > whole.bottom,
    );
    expect(outside).toEqual([]);
    const overlaps = texts.flatMap((a, i) =>
      texts
        .slice(i + 1)
        .filter(
          (b) =>
            a.left < b.right - 1 &&
            b.left < a.right - 1 &&
            a.top < b.bottom - 3 &&
            b.top < a.bottom - 3,
        )
        .map((b) => `${a.text} / ${b.text}`),
    );
    expect(overlaps).toEqual([]);
  });
});

test("the HTML opens without errors or requests and shows every value", async () => {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("request", (request) => problems.push(request.url()));
  await page.setContent(formatHtml(examples.lecture as Explanation, { lang: "ru" }));
  const text = await page.evaluate(() => document.body.innerText);
  for (const value of ["8100", "900", "−3240", "3240", "−180", "Обратный проход"])
    expect(text).toContain(value);
  expect(problems).toEqual([]);
  await page.close();
});
