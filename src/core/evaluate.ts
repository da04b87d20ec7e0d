import type { Body } from "./body.js";
import { TraceError } from "./errors.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import type { Inputs, Interpreter } from "./primitive.js";
import type { ArrayValue, TensorType, Value } from "./type.js";

/**
 * The reference interpreter: the meaning of every graph. Nodes compute on demand, once, and keep their value;
 * bodies of control flow run over plans of slots.
 */
export const interpreter: Interpreter = { evaluate: evaluateBody };

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

function evaluateOn(node: Node, values: readonly Value[]): Value {
  return node.primitive.evaluate(
    values as unknown as Inputs<ArrayValue>,
    node.params,
    node.type as TensorType,
    interpreter,
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

interface Step {
  readonly node: Node;
  readonly inputs: readonly number[];
  readonly output: number;
}

interface Plan {
  readonly steps: readonly Step[];
  readonly constants: readonly (readonly [number, Value])[];
  readonly slots: number;
  readonly outputs: readonly number[];
}

const plans = new WeakMap<Body, Plan>();

function planOf(body: Body): Plan {
  let plan = plans.get(body);
  if (plan === undefined) {
    plan = makePlan(body);
    plans.set(body, plan);
  }
  return plan;
}

function makePlan(body: Body): Plan {
  const slotOf = new Map<Node, number>();
  for (const input of body.inputs) slotOf.set(input, slotOf.size);
  const constants: [number, Value][] = [];
  const slotFor = (node: Node): number => {
    let slot = slotOf.get(node);
    if (slot === undefined) {
      // of constants alone: computed once, not at every run
      slot = slotOf.size;
      slotOf.set(node, slot);
      constants.push([slot, readValue(node)]);
    }
    return slot;
  };
  const steps: Step[] = [];
  for (const node of nodesBetween(body.inputs, body.outputs, 1)) {
    const inputs = node.inputs.map(slotFor);
    const output = slotOf.size;
    slotOf.set(node, output);
    steps.push({ node, inputs, output });
  }
  const outputs = body.outputs.map(slotFor);
  return { steps, constants, slots: slotOf.size, outputs };
}

function evaluateBody(body: Body, inputs: readonly Value[]): Value[] {
  const plan = planOf(body);
  const slots = new Array<Value>(plan.slots);
  for (let i = 0; i < body.inputs.length; i++) slots[i] = inputs[i] as Value;
  for (const [slot, value] of plan.constants) slots[slot] = value;
  for (const { node, inputs: from, output } of plan.steps) {
    const values = new Array<Value>(from.length);
    for (let i = 0; i < from.length; i++) values[i] = slots[from[i] as number] as Value;
    slots[output] = evaluateOn(node, values);
  }
  return plan.outputs.map((slot) => slots[slot] as Value);
}
