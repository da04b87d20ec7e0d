import ts from "typescript";

/** What a marker says a value is. Plain JSON, as it travels into the example's process. */
export type Pattern = { readonly text: string; readonly value?: ValuePattern };

type ValuePattern =
  | { readonly kind: "number"; readonly digits: string; readonly cut: boolean }
  | { readonly kind: "bigint" | "string" | "literal"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly ValuePattern[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, ValuePattern])[] };

const cutCall = "__cut";

/**
 * Read a marker's text as a JavaScript value; what is none is compared as text. A number that ends
 * in `…` gives its first digits only.
 */
export function patternOf(text: string): Pattern {
  const source = text.replace(/(-?[\d.]+(?:e[+-]?\d+)?)…/g, `${cutCall}("$1")`);
  const file = ts.createSourceFile("value.ts", `(${source})`, ts.ScriptTarget.ES2022, true);
  // a text with syntax errors still yields a tree, so ask for them
  const { diagnostics } = ts.transpileModule(`(${source})`, { reportDiagnostics: true });
  const [statement, ...others] = file.statements;
  if (
    (diagnostics ?? []).length > 0 ||
    others.length > 0 ||
    statement === undefined ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  ) {
    return { text };
  }
  const value = read(statement.expression.expression);
  return value === undefined ? { text } : { text, value };
}

function read(node: ts.Expression): ValuePattern | undefined {
  if (ts.isNumericLiteral(node)) return { kind: "number", digits: node.text, cut: false };
  if (ts.isBigIntLiteral(node)) return { kind: "bigint", text: node.text.replace(/n$/, "") };
  if (ts.isStringLiteral(node)) return { kind: "string", text: node.text };
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const inner = read(node.operand);
    if (inner?.kind === "number") return { ...inner, digits: `-${inner.digits}` };
    return inner?.kind === "literal" && inner.text === "Infinity"
      ? { kind: "literal", text: "-Infinity" }
      : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.getText() === cutCall) {
    const [digits] = node.arguments;
    return digits !== undefined && ts.isStringLiteral(digits)
      ? { kind: "number", digits: digits.text, cut: true }
      : undefined;
  }
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(read);
    return items.includes(undefined)
      ? undefined
      : { kind: "array", items: items as ValuePattern[] };
  }
  if (ts.isObjectLiteralExpression(node)) {
    const entries: [string, ValuePattern][] = [];
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property)) return undefined;
      const value = read(property.initializer);
      const { name } = property;
      if (value === undefined || ts.isComputedPropertyName(name)) return undefined;
      entries.push([name.text, value]);
    }
    return { kind: "object", entries };
  }
  const text = node.getText();
  return ["true", "false", "null", "undefined", "NaN", "Infinity"].includes(text)
    ? { kind: "literal", text }
    : undefined;
}
