import type { Explanation } from "../explanation.js";

/** `f = (a + b)^2`; of several statements the last one is the result: `u = a + b; f = u^2`. */
export function equation({ output, expression, nodes }: Explanation): string {
  // a text of several lines stands in no heading
  if (expression === undefined || expression.includes("\n"))
    return `${output} = ${nodes.find((node) => node.id === output)?.text ?? ""}`;
  const statements = expression
    .split(";")
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const result = statements.pop() ?? "";
  return [...statements, ...(result === output ? [] : [`${output} = ${result}`])].join("; ");
}
