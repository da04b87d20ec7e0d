import { inlineBody } from "../core/close.js";
import type { Node, Tensor } from "../core/node.js";
import type { Inputs, MaybeZero, Pulled } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { zerosOf } from "../ops/tape.js";
import { type BodyVjp, rules } from "../transforms/bodies.js";
import { inTurn, makeBody, pick } from "./bodies.js";
import { findResiduals, keptOf, type Residuals, readResiduals } from "./residuals.js";
import { byKind, present, type Step, settleCarries, spread } from "./step.js";

/** A loop made ready for reverse mode. */
export interface Prepared {
  readonly step: Step;
  readonly vjp: BodyVjp;
  readonly active: readonly boolean[];
  readonly residuals: Residuals;
}

/** Reverse mode, first half. */
export function prepare(step: Step, given: readonly boolean[], consts: readonly Node[]): Prepared {
  const pullback = (flags: readonly boolean[]) => rules.vjp(step.body, flags);
  const active = settleCarries(step, given, (flags) => pullback(flags).activeOutputs);
  const vjp = pullback(active);
  return { step, vjp, active, residuals: findResiduals(step, vjp.forward, consts) };
}

/** What the backward loop needs from the kind of loop it belongs to. */
export interface BackwardLoop {
  /** Runs a step over the forward loop's steps, last first. */
  run(
    step: Step,
    consts: readonly Node[],
    carries: readonly Node[],
    xs: readonly Node[],
  ): readonly Node[];
  add(a: Node, b: Node): Node;
  /** Whether there is a step: if not, what stays the same has no derivative. */
  readonly runs: boolean | (() => Tensor);
}

/**
 * Reverse mode, second half: cotangents of the body's inputs, given those of the carries and of what the steps
 * put out. Cotangents of carries are carried back, those of `consts` added up.
 */
export function sweepBack(
  { step, vjp, active, residuals }: Prepared,
  cotangents: readonly MaybeZero[],
  nodes: { readonly xs: readonly Node[]; readonly kept: readonly Node[] },
  loop: BackwardLoop,
): Pulled[] {
  const ends = cotangents.slice(step.carries);
  const start = cotangents.slice(0, step.carries);
  let carried = start.map((ct, i) => ct !== zero && byKind(step, active).carries[i] === true);
  let stage: ReturnType<BodyVjp["backward"]>;
  let given: boolean[];
  for (;;) {
    given = [...carried, ...ends.map((ct) => ct !== zero)].map(
      (on, i) => on && vjp.activeOutputs[i] === true,
    );
    stage = vjp.backward(given);
    const next = carried.map((on, i) => on || byKind(step, stage.reached).carries[i] === true);
    if (next.every((on, i) => on === carried[i])) break;
    carried = next;
  }
  const reached = byKind(step, stage.reached);
  const { fixed } = residuals;
  const ownEnds = given.slice(step.carries);
  const { consts, carries, xs } = byKind(step, step.body.inputs);
  const sums = pick(consts, reached.consts);
  const keptTypes = keptOf(step, residuals).map(({ type }) => type);
  const endTypes = pick(step.body.outputs.slice(step.carries), ownEnds).map(({ type }) => type);
  const carryTypes = pick(carries, carried).map(({ type }) => type);
  const body = makeBody(
    "vjp",
    [
      ...fixed.map(({ type }) => type),
      ...carryTypes,
      ...sums.map(({ type }) => type),
      ...keptTypes,
      ...xs.map(({ type }) => type),
      ...endTypes,
    ],
    (inputs) => {
      const take = inTurn(inputs);
      const constants = take(fixed.length);
      const backs = spread(carried, take(carryTypes.length));
      const totals = take(sums.length);
      const kept = take(keptTypes.length);
      const xsOf = take(xs.length);
      const outs = take(endTypes.length);
      const read = readResiduals(residuals, constants, kept, xsOf);
      const ownBacks = backs.filter((_, i) => given[i] === true) as Node[];
      const pulled = byKind(
        step,
        spread(stage.reached, inlineBody(stage.body, [...read, ...ownBacks, ...outs])),
      );
      const on = carries.flatMap(({ type }, i) =>
        carried[i] === true ? [pulled.carries[i] ?? zerosOf(type)] : [],
      );
      const sumsOn = present(pulled.consts).map((term, i) => added(totals[i] as Node, term, loop));
      return [...on, ...sumsOn, ...present(pulled.xs)];
    },
  );
  const results = loop.run(
    { body, consts: fixed.length, carries: carryTypes.length + sums.length },
    fixed,
    [
      ...carries.flatMap(({ type }, i) => {
        if (carried[i] !== true) return [];
        const ct = start[i] as MaybeZero;
        return [ct === zero ? zerosOf(type) : ct];
      }),
      ...sums.map(({ type }) => zerosOf(type)),
    ],
    [...nodes.kept, ...nodes.xs, ...(pick(ends, ownEnds) as Node[])],
  );
  const backs = spread(carried, results.slice(0, carryTypes.length));
  const totals = spread(reached.consts, results.slice(carryTypes.length));
  const outs = spread(reached.xs, results.slice(carryTypes.length + sums.length));
  return [
    ...totals.map((node) => whereItRuns(node, loop.runs)),
    ...[...backs, ...outs].map((node) => (node as Tensor | undefined) ?? zero),
  ];
}

/** The total with a term of one step, where only the term is to be looked at if that is small. */
function added(total: Node, term: Node, loop: BackwardLoop): Node {
  const { primitive, inputs, params } = term;
  const whole = total as Tensor;
  return (
    primitive.addedTo?.(whole, inputs as unknown as Inputs<Tensor>, params) ?? loop.add(total, term)
  );
}

function whereItRuns(node: Node | undefined, runs: BackwardLoop["runs"]): Pulled {
  if (node === undefined || runs === false) return zero;
  if (runs === true || node.type.kind !== "tensor") return node as Tensor;
  return { value: node as Tensor, condition: runs };
}
