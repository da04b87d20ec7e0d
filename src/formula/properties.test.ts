import fc from "fast-check";
import { all, create, type FactoryFunctionMap } from "mathjs";
import { expect, it } from "vitest";
import * as operations from "../ops/index.js";
import { parseAssignments } from "./assignments.js";
import { FormulaError } from "./error.js";
import { latexProgram } from "./latex.js";
import { namesOf } from "./names.js";
import { type Operator, operators } from "./operators.js";
import { printExpression, printProgram } from "./print.js";
import type { Problem } from "./problem.js";
import { parseProgram } from "./program.js";
import { renderError } from "./render.js";
import { type Expression, type Program, postorder } from "./syntax.js";

const names = namesOf({ ...operations, gamma: (x: number) => x });

const parse = (text: string) => parseProgram(text, { names });

/** The program without its places and its text. */
function bare(program: Program): unknown {
  return JSON.parse(
    JSON.stringify(program, (key, value) =>
      key === "span" || key === "nameSpan" || key === "source"
        ? undefined
        : value === Number.POSITIVE_INFINITY
          ? "inf"
          : value,
    ),
  );
}

// Random trees

const span = { start: 0, end: 0 };
const number = fc
  .oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.nat(20))
  .map((value): Expression => ({ kind: "number", value, span }));
const variable = fc
  .constantFrom("x", "y", "e", "i", "θ", "скорость", "x_1", "x₂", "gamma", "tanhh", "constructor")
  .map((name): Expression => ({ kind: "variable", name, span }));
const constant = fc
  .constantFrom(["pi", Math.PI] as const, ["inf", Infinity] as const, ["true", true] as const)
  .map(([name, value]): Expression => ({ kind: "constant", name, value, span }));
const axis = fc.oneof(
  number,
  number.map((operand): Expression => ({ kind: "negation", operand, span })),
  fc.array(number, { maxLength: 3 }).map((items): Expression => ({ kind: "list", items, span })),
  fc
    .constantFrom("clip", "two words", 'a "quote"')
    .map((value): Expression => ({ kind: "text", value, span })),
);

const { expression } = fc.letrec<{ expression: Expression; unknown: Expression }>((tie) => {
  const inner = tie("expression");
  const operation = fc
    .tuple(fc.constantFrom(...(Object.keys(operators) as Operator[])), inner, inner)
    .map(
      ([operator, left, right]): Expression => ({ kind: "operation", operator, left, right, span }),
    );
  const call = fc.oneof(
    fc
      .tuple(fc.constantFrom("sin", "sqrt", "abs", "square"), inner)
      .map(([name, x]): Expression => ({ kind: "call", name, args: [x], options: [], span })),
    fc
      .tuple(fc.constantFrom("maximum", "multiply"), inner, inner)
      .map(([name, x, y]): Expression => ({ kind: "call", name, args: [x, y], options: [], span })),
    fc.tuple(inner, axis).map(
      ([x, value]): Expression => ({
        kind: "call",
        name: "sum",
        args: [x],
        options: [{ name: "axis", value, span }],
        span,
      }),
    ),
  );
  return {
    expression: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      fc.oneof(number, variable, constant),
      operation,
      inner.map((operand): Expression => ({ kind: "negation", operand, span })),
      call,
      // rows of one shape, or of shapes only the values tell
      fc
        .oneof(
          fc.array(tie("unknown"), { maxLength: 4 }),
          fc
            .array(fc.tuple(number, number), { maxLength: 3 })
            .map((rows) => rows.map((items): Expression => ({ kind: "list", items, span }))),
        )
        .map((items): Expression => ({ kind: "list", items, span })),
    ),
    unknown: fc.oneof({ maxDepth: 6 }, variable, operation, call),
  };
});

const program = fc
  .tuple(fc.array(expression, { maxLength: 3 }), expression)
  .map(([values, value]) => ({
    definitions: values.map((defined, i) => ({ name: `t${i}`, nameSpan: span, value: defined })),
    value,
  }))
  .map((parts): Program => ({ source: "", ...parts, variables: [], constants: [], holes: 0 }));

it("what is printed reads back as the same tree", () => {
  fc.assert(
    fc.property(program, (tree) => {
      const read = parse(printProgram(tree));
      expect(bare({ ...read, definitions: tree.definitions, value: tree.value })).toEqual(
        bare(read),
      );
    }),
    { numRuns: 2000 },
  );
});

it("printed parentheses cannot be left out", () => {
  fc.assert(
    fc.property(expression, (value) => {
      const text = printExpression(value);
      const stack: number[] = [];
      Array.from(text).forEach((sign, at) => {
        if (sign === "(") stack.push(at);
        if (sign !== ")") return;
        const open = stack.pop() as number;
        if (/\w$/u.test(text.slice(0, open)) && !/[\s(+*/^@-]$/.test(text.slice(0, open))) return;
        const without = `${text.slice(0, open)} ${text.slice(open + 1, at)} ${text.slice(at + 1)}`;
        let same = false;
        try {
          same = JSON.stringify(bare(parse(without))) === JSON.stringify(bare(parse(text)));
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
        }
        expect(same, `${text} / ${without}`).toBe(false);
      });
    }),
    { numRuns: 500 },
  );
});

// Random text

const snippets =
  "x y e 2 1.5 .5 1e3 1e 1. + - * / ^ ** · ² ⁻¹ √ ∛ π ( ) [ ] { } | , ; = == < <= ≠ @ & && ! % : := # \n " +
  "\t \" ' sin( sum( where( axis= sin foo( foo $ ½ –日 𝑥 \u0301 \u200b \ud800 тест max( x= u=1; \r\n";
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom(...snippets.split(" "), " "), { maxLength: 24 })
    .map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom(...snippets.split(" "), " "), { maxLength: 24 })
    .map((parts) => parts.join(" ")),
);

