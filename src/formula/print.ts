import { operators, prefixPower } from "./operators.js";
import type { Call, Expression, Program } from "./syntax.js";

/** Text to put out, or an expression still to be printed. */
type Piece = string | Expression;

/** The expression as source text, with no parentheses it can do without: it reads back as the same tree. */
export function printExpression(expression: Expression): string {
  const out: string[] = [];
  const stack: Piece[] = [expression];
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if (typeof piece === "string") out.push(piece);
    else for (const part of piecesOf(piece).reverse()) stack.push(part);
  }
  return out.join("");
}

/** The program as source text on one line. */
export function printProgram({ definitions, value }: Program): string {
  return [
    ...definitions.map((definition) => `${definition.name} = ${printExpression(definition.value)}`),
    printExpression(value),
  ].join("; ");
}

function piecesOf(expression: Expression): Piece[] {
  switch (expression.kind) {
    case "number":
      return [String(expression.value)];
    case "text":
      return [expression.value.includes('"') ? `'${expression.value}'` : `"${expression.value}"`];
    case "constant":
    case "variable":
      return [expression.name];
    case "hole":
      return [`\${${expression.index}}`];
    case "negation":
      return ["-", ...guarded(expression.operand, prefixPower)];
    case "operation": {
      const { power, grouping } = operators[expression.operator];
      const left = grouping === "left" ? power : power + 1;
      // a sign may stand right of any operator: 2^-x, a*-b
      const right = grouping === "right" ? power : power + 1;
      const signed = expression.right.kind === "negation";
      return [
        ...guarded(expression.left, left),
        tight.has(expression.operator) ? expression.operator : ` ${expression.operator} `,
        ...(signed ? [expression.right] : guarded(expression.right, right)),
      ];
    }
    case "call":
      return [`${expression.name}(`, ...separated(argumentsOf(expression)), ")"];
    case "list":
      return ["[", ...separated(expression.items.map((item) => [item])), "]"];
  }
}

const tight = new Set(["*", "/", "^"]);

function argumentsOf(call: Call): Piece[][] {
  return [
    ...call.args.map((argument) => [argument]),
    ...call.options.map((option) => [`${option.name}=`, option.value]),
  ];
}

function separated(items: readonly (readonly Piece[])[]): Piece[] {
  return items.flatMap((item, i) => (i === 0 ? item : [", ", ...item]));
}

/** In parentheses if it binds less tightly than `power`. */
function guarded(expression: Expression, power: number): Piece[] {
  return powerOf(expression) < power ? ["(", expression, ")"] : [expression];
}

function powerOf(expression: Expression): number {
  if (expression.kind === "operation") return operators[expression.operator].power;
  return expression.kind === "negation" ? prefixPower : Number.POSITIVE_INFINITY;
}
