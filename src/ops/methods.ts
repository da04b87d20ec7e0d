import type { DType } from "../core/dtype.js";
import { Tensor } from "../core/node.js";
import type { Shape } from "../core/shape.js";
import type {
  Broadcast,
  DTypeOf,
  FloatOf,
  Promote,
  SameAs,
  ShapeOf,
  TensorLike,
} from "../core/typing.js";
import { add, divide, multiply, negative, subtract } from "./arithmetic.js";
import { expandDims, ravel, squeeze } from "./axes.js";
import { cast } from "./cast.js";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.js";
import { type ArgOptions, argmax, argmin, type ExtremumOptions, max, min } from "./extrema.js";
import { type IndexSpec, index } from "./indexing.js";
import { abs } from "./magnitude.js";
import { matmul } from "./matmul.js";
import type { MatmulFits, MatmulShape } from "./matmul-typing.js";
import { power } from "./power.js";
import { all, any } from "./predicates.js";
import { prod } from "./product.js";
import { type Counted, type MaskedReduceOptions, mean, sum } from "./reduce.js";
import { remainder } from "./remainder.js";
import { type Reshaped, type ReversedShape, reshape, transpose } from "./shape.js";

declare module "../core/node.js" {
  // Methods are generic in `this`, so that they leave the variance of Tensor alone.
  interface Tensor<S extends Shape = Shape, D extends DType = DType> {
    /** x + y, broadcasting. */
    add<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, Promote<T, Y>>;
    /** x − y, broadcasting. */
    sub<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, Promote<T, Y>>;
    /** x · y, broadcasting. */
    mul<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, Promote<T, Y>>;
    /** x ÷ y, broadcasting; integers compute in f64. */
    div<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, FloatOf<Promote<T, Y>>>;
    /** −x. */
    neg<T extends Tensor>(this: T): SameAs<T>;
    /** x^y, broadcasting. */
    pow<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, Promote<T, Y>>;
    /** x modulo y, with the sign of y, broadcasting. */
    mod<T extends Tensor, Y extends TensorLike>(
      this: T,
      y: Y,
    ): Tensor<Broadcast<T, Y>, Promote<T, Y>>;
    /** |x|. */
    abs<T extends Tensor>(this: T): SameAs<T>;
    /** x = y, bool. */
    eq<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** x < y, bool. */
    lt<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** x ≠ y, bool. */
    ne<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** x ≤ y, bool. */
    le<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** x ≥ y, bool. */
    ge<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** x > y, bool. */
    gt<T extends Tensor, Y extends TensorLike>(this: T, y: Y): Tensor<Broadcast<T, Y>, "bool">;
    /** The same elements under another shape; one length may be −1. */
    reshape<T extends Tensor, const R extends Shape>(
      this: T,
      shape: R,
    ): Tensor<Reshaped<R>, DTypeOf<T>>;
    /** Axes in another order; reversed unless `permutation` is given. */
    transpose<T extends Tensor>(this: T): Tensor<ReversedShape<ShapeOf<T>>, DTypeOf<T>>;
    transpose<T extends Tensor>(this: T, permutation: readonly number[]): Tensor<Shape, DTypeOf<T>>;
    /** The axes from last to first. */
    readonly T: Tensor<ReversedShape<S>, D>;
    /** Axes of length 1 put in at `axis`. */
    expandDims<T extends Tensor>(
      this: T,
      axis: number | readonly number[],
    ): Tensor<Shape, DTypeOf<T>>;
    /** Without the axes of length 1 (those in `axis`, if given). */
    squeeze<T extends Tensor>(
      this: T,
      axis?: number | readonly number[],
    ): Tensor<Shape, DTypeOf<T>>;
    /** All elements in one axis, row-major. */
    ravel<T extends Tensor>(this: T): Tensor<readonly [number], DTypeOf<T>>;
    /** All elements in one axis, row-major. */
    flatten<T extends Tensor>(this: T): Tensor<readonly [number], DTypeOf<T>>;
    /** Part of x, as `index`: integers, ranges `"1:3"`, tensors of integers, null, "...". */
    index<T extends Tensor>(this: T, ...specs: readonly IndexSpec[]): Tensor<Shape, DTypeOf<T>>;
    /** Sum over `axis` (all axes unless given). */
    sum<T extends Tensor>(this: T): Tensor<readonly [], Counted<DTypeOf<T>>>;
    sum<T extends Tensor>(
      this: T,
      options: MaskedReduceOptions,
    ): Tensor<Shape, Counted<DTypeOf<T>>>;
    /** Arithmetic mean over `axis`. */
    mean<T extends Tensor>(this: T): Tensor<readonly [], FloatOf<DTypeOf<T>>>;
    mean<T extends Tensor>(
      this: T,
      options: MaskedReduceOptions,
    ): Tensor<Shape, FloatOf<DTypeOf<T>>>;
    /** Product over `axis`. */
    prod<T extends Tensor>(this: T): Tensor<readonly [], Counted<DTypeOf<T>>>;
    prod<T extends Tensor>(
      this: T,
      options: MaskedReduceOptions,
    ): Tensor<Shape, Counted<DTypeOf<T>>>;
    /** Largest element along `axis`. */
    max<T extends Tensor>(this: T): Tensor<readonly [], DTypeOf<T>>;
    max<T extends Tensor>(this: T, options: ExtremumOptions): Tensor<Shape, DTypeOf<T>>;
    /** Smallest element along `axis`. */
    min<T extends Tensor>(this: T): Tensor<readonly [], DTypeOf<T>>;
    min<T extends Tensor>(this: T, options: ExtremumOptions): Tensor<Shape, DTypeOf<T>>;
    /** Whether some element is true. */
    any<T extends Tensor>(this: T): Tensor<readonly [], "bool">;
    any<T extends Tensor>(this: T, options: MaskedReduceOptions): Tensor<Shape, "bool">;
    /** Whether every element is true. */
    all<T extends Tensor>(this: T): Tensor<readonly [], "bool">;
    all<T extends Tensor>(this: T, options: MaskedReduceOptions): Tensor<Shape, "bool">;
    /** Index of the first largest element, i32. */
    argmax<T extends Tensor>(this: T): Tensor<readonly [], "i32">;
    argmax<T extends Tensor>(this: T, options: ArgOptions): Tensor<Shape, "i32">;
    /** Index of the first smallest element, i32. */
    argmin<T extends Tensor>(this: T): Tensor<readonly [], "i32">;
    argmin<T extends Tensor>(this: T, options: ArgOptions): Tensor<Shape, "i32">;
    /** Matrix product, as `matmul`. */
    matmul<T extends Tensor, Y extends Tensor>(
      this: T,
      y: Y & MatmulFits<T, Y>,
    ): Tensor<MatmulShape<ShapeOf<T>, ShapeOf<Y>>, Promote<T, Y>>;
    /** The elements in another dtype. */
    cast<T extends Tensor, const E extends DType>(this: T, dtype: E): Tensor<ShapeOf<T>, E>;
    /** The elements in another dtype. */
    astype<T extends Tensor, const E extends DType>(this: T, dtype: E): Tensor<ShapeOf<T>, E>;
  }
}

const methods: Readonly<Record<string, (x: never, ...rest: never[]) => Tensor>> = {
  add,
  sub: subtract,
  mul: multiply,
  div: divide,
  neg: negative,
  pow: power,
  mod: remainder,
  abs,
  eq: equal,
  ne: notEqual,
  lt: less,
  le: lessEqual,
  gt: greater,
  ge: greaterEqual,
  reshape,
  transpose,
  expandDims,
  squeeze,
  ravel,
  flatten: ravel,
  index,
  sum,
  mean,
  prod,
  max,
  min,
  any,
  all,
  argmax,
  argmin,
  matmul,
  cast,
  astype: cast,
};

for (const [name, method] of Object.entries(methods)) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: never, ...rest: never[]) {
      return method(this, ...rest);
    },
    writable: true,
    configurable: true,
  });
}

Object.defineProperty(Tensor.prototype, "T", {
  get(this: Tensor) {
    return transpose(this);
  },
  configurable: true,
});
