import { tensorOf } from "../../core/convert.js";
import type { Node, Tensor } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { Trace } from "../../core/trace.js";
import { expandDims, ravel } from "../../ops/axes.js";
import { cast } from "../../ops/cast.js";
import { equal } from "../../ops/comparison.js";
import { concatenate } from "../../ops/concatenate.js";
import { arange } from "../../ops/range.js";
import { restoreShape } from "../../ops/shape.js";
import { take } from "../../ops/take.js";
import { alongDirections, type Directions } from "../jacobian.js";
import { reverse } from "../pullback.js";
import { pushforward } from "../pushforward.js";
import { instantiate, type MaybeTangent } from "../tangent.js";
import { type Colouring, colourColumns, fullest } from "./colouring.js";
import { type Pattern, transposed } from "./pattern.js";

export type Method = "forward" | "reverse";

/** How the entries of a pattern are computed: directions of one mode, and where among the results each entry is. */
export interface Plan {
  readonly pattern: Pattern;
  readonly method: Method;
  /** Of each element differentiated by (forward) or of the result (reverse); −1 where it has no entries. */
  readonly colours: Int32Array;
  readonly count: number;
  /** Places of the entries in the results, one row for each colour. */
  readonly places: Int32Array;
}

/** A plan by the method asked for, or by the one of fewer directions; forward where both have as many. */
export function planOf(pattern: Pattern, method: Method | "auto"): Plan {
  const chosen = colouringOf(pattern, method);
  const { colours, count } = chosen;
  const isForward = chosen.method === "forward";
  const { rows, columns, indptr, indices } = pattern;
  const places = new Int32Array(indices.length);
  for (let row = 0; row < rows; row++)
    for (let i = indptr[row] as number; i < (indptr[row + 1] as number); i++) {
      const column = indices[i] as number;
      places[i] = isForward
        ? (colours[column] as number) * rows + row
        : (colours[row] as number) * columns + column;
    }
  return { pattern, method: chosen.method, colours, count, places };
}

function colouringOf(
  pattern: Pattern,
  wanted: Method | "auto",
): Colouring & { readonly method: Method } {
  const other = transposed(pattern);
  const colour = (method: Method) =>
    method === "forward"
      ? { ...colourColumns(pattern, other), method }
      : { ...colourColumns(other, pattern), method };
  if (wanted !== "auto") return colour(wanted);
  // first what may take fewer; the other need not be tried where it cannot
  const fewest = { forward: fullest(pattern), reverse: fullest(other) };
  const [likely, unlikely]: Method[] =
    fewest.forward <= fewest.reverse ? ["forward", "reverse"] : ["reverse", "forward"];
  const first = colour(likely as Method);
  if (first.count <= fewest[unlikely as Method]) return first;
  const second = colour(unlikely as Method);
  return second.count < first.count ? second : first;
}

/** The entries of the Jacobian in the order of the pattern. */
export function entries(
  operation: string,
  { method, colours, count, places }: Plan,
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  trace: Trace,
): Tensor {
  const [from, to] = method === "forward" ? [wrt, outputs] : [outputs, wrt];
  const build = derivatives(method, outputs, wrt, trace.depth);
  const along = alongDirections(operation, from, seeds(from, colours, count), count, (tangents) =>
    build(tangents).map((tangent, i) => instantiate(tangent, (to[i] as Tensor).type)),
  );
  const rows = along.map((tensor) => restoreShape(tensor, [count, sizeOf(tensor.shape.slice(1))]));
  const at = tensorOf(places, [places.length], "i32");
  // the places are inside: with a mode, nothing has to look
  return take(ravel(concatenate(rows, { axis: 1 })), at, { mode: "clip" });
}

/** The derivatives of outputs along tangents of inputs, or of inputs along cotangents of outputs. */
export function derivatives(
  method: Method,
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  depth: number,
): (tangents: readonly MaybeTangent[]) => MaybeTangent[] {
  if (method === "reverse") {
    const { pull } = reverse(outputs, wrt, depth);
    return pull;
  }
  return (tangents) => {
    const seeded = new Map<Node, MaybeTangent>();
    wrt.forEach((x, i) => {
      seeded.set(x, tangents[i] as MaybeTangent);
    });
    return pushforward(outputs, seeded, depth);
  };
}

/** A direction for each colour: 1 in the elements that have it. */
function seeds(leaves: readonly Tensor[], colours: Int32Array, count: number): Directions[] {
  let from = 0;
  return leaves.map(({ shape, size, dtype }): Directions => {
    const own = tensorOf(colours.slice(from, from + size), [1, size], "i32");
    from += size;
    const each = expandDims(arange(count, { dtype: "i32" }), 1);
    const where = restoreShape(equal(own, each) as Tensor, [count, ...shape]);
    const values = cast(where, dtype) as Tensor;
    return count === 1 ? { values } : { values, mask: () => where };
  });
}
