import fc from "fast-check";
import katex from "katex";
import { expect, it } from "vitest";
import * as operations from "../ops/index.js";
import { latexProgram } from "./latex.js";
import { latexName } from "./latex-names.js";
import { namesOf } from "./names.js";
import { parseProgram } from "./program.js";

const names = namesOf({ ...operations, erf: (x: number) => x });

function latex(text: string, language: "en" | "ru" = "en"): string {
  return latexProgram(parseProgram(text, { names }), language);
}

/** KaTeX's reading; throws where it finds a mistake or an unknown command. */
function typeset(formula: string): string {
  return katex.renderToString(formula, { throwOnError: true, strict: "ignore", output: "mathml" });
}

it.each([
  ["((a + e)*(b - d))^2", "((a + e) \\cdot (b - d))^{2}"],
  ["a/b + c", "\\frac{a}{b} + c"],
  ["(a + b)/(c*d)", "\\frac{a + b}{c \\cdot d}"],
  ["(a/b)^2", "\\left(\\frac{a}{b}\\right)^{2}"],
  ["(a/b + 1)*c", "\\left(\\frac{a}{b} + 1\\right) \\cdot c"],
  ["x^(1/2)", "x^{1/2}"],
  ["2^-x", "2^{-x}"],
  ["-x^2", "-x^{2}"],
  ["(-x)^2", "(-x)^{2}"],
  ["a - (b - c)", "a - (b - c)"],
  ["a - b - c", "a - b - c"],
  ["a + (-b)*c", "a + (-b \\cdot c)"],
  ["a*(-b)", "a \\cdot (-b)"],
  ["(x^y)^z", "(x^{y})^{z}"],
  ["x^y^z", "x^{y^{z}}"],
  ["2*x + 3*pi*r^2", "2 x + 3 \\pi \\cdot r^{2}"],
  ["x*2*3", "x \\cdot 2 \\cdot 3"],
  ["2*3", "2 \\cdot 3"],
  ["1.5e-7*x", "1.5 \\cdot 10^{-7} \\cdot x"],
  ["sqrt(x + 1) + cbrt(y)", "\\sqrt{x + 1} + \\sqrt[3]{y}"],
  ["|x - 1|", "\\left|x - 1\\right|"],
  ["floor(x)", "\\left\\lfloor x\\right\\rfloor "],
  ["sin(x)^2 + log(x)", "\\sin^{2}(x) + \\ln(x)"],
  ["sin(x/2)", "\\sin\\left(\\frac{x}{2}\\right)"],
  ["erf(x)", "\\operatorname{erf}(x)"],
  ["Square(Prod(a, b))", "(a \\cdot b)^{2}"],
  ["negative(x) + reciprocal(y)", "-x + \\frac{1}{y}"],
  ["A@x", "A \\, x"],
  ["x <= inf", "x \\le \\infty"],
  ["sum(x, axis=0)", "\\operatorname{sum}_{\\mathrm{axis}=0}(x)"],
  ["[x, 1]", "\\left[x, 1\\right]"],
])("%s is set as %s", (text, expected) => {
  expect(latex(text)).toBe(expected);
  typeset(expected);
});

it("a choice is set as cases, with its word in the language", () => {
  expect(latex("where(x > 0, x, -x)")).toBe(
    "\\begin{cases} x & x > 0 \\\\ -x & \\text{otherwise} \\end{cases}",
  );
  expect(latex("where(x > 0, x, -x)", "ru")).toContain("\\text{иначе}");
  typeset(latex("where(x > 0, x, -x)^2", "ru"));
});

it("definitions are set one a line", () => {
  const text = latex("u = a + e; v = b - d; (u*v)^2");
  expect(text).toBe(
    "\\begin{aligned} u &= a + e \\\\ v &= b - d \\\\ & (u \\cdot v)^{2} \\end{aligned}",
  );
  typeset(text);
});

it.each([
  ["x", "x"],
  ["x1", "x_{1}"],
  ["x_1", "x_{1}"],
  ["x₁₂", "x_{12}"],
  ["w_in", "w_{\\mathrm{in}}"],
  ["a_b_2", "a_{b,2}"],
  ["theta", "\\theta"],
  ["θ", "\\theta"],
  ["Omega_0", "\\Omega_{0}"],
  ["epsilon", "\\varepsilon"],
  ["speed", "\\mathrm{speed}"],
  ["скорость", "\\text{скорость}"],
  ["скорость_1", "\\text{скорость}_{1}"],
  ["_", "\\text{\\_}"],
])("the name %s is set as %s", (name, expected) => {
  expect(latexName(name)).toBe(expected);
  typeset(expected);
});

it("whatever can be read, KaTeX can set", () => {
  const parts =
    "x y1 θ скорость 2 1e-9 + - * / ^ @ < == ( ) sin( sqrt( sum( |x| , [ ] x² √y pi inf".split(" ");
  let set = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (words) => {
      let formula: string;
      try {
        formula = latex(words.join(""));
      } catch {
        return;
      }
      set++;
      typeset(formula);
    }),
    { numRuns: 5000 },
  );
  expect(set).toBeGreaterThan(100);
});

it("a sum of 100,000 terms and 100,000 nested calls are set without a deep stack", () => {
  const n = 100_000;
  const sum = Array(n).fill("x").join(" + ");
  expect(latex(sum) === sum).toBe(true);
  const nested = latex(`${"sin(".repeat(n)}x${")".repeat(n)}`);
  expect(nested === `${"\\sin(".repeat(n)}x${")".repeat(n)}`).toBe(true);
});
