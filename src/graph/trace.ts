import { TraceError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { withTrace } from "../core/trace.js";
import { flattenArguments, traceFunction } from "../transforms/functions.js";
import type { AcceptsAll, TreeFunction } from "../transforms/typing.js";
import { Graph } from "./graph.js";

/**
 * The computational graph of `f`, traced for the types of the examples: `trace(f)(…examples)`. Inputs are named
 * by the keys they come under, and `x0`, `x1`, … by position otherwise (or by `names`). Inside, tensors have no
 * values. Throws TraceError if `f` reads a tensor of another function being traced.
 */
export function trace<F extends TreeFunction>(
  f: F,
  options: { readonly names?: readonly string[] } = {},
): (...examples: AcceptsAll<Parameters<F>>) => Graph {
  return (...examples: unknown[]): Graph =>
    withTrace("trace", (scope) => {
      const args = flattenArguments("trace", examples);
      const names = args.definition.paths.map(
        (path, i) => options.names?.[i] ?? nameFromPath(path),
      );
      const traced = traceFunction("trace", f, args, scope, names);
      refuseCaptured(traced.inputs, traced.outputs, scope.depth);
      return new Graph({
        inputs: traced.inputs,
        outputs: traced.outputs,
        inputTree: args.definition,
        outputTree: traced.definition,
        trace: scope,
      });
    });
}

/** Names a tensor for printing and explanations: `const u = label(add(a, e), "u")`. Returns the tensor. */
export function label<T extends Tensor>(x: T, name: string): T {
  x.label ??= name;
  return x;
}

/** `[0].layer.w` → `layer.w`, `[1]` → `x1`, `[0].a` → `a`. */
function nameFromPath(path: string): string {
  const keys = path.replace(/^\[(\d+)\]/, "");
  return keys === "" ? `x${/\d+/.exec(path)?.[0] ?? ""}` : keys.replace(/^\./, "");
}

function refuseCaptured(inputs: readonly Node[], outputs: readonly Node[], depth: number): void {
  for (const node of nodesBetween(inputs, outputs)) {
    if (node.depth === 0 || node.depth >= depth) continue;
    throw new TraceError("trace", {
      expected: "a function of its arguments and constants",
      received: `one that reads a tensor of the ${node.trace?.name ?? "function"} around it`,
      fix: "pass that tensor as an argument",
    });
  }
}
