import { TraceError } from "./errors.js";
import type { Node } from "./node.js";
import type { Inputs } from "./primitive.js";
import type { ArrayValue, TensorType, Value } from "./type.js";

/** The value of a node, computed if it is not yet. Throws TraceError where there is none (jit, vmap, loop bodies). */
export function readValue(node: Node): Value {
  if (node.value === undefined) computeNow([node]);
  return node.value as Value;
}

/** Computes the given nodes and what they need. */
export function computeNow(nodes: readonly Node[]): void {
  const stack = nodes.filter((node) => node.value === undefined);
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as Node;
    if (node.value !== undefined) {
      stack.pop();
      continue;
    }
    let ready = true;
    for (const input of sourcesOf(node)) {
      if (input.value === undefined) {
        stack.push(input);
        ready = false;
      }
    }
    if (!ready) continue;
    node.value = node.source !== undefined ? node.source.value : evaluateNode(node);
    stack.pop();
  }
}

function sourcesOf(node: Node): readonly Node[] {
  if (node.source !== undefined) return [node.source];
  if (node.inputs.length === 0 && node.depth > 0) throw noValueError(node);
  return node.inputs;
}

function evaluateNode(node: Node): Value {
  return evaluateOn(
    node,
    node.inputs.map((input) => input.value as Value),
  );
}

/** What a node computes from values of its inputs. */
export function evaluateOn(node: Node, values: readonly Value[]): Value {
  return node.primitive.evaluate(
    values as unknown as Inputs<ArrayValue>,
    node.params,
    node.type as TensorType,
  );
}

/** Whether the value of `node` can be had without a traced input in the way (judged by the traces around it). */
export function valuesReachable(node: Node): boolean {
  const seen = new Set<Node>();
  const stack = [node];
  while (stack.length > 0) {
    const next = stack.pop() as Node;
    if (next.value !== undefined || seen.has(next)) continue;
    seen.add(next);
    if (next.source !== undefined) stack.push(next.source);
    else if (next.inputs.length === 0 && next.depth > 0) return false;
    else stack.push(...next.inputs);
  }
  return true;
}

function noValueError(node: Node): TraceError {
  return new TraceError(node.trace?.name ?? "trace", {
    expected: "operations only: tensors have no values here yet",
    received: "a question for a value (.item(), .data, .toArray())",
    fix: "use where, cond, scan or whileLoop instead of JavaScript control flow on values",
  });
}
