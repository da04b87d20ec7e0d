import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "../../formula/index.js";
import { CotangentError, type Tensor } from "../../index.js";
import { randomKey } from "../../train/index.js";
import type { Context } from "../context.js";
import { graphOf, readPoint, refuseConstants, refuseUnused } from "../expression.js";
import { exitCodes, Failure } from "../failure.js";
import { readText } from "../output.js";
import { gradcheckMessages } from "../words/gradcheck.js";

/** A function and the points to check it at. */
export interface Subject {
  readonly f: (...args: unknown[]) => unknown;
  /** What the arguments are called. */
  readonly names: readonly string[];
  /** Arguments: always the same, or the `sample`-th drawn. */
  point(sample: number): readonly unknown[];
  /** Whether points are drawn. */
  readonly drawn: boolean;
}

/** A module exporting `f` and `args`. Throws Failure (exit 4). */
export async function readModule(path: string, { terminal }: Context): Promise<Subject> {
  const file = resolve(terminal.cwd, path);
  // says why it cannot be read before Node says that it cannot be imported
  if (!existsSync(file)) readText(path, terminal.cwd);
  let module: Readonly<Record<string, unknown>>;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    const { message } = error as Error;
    throw new Failure(exitCodes.file, gradcheckMessages.cannotImport(path, message));
  }
  const { args } = module;
  const f = module.f ?? module.default;
  if (typeof f !== "function")
    throw new Failure(exitCodes.file, gradcheckMessages.noFunction(path));
  if (!Array.isArray(args)) throw new Failure(exitCodes.file, gradcheckMessages.noArguments(path));
  const names = args.map((_, i) => `args[${i}]`);
  const guarded = (...values: unknown[]): unknown => {
    try {
      return f(...values);
    } catch (error) {
      if (error instanceof CotangentError || !(error instanceof Error)) throw error;
      throw new Failure(exitCodes.file, gradcheckMessages.threw(path, error.message));
    }
  };
  return { f: guarded, names, point: () => args, drawn: false };
}

/** An expression: variables without a value are drawn, from −2 to 2 and, every other time, above 0. */
export function readExpression(text: string, at: readonly string[], seed: number): Subject {
  const given = readPoint(at);
  const program = parse(text.trim(), { variables: Object.keys(given) });
  const { variables } = program;
  refuseUnused(given, variables);
  refuseConstants(variables);
  const open = variables.filter((name) => !Object.hasOwn(given, name));
  const point = (sample: number): (number | Tensor)[] => {
    const drawn = randomKey(seed).fold(sample).uniform(open.length);
    return variables.map((name) => {
      const u = drawn[open.indexOf(name)];
      if (u === undefined) return given[name] as number | Tensor;
      return sample % 2 === 0 ? 4 * u - 2 : 0.05 + 2 * u;
    });
  };
  const graph = graphOf(program, variables, point(0));
  return {
    f: (...args) => graph.evaluate(...args),
    names: variables,
    point,
    drawn: open.length > 0,
  };
}

/** A point as text: `x = 1.5, y = [1,2]`. */
export function showPoint({ names }: Subject, values: readonly unknown[]): string {
  return values.map((value, i) => `${names[i]} = ${JSON.stringify(value)}`).join(", ");
}
