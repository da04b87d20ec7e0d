import { constant } from "../../core/leaves.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Spoken } from "../../core/primitive.js";
import { dataOf } from "../data.js";
import type { ArgumentConstant, ValueData } from "../explanation.js";
import { isSaid, said } from "../formula.js";
import { spokenOf } from "../spoken.js";

/** TypeScript over the public operations, and the names it imports. */
export class Code {
  readonly imported: Set<string> = new Set();
  /** Whether operations are looked up by name: for some there is no public function. */
  lookup = false;

  /** A call as people write it; `args` are the inputs. */
  spoken(spoken: Spoken, args: readonly string[]): string {
    if (typeof spoken === "number") return args[spoken] as string;
    if ("data" in spoken) return JSON.stringify(spoken.data);
    if (!("call" in spoken)) return `[${spoken.map((one) => this.spoken(one, args)).join(", ")}]`;
    const { call, of, options } = spoken;
    const list = of.map((one) => this.spoken(one, args));
    const last = options === undefined ? [] : [optionsText(options)];
    return this.call(call, [...list, ...last]);
  }

  call(name: string, args: readonly string[]): string {
    this.imported.add(name);
    return `${name}(${args.join(", ")})`;
  }

  /** An operation by its name, with the parameters it has. */
  operation(name: string): string {
    this.lookup = true;
    for (const used of ["applyOperation", "operations"]) this.imported.add(used);
    return `operation(${JSON.stringify(name)})`;
  }

  apply(name: string, args: readonly string[], params: unknown): string {
    if (params === undefined) return this.call(name, args);
    return `applyOperation(${this.operation(name)}, [${args.join(", ")}], ${JSON.stringify(params)})`;
  }

  /** A node over named ones. Numbers that are repeated to a shape stand alone where another operand has it. */
  node(root: Node, names: ReadonlyMap<Node, string>): string {
    const name = names.get(root);
    if (name !== undefined) return name;
    if (root.primitive === constant) return this.constant(root as Tensor);
    const shared =
      root.primitive.derivative.kind === "elementwise" &&
      root.inputs.some((input) => isSaid(input));
    const args = root.inputs.map((input) =>
      this.node(shared && isNumber(said(input)) ? said(input) : input, names),
    );
    const call = spokenOf(root);
    return call === undefined || call.informal === true
      ? this.apply(root.primitive.name, args, root.params)
      : this.spoken(call, args);
  }

  argument({ constant: value, dtype }: ArgumentConstant): string {
    return dtype === "f64" && typeof value === "number"
      ? numberText(value)
      : this.literal(value, dtype);
  }

  /** A tensor of these elements. */
  literal(value: ValueData, dtype: string): string {
    const options = dtype === "f64" ? [] : [`{ dtype: ${JSON.stringify(dtype)} }`];
    return this.call("tensor", [dataText(value), ...options]);
  }

  private constant({ shape, dtype, data, size }: Tensor): string {
    const value = dataOf({ shape, dtype, data });
    return size === 1 && shape.length === 0 && dtype === "f64"
      ? numberText(value as number)
      : this.literal(value, dtype);
  }

  /** The imports, and the look-up of operations. */
  header(types: readonly string[] = []): string[] {
    const sorted = [...this.imported, ...types.map((name) => `type ${name}`)].sort((a, b) =>
      a.replace("type ", "") < b.replace("type ", "") ? -1 : 1,
    );
    if (sorted.length === 0) return [];
    const lines = [`import { ${sorted.join(", ")} } from "cotangent";`];
    if (!this.lookup) return lines;
    const find =
      "const operation = (name: string) => operations.find((one) => one.name === name)!;";
    return [...lines, "", find];
  }
}

/** The functions that a call calls. */
export function callsIn(spoken: Spoken): string[] {
  if (typeof spoken === "number" || "data" in spoken) return [];
  if (!("call" in spoken)) return spoken.flatMap(callsIn);
  return [spoken.call, ...spoken.of.flatMap(callsIn)];
}

function isNumber({ type }: Node): boolean {
  return type.kind === "tensor" && type.shape.length === 0;
}

function optionsText(options: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(options).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `{ ${pairs.join(", ")} }`;
}

function dataText(value: ValueData): string {
  if (typeof value === "number") return numberText(value);
  return typeof value === "boolean" ? String(value) : `[${value.map(dataText).join(", ")}]`;
}

export function numberText(value: number): string {
  if (Number.isNaN(value)) return "Number.NaN";
  if (!Number.isFinite(value))
    return value > 0 ? "Number.POSITIVE_INFINITY" : "Number.NEGATIVE_INFINITY";
  return Object.is(value, -0) ? "-0" : String(value);
}
