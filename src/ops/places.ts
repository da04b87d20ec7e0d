import { isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError, ValueError } from "../core/errors.js";
import { formatShape, type Shape, sameShape } from "../core/shape.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";

/**
 * Where indices point: x is [batch…, outer…, indexed…, slice…], indices [batch…, places…, depth], the gathered
 * elements (or updates) [batch…, outer…, places…, slice…]; each row of `depth` indices names one place of the
 * `depth` indexed axes. Negative indices count from the end.
 */
export interface GatherParams {
  /** How many axes in front x and the indices share. */
  readonly batch: number;
  /** How many axes of x after those are kept whole, in front of the places. */
  readonly outer: number;
  /** What an index outside means: an error, the nearest one inside, or nothing (gather gives 0, scatter leaves it out). */
  readonly mode: "error" | "clip" | "fill";
  /** The function the user called, for errors. */
  readonly operation: string;
}

/** The groups of axes of x and the indices. */
export interface Parts {
  readonly batch: Shape;
  readonly outer: Shape;
  readonly indexed: Shape;
  readonly slice: Shape;
  readonly places: Shape;
}

type Layout = Pick<TensorType, "shape" | "dtype">;

/** The groups of axes; throws where x and indices do not fit together. */
export function partsOf(x: Layout, indices: Layout, params: GatherParams): Parts {
  const { batch, outer, operation } = params;
  if (!isInteger(indices.dtype)) {
    throw new DTypeError(operation, {
      expected: "indices of dtype i32 or u32",
      received: formatType(tensorType(indices.shape, indices.dtype)),
      fix: 'cast(indices, "i32"), or tensor([…], { dtype: "i32" })',
    });
  }
  const rank = indices.shape.length;
  const depth = indices.shape[rank - 1] ?? 0;
  const shared = x.shape.slice(0, batch);
  if (
    rank <= batch ||
    x.shape.length < batch + outer + depth ||
    !sameShape(shared, indices.shape.slice(0, batch))
  ) {
    throw new ShapeError(operation, {
      expected: `indices [batch…, places…, depth] that share ${batch} batch axes with ${formatShape(x.shape)} and address up to ${x.shape.length - batch - outer} of its axes`,
      received: formatShape(indices.shape),
    });
  }
  return {
    batch: shared,
    outer: x.shape.slice(batch, batch + outer),
    indexed: x.shape.slice(batch + outer, batch + outer + depth),
    slice: x.shape.slice(batch + outer + depth),
    places: indices.shape.slice(batch, -1),
  };
}

/** The error of an index that is not there. */
export function outside({ operation }: GatherParams, given: number, length: number): ValueError {
  return new ValueError(operation, {
    expected:
      length === 0
        ? "no index into an axis of length 0"
        : `indices from ${-length} to ${length - 1} into an axis of length ${length}`,
    received: `index ${given}`,
    fix: 'where indices may lie outside, take, gather and scatters have mode: "clip" and "fill"',
  });
}
