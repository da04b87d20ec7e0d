import { parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { withTrace } from "../core/trace.js";
import type { Type } from "../core/type.js";
import { add, divide, square } from "../ops/arithmetic.js";

/** A body that a rule makes: `build` may read its inputs and constants only. */
export function makeBody(
  name: string,
  types: readonly Type[],
  build: (inputs: readonly Node[]) => readonly Node[],
): Body {
  return withTrace(
    name,
    (trace) => {
      const inputs = types.map((type) => parameterNode(type, trace));
      return new Body(inputs, build(inputs));
    },
    "sealed",
  );
}

/** The body with other inputs: some of its own in any order, and fresh ones that it does not read. */
export function overInputs(body: Body, inputs: readonly (number | Type)[]): Body {
  const all = inputs.map((input) =>
    typeof input === "number" ? (body.inputs[input] as Node) : unread(input),
  );
  return new Body(all, body.outputs);
}

function unread(type: Type): Node {
  return withTrace("body", (trace) => parameterNode(type, trace));
}

/** Which of its inputs the body reads. */
export function inputsRead(body: Body): boolean[] {
  const read = new Set<Node>(body.outputs);
  for (const node of nodesBetween(body.inputs, body.outputs, 1))
    for (const input of node.inputs) read.add(input);
  return body.inputs.map((input) => read.has(input));
}

const failing = new WeakMap<Body, boolean>();

/** Whether running the body can throw for some values. */
export function bodyMayFail(body: Body): boolean {
  let known = failing.get(body);
  if (known === undefined) {
    known = nodesBetween(body.inputs, body.outputs, 1).some(nodeMayFail);
    failing.set(body, known);
  }
  return known;
}

export function nodeMayFail({ primitive, params }: Node): boolean {
  return typeof primitive.mayFail === "function"
    ? primitive.mayFail(params)
    : primitive.mayFail === true;
}

export function pick<T>(items: readonly T[], wanted: readonly boolean[]): T[] {
  return items.filter((_, i) => wanted[i] === true);
}

/** Takes items from the front, so many at a time. */
export function inTurn<T>(items: readonly T[]): (count: number) => readonly T[] {
  let next = 0;
  return (count) => {
    next += count;
    return items.slice(next - count, next);
  };
}

/** 1/(1 + x²): a smooth function for the cases that tests run, of operations that every bundle has. */
export function bump(x: Tensor): Tensor {
  return divide(1, add(1, square(x))) as Tensor;
}
