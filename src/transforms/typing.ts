import type { DType, TypedArray } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Shape } from "../core/shape.js";
import type { DTypeOfData, Promote } from "../core/typing.js";

/** A function of trees of tensors to trees of tensors. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are contravariant; any admits every function
export type TreeFunction = (...args: any[]) => unknown;

/** What a caller may pass where the function sees `T`: numbers and typed arrays for tensors they fit. */
export type Accepts<T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<S, D> | ScalarFor<S, D> | VectorFor<S, D>
    : T extends TypedArray | ((...args: never[]) => unknown)
      ? T
      : T extends object
        ? { readonly [K in keyof T]: Accepts<T[K]> }
        : T;

type ScalarFor<S extends Shape, D extends DType> = readonly [] extends S
  ? ("f64" extends D ? number : never) | ("bool" extends D ? boolean : never)
  : never;

type VectorFor<S extends Shape, D extends DType> = 1 extends S["length"] ? VectorOf<D> : never;

/** The typed arrays that become vectors of dtype D. */
export type VectorOf<D extends DType> =
  | ("f64" extends D ? Float64Array | Uint8Array : never)
  | ("f32" extends D ? Float32Array : never)
  | ("i32" extends D ? Int32Array : never)
  | ("u32" extends D ? Uint32Array : never);

export type AcceptsAll<A extends readonly unknown[]> = { [K in keyof A]: Accepts<A[K]> };

/** The derivative by a tree: of the same structure; a number for a number, a tensor for a tensor. */
export type GradientOf<T> = T extends Tensor
  ? T
  : T extends number
    ? number
    : T extends boolean
      ? Tensor<readonly [], "bool">
      : T extends TypedArray
        ? Tensor<readonly [number], DTypeOfData<T>>
        : T extends object
          ? { -readonly [K in keyof T]: GradientOf<T[K]> }
          : T;

/** The arguments chosen by `argnums`: the tree of one, or a list of trees. */
export type Chosen<Args extends readonly unknown[], N> = N extends readonly number[]
  ? { -readonly [K in keyof N]: ArgumentAt<Args, N[K]> }
  : ArgumentAt<Args, N>;

/** Argument N; one of all of them where N counts from the end or is not known. */
type ArgumentAt<Args extends readonly unknown[], N> = N extends number
  ? number extends N
    ? Args[number]
    : `${N}` extends keyof Args
      ? Args[N]
      : Args[number]
  : never;

/** What a function returns beside its value under `hasAux`. */
export type AuxOf<F extends TreeFunction> =
  ReturnType<F> extends readonly [unknown, infer Aux] ? Aux : never;

export type ValueOf<F extends TreeFunction> =
  ReturnType<F> extends readonly [infer Value, unknown] ? Value : never;

/** The leaves of a tree: "number", "tensor", and "either" for a leaf that may be both. */
type LeavesOf<T> = [T] extends [null | undefined]
  ? never
  : [T] extends [number]
    ? "number"
    : [T] extends [Tensor | TypedArray | boolean]
      ? "tensor"
      : [T] extends [Tensor | TypedArray | number | boolean]
        ? "either"
        : T extends readonly unknown[]
          ? { [K in keyof T]: LeavesOf<T[K]> }[number]
          : T extends object
            ? { [K in keyof T]-?: LeavesOf<T[K]> }[keyof T]
            : never;

/** `Numbers` for arguments that are numbers only, `Tensors` where one is a tensor. */
type ByLeaves<Args, Numbers, Tensors> =
  "tensor" extends LeavesOf<Args>
    ? Tensors
    : "either" extends LeavesOf<Args>
      ? Numbers | Tensors
      : Numbers;

/** A scalar result: a number when all arguments were numbers. */
export type ScalarResult<Args, D extends DType = DType> = ByLeaves<
  Args,
  number,
  Tensor<readonly [], D>
>;

/** A result tree: scalars come out as numbers when all arguments were numbers. */
export type ResultOf<Args, R> = ByLeaves<Args, NumbersOf<R>, TensorsOf<R>>;

type TensorsOf<R> = R extends Tensor
  ? R
  : R extends number
    ? Tensor<readonly [], "f64">
    : R extends boolean
      ? Tensor<readonly [], "bool">
      : R extends object
        ? { [K in keyof R]: TensorsOf<R[K]> }
        : R;

type NumbersOf<R> =
  R extends Tensor<infer S>
    ? NumberWhereScalar<S, R>
    : R extends boolean
      ? number
      : R extends object
        ? { [K in keyof R]: NumbersOf<R[K]> }
        : R;

type NumberWhereScalar<S extends Shape, Otherwise> = S extends readonly []
  ? number
  : readonly [] extends S
    ? number | Otherwise
    : Otherwise;

/**
 * The Jacobian of a result tree `R` by a tree `In`: the tree of the result with the tree of the input in place of
 * each leaf, and in there blocks of shape [...result, ...input]; numbers for scalars by numbers.
 */
export type JacobianOf<R, In> = 0 extends 1 & In
  ? unknown // In is any: where the compiler erases type parameters
  : R extends Tensor<infer S, infer D>
    ? BlocksOf<In, S, D>
    : R extends number
      ? BlocksOf<In, readonly [], "f64">
      : R extends object
        ? { -readonly [K in keyof R]: JacobianOf<R[K], In> }
        : R;

export type BlocksOf<In, S extends Shape, D extends DType> =
  In extends Tensor<infer T, infer E>
    ? Tensor<Joined<S, T>, Promote<Tensor<Shape, D>, Tensor<Shape, E>>>
    : In extends number
      ? NumberWhereScalar<S, Tensor<S, Promote<Tensor<Shape, D>, Tensor<Shape, "f64">>>>
      : In extends TypedArray
        ? BlocksOf<Tensor<readonly [number], DTypeOfData<In>>, S, D>
        : In extends object
          ? { -readonly [K in keyof In]: BlocksOf<In[K], S, D> }
          : In;

/** The Jacobian of the Jacobian by the same tree, a number only where both inputs are numbers. */
export type HessianOf<R, In> = JacobianOf<JacobianOf<R, In>, In>;

/** Lengths of S, then of T; unknown where the rank of one is. */
export type Joined<S extends Shape, T extends Shape> = number extends (S | T)["length"]
  ? Shape
  : readonly [...S, ...T];
