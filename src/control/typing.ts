import type { DType, TypedArray } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import type { Shape } from "../core/shape.js";
import type { DTypeOfData, TensorLike } from "../core/typing.js";

/** A tree as a body of control flow sees it: every leaf a tensor. */
export type Inside<T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<S, D>
    : T extends number
      ? Tensor<readonly []>
      : T extends boolean
        ? Tensor<readonly [], "bool">
        : T extends TypedArray
          ? Tensor<readonly [number], DTypeOfData<T>>
          : T extends object
            ? { readonly [K in keyof T]: Inside<T[K]> }
            : T;

/** What a body may give back for a tree: tensors or numbers in the same structure. */
export type Given<T> = T extends Tensor | number | boolean | TypedArray
  ? TensorLike
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T;

/** One slice of stacked tensors. */
export type SliceOf<T> =
  T extends Tensor<infer S, infer D>
    ? S extends readonly [number, ...infer Rest extends number[]]
      ? Tensor<Rest, D>
      : Tensor<Shape, D>
    : T extends TypedArray
      ? Tensor<readonly [], DTypeOfData<T>>
      : T extends object
        ? { readonly [K in keyof T]: SliceOf<T[K]> }
        : T;

/** Slices stacked along a new first axis. */
export type Stacked<T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<readonly [number, ...S], D>
    : T extends number
      ? Tensor<readonly [number]>
      : T extends boolean
        ? Tensor<readonly [number], "bool">
        : T extends object
          ? { readonly [K in keyof T]: Stacked<T[K]> }
          : T;

/** A tree of results: numbers become tensors. */
export type Results<T> =
  T extends Tensor<infer S, infer D extends DType>
    ? Tensor<S, D>
    : T extends number | boolean
      ? Tensor<readonly []>
      : T extends object
        ? { readonly [K in keyof T]: Results<T[K]> }
        : T;
