import { inlineBody } from "../core/close.js";
import type { Node, Tensor } from "../core/node.js";
import type { MaybeZero } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { zerosOf } from "../ops/tape.js";
import { type Rules, rules } from "../transforms/bodies.js";
import { inTurn, makeBody, pick } from "./bodies.js";
import { findResiduals, keptOf, type Residuals, readResiduals } from "./residuals.js";
import { byKind, type Kinds, type Step, settleCarries, spread } from "./step.js";

/** A loop made ready for forward mode in two loops: one over values, one over tangents. */
export interface Linearized {
  readonly step: Step;
  readonly linear: ReturnType<Rules["linearize"]>;
  readonly active: readonly boolean[];
  readonly residuals: Residuals;
}

export function linearizeStep(
  step: Step,
  given: readonly boolean[],
  consts: readonly Node[],
): Linearized {
  const none = step.body.outputs.slice(step.carries).map(() => false);
  const push = (flags: readonly boolean[]) =>
    rules.linearize(step.body, flags, [...byKind(step, flags).carries, ...none]);
  const active = settleCarries(step, given, (flags) => push(flags).activeOutputs);
  const linear = push(active);
  return { step, linear, active, residuals: findResiduals(step, linear.forward, consts) };
}

/** The loop over tangents: those of the carries and of what the steps put out. */
export function pushLinear(
  { step, linear, active, residuals }: Linearized,
  tangents: Kinds<MaybeZero>,
  nodes: Kinds<Node> & { readonly kept: readonly Node[] },
  run: (
    step: Step,
    consts: readonly Node[],
    carries: readonly Node[],
    xs: readonly Node[],
  ) => readonly Node[],
): MaybeZero[] {
  const on = byKind(step, active);
  const types = byKind(
    step,
    step.body.inputs.map(({ type }) => type),
  );
  const constTypes = pick(types.consts, on.consts);
  const carryTypes = pick(types.carries, on.carries);
  const ownXs = pick(types.xs, on.xs);
  const keptTypes = keptOf(step, residuals).map(({ type }) => type);
  const fixedTypes = residuals.fixed.map(({ type }) => type);
  const body = makeBody(
    "linearize",
    [...fixedTypes, ...constTypes, ...carryTypes, ...keptTypes, ...types.xs, ...ownXs],
    (inputs) => {
      const take = inTurn(inputs);
      const fixed = take(fixedTypes.length);
      const constDots = take(constTypes.length);
      const carryDots = take(carryTypes.length);
      const kept = take(keptTypes.length);
      const read = readResiduals(residuals, fixed, kept, take(types.xs.length));
      const xDots = take(ownXs.length);
      return inlineBody(linear.linear, [...read, ...constDots, ...carryDots, ...xDots]);
    },
  );
  const given = (dots: readonly MaybeZero[], flags: readonly boolean[], own: readonly Node[]) =>
    dots.flatMap((dot, i) => {
      if (flags[i] !== true) return [];
      return [dot === zero ? zerosOf((own[i] as Node).type) : dot];
    });
  const results = run(
    {
      body,
      consts: fixedTypes.length + constTypes.length,
      carries: carryTypes.length,
    },
    [...residuals.fixed, ...given(tangents.consts, on.consts, nodes.consts)],
    given(tangents.carries, on.carries, nodes.carries),
    [...nodes.kept, ...nodes.xs, ...given(tangents.xs, on.xs, nodes.xs)],
  );
  return spread(linear.activeOutputs, results).map((dot) => (dot ?? zero) as MaybeZero | Tensor);
}
