import { expect, it } from "vitest";
import type { Problem } from "./problem.js";
import { renderError } from "./render.js";

const word = (text: string) => ({ en: text, ru: text });

/** A problem at the first `^…^` of the source, or at its end. */
function at(start: number, end: number, more: Partial<Problem> = {}): Problem {
  return {
    code: "E001",
    span: { start, end },
    message: word("wrong"),
    label: word("here"),
    ...more,
  };
}

it("carets stand under the code points of the span", () => {
  expect(renderError(at(4, 7), "a + bcd*f")).toBe(
    ["error[E001]: wrong", "  1 | a + bcd*f", "    |     ^^^ here"].join("\n"),
  );
});

it("wide characters take two cells and combining marks none", () => {
  expect(renderError(at(5, 6), "日本 + x")).toBe(
    ["error[E001]: wrong", "  1 | 日本 + x", "    |        ^ here"].join("\n"),
  );
  expect(renderError(at(0, 2), "日本 + x")).toContain("    | ^^^^ here");
  expect(renderError(at(5, 6), "x\u0302 + y")).toContain("    |     ^ here");
  expect(renderError(at(4, 5), "𝑥 + y")).toContain("    |     ^ here");
});

it("tabs reach the next stop of four, in the line and under it", () => {
  expect(renderError(at(4, 5), "\ta\t+b")).toBe(
    ["error[E001]: wrong", "  1 |     a   +b", "    |          ^ here"].join("\n"),
  );
});

it("what a terminal would obey is shown as a replacement character", () => {
  const text = renderError(
    at(0, 1, { message: word("wrong \u001b[31m") }),
    "\u001b[31m\u202ex\u200b",
  );
  expect(text).toBe(["error[E001]: wrong �[31m", "  1 | �[31m�x�", "    | ^ here"].join("\n"));
});

it("an empty span and one behind the end still show a caret", () => {
  expect(renderError(at(3, 3), "a +")).toContain("  1 | a +\n    |    ^ here");
  expect(renderError(at(0, 0), "")).toContain("  1 |\n    | ^ here");
});

it("the line of the place is shown, with every way to end a line", () => {
  for (const end of ["\n", "\r\n", "\r", "\u2028"]) {
    const source = `first${end}second${end}third`;
    const start = Array.from(source).indexOf("c");
    expect(renderError(at(start, start + 1), source)).toContain("  2 | second\n    |   ^ here");
  }
  expect(renderError(at(2, 3), "ab\n")).toContain("  1 | ab\n    |   ^ here");
});

it("a span over several lines is marked on its first", () => {
  expect(renderError(at(1, 9), "abc\ndefgh\n")).toContain("  1 | abc\n    |  ^^ here");
});

it("a related place on the same line has its own mark and text", () => {
  const related = [{ span: { start: 0, end: 1 }, message: word("opened") }];
  expect(renderError(at(5, 5, { related }), "(a +b")).toBe(
    ["error[E001]: wrong", "  1 | (a +b", "    | -    ^ here", "    | opened"].join("\n"),
  );
  const behind = [{ span: { start: 4, end: 5 }, message: word("used") }];
  expect(renderError(at(0, 1, { related: behind }), "x = x")).toBe(
    ["error[E001]: wrong", "  1 | x = x", "    | ^   - used", "    | here"].join("\n"),
  );
});

it("a related place on another line is shown in the order of lines", () => {
  const related = [{ span: { start: 0, end: 1 }, message: word("before") }];
  const source = `${"a\n".repeat(1000)}b`;
  expect(renderError(at(2000, 2001, { related }), source)).toBe(
    ["error[E001]: wrong", "   1 | a", "     | - before", "1001 | b", "     | ^ here"].join("\n"),
  );
});

it("a long line is cut to a window around the place", () => {
  const source = `${"a".repeat(200)}!${"b".repeat(200)}`;
  const [, excerpt = "", caret = ""] = renderError(at(200, 201), source, "en", { width: 20 }).split(
    "\n",
  );
  expect(excerpt).toBe(`  1 | …${"a".repeat(10)}!${"b".repeat(9)}…`);
  expect(caret.indexOf("^")).toBe(excerpt.indexOf("!"));
  expect(renderError(at(0, 1), source, "en", { width: 20 })).toContain(
    `| ${"a".repeat(20)}…\n    | ^ here`,
  );
  expect(renderError(at(401, 401), source, "en", { width: 20 })).toContain(
    `| …${"b".repeat(20)}\n    | ${" ".repeat(21)}^ here`,
  );
});

it("marks too far apart for one window have one each", () => {
  const related = [{ span: { start: 0, end: 1 }, message: word("opened") }];
  const source = `(${"a".repeat(100)}`;
  expect(renderError(at(101, 101, { related }), source, "en", { width: 20 }).split("\n")).toEqual([
    "error[E001]: wrong",
    `  1 | …${"a".repeat(20)}`,
    `    | ${" ".repeat(21)}^ here`,
    `  1 | (${"a".repeat(19)}…`,
    "    | - opened",
  ]);
});

it("a fix stands at the place, or below where a label does", () => {
  const fix = word("mend it");
  const { label: _, ...unlabelled } = at(0, 1);
  expect(renderError({ ...unlabelled, fix }, "x")).toContain("    | ^ mend it");
  expect(renderError(at(0, 1, { fix }), "x")).toBe(
    ["error[E001]: wrong", "  1 | x", "    | ^ here", "    = mend it"].join("\n"),
  );
});

it("parts can be coloured without moving anything", () => {
  const related = [{ span: { start: 0, end: 1 }, message: word("opened") }];
  const problem = at(5, 6, { related, fix: word("mend") });
  const style = (part: string, text: string) => `<${part}>${text}</>`;
  const coloured = renderError(problem, "(a + b*c", "en", { style });
  expect(coloured).toContain("<head>error[E001]</>: <message>wrong</>");
  expect(coloured).toContain("<related>-</>    <mark>^</> <mark>here</>");
  expect(coloured.replace(/<\/?\w*>/g, "")).toBe(renderError(problem, "(a + b*c"));
});
