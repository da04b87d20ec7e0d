import type { ValueData } from "../../explain/index.js";
import { hessian, type Tensor, valueAndGrad } from "../../index.js";
import type { Context } from "../context.js";
import { chosen, readTask, type Task } from "../expression.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { isFiniteValue, toJsonText } from "../finite.js";

export interface DerivativeFlags {
  readonly at: readonly string[];
  readonly wrt: readonly string[];
  readonly json?: boolean;
}

/** `cotangent grad`: one partial derivative a line; the number alone where there is one. */
export function runGrad(source: string, flags: DerivativeFlags, context: Context): ExitCode {
  const task = readTask(source, flags.at);
  const names = chosen(task.variables, flags.wrt);
  const argnums = names.map((name) => task.variables.indexOf(name));
  const f = functionOf(task);
  const [value, partials] = valueAndGrad(f, { argnums })(...(task.values as Tensor[]));
  const gradient = names.map((_, i) => dataOf((partials as Block[])[i] as Block));
  if (flags.json === true) {
    const named = Object.fromEntries(names.map((name, i) => [name, gradient[i]]));
    context.print(toJsonText({ schema: 1, value: dataOf(value as Block), gradient: named }));
  } else {
    const alone = flags.wrt.length === 1 || task.variables.length === 1;
    names.forEach((name, i) => {
      context.print(`${alone ? "" : `${name} `}${show(gradient[i] as ValueData)}\n`);
    });
  }
  return [dataOf(value as Block), ...gradient].every(isFiniteValue)
    ? exitCodes.ok
    : exitCodes.domain;
}

/** `cotangent hessian`: a table with the variables as heads, tensors element by element. */
export function runHessian(source: string, flags: DerivativeFlags, context: Context): ExitCode {
  const task = readTask(source, flags.at);
  const names = chosen(task.variables, flags.wrt);
  const argnums = names.map((name) => task.variables.indexOf(name));
  const f = functionOf(task);
  const blocks = hessian(f, { argnums })(...(task.values as Tensor[])) as unknown as Block[][];
  const { labels, rows } = joined(task, names, blocks);
  if (flags.json === true) {
    const value = dataOf(task.graph.evaluate(...task.values));
    context.print(toJsonText({ schema: 1, value, variables: labels, hessian: rows }));
  } else context.print(table(labels, rows));
  return rows.every(isFiniteValue) ? exitCodes.ok : exitCodes.domain;
}

type Block = number | Tensor;

function functionOf({ graph }: Task): (...xs: Tensor[]) => Tensor {
  return (...xs) => graph.evaluate(...xs);
}

/** The blocks as one matrix over all elements. */
function joined(
  task: Task,
  names: readonly string[],
  blocks: readonly (readonly Block[])[],
): { labels: string[]; rows: number[][] } {
  const shapes = names.map((name) => {
    const value = task.values[task.variables.indexOf(name)];
    return typeof value === "object" ? value.shape : [];
  });
  const elements = names.map((name, i) => elementNames(name, shapes[i] as readonly number[]));
  const rows = names.flatMap((_, i) =>
    (elements[i] as string[]).map((_row, r) =>
      names.flatMap((_column, j) => {
        const width = (elements[j] as string[]).length;
        const block = blocks[i]?.[j] as Block;
        if (typeof block === "number") return [block];
        return Array.from(block.data.subarray(r * width, (r + 1) * width));
      }),
    ),
  );
  return { labels: elements.flat(), rows };
}

function elementNames(name: string, shape: readonly number[]): string[] {
  let labels = [""];
  for (const length of shape)
    labels = labels.flatMap((label) =>
      Array.from({ length }, (_, i) => (label === "" ? `${i}` : `${label},${i}`)),
    );
  return shape.length === 0 ? [name] : labels.map((label) => `${name}[${label}]`);
}

function table(labels: readonly string[], rows: readonly (readonly number[])[]): string {
  const cells = [
    ["", ...labels],
    ...rows.map((row, i) => [labels[i] as string, ...row.map(String)]),
  ];
  const widths = (cells[0] as string[]).map((_, j) =>
    Math.max(...cells.map((row) => (row[j] as string).length)),
  );
  return cells
    .map((row) => `${row.map((cell, j) => cell.padStart(widths[j] as number)).join("  ")}\n`)
    .join("");
}

function dataOf(value: Block): ValueData {
  return typeof value === "number" ? value : (value.toArray() as ValueData);
}

function show(value: ValueData): string {
  return typeof value === "number" ? String(value) : toJsonText(value).trimEnd();
}
