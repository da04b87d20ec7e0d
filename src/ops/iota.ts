import { bindTensor } from "../core/bind.js";
import { allocate, type DType } from "../core/dtype.js";
import { DTypeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import { checkShape, normalizeAxis, type Shape, sizeOf } from "../core/shape.js";
import { tensorType } from "../core/type.js";
import { describe } from "./describe.js";

export interface IotaParams {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly axis: number;
}

const iotaOp: Primitive<IotaParams> = {
  name: "iota",
  type: (_, { shape, dtype, axis }) => {
    checkShape("iota", shape);
    normalizeAxis("iota", axis, shape.length);
    if (dtype === "bool") {
      throw new DTypeError("iota", { expected: "f64, f32, i32 or u32", received: "bool" });
    }
    return tensorType(shape, dtype);
  },
  evaluate: (_, { shape, dtype, axis }) => {
    const data = allocate(dtype, sizeOf(shape));
    const length = shape[axis] as number;
    const inner = sizeOf(shape.slice(axis + 1));
    for (let i = 0, at = 0; at < data.length; i = (i + 1) % length, at += inner)
      data.fill(i, at, at + inner);
    return { shape, dtype, data };
  },
  derivative: {
    kind: "linear",
    groups: () => [],
    transpose: ([ct]) => ct as Tensor,
  },
  batch: (_inputs, _axes, params) => ({
    output: bindTensor(iotaOp, [], params),
    axes: [undefined],
  }),
  lower: { kind: "kernel", inline: { kind: "iota", axis: ({ axis }) => axis } },
};

export const describedIota: Primitive = /* @__PURE__ */ describe(iotaOp, {
  doc: "0, 1, 2, … along one axis, repeated along the others. Has no inputs: a graph holds it as a node, not as data.",
  latex: (_, { axis }) => `\\iota_{${axis}}`,
  domain: [],
  cases: [
    { inputs: [], params: { shape: [4], dtype: "f64", axis: 0 } },
    { inputs: [], params: { shape: [2, 3], dtype: "i32", axis: 0 } },
    { inputs: [], params: { shape: [2, 3, 2], dtype: "f32", axis: 1 } },
    { inputs: [], params: { shape: [0, 3], dtype: "u32", axis: 1 } },
  ],
});

/** 0, 1, 2, … along `axis` of `shape`, repeated along the others. Throws ShapeError for a wrong axis, DTypeError for bool. */
export function iota<const S extends Shape, D extends DType = "f64">(
  shape: S,
  options: { readonly axis?: number; readonly dtype?: D } = {},
): Tensor<S, D> {
  const axis = normalizeAxis("iota", options.axis ?? 0, shape.length);
  const dtype = options.dtype ?? "f64";
  return bindTensor(iotaOp, [], { shape, dtype, axis }) as Tensor as Tensor<S, D>;
}
