import type { Interval } from "../../index.js";
import { casesOf, describeParams, intervalOf } from "../situations.js";
import { Count, disagreement, type Subject, type Tally } from "../tally.js";

/** Name, doc, LaTeX, domain, parameters: what printing, JSON and the documentation rely on. */
export function describesItself({ operation }: Subject): Tally {
  const count = new Count();
  const must = (holds: boolean, what: string, expected: string, received: string): void => {
    if (!holds) throw disagreement(`${operation.name}: ${what}`, expected, received);
    count.pass();
  };
  const { name, doc = "", domain = [], notation } = operation;
  must(/^[a-z][A-Za-z0-9]*$/.test(name), "name", "a camelCase identifier", JSON.stringify(name));
  must(/^\S.*[.!?)]$/su.test(doc), "doc", "a sentence", JSON.stringify(doc));
  if (notation !== undefined)
    must(
      notation.symbol.trim() !== "" && notation.precedence > 0,
      "notation",
      "a symbol and a precedence",
      JSON.stringify(notation),
    );
  for (const interval of domain)
    must(
      sound(interval),
      "domain",
      "low ≤ high and edges that are numbers",
      JSON.stringify(interval),
    );
  for (const { inputs, params } of casesOf(operation)) {
    const symbols = inputs.map((_, i) => `x_{${i}}`);
    const latex = operation.latex?.(symbols as never, params) ?? name;
    must(typeof latex === "string" && latex.trim() !== "", "latex", "LaTeX", JSON.stringify(latex));
    must(balanced(latex), "latex", "balanced braces", latex);
    must(plain(params), "params", "plain data, functions or graphs", describeParams(params));
    inputs.forEach((input, i) => {
      if (input.values !== undefined) return;
      must(sound(intervalOf(operation, input, i)), "domain", "an interval", "none");
    });
  }
  return count;
}

function sound({ low, high, edges = [] }: Interval): boolean {
  return low <= high && !edges.some(Number.isNaN);
}

function balanced(latex: string): boolean {
  let depth = 0;
  for (const symbol of latex.replace(/\\[{}]/g, "")) {
    if (symbol === "{") depth++;
    if (symbol === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

/** Whether parameters compare by content (and survive JSON, unless they hold graphs or functions). */
function plain(value: unknown): boolean {
  if (typeof value === "number") return true;
  if (value === null || ["string", "boolean", "undefined", "function"].includes(typeof value))
    return true;
  if (Array.isArray(value)) return value.every(plain);
  if (typeof value !== "object") return false;
  if (Object.getPrototypeOf(value) !== Object.prototype) return isGraph(value);
  return Object.values(value).every(plain);
}

function isGraph(value: object): boolean {
  return "inputs" in value && "outputs" in value;
}
