import { scalarNode } from "./bind.js";
import { allocate, type DType, dtypeOfArray, type TypedArray } from "./dtype.js";
import { DTypeError, ValueError } from "./errors.js";
import { constantNode } from "./leaves.js";
import { Node, Tensor } from "./node.js";
import type { Shape } from "./shape.js";
import { describeValue } from "./tree.js";
import { tensorType } from "./type.js";
import type { TensorLike } from "./typing.js";

/** A constant tensor over `data` (not copied). */
export function tensorOf<S extends Shape, D extends DType>(
  data: TypedArray,
  shape: S,
  dtype: D,
): Tensor<S, D> {
  return constantNode(tensorType(shape, dtype), { shape, dtype, data }) as Tensor<S, D>;
}

export function isTypedArray(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** The elements of a typed array of any kind. */
export function numbersOf(view: ArrayBufferView): ArrayLike<number> {
  const values = view as unknown as ArrayLike<number>;
  if (typeof values[0] === "bigint") {
    throw new ValueError("tensor", {
      expected: "numbers or booleans",
      received: describeValue(view),
      fix: "Float64Array.from(data, Number)",
    });
  }
  return values;
}

const aNumber = /* @__PURE__ */ tensorType([], "f64", true);
const aBoolean = /* @__PURE__ */ tensorType([], "bool");

/** A number as a weak f64 scalar, a boolean as bool, a typed array as a vector; tensors as they are. */
export function asTensor(value: TensorLike, operation = "tensor"): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value === "number") return scalarNode(value, aNumber) as Tensor;
  if (typeof value === "boolean") return scalarNode(Number(value), aBoolean) as Tensor;
  if (isTypedArray(value)) {
    const dtype = dtypeOfArray(value) ?? "f64";
    const values = numbersOf(value);
    const data = allocate(dtype, values.length);
    data.set(values);
    return tensorOf(data, [data.length], dtype) as Tensor;
  }
  throw new DTypeError(operation, {
    expected: "a tensor or a number",
    received: (value as unknown) instanceof Node ? "several results at once" : describeValue(value),
    ...(Array.isArray(value) ? { fix: "wrap the array: tensor([…])" } : {}),
  });
}
