import type { ArrayPlace, KernelContext } from "../../core/kernel.js";
import type { AxisPairs } from "../../core/lowering.js";
import { sizeOf } from "../../core/shape.js";
import { axesOf, lengthOf } from "./axes.js";
import { isShared, multiplyMatrices, packFactor } from "./gemm.js";
import { multiplyVectors } from "./matvec.js";
import { contractPlainly } from "./plain.js";
import type { Float } from "./routine.js";

/** Elements of a factor that is packed whole, at most: it takes so much memory once more. */
const wholeSize = 2 ** 22;

/** Axes of two inputs, in pairs. */
export interface Pairs {
  readonly batch: AxisPairs;
  readonly contract: AxisPairs;
}

/** The loops of a contraction, and how long the shorter and the longer free ones are. */
function loopsOf({ inputs, outputs }: KernelContext, { batch, contract }: Pairs) {
  const [x, y] = inputs as [ArrayPlace, ArrayPlace];
  const output = outputs[0] as ArrayPlace;
  const axes = axesOf(x, y, output, batch, contract);
  const [rows, columns, terms] = [axes.left, axes.right, axes.summed].map(lengthOf) as [
    number,
    number,
    number,
  ];
  const { dtype } = output;
  const [few, many] = rows < columns ? [rows, columns] : [columns, rows];
  const isPlain = (dtype !== "f32" && dtype !== "f64") || terms === 1 || many * terms <= 64;
  return { axes, terms, few, type: isPlain ? undefined : (dtype as Float) };
}

/**
 * Writes every element of the sum over products of two tensors; inputs may have any strides. `packed`: which inputs
 * lie as `packed` has packed them.
 */
export function contract(
  context: KernelContext,
  pairs: Pairs,
  packed: readonly boolean[] = [],
): void {
  const { builder: b, outputs } = context;
  const output = outputs[0] as ArrayPlace;
  const size = sizeOf(output.shape);
  if (size === 0) return;
  const { axes, terms, few, type } = loopsOf(context, pairs);
  if (terms === 0) b.clear(output.place, size * (output.dtype === "f64" ? 8 : 4));
  else if (type === undefined) contractPlainly(context, axes);
  else if (few >= 4 || !multiplyVectors(context, type, axes))
    multiplyMatrices(context, type, axes, packed);
}

/** Packs an input as the contraction is going to read it; undefined where that reads it as it lies, or in parts. */
export function packed(context: KernelContext, pairs: Pairs, which: 0 | 1): ArrayPlace | undefined {
  const { axes, few, terms, type } = loopsOf(context, pairs);
  const input = context.inputs[which] as ArrayPlace;
  if (type === undefined || terms === 0 || few < 4) return undefined;
  if (!isShared(axes.batch, which) || sizeOf(input.shape) > wholeSize) return undefined;
  return { ...input, place: packFactor(context, type, axes, which) };
}
