import { expect, it } from "vitest";
import * as operations from "../ops/index.js";
import { FormulaError } from "./error.js";
import { namesOf } from "./names.js";
import { printExpression, printProgram } from "./print.js";
import { parseProgram } from "./program.js";
import type { Program } from "./syntax.js";

const names = namesOf({ ...operations, gamma: (x: number) => x });

function read(text: string, variables: string[] = []): Program {
  return parseProgram(text, { names, variables });
}

/** The expression with every operation in parentheses: shows how the text was grouped. */
function grouped(text: string): string {
  const show = (node: Program["value"]): string => {
    switch (node.kind) {
      case "operation":
        return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
      case "negation":
        return `(-${show(node.operand)})`;
      case "call":
        return `${node.name}(${node.args.map(show).join(", ")})`;
      default:
        return printExpression(node);
    }
  };
  return show(read(text).value);
}

function codeOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FormulaError) return error.code;
    throw error;
  }
  return "none";
}

it("operators bind as in mathematics", () => {
  expect(grouped("a + b*c - d/f")).toBe("((a + (b * c)) - (d / f))");
  expect(grouped("a - b - c")).toBe("((a - b) - c)");
  expect(grouped("a/b*c")).toBe("((a / b) * c)");
  expect(grouped("a^b^c")).toBe("(a ^ (b ^ c))");
  expect(grouped("a@b*c")).toBe("((a @ b) * c)");
  expect(grouped("a + b < c*d")).toBe("((a + b) < (c * d))");
});

it("a minus sign binds less tightly than a power and more tightly than a product", () => {
  expect(grouped("-x^2")).toBe("(-(x ^ 2))");
  expect(grouped("2^-3")).toBe("(2 ^ (-3))");
  expect(grouped("2^-3^2")).toBe("(2 ^ (-(3 ^ 2)))");
  expect(grouped("2^-x*y")).toBe("((2 ^ (-x)) * y)");
  expect(grouped("-a*b")).toBe("((-a) * b)");
  expect(grouped("a*-b*c")).toBe("((a * (-b)) * c)");
  expect(grouped("a - -b")).toBe("(a - (-b))");
  expect(grouped("+a + +b")).toBe("(a + b)");
});

it("other spellings of operators mean the same", () => {
  expect(grouped("a**b")).toBe("(a ^ b)");
  expect(grouped("a·b × c ÷ d − f")).toBe("((((a * b) * c) / d) - f)");
  expect(grouped("x² + x³ + x¹² + x⁻¹")).toBe("((((x ^ 2) + (x ^ 3)) + (x ^ 12)) + (x ^ (-1)))");
  expect(grouped("-x²")).toBe("(-(x ^ 2))");
  expect(grouped("2^x²")).toBe("(2 ^ (x ^ 2))");
  expect(grouped("a ≤ b")).toBe("(a <= b)");
  expect(grouped("a ≥ b")).toBe("(a >= b)");
  expect(grouped("a ≠ b")).toBe("(a != b)");
  expect(grouped("√x + √(y + 1)*∛z")).toBe("(sqrt(x) + (sqrt((y + 1)) * cbrt(z)))");
  expect(grouped("√-x")).toBe("sqrt((-x))");
  expect(grouped("|x - 1| + ||y||")).toBe("(abs((x - 1)) + abs(abs(y)))");
  expect(grouped("|a*|b||")).toBe("abs((a * abs(b)))");
});

it("numbers are read as JavaScript reads them", () => {
  for (const text of ["0", "12", "1.5", ".5", "1.", "1e-3", "1.5E+3", "0.1e10", "1.e3", "4.9e-324"])
    expect(read(text).value).toMatchObject({ kind: "number", value: Number(text) });
});

it("e and i are variables; pi, tau and inf are constants until they are given a value", () => {
  expect(read("e + i").variables).toEqual(["e", "i"]);
  const program = read("π + pi + tau + τ + ∞ + inf");
  expect(program.variables).toEqual([]);
  expect(program.constants).toEqual(["pi", "tau", "inf"]);
  expect(read("tau + pi", ["tau"]).variables).toEqual(["tau"]);
  expect(read("pi = 3; pi*r^2").variables).toEqual(["r"]);
  expect(read("pi = 3; pi*r^2").constants).toEqual([]);
});

it("variables are listed in order of appearance", () => {
  expect(read("((a + e)*(b - d))^2 + a").variables).toEqual(["a", "e", "b", "d"]);
});

