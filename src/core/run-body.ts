import type { Body } from "./body.js";
import { evaluateOn, readValue } from "./evaluate.js";
import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import type { Value } from "./type.js";

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

/** The outputs of a body for these inputs, over a plan of slots. */
export function runBody(body: Body, inputs: readonly Value[]): Value[] {
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
