import { bind, bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { allocate, type DType, isFloat } from "../core/dtype.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import { type Instruction, scalar } from "../core/lowering.js";
import { Tensor } from "../core/node.js";
import type { PartialRule, Primitive } from "../core/primitive.js";
import { sameShape } from "../core/shape.js";
import { type ArrayValue, formatType, type TensorType, tensorType } from "../core/type.js";
import type { Broadcast, DTypeOf, FloatOf, Promote, ShapeOf, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { promote } from "./cast.js";
import { broadcastTogether } from "./shape.js";

export type ScalarFunction = (...inputs: number[]) => number;

/** Element types an operation takes. */
export interface Accepted {
  readonly expected: string;
  readonly fix: string;
  has(dtype: DType): boolean;
}

export const floats: Accepted = { expected: "f32 or f64", fix: 'cast(x, "f64")', has: isFloat };

/** All but bool. */
export const numbers: Accepted = {
  expected: "numbers",
  fix: 'cast(x, "i32")',
  has: (dtype) => dtype !== "bool",
};

/** What an elementwise operation says of itself; the rest follows. */
export interface ElementwiseSpec<P> {
  readonly name: string;
  /** The meaning for one element, in f64. */
  readonly evaluate?: ScalarFunction;
  /** In its place: the meaning given parameters and dtype of the inputs (integers wrap and truncate). */
  evaluateFor?(params: P, dtype: DType): ScalarFunction;
  /** Any unless given. */
  readonly accepts?: Accepted;
  /** How many inputs in front are bool (the condition of `where`). */
  readonly predicates?: number;
  /** dtype of the result: that of the inputs unless said otherwise. */
  readonly result?: "same" | "bool";
  readonly partials: readonly PartialRule<P>[];
  /**
   * The name of an instruction that the compiler has, or a sequence of such; any other name calls `evaluate`. That of
   * the operation unless given.
   */
  readonly instruction?: Instruction;
}

/** The primitive of an elementwise operation: inputs of one shape and dtype, one partial per input. */
export function elementwise<P = undefined>(spec: ElementwiseSpec<P>): Primitive<P> {
  const { name, accepts, result, partials, predicates = 0, instruction = name } = spec;
  const primitive: Primitive<P> = {
    name,
    type: (inputs) => {
      const types: readonly TensorType[] = inputs;
      if (types.length !== partials.length) {
        throw new ShapeError(name, {
          expected: `${partials.length} inputs`,
          received: String(types.length),
        });
      }
      const last = types[types.length - 1] as TensorType;
      let allWeak = true;
      for (let i = 0; i < types.length; i++) {
        const type = types[i] as TensorType;
        const expected = i < predicates ? "bool" : last.dtype;
        if (type === last && expected === type.dtype) {
          if (!type.weak) allWeak = false;
          continue;
        }
        if (!sameShape(type.shape, last.shape) || type.dtype !== expected)
          throw new ShapeError(name, {
            expected: "inputs of one shape and dtype",
            received: types.map(formatType).join(" and "),
          });
        if (i >= predicates && !type.weak) allWeak = false;
      }
      if (accepts?.has(last.dtype) === false) {
        const { expected, fix } = accepts;
        throw new DTypeError(name, { expected, received: formatType(last), fix });
      }
      const dtype = result === "bool" ? "bool" : last.dtype;
      const weak = dtype === "f64" && allWeak;
      // one object for nodes of one type, which are then quickly found equal
      if (dtype === last.dtype && weak === last.weak) return last;
      return tensorType(last.shape, dtype, weak);
    },
    evaluate: (inputs, params, type) => {
      const { dtype } = inputs[inputs.length - 1] as ArrayValue;
      const of = spec.evaluate ?? (spec.evaluateFor?.(params, dtype) as ScalarFunction);
      return { shape: type.shape, dtype: type.dtype, data: applyScalar(of, inputs, type.dtype) };
    },
    derivative: { kind: "elementwise", partials },
    batch: { inFront: (params) => params, behind: (params) => params },
    lower: scalar(instruction),
  };
  return primitive;
}

function applyScalar(
  of: ScalarFunction,
  inputs: readonly ArrayValue[],
  dtype: DType,
): ArrayValue["data"] {
  const [a, b, c] = inputs.map((input) => input.data) as [
    ArrayValue["data"],
    ArrayValue["data"],
    ArrayValue["data"],
  ];
  const result = allocate(dtype, a.length);
  if (inputs.length === 1) for (let i = 0; i < a.length; i++) result[i] = of(a[i] as number);
  else if (inputs.length === 2)
    for (let i = 0; i < a.length; i++) result[i] = of(a[i] as number, b[i] as number);
  else
    for (let i = 0; i < a.length; i++)
      result[i] = of(a[i] as number, b[i] as number, c[i] as number);
  return result;
}

/** Converts, promotes and broadcasts arguments, then binds. `float`: integers and booleans compute in f64. */
export function apply<P>(
  primitive: Primitive<P>,
  values: readonly TensorLike[],
  params: P,
  float = false,
): Tensor {
  if (haveOneType(values, float)) return bind(primitive, values, params) as Tensor;
  const tensors = new Array<Tensor>(values.length);
  for (let i = 0; i < values.length; i++)
    tensors[i] = asTensor(values[i] as TensorLike, primitive.name);
  return bindTensor(primitive, broadcastTogether(primitive.name, promote(tensors, float)), params);
}

/** Tensors of one type object, or f64 scalars, weak or not, as most are: nothing to convert. */
function haveOneType(values: readonly TensorLike[], float: boolean): values is readonly Tensor[] {
  const first = values[0];
  if (!(first instanceof Tensor) || (float && !isFloat(first.type.dtype))) return false;
  const { type } = first;
  const isScalar = type.dtype === "f64" && type.shape.length === 0;
  for (let i = 1; i < values.length; i++) {
    const other = (values[i] as Partial<Tensor> | undefined)?.type;
    if (other === type) continue;
    if (!isScalar || other?.dtype !== "f64" || other.shape.length > 0) return false;
  }
  return true;
}

/** A function with the operation it applies. */
export type Operation<F, P = undefined> = F & { readonly op: Primitive<P> };

// Results are written out as Tensor<…>, because an editor shows the name of an alias instead of what it stands for.
export type RealUnary = Operation<
  <T extends TensorLike>(x: T) => Tensor<ShapeOf<T>, FloatOf<DTypeOf<T>>>
>;
export type SameUnary = Operation<<T extends TensorLike>(x: T) => Tensor<ShapeOf<T>, DTypeOf<T>>>;
export type Binary = Operation<
  <A extends TensorLike, B extends TensorLike>(x: A, y: B) => Tensor<Broadcast<A, B>, Promote<A, B>>
>;
export type RealBinary = Operation<
  <A extends TensorLike, B extends TensorLike>(
    x: A,
    y: B,
  ) => Tensor<Broadcast<A, B>, FloatOf<Promote<A, B>>>
>;
export type Comparison = Operation<
  <A extends TensorLike, B extends TensorLike>(x: A, y: B) => Tensor<Broadcast<A, B>, "bool">
>;

type Spec = ElementwiseSpec<undefined>;

function ofOne(spec: Spec, float = false): Operation<(x: TensorLike) => Tensor> {
  const op = elementwise(spec);
  return Object.assign((x: TensorLike) => apply(op, [x], undefined, float), { op });
}

function ofTwo(spec: Spec, float = false): Operation<(x: TensorLike, y: TensorLike) => Tensor> {
  const op = elementwise(spec);
  return Object.assign((x: TensorLike, y: TensorLike) => apply(op, [x, y], undefined, float), {
    op,
  });
}

/** A function of one real number; integers compute in f64. */
export function realUnary(spec: Spec): RealUnary {
  return ofOne({ ...spec, accepts: floats }, true) as RealUnary;
}

/** A function of one number that keeps its dtype. */
export function sameUnary(spec: Spec): SameUnary {
  return ofOne(spec) as SameUnary;
}

/** A function of two numbers in the dtype they promote to. */
export function binary(spec: Spec): Binary {
  return ofTwo(spec) as Binary;
}

/** A function of two real numbers; integers compute in f64. */
export function realBinary(spec: Spec): RealBinary {
  return ofTwo({ ...spec, accepts: floats }, true) as RealBinary;
}

/** A comparison: bool out, derivative 0. */
export function comparison(spec: Omit<Spec, "result" | "partials">): Comparison {
  return ofTwo({ ...spec, result: "bool", partials: [zero, zero] }) as Comparison;
}
