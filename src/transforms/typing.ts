import type { DType, TypedArray } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Shape } from "../core/shape.js";

/** A function of trees of tensors to trees of tensors. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are contravariant; any admits every function
export type TreeFunction = (...args: any[]) => unknown;

/** What a caller may pass where the function sees `T`: numbers and typed arrays for tensors. */
export type Accepts<T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<S, D> | number | (readonly [] extends S ? never : TypedArray)
    : T extends (...args: never[]) => unknown
      ? T
      : T extends object
        ? { [K in keyof T]: Accepts<T[K]> }
        : T;

export type AcceptsAll<A extends readonly unknown[]> = { [K in keyof A]: Accepts<A[K]> };

/** The derivative by a tree: of the same structure; a number for a number, a tensor for a tensor. */
export type GradientOf<T> = T extends Tensor
  ? T
  : T extends number
    ? number
    : T extends Float32Array
      ? Tensor<readonly [number], "f32">
      : T extends TypedArray
        ? Tensor<readonly [number], "f64">
        : T extends object
          ? { -readonly [K in keyof T]: GradientOf<T[K]> }
          : T;

/** Whether a tree of arguments holds numbers only. */
type HoldsTensor<T> = T extends Tensor | TypedArray
  ? true
  : T extends number
    ? false
    : T extends object
      ? { [K in keyof T]: HoldsTensor<T[K]> }[keyof T] extends false
        ? false
        : T extends readonly (infer Item)[]
          ? HoldsTensor<Item>
          : true extends { [K in keyof T]: HoldsTensor<T[K]> }[keyof T]
            ? true
            : false
      : false;

/** A scalar result: a number when all arguments were numbers. */
export type ScalarResult<Args, D extends DType = DType> =
  true extends HoldsTensor<Args> ? Tensor<readonly [], D> : number;

/** A result tree: scalars come out as numbers when all arguments were numbers. */
export type ResultOf<Args, R> = true extends HoldsTensor<Args> ? TensorsOf<R> : NumbersOf<R>;

type TensorsOf<R> = R extends Tensor
  ? R
  : R extends number
    ? Tensor<readonly [], "f64">
    : R extends object
      ? { [K in keyof R]: TensorsOf<R[K]> }
      : R;

type NumbersOf<R> =
  R extends Tensor<infer S, DType>
    ? S extends readonly []
      ? number
      : Shape extends S
        ? number | R
        : R
    : R extends object
      ? { [K in keyof R]: NumbersOf<R[K]> }
      : R;
