import type { Origin } from "./debug.js";
import type { DType, TypedArray } from "./dtype.js";
import { TraceError, userFrame } from "./errors.js";
import { readValue } from "./evaluate.js";
import type { Primitive } from "./primitive.js";
import { formatShape, type Shape, sizeOf } from "./shape.js";
import type { Trace } from "./trace.js";
import type { ArrayValue, TensorType, Type, Value } from "./type.js";

let nextId = 0;

/**
 * One operation applied: immutable, interned while a trace runs. Inputs are always older than the node, so
 * ascending `id` is a topological order.
 */
export class Node {
  readonly id: number = nextId++;
  /** Computed on demand and kept; constants have it from the start. */
  value: Value | undefined = undefined;
  /** Where an input of an eager trace takes its value from. */
  source: Node | undefined = undefined;
  /** The stack where the user's code made it: of operations that can fail, and of all under `setDebug(true)`. */
  origin: Origin | undefined = undefined;
  /** A name for reading: of an input, or given by the user. */
  label: string | undefined = undefined;
  /** The simpler node that stands for it, where its trace simplifies what is made. */
  settled: Node | undefined = undefined;
  /** The last walk over the graph that met it (`order.ts`). */
  visit = 0;

  readonly primitive: Primitive;
  readonly params: unknown;
  readonly inputs: readonly Node[];
  readonly type: Type;
  /** 0 for constants; otherwise the depth of the innermost trace whose inputs it depends on. */
  readonly depth: number;
  /** That trace; null for constants. */
  readonly trace: Trace | null;

  constructor(
    primitive: Primitive,
    params: unknown,
    inputs: readonly Node[],
    type: Type,
    depth: number,
    trace: Trace | null,
  ) {
    this.primitive = primitive;
    this.params = params;
    this.inputs = inputs;
    this.type = type;
    this.depth = depth;
    this.trace = trace;
  }

  /** The user's line that made it, where that is kept. */
  get where(): string | undefined {
    return this.origin === undefined ? undefined : userFrame(this.origin.stack);
  }
}

/**
 * A tensor: shape, dtype and, outside `jit`, `vmap` and the bodies of loops, a value. Immutable.
 * Arithmetic, comparisons, shape and reductions are also methods (`ops/methods.ts`).
 */
export class Tensor<S extends Shape = Shape, D extends DType = DType> extends Node {
  static {
    // Node's console.log asks for this method.
    Object.defineProperty(Tensor.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value(this: Tensor) {
        return formatTensor(this);
      },
    });
  }

  // Readonly, so that Tensor<[2, 3]> and Tensor<readonly [2, 3]> are one type.
  declare readonly type: TensorType<Readonly<S>, D>;

  get shape(): Readonly<S> {
    return this.type.shape;
  }

  get dtype(): D {
    return this.type.dtype;
  }

  /** Number of axes. */
  get ndim(): number {
    return this.type.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.type.shape);
  }

  /** The elements in row-major order: the tensor's own storage, to be read, not written. */
  get data(): TypedArray {
    return (readValue(this) as ArrayValue).data;
  }

  /** The value of a tensor of one element; bool gives `true`/`false`. Throws TraceError for other sizes. */
  item(): ItemOf<D> {
    const data = this.data;
    if (data.length !== 1) {
      throw new TraceError("item", {
        expected: "a tensor of one element",
        received: `shape ${formatShape(this.shape)}`,
        fix: "read `.data` or `.toArray()`",
      });
    }
    const value = data[0] as number;
    return (this.dtype === "bool" ? value !== 0 : value) as ItemOf<D>;
  }

  /** The values as nested arrays; a scalar as a number (or boolean). */
  toArray<T extends Tensor>(this: T): ArrayFor<T["shape"], ItemOf<T["dtype"]>> {
    return nestedOf(this) as ArrayFor<T["shape"], ItemOf<T["dtype"]>>;
  }

  toString(): string {
    return formatTensor(this);
  }

  toJSON(): NestedArray {
    return nestedOf(this);
  }

  /** A tensor never turns into a number by itself: `x * 2` would silently become a constant. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TraceError("Tensor", {
      expected: "an operation on tensors",
      received: "a JavaScript operator (+ - * / < > ==) on a Tensor",
      fix: "write mul(x, 2), x.mul(2), x.gt(0) or math`…`; read a value with x.item()",
    });
  }
}

export type NestedArray = number | boolean | NestedArray[];

/** A number unless the dtype is known to be bool: `x.item() > 0` compiles for a plain `Tensor`. */
type ItemOf<D extends DType> = [D] extends ["bool"] ? boolean : number;

/** What `toArray` gives: arrays as deep as the shape; not known by type where the rank is not. */
type ArrayFor<S extends Shape, Item> = number extends S["length"]
  ? NestedArray
  : S extends readonly [number, ...infer Rest extends Shape]
    ? ArrayFor<Rest, Item>[]
    : Item;

function nestedOf({ data, shape, dtype }: Tensor): NestedArray {
  let next = 0;
  const nested = (axis: number): NestedArray => {
    if (axis < shape.length)
      return Array.from({ length: shape[axis] as number }, () => nested(axis + 1));
    const value = data[next++] as number;
    return dtype === "bool" ? value !== 0 : value;
  };
  return nested(0);
}

const shownElements = 100;

function formatTensor(tensor: Tensor): string {
  const { shape, dtype } = tensor;
  const type = shape.length === 0 ? dtype : `${dtype}${formatShape(shape)}`;
  if (!hasValue(tensor)) return `Tensor(${type}, traced)`;
  const { data } = tensor;
  let next = 0;
  const format = (axis: number): string => {
    if (axis === shape.length) return formatElement(data[next++] as number, dtype);
    const parts: string[] = [];
    for (let i = 0; i < (shape[axis] as number); i++) {
      if (next >= shownElements) {
        parts.push("…");
        break;
      }
      parts.push(format(axis + 1));
    }
    return `[${parts.join(", ")}]`;
  };
  return `Tensor(${type}) ${format(0)}`;
}

/** f32 in as few digits as tell it from its neighbours. */
function formatElement(value: number, dtype: DType): string {
  if (dtype === "bool") return String(value !== 0);
  if (dtype === "f32") {
    for (let digits = 1; digits < 9; digits++) {
      const short = Number(value.toPrecision(digits));
      if (Math.fround(short) === value) return String(short);
    }
  }
  return String(value);
}

/** Whether asking for the value would succeed without computing anything. */
function hasValue(node: Node): boolean {
  return node.value !== undefined || (node.source !== undefined && hasValue(node.source));
}
