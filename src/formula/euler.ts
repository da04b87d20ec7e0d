import { printExpression } from "./print.js";
import { type Expression, type Program, postorder } from "./syntax.js";

/**
 * What a variable `e` is raised to, as source text: the first power of it that a program has. Whoever writes e^x may mean
 * Euler's number, which is exp(1) here. Undefined where the program defines `e` itself.
 */
export function powerOfE({ definitions, value }: Program): string | undefined {
  if (definitions.some(({ name }) => name === "e")) return undefined;
  for (const root of [...definitions.map((one) => one.value), value])
    for (const node of postorder(root)) if (isPower(node)) return printExpression(node.right);
  return undefined;
}

function isPower(node: Expression): node is Expression & { readonly kind: "operation" } {
  const { kind } = node;
  return kind === "operation" && node.operator === "^" && node.left.kind === "variable"
    ? node.left.name === "e" && node.right.kind !== "number"
    : false;
}
