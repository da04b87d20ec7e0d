import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { AxisPairs } from "../../core/lowering.js";
import { sizeOf } from "../../core/shape.js";
import { axesOf, lengthOf } from "./axes.js";
import { multiplyMatrices } from "./gemm.js";
import { multiplyVectors } from "./matvec.js";
import { contractPlainly } from "./plain.js";

/** Writes every element of the sum over products of two tensors; inputs may have any strides. */
export function contract(
  context: KernelContext,
  { batch, contract: summed }: { readonly batch: AxisPairs; readonly contract: AxisPairs },
): void {
  const { builder: b, inputs, outputs } = context;
  const [x, y] = inputs as [ArrayPlace, ArrayPlace];
  const output = outputs[0] as ArrayPlace;
  const size = sizeOf(output.shape);
  if (size === 0) return;
  const axes = axesOf(x, y, output, batch, summed);
  const [rows, columns, terms] = [axes.left, axes.right, axes.summed].map(lengthOf) as [
    number,
    number,
    number,
  ];
  if (terms === 0) {
    b.clear(output.place, size * (output.dtype === "f64" ? 8 : 4));
    return;
  }
  const { dtype } = output;
  const [few, many] = rows < columns ? [rows, columns] : [columns, rows];
  if ((dtype !== "f32" && dtype !== "f64") || terms === 1 || many * terms <= 64)
    contractPlainly(context, axes);
  else if (few >= 4 || !multiplyVectors(context, dtype, axes))
    multiplyMatrices(context, dtype, axes);
}
