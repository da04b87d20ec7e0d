import type { Language } from "./catalogue.js";
import { asOperations } from "./desugar.js";
import { latexName, latexOperator } from "./latex-names.js";
import { type Looks, looksOf } from "./looks.js";
import { type Operator, operators } from "./operators.js";
import type { Call, Expression, Program } from "./syntax.js";

/** Text to put out, or an expression still to be written. */
type Piece = string | Expression;

/** The program as LaTeX for math mode; with definitions one line each, in `aligned`. */
export function latexProgram({ definitions, value }: Program, language: Language = "en"): string {
  if (definitions.length === 0) return latexExpression(value, language);
  const lines = definitions.map(
    (definition) =>
      `${latexName(definition.name)} &= ${latexExpression(definition.value, language)}`,
  );
  return [
    "\\begin{aligned}",
    [...lines, `& ${latexExpression(value, language)}`].join(" \\\\ "),
    "\\end{aligned}",
  ].join(" ");
}

/** The expression as LaTeX for math mode: fractions, powers and roots set as in a book. */
export function latexExpression(expression: Expression, language: Language = "en"): string {
  const root = asOperations(expression);
  const writer = new Writer(looksOf(root), language);
  const out: string[] = [];
  const stack: Piece[] = [root];
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if (typeof piece === "string") out.push(piece);
    else for (const part of writer.write(piece).reverse()) stack.push(part);
  }
  return out.join("");
}

const multiplicative = operators["*"].power;
const signs: Readonly<Partial<Record<Operator, string>>> = {
  "+": " + ",
  "-": " - ",
  "*": " \\cdot ",
  "@": " \\, ",
  "<": " < ",
  "<=": " \\le ",
  ">": " > ",
  ">=": " \\ge ",
  "==": " = ",
  "!=": " \\ne ",
};

/** Functions with a sign of their own; those of `angles` take their power before the argument: sin²(x). */
const functionSigns: Readonly<Record<string, string>> = {
  asin: "\\arcsin",
  acos: "\\arccos",
  atan: "\\arctan",
  asinh: "\\operatorname{arsinh}",
  acosh: "\\operatorname{arcosh}",
  atanh: "\\operatorname{artanh}",
  exp: "\\exp",
  log: "\\ln",
  log2: "\\log_{2}",
  log10: "\\log_{10}",
  max: "\\max",
  maximum: "\\max",
  min: "\\min",
  minimum: "\\min",
  gamma: "\\Gamma",
  gammaln: "\\ln\\Gamma",
  lgamma: "\\ln\\Gamma",
  beta: "\\mathrm{B}",
  digamma: "\\psi",
  sigmoid: "\\sigma",
};
const angles = new Set(["sin", "cos", "tan", "sinh", "cosh", "tanh"]);

const fences: Readonly<Record<string, readonly [string, string]>> = {
  abs: ["\\left|", "\\right|"],
  floor: ["\\left\\lfloor ", "\\right\\rfloor "],
  ceil: ["\\left\\lceil ", "\\right\\rceil "],
};

/** Writes one expression as text and its parts. */
class Writer {
  private readonly looks: Looks;
  private readonly otherwise: string;

  constructor(looks: Looks, language: Language) {
    this.looks = looks;
    this.otherwise = { en: "otherwise", ru: "иначе" }[language];
  }

  write(node: Expression): Piece[] {
    switch (node.kind) {
      case "number":
        return [latexNumber(node.value)];
      case "constant":
        return [latexConstant(node.name)];
      case "variable":
        return [latexName(node.name)];
      case "text":
        return [`\\text{${escapeText(node.value)}}`];
      case "hole":
        return [`\\square_{${node.index + 1}}`];
      case "negation":
        return ["-", ...this.fit(node.operand, multiplicative, true)];
      case "operation":
        return this.operation(node);
      case "call":
        return this.call(node);
      case "list":
        return ["\\left[", ...separated(node.items.map((item) => [item])), "\\right]"];
    }
  }

  private operation(node: Expression & { readonly kind: "operation" }): Piece[] {
    const { operator, left, right } = node;
    if (operator === "/") return ["\\frac{", left, "}{", right, "}"];
    if (operator === "^") return this.power(left, right);
    const { power } = operators[operator];
    const first = this.fit(left, operators[operator].grouping === "left" ? power : power + 1);
    const second = this.fit(right, power + 1, true);
    const coefficient = operator === "*" && left.kind === "number" && !isScientific(left.value);
    if (coefficient && beginsWithLetter(right)) return [...first, " ", ...second];
    return [...first, signs[operator] as string, ...second];
  }

