import type { Shape } from "../core/shape.js";
import type { BroadcastShapes, ShapeOf, ShowShape } from "../core/typing.js";

/** Shape of `matmul(a, b)`; `Shape` where a rank is unknown, `never` where the shapes do not fit. */
export type MatmulShape<A extends Shape, B extends Shape> = number extends A["length"] | B["length"]
  ? Shape
  : A extends readonly [number]
    ? B extends readonly [number]
      ? readonly []
      : B extends readonly [...infer Batch extends number[], number, infer N extends number]
        ? readonly [...Batch, N]
        : never
    : A extends readonly [...infer Batch extends number[], infer M extends number, number]
      ? B extends readonly [number]
        ? readonly [...Batch, M]
        : B extends readonly [...infer Other extends number[], number, infer N extends number]
          ? BroadcastShapes<Batch, Other> extends infer Joined extends Shape
            ? readonly [...Joined, M, N]
            : never
          : never
      : never;

/**
 * `unknown` where `matmul(a, b)` may fit; otherwise a text that names both shapes, which the compiler shows as
 * what the second argument should have been.
 */
export type MatmulFits<A, B> = FitsShapes<ShapeOf<A>, ShapeOf<B>>;

type FitsShapes<A extends Shape, B extends Shape> = number extends A["length"] | B["length"]
  ? unknown
  : A extends readonly []
    ? ScalarError
    : B extends readonly []
      ? ScalarError
      : FitsLengths<A, B, Last<A>, Inner<B>>;

type ScalarError = "matmul: a scalar has no axis to sum over; use multiply";

type FitsLengths<
  A extends Shape,
  B extends Shape,
  K extends number,
  L extends number,
> = number extends K
  ? unknown
  : number extends L
    ? unknown
    : [K] extends [L]
      ? FitsBatch<A, B>
      : `matmul: shapes ${ShowShape<A>} and ${ShowShape<B>} do not fit: ${K} ≠ ${L}`;

type FitsBatch<A extends Shape, B extends Shape> = [MatmulShape<A, B>] extends [never]
  ? `matmul: the batch axes of ${ShowShape<A>} and ${ShowShape<B>} do not broadcast`
  : unknown;

type Last<S extends Shape> = S extends readonly [...number[], infer K extends number] ? K : never;

/** The axis of the second factor that is summed: the last but one, or the only one. */
type Inner<S extends Shape> = S extends readonly [infer K extends number]
  ? K
  : S extends readonly [...number[], infer K extends number, number]
    ? K
    : never;
