import { ValueError } from "../../core/errors.js";
import { constant } from "../../core/leaves.js";
import type { Node, Tensor } from "../../core/node.js";

interface Written {
  readonly text: string;
  readonly precedence: number;
}

const atom = 100;

/** Operations that JavaScript has by another name; most go by their own. */
const renamed: Readonly<Record<string, string>> = { maximum: "max", minimum: "min" };

/** An expression on scalars in JavaScript, and the functions of the library it calls. */
export interface JavaScript {
  readonly text: string;
  readonly calls: ReadonlySet<string>;
}

/**
 * A scalar node as a JavaScript expression over named nodes: operators and `Math` where they do, else a call of the
 * library. Throws ValueError for operations with parameters.
 */
export function javascriptOf(root: Node, names: ReadonlyMap<Node, string>): JavaScript {
  const calls = new Set<string>();
  const write = (node: Node): Written => {
    const name = names.get(node);
    if (name !== undefined) return { text: name, precedence: atom };
    if (node.primitive === constant) return number((node as Tensor).data[0] as number);
    return application(node.primitive, node.params, node.inputs.map(write), calls);
  };
  return { text: write(root).text, calls };
}

function application(
  { name, notation }: Node["primitive"],
  params: unknown,
  operands: readonly Written[],
  calls: Set<string>,
): Written {
  if (params !== undefined) {
    throw new ValueError("formatModules", {
      expected: "operations on numbers without parameters",
      received: name,
      fix: "use formatTypeScript",
    });
  }
  const list = operands.map(({ text }) => text).join(", ");
  const [first, second, third] = operands as [Written, Written, Written];
  if (name === "mask") return conditional(first, second, { text: "0", precedence: atom });
  if (name === "where") return conditional(first, second, third);
  if (notation?.postfix === true) {
    const atomic = first.precedence === atom;
    return atomic
      ? { text: `${first.text} * ${first.text}`, precedence: 20 }
      : { text: `Math.pow(${first.text}, 2)`, precedence: atom };
  }
  if (notation !== undefined && notation.symbol !== "^") {
    const { symbol, precedence, prefix } = notation;
    if (prefix === true) return { text: `-${wrap(first, atom)}`, precedence };
    const sign = symbol === "==" || symbol === "!=" ? `${symbol}=` : symbol;
    return {
      text: `${wrap(first, precedence)} ${sign} ${wrap(second, precedence + 1)}`,
      precedence,
    };
  }
  const own = notation === undefined ? (renamed[name] ?? name) : "pow";
  if (typeof Reflect.get(Math, own) === "function")
    return { text: `Math.${own}(${list})`, precedence: atom };
  calls.add(name);
  return { text: `${name}(${list}).item()`, precedence: atom };
}

function conditional(condition: Written, yes: Written, no: Written): Written {
  return { text: `${wrap(condition, 5)} ? ${wrap(yes, 5)} : ${wrap(no, 5)}`, precedence: 1 };
}

function wrap({ text, precedence }: Written, least: number): string {
  return precedence < least ? `(${text})` : text;
}

function number(value: number): Written {
  if (Number.isNaN(value)) return { text: "Number.NaN", precedence: atom };
  if (!Number.isFinite(value))
    return { text: value > 0 ? "Infinity" : "-Infinity", precedence: value > 0 ? atom : 30 };
  return { text: String(value), precedence: value < 0 || Object.is(value, -0) ? 30 : atom };
}
