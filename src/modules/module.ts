import { applyOperation, type Primitive, type Tensor, ValueError, zeros } from "../index.js";
import { listOf, type Plan, planOf, type TensorFunction, type Value } from "./plan.js";

/** The inputs of a module: as many as it has, if that is known. */
export type Inputs<N extends number> = readonly Value[] &
  (number extends N ? unknown : TupleOf<N, Value>);

/** One for one input, a list for several. */
export type Downstream<N extends number, V> = number extends N
  ? Unknown
  : N extends 1
    ? V
    : TupleOf<N, V>;

// biome-ignore lint/suspicious/noExplicitAny: the number of inputs, so one or several, is not known
type Unknown = any;

type TupleOf<N extends number, V, List extends V[] = []> = List["length"] extends N
  ? List
  : TupleOf<N, V, [...List, V]>;

/** A number for numbers, a tensor where one came in. */
export type Result<A> = A extends readonly number[]
  ? number
  : A extends readonly [infer First, ...infer Rest]
    ? [First] extends [Tensor]
      ? Tensor
      : Result<Rest> extends Tensor
        ? Tensor
        : Value
    : A extends readonly Tensor[]
      ? Tensor
      : Value;

/** What `backward` gives for what it gets: a number for a number. */
export type Like<U extends Value> = U extends number ? number : Tensor;

/**
 * An operation as in the notes: `forward` computes and keeps in `cache` what the partial derivatives read;
 * `backward` takes the derivative by the result (upstream) and gives the derivatives by the inputs (downstream).
 * Made from the operation's own rules, for any operation or function. Numbers in, numbers out.
 */
export class Module<N extends number = number> {
  private readonly f: TensorFunction;
  private readonly plans = new Map<string, Plan>();
  private kept: Kept | undefined;

  constructor(f: (...inputs: never[]) => Tensor | Tensor[]) {
    this.f = f as unknown as TensorFunction;
  }

  /** The value. Throws what the operation throws for inputs that do not fit. */
  forward<const A extends Inputs<N>>(...inputs: A): Result<A> {
    const result = this.f(...(inputs as readonly Value[] as Tensor[]));
    const outputs = listOf(result);
    const asNumbers = inputs.every((input) => typeof input === "number");
    const values = outputs.map((output) => present(output, asNumbers));
    const floats = outputs.map(({ dtype }) => dtype === "f64" || dtype === "f32");
    this.kept = {
      inputs,
      outputs,
      values,
      floats,
      plan: floats.includes(true) ? this.planFor(inputs, outputs, floats) : undefined,
    };
    return (Array.isArray(result) ? values : values[0]) as Result<A>;
  }

  /** What the last `forward` kept, by name: `x` (`x1`, `x2` … of several inputs), `y` for the result. */
  get cache(): Readonly<Record<string, Value>> {
    if (this.kept?.plan === undefined) return {};
    const { inputs, values, plan } = this.kept;
    return Object.fromEntries([
      ...plan.keepsInputs.map((i) => [nameOf("x", i, inputs.length), inputs[i] as Value]),
      ...plan.keepsOutputs.map((i) => [nameOf("y", i, values.length), values[i] as Value]),
    ]);
  }

  /**
   * Derivatives by the inputs of the last `forward`, given those by its result (a list for several results):
   * one for one input, a list for several; zeros for integers. Throws ValueError before any `forward`, and
   * ShapeError for an upstream of another shape than the result.
   */
  backward(upstream: Value | readonly Value[]): Downstream<N, Value> {
    if (this.kept === undefined) {
      throw new ValueError("backward", {
        expected: "a module after its forward pass",
        received: "one before it",
        fix: "call forward first: backward reads what it keeps",
      });
    }
    const { inputs, outputs, plan, floats } = this.kept;
    const given = listOf<Value>(upstream);
    if (given.length !== outputs.length) {
      throw new ValueError("backward", {
        expected: `${outputs.length} upstream derivatives, one per result`,
        received: String(given.length),
      });
    }
    const asNumbers = given.every((value) => typeof value === "number");
    const downstream: readonly Value[] =
      plan === undefined
        ? inputs.map((input) =>
            typeof input === "number" ? 0 : zeros(input.shape, { dtype: input.dtype }),
          )
        : plan.backward.evaluate(
            ...plan.keepsInputs.map((i) => inputs[i]),
            ...plan.keepsOutputs.map((i) => outputs[i]),
            ...given.filter((_, i) => floats[i]),
          );
    const values = downstream.map((value) => present(value, asNumbers));
    return (values.length === 1 ? values[0] : values) as Downstream<N, Value>;
  }

  private planFor(
    inputs: readonly Value[],
    outputs: readonly Tensor[],
    floats: readonly boolean[],
  ): Plan {
    const key = inputs.map(typeKey).join(" ");
    let plan = this.plans.get(key);
    if (plan === undefined) {
      plan = planOf(this.f, inputs, outputs, floats);
      this.plans.set(key, plan);
    }
    return plan;
  }
}

interface Kept {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Tensor[];
  readonly values: readonly Value[];
  readonly floats: readonly boolean[];
  readonly plan: Plan | undefined;
}

/** A module whose operation acts element by element: a number upstream gives numbers downstream. */
export class ElementwiseModule<N extends number> extends Module<N> {
  override backward<U extends Value>(upstream: U): Downstream<N, Like<U>>;
  override backward(upstream: Value): unknown {
    return super.backward(upstream);
  }
}

/**
 * The module of an operation object (`operations` lists them) with its parameters, or of a function of tensors:
 * `moduleOf(sin)`, `moduleOf(multiply.op)`, `moduleOf((x, w) => relu(matmul(x, w)))`.
 */
export function moduleOf(operation: Primitive<undefined>): Module;
export function moduleOf<P>(operation: Primitive<P>, params: P): Module;
export function moduleOf<A extends readonly unknown[]>(
  f: (...inputs: A) => Tensor | Tensor[],
): Module<A["length"]>;
export function moduleOf(
  operation: Primitive | ((...inputs: never[]) => Tensor | Tensor[]),
  params?: unknown,
): Module {
  if (typeof operation === "function") return new Module(operation);
  return new Module((...inputs: Tensor[]) => applyOperation(operation, inputs, params));
}

function typeKey(value: Value): string {
  if (typeof value === "number") return "number";
  return `${value.dtype}${value.type.weak ? "*" : ""}[${value.shape.join()}]`;
}

/** A scalar as a number if wanted and it has a value here. */
function present(value: Value, asNumber: boolean): Value {
  if (!asNumber || typeof value === "number" || value.ndim > 0 || value.depth > 0) return value;
  return Number(value.item());
}

function nameOf(letter: string, i: number, count: number): string {
  return count === 1 ? letter : `${letter}${i + 1}`;
}
