// Whether a pattern given by hand holds every entry: one more derivative, along a direction without zeros.
import { tensorOf } from "../../core/convert.js";
import { allocate } from "../../core/dtype.js";
import { ValueError } from "../../core/errors.js";
import type { Tensor } from "../../core/node.js";
import { ravel } from "../../ops/axes.js";
import { cast } from "../../ops/cast.js";
import { concatenate } from "../../ops/concatenate.js";
import { instantiate } from "../tangent.js";
import { derivatives, type Plan } from "./compress.js";

/** Numbers of either sign between ½ and 1½, spread evenly (multiples of the golden ratio). */
function weight(i: number): number {
  const spread = 0.5 + ((i * 0.6180339887498949) % 1);
  return i % 3 === 1 ? -spread : spread;
}

/** The derivative along the weights: of the outputs in forward mode, of the inputs in reverse mode; one vector. */
export function alongWeights(
  { method }: Plan,
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  depth: number,
): Tensor {
  const [from, to] = method === "forward" ? [wrt, outputs] : [outputs, wrt];
  let at = 0;
  const tangents = from.map(({ shape, dtype, size }) => {
    const data = allocate(dtype, size).map(() => weight(at++));
    return { node: tensorOf(data, shape, dtype) };
  });
  const results = derivatives(method, outputs, wrt, depth)(tangents);
  const vectors = results.map((tangent, i) => {
    const dense = instantiate(tangent, (to[i] as Tensor).type) as Tensor;
    return cast(ravel(dense), "f64");
  });
  return concatenate(vectors);
}

/** Throws ValueError where the entries do not add up to that derivative. */
export function checkEntries(
  { method, pattern }: Plan,
  { data, dtype }: Tensor,
  along: ArrayLike<number>,
): void {
  const isForward = method === "forward";
  const { rows, indptr, indices } = pattern;
  const sums = new Float64Array(along.length);
  const sizes = Float64Array.from(along, Math.abs);
  for (let row = 0; row < rows; row++)
    for (let i = indptr[row] as number; i < (indptr[row + 1] as number); i++) {
      const column = indices[i] as number;
      const [from, to] = isForward ? [column, row] : [row, column];
      // as the direction is in this dtype
      const given = dtype === "f32" ? Math.fround(weight(from)) : weight(from);
      const term = (data[i] as number) * given;
      sums[to] = (sums[to] as number) + term;
      sizes[to] = (sizes[to] as number) + Math.abs(term);
    }
  const tolerance = Math.sqrt(dtype === "f32" ? 2 ** -23 : 2 ** -52);
  const wrong = sums.findIndex(
    (sum, i) => Math.abs(sum - (along[i] as number)) > tolerance * (sizes[i] as number),
  );
  if (wrong < 0) return;
  throw new ValueError("sparseJacobian", {
    expected: "sparsity with every entry of the Jacobian that is not 0",
    received: `one that gives ${sums[wrong]} for the ${isForward ? "row" : "column"} ${wrong} times a test vector, which is ${along[wrong]}`,
    fix: "add the missing entries, or leave `sparsity` out to have it detected",
  });
}
