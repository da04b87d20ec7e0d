import type { Body } from "../core/body.js";
import { traceBody } from "../core/close.js";
import type { Node } from "../core/node.js";
import type { TreeDefinition } from "../core/tree.js";
import type { TreeFunction } from "../transforms/typing.js";
import { flattenTensors } from "./carry.js";

/** A user's function as a body, at given arguments. */
export interface Call {
  readonly body: Body;
  /** How many tensors of the function around it reads: the first inputs. */
  readonly captured: number;
  readonly inputs: readonly Node[];
  /** Structure of the list of arguments, and of the result. */
  readonly inputTree: TreeDefinition;
  readonly outputTree: TreeDefinition;
}

export function traceCall(operation: string, f: TreeFunction, args: readonly unknown[]): Call {
  const { leaves, definition } = flattenTensors(operation, args);
  let outputTree: TreeDefinition | undefined;
  const types = leaves.map(({ type }) => type);
  const { body, captured } = traceBody(operation, types, (inputs) => {
    const result = flattenTensors(operation, f(...(definition.unflatten(inputs) as unknown[])));
    outputTree = result.definition;
    return result.leaves;
  });
  return {
    body,
    captured: captured.length,
    inputs: [...captured, ...leaves],
    inputTree: definition,
    outputTree: outputTree as unknown as TreeDefinition,
  };
}
