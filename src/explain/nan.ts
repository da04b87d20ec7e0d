import { isFloat } from "../core/dtype.js";
import type { Tensor } from "../core/node.js";
import { reopenTrace } from "../core/trace.js";
import { flatten } from "../core/tree.js";
import { Graph } from "../graph/graph.js";
import { trace } from "../graph/trace.js";
import { add } from "../ops/arithmetic.js";
import { sum } from "../ops/reduce.js";
import type { TreeFunction } from "../transforms/typing.js";
import { explain } from "./explain.js";
import type { Warning } from "./explanation.js";

/**
 * Where NaN and infinities come from: the operations whose value, or whose contribution to the gradient of the
 * summed results, has one although nothing it was given has. Each warning names the node, the values of its
 * operands and, under `setDebug(true)`, the user's line. Empty when all is finite.
 */
export function explainNaN(what: Graph | TreeFunction, ...args: unknown[]): readonly Warning[] {
  const graph = what instanceof Graph ? what : trace(what)(...(args as never[]));
  const floats = graph.outputs.filter((output) => isFloat(output.dtype));
  const [first] = floats;
  if (first === undefined) return [];
  const total = reopenTrace(graph.trace, () =>
    floats
      .map((output) => (output.shape.length === 0 ? output : (sum(output) as Tensor)))
      .reduce((a, b) => add(a, b) as Tensor),
  );
  return explain(graph.with([total], flatten(0).definition), args).warnings;
}
