import { isTypedArray, numbersOf, tensorOf } from "./convert.js";
import {
  allocate,
  type DType,
  dtypeOfArray,
  fitsInteger,
  isDType,
  isInteger,
  type TypedArray,
} from "./dtype.js";
import { DTypeError, ShapeError, TraceError, ValueError } from "./errors.js";
import { Tensor } from "./node.js";
import { checkShape, formatShape, type Shape, sizeOf } from "./shape.js";
import { describeValue } from "./tree.js";
import { formatType } from "./type.js";
import type { DTypeOfData, NestedNumbers, ShapeOfNested } from "./typing.js";

/**
 * A constant tensor from a number, nested arrays or a typed array; the data are copied.
 *
 * Nested arrays become f64 (`bool` when of booleans), typed arrays keep their type (Uint8Array needs
 * `dtype: "bool"` or another), `dtype` converts. Throws ShapeError for ragged arrays or data that do not fill `shape`,
 * DTypeError for unknown dtypes, ValueError for elements that are not numbers or do not fit an integer dtype,
 * TraceError for tensors that depend on the arguments of a function being transformed (use `stack`).
 */
export function tensor<const A extends NestedNumbers, D extends DType = DTypeOfData<A>>(
  data: A,
  options?: { readonly dtype?: D },
): Tensor<ShapeOfNested<A>, D>;
export function tensor<A extends TypedArray, D extends DType = DTypeOfData<A>>(
  data: A,
  options?: { readonly dtype?: D },
): Tensor<readonly [number], D>;
export function tensor<
  const S extends Shape,
  A extends TypedArray | readonly number[],
  D extends DType = DTypeOfData<A>,
>(data: A, shape: S, options?: { readonly dtype?: D }): Tensor<S, D>;
export function tensor(
  data: unknown,
  shapeOrOptions?: unknown,
  last?: { readonly dtype?: DType },
): Tensor {
  const given = Array.isArray(shapeOrOptions) ? (shapeOrOptions as Shape) : undefined;
  const options =
    given === undefined ? (shapeOrOptions as { readonly dtype?: DType } | undefined) : last;
  if (options?.dtype !== undefined && !isDType(options.dtype)) {
    throw new DTypeError("tensor", {
      expected: "f64, f32, i32, u32 or bool",
      received: String(options.dtype),
    });
  }
  if (given !== undefined) checkShape("tensor", given);
  const flat = flattenData(data);
  const shape = given ?? flat.shape;
  if (sizeOf(shape) !== flat.values.length) {
    throw new ShapeError("tensor", {
      expected: `${sizeOf(shape)} elements for shape ${formatShape(shape)}`,
      received: `${flat.values.length} elements`,
    });
  }
  const dtype = options?.dtype ?? flat.dtype;
  return tensorOf(convertData(flat.values, dtype), [...shape], dtype);
}

interface FlatData {
  readonly values: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: DType;
}

function flattenData(data: unknown): FlatData {
  if (data instanceof Tensor) {
    requireConstant(data, "asarray(…) or the tensor itself");
    return { values: data.data, shape: data.shape as Shape, dtype: data.dtype };
  }
  if (isTypedArray(data)) {
    const values = numbersOf(data);
    return { values, shape: [values.length], dtype: dtypeOfArray(data) ?? "f64" };
  }
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0]) shape.push(level.length);
  let leaves: unknown[] = [data];
  for (let axis = 0; axis < shape.length; axis++) {
    const next: unknown[] = [];
    for (const row of leaves) {
      if (!Array.isArray(row) || row.length !== shape[axis]) throw raggedError(shape, axis, row);
      for (const item of row) next.push(item);
    }
    leaves = next;
  }
  const values = new Array<number>(leaves.length);
  let booleans = leaves.length > 0;
  leaves.forEach((leaf, i) => {
    if (typeof leaf !== "boolean") booleans = false;
    if (typeof leaf === "number" || typeof leaf === "boolean") values[i] = Number(leaf);
    else if (leaf instanceof Tensor && leaf.size === 1) {
      requireConstant(leaf, "stack([…]) or concatenate([…])");
      values[i] = Number(leaf.item());
    } else if (Array.isArray(leaf)) throw raggedError(shape, shape.length, leaf);
    else
      throw new ValueError("tensor", {
        expected: "numbers or booleans",
        received: describeValue(leaf),
      });
  });
  return { values, shape, dtype: booleans ? "bool" : "f64" };
}

/** Copying the value of a tensor inside a function would make it a constant to the derivative. */
function requireConstant(x: Tensor, instead: string): void {
  if (x.depth === 0) return;
  throw new TraceError("tensor", {
    expected: "numbers, or tensors that depend on no argument",
    received: `a ${formatType(x.type)} that depends on the arguments of the function around it`,
    fix: `use ${instead}; for a constant, its .item()`,
  });
}

function raggedError(shape: Shape, axis: number, row: unknown): ShapeError {
  return new ShapeError("tensor", {
    expected:
      axis < shape.length
        ? `rows of ${shape[axis]} elements at level ${axis}`
        : `numbers at level ${axis}`,
    received: Array.isArray(row) ? `a row of ${row.length}` : describeValue(row),
    fix: "make all rows equally long",
  });
}

function convertData(values: ArrayLike<number>, dtype: DType): TypedArray {
  const result = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (isInteger(dtype) && !fitsInteger(value, dtype)) {
      throw new ValueError("tensor", {
        expected: `numbers that fit ${dtype}`,
        received: String(value),
      });
    }
    result[i] = dtype === "bool" ? Number(value !== 0) : value;
  }
  return result;
}
