import type { Origin } from "./debug.js";
import type { DType, TypedArray } from "./dtype.js";
import { TraceError, userFrame } from "./errors.js";
import { readValue } from "./evaluate.js";
import type { Primitive } from "./primitive.js";
import { type Shape, sizeOf } from "./shape.js";
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
        received: `shape [${this.shape.join(", ")}]`,
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
  if (data.length === 0) return emptyNested(shape);
  let level: NestedArray[] = Array.from(data, (value: number) =>
    dtype === "bool" ? value !== 0 : value,
  );
  for (let axis = shape.length - 1; axis >= 1; axis--) {
    const length = shape[axis] as number;
    const next: NestedArray[] = [];
    for (let i = 0; i < level.length; i += length) next.push(level.slice(i, i + length));
    level = next;
  }
  return shape.length === 0 ? (level[0] as NestedArray) : level;
}

function emptyNested(shape: Shape): NestedArray {
  const [length = 0, ...rest] = shape;
  return Array.from({ length }, () => emptyNested(rest));
}

const shownElements = 100;

function formatTensor(tensor: Tensor): string {
  const { shape, dtype } = tensor;
  const type = shape.length === 0 ? dtype : `${dtype}[${shape.join(", ")}]`;
  if (!hasValue(tensor)) return `Tensor(${type}, traced)`;
  const { data } = tensor;
  let shown = 0;
  const format = (axis: number, offset: number, stride: number): string => {
    if (axis === shape.length) {
      shown++;
      return formatElement(data[offset] as number, dtype);
    }
    const length = shape[axis] as number;
    const parts: string[] = [];
    for (let i = 0; i < length; i++) {
      if (shown >= shownElements) {
        parts.push("…");
        break;
      }
      parts.push(format(axis + 1, offset + (i * stride) / length, stride / length));
    }
    return `[${parts.join(", ")}]`;
  };
  return `Tensor(${type}) ${format(0, 0, data.length)}`;
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
