import {
  applyOperation,
  type Case,
  type CaseInput,
  CotangentError,
  type DType,
  type Interval,
  type Primitive,
  type Tensor,
  tensor,
} from "../index.js";
import { Random, seedFrom } from "./random.js";
import { type Flat, isFloat } from "./vectors.js";

/** An operation with parameters and inputs to try it on. */
export interface Situation {
  readonly operation: Primitive;
  readonly params: unknown;
  readonly inputs: readonly Tensor[];
  /** Positions of the inputs that carry derivatives. */
  readonly active: readonly number[];
  /** Steps of differences up to this cross no kink between the inputs drawn. */
  readonly step: number;
  /** Whether float inputs were given by the operation, perhaps at a kink, and not drawn. */
  readonly given: boolean;
  /** What it is, for messages. */
  readonly label: string;
  readonly source: Case<unknown>;
}

const plain: Interval = { low: -2, high: 2 };

/** The case an operation is tried on: its own, and for elementwise operations one made from the arity. */
export function casesOf(operation: Primitive): readonly Case<unknown>[] {
  const { cases = [] } = operation;
  const own: readonly Case<unknown>[] = typeof cases === "function" ? cases() : cases;
  if (operation.derivative.kind !== "elementwise") return own;
  const shaped = (shape: readonly number[], params: unknown): Case<unknown> => ({
    inputs: signature(operation, params).map((dtype) => ({ shape, dtype })),
    params,
  });
  const parameters = own.length === 0 ? [undefined] : own.map((one) => one.params);
  return [...own, ...distinct(parameters).map((params) => shaped([2, 3], params))];
}

/** The cases the operation itself gives. */
export function ownCases({ cases = [] }: Primitive): readonly Case<unknown>[] {
  return typeof cases === "function" ? cases() : cases;
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [describeParams(value), value])).values()];
}

/** dtypes an elementwise operation takes: f64 throughout, or bool in front (the condition of `where`), or i32. */
export function signature(operation: Primitive, params: unknown): DType[] {
  const { derivative } = operation;
  const count = derivative.kind === "elementwise" ? derivative.partials.length : 0;
  for (let predicates = 0; predicates <= count; predicates++) {
    const dtypes = Array.from(
      { length: count },
      (_, i): DType => (i < predicates ? "bool" : "f64"),
    );
    if (
      accepts(
        operation,
        params,
        dtypes.map((dtype) => tensor([0], { dtype })),
      )
    )
      return dtypes;
  }
  return Array.from({ length: count }, (): DType => "i32");
}

/** Whether the type rule takes these inputs. */
export function accepts(operation: Primitive, params: unknown, inputs: readonly Tensor[]): boolean {
  try {
    operation.type(inputs.map((x) => x.type) as never, params);
    return true;
  } catch (error) {
    if (error instanceof CotangentError) return false;
    throw error;
  }
}

/** Draws inputs for a case; `sample` 0, 1, … gives different ones. */
export function situate(
  operation: Primitive,
  source: Case<unknown>,
  seed: number,
  sample = 0,
): Situation {
  const label = labelOf(source);
  const random = new Random(seedFrom(seed, `${operation.name} ${label} ${sample}`));
  const intervals = source.inputs.map((input, i) => intervalOf(operation, input, i));
  const drawn = source.inputs.map(
    ({ dtype = "f64", values }) => isFloat(dtype) && values === undefined,
  );
  const total = source.inputs.reduce(
    (sum, { shape }, i) => sum + (drawn[i] === true ? sizeOf(shape) : 0),
    0,
  );
  const ranks = random.permutation(total);
  let next = 0;
  const inputs = source.inputs.map(({ shape, dtype = "f64", values }, i) => {
    const interval = intervals[i] as Interval;
    const size = sizeOf(shape);
    const data =
      values !== undefined
        ? given(operation, values, dtype, sample)
        : Array.from({ length: size }, () =>
            drawn[i] === true
              ? stratified(interval, ranks[next++] as number, total, random)
              : whole(interval, dtype, random),
          );
    return tensor(data, shape, { dtype }) as Tensor;
  });
  return {
    operation,
    params: source.params,
    inputs,
    active: activeInputs(operation, inputs, source.params),
    step: Math.min(
      1 / 32,
      ...intervals.flatMap((interval, i) =>
        drawn[i] === true ? [separation(interval, total) / 2] : [],
      ),
    ),
    given: source.inputs.some(
      ({ dtype = "f64", values }) => isFloat(dtype) && values !== undefined,
    ),
    label,
    source,
  };
}

