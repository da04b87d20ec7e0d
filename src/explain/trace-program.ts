import type { Tensor } from "../core/node.js";
import type { TensorLike } from "../core/typing.js";
import type { Functions } from "../formula/build.js";
import { build } from "../formula/library.js";
import type { Program } from "../formula/syntax.js";
import type { Graph } from "../graph/graph.js";
import { trace } from "../graph/trace.js";

/** The graph of a program over its variables, in their order, for values of these types. Throws FormulaError. */
export function traceProgram(
  program: Program,
  variables: readonly string[],
  values: readonly TensorLike[],
  options: { readonly functions?: Functions } = {},
): Graph {
  const f = (...xs: Tensor[]): Tensor =>
    build(
      program,
      Object.fromEntries(variables.map((name, i) => [name, xs[i] as Tensor])),
      options,
    );
  return trace(f, { names: variables })(...(values as Tensor[]));
}