function checkProblem(problem: Problem, source: string): void {
  const length = Array.from(source).length;
  const { replacement } = problem.fix ?? {};
  const spans = [problem, ...(problem.related ?? [])].map((place) => place.span);
  for (const { start, end } of replacement === undefined ? spans : [...spans, replacement.span]) {
    expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true);
    expect(0 <= start && start <= end && end <= length).toBe(true);
  }
  for (const language of ["en", "ru"] as const) {
    const [head, ...rows] = renderError(problem, source, language).split("\n");
    expect(head).toMatch(/^(error|ошибка)\[E0\d\d\]: ./);
    expect(rows.some((row) => row.includes("^"))).toBe(true);
    expect(rows.join("")).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  }
}

for (const [kind, read] of [
  ["formula", parse],
  ["list of assignments", parseAssignments],
] as const) {
  it(`any text is a ${kind} or a FormulaError with places inside the text`, () => {
    let failed = 0;
    fc.assert(
      fc.property(text, (source) => {
        try {
          read(source);
        } catch (error) {
          if (!(error instanceof FormulaError)) throw error;
          failed++;
          expect(error.source).toBe(source);
          checkProblem(error.problem, source);
        }
      }),
      { numRuns: 3000 },
    );
    expect(failed).toBeGreaterThan(1000);
  });
}

it("a text that can be read prints as one that can, and as LaTeX", () => {
  let readable = 0;
  fc.assert(
    fc.property(text, (source) => {
      let program: Program;
      try {
        program = parse(source);
      } catch {
        return;
      }
      readable++;
      const printed = parse(printProgram(program));
      expect([...printed.variables].sort()).toEqual([...program.variables].sort());
      expect(latexProgram(program)).not.toBe("");
      for (const node of postorder(program.value)) {
        expect(node.span.start).toBeLessThan(node.span.end);
        expect(node.span.end).toBeLessThanOrEqual(Array.from(source).length);
      }
    }),
    { numRuns: 3000 },
  );
  expect(readable).toBeGreaterThan(50);
});

it("fixes that can be applied lead to a formula, or to a mistake left to the reader", () => {
  let fixed = 0;
  fc.assert(
    fc.property(text, (source) => {
      let mended = source;
      for (let steps = 0; ; steps++) {
        const replacement = mistakeIn(mended)?.fix?.replacement;
        if (replacement === undefined) return;
        expect(steps, mended).toBeLessThan(100);
        fixed++;
        const points = Array.from(mended);
        const { start, end } = replacement.span;
        mended = [...points.slice(0, start), replacement.text, ...points.slice(end)].join("");
      }
    }),
    { numRuns: 3000 },
  );
  expect(fixed).toBeGreaterThan(100);
});

function mistakeIn(source: string): Problem | undefined {
  try {
    parse(source);
    return undefined;
  } catch (error) {
    return (error as FormulaError).problem;
  }
}

// mathjs as an oracle

const scope = { x: 1.25, y: -0.75, z: 3 };
const functions = {
  ...{ sin: Math.sin, cos: Math.cos, tanh: Math.tanh, exp: Math.exp, log: Math.log },
  ...{ sqrt: Math.sqrt, cbrt: Math.cbrt, abs: Math.abs, square: (x: number) => x * x },
};
const arithmetic: Partial<Record<Operator, (x: number, y: number) => number>> = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "^": (x, y) => x ** y,
};

function evaluate(root: Expression): number {
  const stack: number[] = [];
  for (const node of postorder(root)) {
    if (node.kind === "number" || node.kind === "constant") stack.push(Number(node.value));
    else if (node.kind === "variable") stack.push(scope[node.name as keyof typeof scope]);
    else if (node.kind === "negation") stack.push(-(stack.pop() as number));
    else if (node.kind === "call")
      stack.push(functions[node.name as keyof typeof functions](stack.pop() as number));
    else if (node.kind === "operation") {
      const right = stack.pop() as number;
      stack.push(arithmetic[node.operator]?.(stack.pop() as number, right) as number);
    } else throw new Error(node.kind);
  }
  return stack[0] as number;
}

/** Texts of the language that mathjs shares, with parentheses, signs and spaces at random. */
const { shared } = fc.letrec<{ shared: string; value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("x", "y", "z", "pi", "2", "3", "0.5", ".25", "1e-1", "7."),
    tie("shared").map((inner) => `(${inner})`),
    fc
      .tuple(fc.constantFrom(...Object.keys(functions)), tie("shared"))
      .map(([name, inner]) => `${name}(${inner})`),
    tie("value").map((inner) => `-${inner}`),
    tie("value").map((inner) => `+ ${inner}`),
  ),
  shared: fc
    .tuple(
      tie("value"),
      fc.array(
        fc.tuple(
          fc.constantFrom("+", "-", "*", "/", "^", " + ", " - ", " * ", " / "),
          tie("value"),
        ),
        { maxLength: 5 },
      ),
    )
    .map(([first, rest]) => first + rest.map(([sign, value]) => sign + value).join("")),
}));

it("random expressions have the value mathjs gives them", () => {
  const math = create(all as FactoryFunctionMap);
  let compared = 0;
  fc.assert(
    fc.property(shared, (source) => {
      const expected: unknown = math.evaluate(source, { ...scope });
      const actual = evaluate(parse(source).value);
      // of negative numbers mathjs takes complex powers and roots
      if (typeof expected !== "number" || !Number.isFinite(expected) || Number.isNaN(actual))
        return;
      compared++;
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    }),
    { numRuns: 3000 },
  );
  expect(compared).toBeGreaterThan(1000);
});
