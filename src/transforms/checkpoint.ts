import { bind, elementsOf } from "../core/bind.js";
import { checkpointOp } from "../ops/control/checkpoint.js";
import { traceCall } from "./call.js";
import type { AcceptsAll, TreeFunction } from "./typing.js";

/**
 * `f`, of which reverse mode keeps the arguments only and runs it again on the way back: memory for time. In every
 * other respect `f` itself; it may read tensors of the function around it. Inside, tensors have no values.
 */
export function checkpoint<F extends TreeFunction>(
  f: F,
): (...args: AcceptsAll<Parameters<F>>) => ReturnType<F> {
  return (...args) => {
    const { body, inputs, outputTree } = traceCall("checkpoint", f, args);
    return outputTree.unflatten(elementsOf(bind(checkpointOp, inputs, { body }))) as ReturnType<F>;
  };
}