it("names take letters of any alphabet, digits, underscores and subscripts", () => {
  const text = "x_1 + x₁ + скорость + \u03b8\u0302 + Ω2 + _t + xₙ";
  const found = ["x_1", "x₁", "скорость", "\u03b8\u0302", "Ω2", "_t", "xₙ"];
  expect(read(text).variables).toEqual(found);
  // one letter, two spellings: composed and not, micro sign and Greek
  expect(read("\u00e9 + e\u0301").variables).toEqual(["\u00e9"]);
  expect(read("\u00b5 + \u03bc").variables).toEqual(["\u03bc"]);
});

it("functions have their textbook names, and Prod and Square as in the notes", () => {
  expect(grouped("ln(x) + lg(x) + tg(x) + asin(x) + sgn(x) + sh(x)")).toBe(
    "(((((log(x) + log10(x)) + tan(x)) + asin(x)) + sign(x)) + sinh(x))",
  );
  expect(grouped("Square(Prod(a, b))")).toBe("square(multiply(a, b))");
  expect(codeOf("prod(a, b)")).toBe("E023");
  expect(codeOf("SQUARE(a)")).toBe("E021");
  expect(grouped("max(a, b, c) + max(x)")).toBe("(maximum(maximum(a, b), c) + max(x))");
  expect(grouped("ctg(x)^2 + cth(y)")).toBe("(((1 / tan(x)) ^ 2) + (1 / tanh(y)))");
  expect(grouped("sin (x)")).toBe("sin(x)");
});

it("a function's name is free for a variable that is declared, defined or a Greek letter", () => {
  expect(read("mean + 1", ["mean"]).variables).toEqual(["mean"]);
  expect(read("mean = 3; mean + x").variables).toEqual(["x"]);
  expect(read("gamma*x").variables).toEqual(["gamma", "x"]);
  expect(codeOf("mean + 1")).toBe("E022");
  expect(codeOf("gamma*gamma(x)")).toBe("E013");
});

it("definitions name intermediate results; the last one may be the value", () => {
  const program = read("u = a + e; v = b - d\nh = u*v;\n\n h^2");
  expect(program.definitions.map(({ name }) => name)).toEqual(["u", "v", "h"]);
  expect(program.variables).toEqual(["a", "e", "b", "d"]);
  expect(printProgram(program)).toBe("u = a + e; v = b - d; h = u*v; h^2");
  expect(printProgram(read("f = x^2"))).toBe("f = x^2; f");
});

it("a line may go on after an operator and inside brackets; # starts a comment", () => {
  expect(printProgram(read("u = a + # first\n e\n(u *\n\n (u\n + 1\n)) # end"))).toBe(
    "u = a + e; u*(u + 1)",
  );
});

it("lists and options are read with their values", () => {
  const { value } = read("sum([[1, 2], [x, 4]], axis=[0, -1], keepdims=true)");
  expect(value).toMatchObject({
    kind: "call",
    name: "sum",
    args: [{ kind: "list", items: [{ kind: "list" }, { kind: "list" }] }],
    options: [
      { name: "axis", value: { items: [{ value: 0 }, { kind: "negation" }] } },
      { name: "keepdims", value: { kind: "constant", value: true } },
    ],
  });
  expect(read("[]").value).toMatchObject({ kind: "list", items: [] });
});

it("spans point at the source in code points", () => {
  const { value } = read("𝑥 + sin((y))*2");
  expect(value).toMatchObject({
    span: { start: 0, end: 14 },
    left: { span: { start: 0, end: 1 } },
    right: {
      span: { start: 4, end: 14 },
      left: { span: { start: 4, end: 12 }, args: [{ span: { start: 9, end: 10 } }] },
    },
  });
});

it("names of object properties are ordinary names", () => {
  expect(read("constructor + __proto__ + toString").variables).toEqual([
    "constructor",
    "__proto__",
    "toString",
  ]);
  expect(codeOf("constructor(x)")).toBe("E021");
});

it("depth costs memory only", () => {
  const n = 100_000;
  const around = (left: string, middle: string, right: string) =>
    left.repeat(n) + middle + right.repeat(n);
  const same = [
    Array(n).fill("x").join(" + "),
    Array(n).fill("x").join("^"),
    `${"-".repeat(n)}x`,
    around("sin(", "x", ")"),
    around("[", "1", "]"),
    `${around("2*(1 + ", "(x + 1)*2", ")")}`,
    `t0 = x; ${Array.from({ length: n }, (_, i) => `t${i + 1} = x*t${i}`).join("; ")}; x`,
  ];
  for (const text of same) expect(printProgram(read(text)) === text, text.slice(0, 20)).toBe(true);
  expect(printProgram(read(around("(", "x", ")")))).toBe("x");
  expect(printProgram(read(around("|", "x", "|"))) === around("abs(", "x", ")")).toBe(true);
  expect(codeOf("(".repeat(n))).toBe("E012");
  expect(codeOf(`${"(".repeat(n)}x`)).toBe("E010");
});
