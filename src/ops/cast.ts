import { bindTensor, numberNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import {
  allocate,
  type DType,
  fitsInteger,
  isDType,
  isFloat,
  isInteger,
  promoteDTypes,
} from "../core/dtype.js";
import { DTypeError } from "../core/errors.js";
import { scalarConstant } from "../core/leaves.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";
import type { ShapeOf, TensorLike } from "../core/typing.js";
import { describe } from "./describe.js";
import { linear } from "./linear.js";

export const castOp: Primitive<{ dtype: DType }> = {
  name: "cast",
  type: ([x], { dtype }) => tensorType(x.shape, dtype),
  evaluate: ([x], { dtype }) => {
    const { shape, data, dtype: from } = x;
    if (from === dtype) return { shape, dtype, data };
    const result = allocate(dtype, data.length);
    if (dtype === "bool") for (let i = 0; i < data.length; i++) result[i] = Number(data[i] !== 0);
    else result.set(data);
    return { shape, dtype, data: result };
  },
  // between floats, the only case a tangent reaches
  derivative: /* @__PURE__ */ linear({
    transpose: (ct, _at, [x]) => bindTensor(castOp, [ct], { dtype: x.dtype }),
    support: (condition) => condition,
  }),
  batch: ([x], axes, params) => ({ output: bindTensor(castOp, [x], params), axes: [axes[0]] }),
  lower: { kind: "scalar", instruction: "cast" },
};

export const describedCast: Primitive = /* @__PURE__ */ describe(castOp, {
  spoken: ({ dtype }) => ({ call: "cast", of: [0, { data: dtype }] }),
  doc: "The elements in another dtype. Float to integer truncates towards zero and wraps (NaN and ±∞ give 0); to bool is x ≠ 0. The derivative of a float-to-float cast is 1, of others 0.",
  latex: ([x]) => `${x}`,
  domain: [{ low: -3, high: 3, edges: [0, -0.5, 0.5] }],
  cases: () =>
    (["f32", "f64", "i32", "bool"] as const).flatMap((dtype) =>
      [[2, 3], [0], []].map((shape) => ({ inputs: [{ shape }], params: { dtype } })),
    ),
});

/**
 * `x` in another dtype. Float to integer truncates towards zero and wraps; to bool is x ≠ 0. Differentiable
 * between floats. Throws DTypeError for an unknown dtype.
 */
export function cast<T extends TensorLike, const D extends DType>(
  x: T,
  dtype: D,
): Tensor<ShapeOf<T>, D> {
  if (!isDType(dtype)) {
    throw new DTypeError("cast", {
      expected: "f64, f32, i32, u32 or bool",
      received: String(dtype),
    });
  }
  return convert(asTensor(x, "cast"), dtype, false) as Tensor<ShapeOf<T>, D>;
}

/** `x` in `dtype`; literal numbers become literals of that dtype. Weak results keep the flag only if asked. */
function convert(x: Tensor, dtype: DType, keepWeak: boolean): Tensor {
  if (x.dtype === dtype && (keepWeak || !x.type.weak)) return x;
  const literal = scalarConstant(x);
  if (literal !== undefined && x.type.weak) {
    const exact = isInteger(dtype) ? Math.trunc(literal) : literal;
    return numberNode(exact, dtype);
  }
  return bindTensor(castOp, [x], { dtype });
}

/**
 * The tensors in the dtype they promote to together: weak numbers take the dtype they meet, except that a
 * number that does not fit an integer dtype (or is not a literal) makes f64. `float` asks for a float result.
 */
export function promote(tensors: readonly Tensor[], float: boolean): readonly Tensor[] {
  const first = tensors[0]?.dtype;
  if (first === "f64" && tensors.every((tensor) => tensor.type.dtype === "f64")) return tensors;
  let dtype: DType | undefined;
  for (const { type } of tensors) {
    if (!type.weak) dtype = dtype === undefined ? type.dtype : promoteDTypes(dtype, type.dtype);
  }
  if (dtype !== undefined && !isFloat(dtype)) {
    const integer = dtype;
    const fits = tensors.every(({ type }, i) => {
      if (!type.weak) return true;
      const literal = scalarConstant(tensors[i] as Tensor);
      return isInteger(integer) && literal !== undefined && fitsInteger(literal, integer);
    });
    if (!fits || float) dtype = "f64";
  }
  const target = dtype ?? "f64";
  return tensors.map((tensor) => convert(tensor, target, true));
}

export function requireFloat(operation: string, type: TensorType): void {
  if (isFloat(type.dtype)) return;
  throw new DTypeError(operation, {
    expected: "f32 or f64",
    received: formatType(type),
    fix: 'cast(x, "f64")',
  });
}
