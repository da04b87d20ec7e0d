import type { Text } from "./catalogue.js";
import { printExpression } from "./print.js";
import { type Expression, type Program, postorder } from "./syntax.js";

/**
 * What to tell whoever raises a variable `e` to a power, as in e^x: they may mean Euler's number, which is exp(1) here.
 * Undefined where nothing is raised so, and where the program defines `e` itself.
 */
export function noteOnE({ definitions, value }: Program): Text | undefined {
  if (definitions.some(({ name }) => name === "e")) return undefined;
  for (const root of [...definitions.map((one) => one.value), value])
    for (const node of postorder(root))
      if (isPower(node)) return textOf(printExpression(node.right));
  return undefined;
}

function textOf(power: string): Text {
  return {
    en: `e is a variable here; Euler's number to a power is exp(${power})`,
    ru: `e здесь переменная; степень числа Эйлера — exp(${power})`,
  };
}

function isPower(node: Expression): node is Expression & { readonly kind: "operation" } {
  const { kind } = node;
  return kind === "operation" && node.operator === "^" && node.left.kind === "variable"
    ? node.left.name === "e" && node.right.kind !== "number"
    : false;
}
