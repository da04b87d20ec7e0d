import { Body } from "../core/body.js";
import type { Node, Tensor } from "../core/node.js";
import type { MaybeZero } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { zerosOf } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { byKind, type Kinds, present, type Step, settleCarries, spread } from "./step.js";

/** Forward mode: the step of values and tangents, each kind of input followed by its tangents. */
export function tangentStep(
  step: Step,
  given: readonly boolean[],
): { step: Step; active: Kinds<boolean>; activeOutputs: Kinds<boolean> } {
  const none = step.body.outputs.slice(step.carries).map(() => false);
  const push = (flags: readonly boolean[]) =>
    rules.jvp(step.body, flags, [...byKind(step, flags).carries, ...none]);
  const flags = settleCarries(step, given, (now) => push(now).activeOutputs);
  const { body, activeOutputs } = push(flags);
  const active = byKind(step, flags);
  const count = step.body.inputs.length;
  const tangents = spread(flags, body.inputs.slice(count));
  const primals = byKind(step, body.inputs.slice(0, count));
  const dots = byKind(step, tangents);
  const inputs = [
    ...primals.consts,
    ...present(dots.consts),
    ...primals.carries,
    ...present(dots.carries),
    ...primals.xs,
    ...present(dots.xs),
  ];
  const outputs = body.outputs.slice(0, step.body.outputs.length);
  const outDots = spread(activeOutputs, body.outputs.slice(step.body.outputs.length));
  const { carries } = step;
  const results = [
    ...outputs.slice(0, carries),
    ...present(outDots.slice(0, carries)),
    ...outputs.slice(carries),
    ...present(outDots.slice(carries)),
  ];
  return {
    step: {
      body: new Body(inputs, results),
      consts: step.consts + present(dots.consts).length,
      carries: carries + present(dots.carries).length,
    },
    active,
    activeOutputs: byKind({ ...step, consts: 0 }, activeOutputs),
  };
}

/** Nodes followed by the tangents of those that are active; zeros where none is given. */
export function withTangents(
  nodes: readonly Node[],
  tangents: readonly MaybeZero[],
  active: readonly boolean[],
): Node[] {
  const dots = nodes.flatMap((node, i) => {
    if (active[i] !== true) return [];
    const tangent = tangents[i] as MaybeZero;
    return [tangent === zero ? zerosOf(node.type) : tangent];
  });
  return [...nodes, ...dots];
}

/** The tangents among the results of a loop of values and tangents, as `withTangents` orders them. */
export function tangentsAmong(
  results: readonly Node[],
  { carries, xs }: Kinds<boolean>,
): MaybeZero[] {
  const first = carries.length + carries.filter(Boolean).length;
  const dots = [
    ...results.slice(carries.length, first),
    ...results.slice(first + xs.length),
  ] as Tensor[];
  return spread([...carries, ...xs], dots).map((dot) => dot ?? zero);
}
