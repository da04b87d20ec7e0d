import { CotangentError, jvp, type Tensor, tensor, treeFlatten, vjp } from "../index.js";
import { difference } from "./differences.js";
import { Random } from "./random.js";
import { type Flat, inner, isFloat, joined, like, moved, near, scaleOf } from "./vectors.js";

export type Mode = "fwd" | "rev";

export interface CheckGradsOptions {
  /** Derivatives up to this order, each that of the one before; 2 unless given. */
  readonly order?: number;
  /** Forward mode, reverse mode; both unless given, in every order of nesting. */
  readonly modes?: readonly Mode[];
  /** The largest step of the differences; smaller ones are tried with it. 1/32 in f64, 1/4 in f32. */
  readonly eps?: number;
  /** Tolerances, relative to the derivative and absolute (times the size of the values): 1e-7 in f64, 0.02 in f32. */
  readonly rtol?: number;
  readonly atol?: number;
  /** Of the directions. */
  readonly seed?: number;
}

export interface CheckGradsReport {
  /** Numbers compared. */
  readonly comparisons: number;
  /** The largest deviation, in units of the tolerance, and where. */
  readonly worst: { readonly ratio: number; readonly at: string };
}

/** A derivative that is not what differences say, or two modes that contradict each other. */
export class GradientError extends CotangentError {
  override readonly name = "GradientError";
  /** "rev", "fwd over rev", …; "adjoint" where both modes were compared. */
  readonly mode: string;
  readonly order: number;
  /** The argument or result, like `args[0].w[3]` or `result.y[0]`. */
  readonly leaf: string;
  readonly expected: number;
  readonly actual: number;

  constructor(
    mode: string,
    order: number,
    leaf: string,
    expected: number,
    actual: number,
    tolerance: number,
  ) {
    const source = mode.startsWith("adjoint") ? "from forward mode" : "from differences";
    super("checkGrads", {
      expected: `${expected} (${source}, ± ${tolerance.toPrecision(2)}) at ${leaf}, order ${order}, ${mode}`,
      received: String(actual),
    });
    this.mode = mode;
    this.order = order;
    this.leaf = leaf;
    this.expected = expected;
    this.actual = actual;
  }
}

/** What the recursion over orders carries along. */
interface Checking {
  readonly options: CheckGradsOptions;
  readonly modes: readonly Mode[];
  readonly random: Random;
  comparisons: number;
  worst: { ratio: number; at: string };
}

/**
 * Checks derivatives of `f` at `args`: along random directions, both modes against extrapolated central
 * differences and against each other (⟨v, J t⟩ = ⟨Jᵀ v, t⟩), then the same of the derivatives themselves up to
 * `order`. `args` is the list of arguments: trees of tensors and numbers; integers are held fixed.
 *
 * `f` must be smooth within `eps` of `args`. Throws GradientError for the first deviation: mode, order, leaf,
 * expected and actual value. What `f` throws comes through.
 */
export function checkGrads(
  // biome-ignore lint/suspicious/noExplicitAny: any function of trees
  f: (...args: any[]) => unknown,
  args: readonly unknown[],
  options: CheckGradsOptions = {},
): CheckGradsReport {
  const flat = flattened(f, args);
  const checking: Checking = {
    options,
    modes: options.modes ?? ["fwd", "rev"],
    random: new Random(options.seed ?? 0),
    comparisons: 0,
    worst: { ratio: 0, at: "" },
  };
  checkOrders(checking, flat, options.order ?? 2, []);
  return { comparisons: checking.comparisons, worst: checking.worst };
}

/** A function of its float leaves alone, at a point. */
interface Located {
  readonly f: Flat;
  readonly at: readonly Tensor[];
  readonly inputs: readonly string[];
  outputs: readonly string[];
}

function flattened(f: (...args: never[]) => unknown, args: readonly unknown[]): Located {
  const { leaves, definition } = treeFlatten(args);
  const tensors = leaves.map((leaf) => tensor(leaf as number) as Tensor);
  const floats = tensors.flatMap((x, i) => (isFloat(x.dtype) ? [i] : []));
  const located: Located = {
    f: (...xs) => {
      const all: unknown[] = [...leaves];
      floats.forEach((position, i) => {
        all[position] = xs[i];
      });
      const result = treeFlatten(f(...(definition.unflatten(all) as never[])));
      const kept = result.leaves
        .map((leaf) => (typeof leaf === "object" ? (leaf as Tensor) : tensor(leaf as number)))
        .map((leaf, i) => ({ leaf: leaf as Tensor, path: `result${result.definition.paths[i]}` }))
        .filter(({ leaf }) => isFloat(leaf.dtype));
      located.outputs = kept.map(({ path }) => path);
      return kept.map(({ leaf }) => leaf);
    },
    at: floats.map((i) => tensors[i] as Tensor),
    inputs: floats.map((i) => `args${definition.paths[i]}`),
    outputs: [],
  };
  return located;
}

