import { expect, it } from "vitest";
import { type TensorLike, tensor } from "../index.js";
import { parseAssignments } from "./assignments.js";
import { type Code, catalogue } from "./catalogue.js";
import { FormulaError } from "./error.js";
import { complaintText } from "./expectations.js";
import { build, math, parse } from "./library.js";

const read = (text: string) => () => parse(text);
const assign = (text: string) => () => parseAssignments(text);

/** For every code a mistake it tells of. */
const mistakes: Record<Code, readonly (() => unknown)[]> = {
  E001: [
    read("x + $"),
    read("A.T"),
    read("a ⊗ b"),
    read("x ? 1 : 2"),
    read("x'"),
    read("½"),
    read("xⁿ"),
    read("f{x}"),
    read("\u200b"),
    read("x⁺"),
  ],
  E002: [read("1.2.3"), read("1..2")],
  E003: [read("1e999"), read("1e-999"), read(`x${"⁹".repeat(400)}`)],
  E004: [read('sum(x, mode="clip)'), read('"')],
  E010: [read("(x"), read("sin(x"), read("[x"), read("|x"), read("(x; y"), read("(x\ny = 2")],
  E011: [read("x)"), read("(x]"), read("|x)"), read("sin(x]"), read("|(x|")],
  E012: [
    read("x +"),
    read("()"),
    read("sin(x,)"),
    read("* x"),
    read("x = "),
    read("²"),
    assign("a="),
  ],
  E013: [
    read("2x"),
    read("x y"),
    read("(x)(y)"),
    read("x(y)"),
    read("πr"),
    read("pi(x)"),
    read("2|x|"),
    read("x[0]"),
    read("if x > 0 then x else 0"),
  ],
  E014: [read(""), read(" \n;\t# nothing\n")],
  E015: [read("a < b < c"), read("a == b != c")],
  E016: [read("√x^2"), read("√x²"), read("x²^3"), read("√-x^2")],
  E017: [read("a + b = c"), read("a = b = c"), read("(a = b)")],
  E018: [read("a, b"), read("1,5"), read("(1,5)"), assign("a=1,5")],
  E019: [
    read("a && b"),
    read("a % b"),
    read("n!"),
    read("!a"),
    read("a // b"),
    read("[1; 2]"),
    read("a : b"),
  ],
  E021: [read("tanhh(x)"), read("foo(x)"), read("соs(x)"), read("mse(x, y)"), read("det(A)")],
  E022: [
    read("sin x"),
    read("sin^2(x)"),
    read("sin²(x)"),
    read("sin + 1"),
    read("sin cos(x)"),
    read("sin"),
  ],
  E023: [read("sin()"), read("sin(x, y)"), read("where(x, y)"), read("sum(x, 0)"), read("clip()")],
  E024: [read("sum(x, axes=0)"), read("sin(x, axis=0)"), read("sum(x, foo=0)")],
  E025: [read("sum(x, axis=0, axis=1)")],
  E026: [read("sum(x, axis=y + 1)"), read("reshape(x, [n])"), read("sum(x, axis=[n])")],
  E027: [read("sum(axis=0, x)")],
  E028: [read("concatenate(x, y)"), read("stack(x)")],
  E029: [read('"x"'), read('sin("x")'), read('1 + "x"')],
  E030: [read("u = 1; u = 2; u")],
  E031: [read("u = v; v = 1; u"), read("u = u + 1"), read("u = pi; pi = 3; u")],
  E032: [read("x; y"), read("x\n+ y")],
  E033: [read("f(x) = x^2"), read("f(x, y) = x*y; f")],
  E034: [read("[[1, 2], [3]]"), read("[1, [2]]"), assign("x=[[1], 2]")],
  E040: [assign("=1"), assign("a=1,"), assign("a=1,,b=2"), assign("1")],
  E041: [assign("a"), assign("a b"), assign("a, b=2")],
  E042: [assign("a=b"), assign("a=1 < 2"), assign("a=[1] + 1"), assign("a=-true")],
  E043: [assign("a=1, a=2")],
  E044: [assign("a=1 b=2")],
  E050: [() => build(parse("x + y"), { x: 1 })],
  E051: [() => build(parse("twice(x)", { functions: { twice: (x: number) => x } }), { x: 1 })],
  E052: [() => build(parse("x @ y"), { x: tensor([1, 2]), y: tensor([1, 2, 3]) })],
  E053: [() => math`x + ${1}`],
};

it.each(Object.entries(mistakes))("%s is told of its mistakes", (code, makers) => {
  for (const make of makers) {
    let caught: unknown;
    try {
      make();
    } catch (error) {
      caught = error;
    }
    expect(caught, String(make)).toBeInstanceOf(FormulaError);
    expect((caught as FormulaError).code, (caught as FormulaError).message).toBe(code);
  }
});

it("every code has its mistakes here, and its texts in both languages", () => {
  expect(Object.keys(mistakes).sort()).toEqual(Object.keys(catalogue).sort());
  for (const makers of Object.values(mistakes)) {
    for (const make of makers) {
      try {
        make();
      } catch (error) {
        const { message, label, fix, related = [] } = (error as FormulaError).problem;
        for (const text of [message, label, fix, ...related.map((place) => place.message)]) {
          if (text === undefined) continue;
          expect(text.en).not.toBe("");
          // what the source says stays as it is
          const own = text.ru.replace(/'[^']*'/g, "");
          expect(own).toMatch(/[а-яё]/i);
        }
      }
    }
  }
});

it("what operations expect is told in Russian, at least by the types given", () => {
  const said = (source: string, values: Record<string, TensorLike>): string => {
    try {
      build(parse(source), values);
    } catch (error) {
      return (error as FormulaError).problem.label?.ru ?? "";
    }
    return "";
  };
  const [two, three] = [tensor([1, 2]), tensor([1, 2, 3])];
  expect(said("x*y", { x: two, y: three })).toMatch(
    /^ожидалось: формы, .*; получено: f64\[2\], f64\[3\]$/,
  );
  expect(said("x@y", { x: two, y: three })).toMatch(/^ожидалось: последняя ось .*; получено: /);
  expect(said("x@y", { x: 1, y: 2 })).toBe(
    "ожидалось: тензоры хотя бы с одной осью; получено: f64, f64",
  );
  expect(said("reshape(x, [3])", { x: two })).toBe(
    "ожидалось: форма из стольких же элементов, как в [2]: 2; получено: f64[2], [3]",
  );
  expect(complaintText("a moon", "f64*[2]", "f64[2]")).toEqual({
    en: "expected a moon, got f64[2]",
    ru: "получено: f64[2]",
  });
});

it("numbers of arguments decline in Russian", () => {
  const takes = (min: number, max: number) => catalogue.E023("f", min, max, 0).message.ru;
  expect(takes(1, 1)).toContain("принимает 1 аргумент,");
  expect(takes(2, 2)).toContain("принимает 2 аргумента,");
  expect(takes(5, 5)).toContain("принимает 5 аргументов,");
  expect(takes(11, 11)).toContain("принимает 11 аргументов,");
  expect(takes(21, 21)).toContain("принимает 21 аргумент,");
  expect(takes(1, 3)).toContain("от 1 до 3 аргументов,");
  expect(takes(2, Number.POSITIVE_INFINITY)).toContain("не меньше 2 аргументов,");
  expect(takes(1, Number.POSITIVE_INFINITY)).toContain("не меньше 1 аргумента,");
});