  private power(base: Expression, exponent: Expression): Piece[] {
    const raised = inline(exponent);
    const whole = exponent.kind === "number" && exponent.value > 0;
    if (whole && base.kind === "call" && angles.has(base.name) && base.options.length === 0)
      return [`\\${base.name}^{`, ...raised, "}", ...this.bracketed(base.args)];
    const atom =
      (base.kind === "number" && !isScientific(base.value)) ||
      base.kind === "variable" ||
      base.kind === "constant" ||
      base.kind === "hole" ||
      base.kind === "list" ||
      (base.kind === "call" && base.name !== "where");
    return [...(atom ? [base] : this.bracketed([base])), "^{", ...raised, "}"];
  }

  private call(node: Call): Piece[] {
    const [x, y, z] = node.args;
    const plain = node.options.length === 0;
    if (plain && x !== undefined && y === undefined) {
      const fence = Object.hasOwn(fences, node.name) ? fences[node.name] : undefined;
      if (fence !== undefined) return [fence[0], x, fence[1]];
      if (node.name === "sqrt") return ["\\sqrt{", x, "}"];
      if (node.name === "cbrt") return ["\\sqrt[3]{", x, "}"];
    }
    if (plain && node.name === "where" && x !== undefined && y !== undefined && z !== undefined)
      return [
        "\\begin{cases} ",
        y,
        " & ",
        x,
        ` \\\\ `,
        z,
        ` & \\text{${this.otherwise}} \\end{cases}`,
      ];
    const below = node.options.map((option): Piece[] => [
      `\\mathrm{${option.name}}=`,
      option.value,
    ]);
    return [
      functionSign(node.name),
      ...(plain ? [] : ["_{", ...separated(below), "}"]),
      ...this.bracketed(node.args),
    ];
  }

  /** In parentheses as high as what is in them. */
  private bracketed(parts: readonly Expression[]): Piece[] {
    const inside = separated(parts.map((part) => [part]));
    const tall = parts.some((part) => this.looks.get(part)?.tall);
    return tall ? ["\\left(", ...inside, "\\right)"] : ["(", ...inside, ")"];
  }

  /** In parentheses if it binds less tightly than `power`, or brings a second sign next to one. */
  private fit(node: Expression, power: number, afterSign = false): Piece[] {
    const signed = afterSign && this.looks.get(node)?.signed === true;
    return signed || powerOf(node) < power ? this.bracketed([node]) : [node];
  }
}

/** How tightly it binds when set: a fraction is held together by its line. */
function powerOf(node: Expression): number {
  if (node.kind === "operation" && node.operator !== "/") return operators[node.operator].power;
  // −a·b and (−a)·b are one number, so a leading sign needs no parentheses in a product
  if (node.kind === "negation") return multiplicative;
  return Number.POSITIVE_INFINITY;
}

function inline(exponent: Expression): Piece[] {
  const { kind } = exponent;
  if (
    kind === "operation" &&
    exponent.operator === "/" &&
    isPlain(exponent.left) &&
    isPlain(exponent.right)
  )
    return [exponent.left, "/", exponent.right];
  return [exponent];
}

function isPlain(node: Expression): boolean {
  return node.kind === "number" || node.kind === "variable" || node.kind === "constant";
}

/** Whether a coefficient may stand before it without a sign: 2x, 2π, 2 sin(x). */
function beginsWithLetter(node: Expression): boolean {
  if (node.kind === "operation" && node.operator === "^") return beginsWithLetter(node.left);
  return (
    node.kind === "variable" ||
    node.kind === "constant" ||
    (node.kind === "call" && !(node.name in fences))
  );
}

function separated(items: readonly (readonly Piece[])[]): Piece[] {
  return items.flatMap((item, i) => (i === 0 ? item : [", ", ...item]));
}

function functionSign(name: string): string {
  if (angles.has(name)) return `\\${name}`;
  return (
    (Object.hasOwn(functionSigns, name) ? functionSigns[name] : undefined) ?? latexOperator(name)
  );
}

function isScientific(value: number): boolean {
  return String(value).includes("e");
}

function latexNumber(value: number): string {
  const [mantissa, exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa as string;
  const power = `10^{${Number(exponent)}}`;
  return mantissa === "1" ? power : `${mantissa} \\cdot ${power}`;
}

function latexConstant(name: string): string {
  if (name === "inf") return "\\infty";
  if (name === "pi" || name === "tau") return `\\${name}`;
  return name === "nan" ? "\\mathrm{NaN}" : `\\mathrm{${name}}`;
}

function escapeText(text: string): string {
  return text.replace(/[\\{}$&#%_^~]/g, (sign) =>
    sign === "\\"
      ? "\\textbackslash{}"
      : sign === "^" || sign === "~"
        ? `\\${sign}{}`
        : `\\${sign}`,
  );
}
