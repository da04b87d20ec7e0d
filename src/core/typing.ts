import type { DType, TypedArray } from "./dtype.js";
import type { Tensor } from "./node.js";
import type { Shape } from "./shape.js";

/** What stands wherever a tensor may. */
export type TensorLike = Tensor | number | boolean;

type Scalar = number | boolean;

/** Numbers or booleans in arrays, up to six axes. */
export type NestedNumbers =
  | Scalar
  | readonly Scalar[]
  | readonly (readonly Scalar[])[]
  | readonly (readonly (readonly Scalar[])[])[]
  | readonly (readonly (readonly (readonly Scalar[])[])[])[]
  | readonly (readonly (readonly (readonly (readonly Scalar[])[])[])[])[]
  | readonly (readonly (readonly (readonly (readonly (readonly Scalar[])[])[])[])[])[];

/** Shape of nested arrays: exact for literals, `number` where a length is not known. */
export type ShapeOfNested<A> = NestedNumbers extends A
  ? Shape
  : A extends readonly [infer First, ...unknown[]]
    ? readonly [A["length"], ...ShapeOfNested<First>]
    : A extends readonly (infer Item)[]
      ? readonly [A["length"], ...ShapeOfNested<Item>]
      : readonly [];

type LeafOfNested<A> = A extends readonly (infer Item)[] ? LeafOfNested<Item> : A;

export type DTypeOfData<A> = NestedNumbers extends A
  ? DType
  : A extends Float32Array
    ? "f32"
    : A extends Int32Array
      ? "i32"
      : A extends Uint32Array
        ? "u32"
        : A extends TypedArray
          ? "f64"
          : [LeafOfNested<A>] extends [boolean]
            ? "bool"
            : "f64";

export type ShapeOf<T> = T extends Tensor<infer S, DType> ? S : readonly [];

export type DTypeOf<T> = T extends Tensor<Shape, infer D> ? D : T extends boolean ? "bool" : "f64";

/** Integers and booleans compute in f64 under functions of real numbers. */
export type FloatOf<D extends DType> = D extends "f32"
  ? "f32"
  : D extends "f64"
    ? "f64"
    : DType extends D
      ? DType
      : "f64";

type PromoteDTypes<A extends DType, B extends DType> = DType extends A
  ? DType
  : DType extends B
    ? DType
    : [A] extends [B]
      ? A
      : A extends "bool"
        ? B
        : B extends "bool"
          ? A
          : "f64" extends A | B
            ? "f64"
            : "f32" extends A | B
              ? "f32"
              : "f64";

/** dtype of `a ∘ b`: a number is weak and takes the other's dtype. */
export type Promote<A, B> = A extends number
  ? B extends number
    ? "f64"
    : WithNumber<DTypeOf<B>>
  : B extends number
    ? WithNumber<DTypeOf<A>>
    : PromoteDTypes<DTypeOf<A>, DTypeOf<B>>;

/** Beside an integer tensor an integral literal takes its dtype, another makes f64: not known by type. */
type WithNumber<D extends DType> = D extends "i32" | "u32"
  ? D | "f64"
  : D extends "bool"
    ? "f64"
    : D;

type BroadcastDim<A extends number, B extends number> = number extends A
  ? B extends 1
    ? number
    : B
  : number extends B
    ? A extends 1
      ? number
      : A
    : A extends 1
      ? B
      : B extends 1
        ? A
        : A extends B
          ? A
          : never;

/** NumPy's broadcasting; `never` for shapes that do not fit; `Shape` where a rank is unknown. */
export type BroadcastShapes<A extends Shape, B extends Shape> = number extends A["length"]
  ? Shape
  : number extends B["length"]
    ? Shape
    : A extends readonly []
      ? B
      : B extends readonly []
        ? A
        : A extends readonly [...infer AInit extends number[], infer ALast extends number]
          ? B extends readonly [...infer BInit extends number[], infer BLast extends number]
            ? BroadcastDim<ALast, BLast> extends never
              ? never
              : readonly [...BroadcastShapes<AInit, BInit>, BroadcastDim<ALast, BLast>]
            : Shape
          : Shape;

export type Broadcast<A, B> = BroadcastShapes<ShapeOf<A>, ShapeOf<B>>;

/** A shape as text: `[2, 3]`. */
export type ShowShape<S extends Shape> = `[${JoinLengths<S>}]`;

type JoinLengths<S extends Shape> = S extends readonly [infer First extends number]
  ? `${First}`
  : S extends readonly [infer First extends number, ...infer Rest extends number[]]
    ? `${First}, ${JoinLengths<Rest>}`
    : "";

/** Result of a function of one real number, element by element. */
export type RealOf<T> = Tensor<ShapeOf<T>, FloatOf<DTypeOf<T>>>;

/** Result of an operation that keeps shape and dtype. */
export type SameAs<T> = Tensor<ShapeOf<T>, DTypeOf<T>>;