/** Other inputs for the same case: a slice of a batch. Given indices move round where the operation allows it. */
export function variant(situation: Situation, seed: number, sample: number): Situation {
  const { operation, source } = situation;
  if (sample === 0) return situation;
  const other = situate(operation, source, seed, sample);
  return runs(other) ? other : situate(operation, source, seed, 0);
}

function runs(situation: Situation): boolean {
  try {
    callOf(situation)(...situation.inputs);
    return true;
  } catch (error) {
    if (error instanceof CotangentError) return false;
    throw error;
  }
}

/** The operation of a situation as a function of its inputs; results that are not tensors are left out. */
export function callOf({ operation, params }: Pick<Situation, "operation" | "params">): Flat {
  return (...xs) => {
    const result: unknown = applyOperation(operation, xs, params);
    const all = Array.isArray(result) ? (result as Tensor[]) : [result as Tensor];
    return all.filter((y) => y.type.kind === "tensor");
  };
}

/** The operation as a function of its active inputs to its float results. */
export function activeCall(situation: Situation): Flat {
  const call = callOf(situation);
  return (...xs) => {
    const all = [...situation.inputs];
    situation.active.forEach((at, i) => {
      all[at] = xs[i] as Tensor;
    });
    return call(...all).filter((y) => isFloat(y.dtype));
  };
}

function activeInputs(
  { derivative }: Primitive,
  inputs: readonly Tensor[],
  params: unknown,
): number[] {
  const inert =
    derivative.kind === "general" ? (derivative.inert?.(inputs.length, params) ?? []) : [];
  return inputs.flatMap((x, at) => (isFloat(x.dtype) && !inert.includes(at) ? [at] : []));
}

/** Where the operation wants its input `at` drawn from; the last interval serves any further input. */
export function domainOf({ domain = [] }: Primitive, at: number): Interval | undefined {
  return domain[Math.min(at, domain.length - 1)];
}

export function intervalOf(operation: Primitive, input: CaseInput, at: number): Interval {
  return input.interval ?? domainOf(operation, at) ?? plain;
}

/** How far apart drawn elements are, at least, from each other, from kinks and from the ends. */
function separation({ low, high }: Interval, total: number): number {
  return (high - low) / (4 * Math.max(total, 4));
}

/** An element of one of `total` strata of the interval, away from its neighbours and from the edges inside. */
function stratified(interval: Interval, rank: number, total: number, random: Random): number {
  const { low, high, edges = [] } = interval;
  const strata = Math.max(total, 4);
  const offset = total < 4 ? random.integer(0, 4 - total) : 0;
  const width = (high - low) / strata;
  const value = low + width * (rank + offset + random.between(0.3, 0.7));
  const margin = separation(interval, total);
  for (const edge of edges) {
    if (Math.abs(value - edge) >= margin) continue;
    const moved = value < edge || edge + margin > high ? edge - margin : edge + margin;
    return Math.min(Math.max(moved, low), high);
  }
  return value;
}

/** A whole number of the interval that fits the dtype; bool is either. */
export function whole({ low, high }: Interval, dtype: DType, random: Random): number {
  if (dtype === "bool") return random.integer(0, 1);
  return random.integer(Math.ceil(dtype === "u32" ? Math.max(0, low) : low), Math.floor(high));
}

/** Given values; in further samples floats shifted alike (sorted stays sorted, ties stay ties), indices moved round. */
function given(
  operation: Primitive,
  values: readonly number[],
  dtype: DType,
  sample: number,
): number[] {
  if (isFloat(dtype) && operation.derivative.kind !== "none")
    return values.map((value) => value + sample / 8);
  return values.map((_, i) => values[(i + sample) % values.length] as number);
}

function labelOf({ inputs, params }: Case<unknown>): string {
  const shapes = inputs.map(({ shape, dtype = "f64" }) => `${dtype}[${shape.join(", ")}]`);
  const text = describeParams(params);
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return `${shapes.join(" ")}${params === undefined ? "" : ` ${shown}`}`;
}

/** Parameters as text; graphs and functions by their kind only. */
export function describeParams(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(describeParams).join(", ")}]`;
  if (typeof value === "function") return "function";
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  if (Object.getPrototypeOf(value) !== Object.prototype) return value.constructor.name;
  const entries = Object.entries(value).map(([key, part]) => `${key}: ${describeParams(part)}`);
  return `{ ${entries.join(", ")} }`;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}