function checkOrders(
  checking: Checking,
  located: Located,
  order: number,
  path: readonly string[],
): void {
  if (order === 0) return;
  const { random, modes } = checking;
  const { f, at } = located;
  const ys = f(...at);
  const ts = at.map((x) => like(x, random.direction(x.size)));
  const vs = ys.map((y) => like(y, random.direction(y.size)));
  const tangents = modes.includes("fwd") ? forward(checking, located, ys, ts, path) : undefined;
  const cotangents = modes.includes("rev") ? reverse(checking, located, ys, vs, path) : undefined;
  if (tangents !== undefined && cotangents !== undefined) {
    const expected = inner(vs, tangents);
    const scale = magnitude(vs, tangents) + magnitude(cotangents, ts);
    const precise = [...at, ...ys].every((x) => x.dtype === "f64");
    const where = { mode: name("adjoint", path), order: path.length + 1, leaf: "all leaves" };
    compare(checking, where, expected, inner(cotangents, ts), scale * (precise ? 1e-11 : 1e-4));
  }
  for (const mode of modes) {
    const derivative: Flat =
      mode === "fwd" ? (...xs) => jvp(f, xs, ts)[1] : (...xs) => vjp(f, ...xs)[1](vs);
    const outputs =
      mode === "fwd"
        ? located.outputs.map((leaf) => `d ${leaf}`)
        : located.inputs.map((leaf) => `∂/∂ ${leaf}`);
    checkOrders(checking, { f: derivative, at, inputs: located.inputs, outputs }, order - 1, [
      mode,
      ...path,
    ]);
  }
}

function name(mode: string, path: readonly string[]): string {
  return [mode, ...path].join(" over ");
}

/** Tangents of the outputs along `ts`, compared element by element. */
function forward(
  checking: Checking,
  { f, at, outputs }: Located,
  ys: readonly Tensor[],
  ts: readonly Tensor[],
  path: readonly string[],
): Tensor[] {
  const [, tangents] = jvp(f, at, ts);
  const actual = joined(tangents);
  const tolerance = toleranceOf(checking, [...at, ...ys]);
  const { value, scale } = measured(tolerance, at, ts, f);
  const names = ys.flatMap((y, k) => Array.from(y.data, (_, i) => element(outputs[k], y, i)));
  actual.forEach((derivative, i) => {
    const expected = value[i] as number;
    const where = { mode: name("fwd", path), order: path.length + 1, leaf: names[i] as string };
    compare(checking, where, expected, derivative, tolerance.of(expected, scale));
  });
  return tangents;
}

/** Cotangents of the inputs from `vs`, compared along a direction in each leaf. */
function reverse(
  checking: Checking,
  { f, at, inputs }: Located,
  ys: readonly Tensor[],
  vs: readonly Tensor[],
  path: readonly string[],
): Tensor[] {
  const cotangents = vjp(f, ...at)[1](vs);
  const tolerance = toleranceOf(checking, [...at, ...ys]);
  at.forEach((x, k) => {
    const direction = like(x, checking.random.direction(x.size));
    const along = at.map((other, j) =>
      j === k ? direction : like(other, new Float64Array(other.size)),
    );
    const { value, scale } = measured(tolerance, at, along, (...xs) => [
      tensor(inner(vs, f(...xs))),
    ]);
    const [expected] = value as unknown as [number];
    const actual = inner([cotangents[k] as Tensor], [direction]);
    const where = {
      mode: name("rev", path),
      order: path.length + 1,
      leaf: inputs[k] as string,
    };
    compare(checking, where, expected, actual, tolerance.of(expected, scale));
  });
  return cotangents;
}

interface Tolerance {
  readonly step: number;
  readonly levels: number;
  of(expected: number, scale: number): number;
}

function toleranceOf({ options }: Checking, tensors: readonly Tensor[]): Tolerance {
  const precise = tensors.every((x) => x.dtype === "f64");
  const rtol = options.rtol ?? (precise ? 1e-7 : 2e-2);
  const atol = options.atol ?? (precise ? 1e-7 : 2e-2);
  return {
    step: options.eps ?? (precise ? 1 / 32 : 1 / 4),
    levels: precise ? 6 : 3,
    of: (expected, scale) => atol * scale + rtol * Math.abs(expected),
  };
}

/** The derivative along `ts` by differences, and the size of the values it was made from. */
function measured(
  { step, levels }: Tolerance,
  at: readonly Tensor[],
  ts: readonly Tensor[],
  f: Flat,
): { value: Float64Array; scale: number } {
  const values = (h: number): Float64Array =>
    joined(f(...at.map((x, i) => moved(x, ts[i] as Tensor, h))));
  const { value } = difference(values, step, levels);
  return { value, scale: scaleOf(values(0)) };
}

function magnitude(a: readonly Tensor[], b: readonly Tensor[]): number {
  const sizes = (xs: readonly Tensor[]): Tensor[] =>
    xs.map((x) => tensor(Array.from(x.data, Math.abs), x.shape));
  return inner(sizes(a), sizes(b)) + Number.MIN_VALUE;
}

function element(leaf: string | undefined, x: Tensor, i: number): string {
  return `${leaf ?? "result"}${x.ndim === 0 ? "" : `[${i}]`}`;
}

function compare(
  checking: Checking,
  where: { readonly mode: string; readonly order: number; readonly leaf: string },
  expected: number,
  actual: number,
  tolerance: number,
): void {
  const { mode, order, leaf } = where;
  checking.comparisons++;
  if (!near(actual, expected, tolerance))
    throw new GradientError(mode, order, leaf, expected, actual, tolerance);
  const ratio = Math.abs(actual - expected) / tolerance;
  if (ratio > checking.worst.ratio)
    checking.worst = { ratio, at: `${leaf}, order ${order}, ${mode}` };
}
