import { Body } from "../../core/body.js";
import { inlineBody } from "../../core/close.js";
import type { Node, Tensor } from "../../core/node.js";
import { nodesBetween } from "../../core/order.js";
import type { BodyVjp, Flow, MaybeZero, Pulled, Rules } from "../../core/primitive.js";
import { zero } from "../../core/zero.js";
import { inputsRead, makeBody, nodeMayFail, pick } from "./bodies.js";
import { partOfBody } from "./part.js";
import { zerosOf } from "./tape.js";

/**
 * One step of a loop. Inputs of the body: what stays the same (`consts` of them), what is carried from step to
 * step (`carries`), what belongs to the step. Outputs: what is carried on, what the step puts out.
 */
export interface Step {
  readonly body: Body;
  readonly consts: number;
  readonly carries: number;
}

/** The inputs of the body by kind. */
export interface Kinds<T> {
  readonly consts: readonly T[];
  readonly carries: readonly T[];
  readonly xs: readonly T[];
}

export function byKind<T>({ consts, carries }: Step, items: readonly T[]): Kinds<T> {
  return {
    consts: items.slice(0, consts),
    carries: items.slice(consts, consts + carries),
    xs: items.slice(consts + carries),
  };
}

export function inOrder<T>({ consts, carries, xs }: Kinds<T>): T[] {
  return [...consts, ...carries, ...xs];
}

/** `flags` of the body's inputs with carries set until setting them sets no more. `of` gives flags of the outputs. */
export function settleCarries(
  step: Step,
  flags: readonly boolean[],
  of: (flags: readonly boolean[]) => readonly boolean[],
): boolean[] {
  let { consts, carries, xs } = byKind(step, flags);
  for (;;) {
    const now = [...consts, ...carries, ...xs];
    const outputs = of(now);
    const next = carries.map((on, i) => on || outputs[i] === true);
    if (next.every((on, i) => on === carries[i])) return now;
    carries = next;
  }
}

/** How a derivative flows through a loop: to the carries and to what the steps put out. */
export function flowOfLoop(
  step: Step,
  inputs: readonly Flow[],
  through: (inputs: readonly Flow[]) => readonly Flow[],
): readonly Flow[] {
  let { consts, carries, xs } = byKind(step, inputs);
  for (;;) {
    const outputs = through([...consts, ...carries, ...xs]);
    const next = carries.map((flow, i) => flow ?? outputs[i]);
    if (next.every((flow, i) => flow === carries[i]))
      return [...carries, ...outputs.slice(carries.length)];
    carries = next;
  }
}

/** Forward mode: the step of values and tangents, each kind of input followed by its tangents. */
export function tangentStep(
  step: Step,
  given: readonly boolean[],
  rules: Rules,
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

/** `items` laid out where `flags` are set. */
export function spread<T>(flags: readonly boolean[], items: readonly T[]): (T | undefined)[] {
  let next = 0;
  return flags.map((on) => (on ? items[next++] : undefined));
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}

/** Where the backward sweep finds what it reads: the same for all steps, given to each, or kept by each. */
type Residual = { readonly fixed: Node } | { readonly given: number } | { readonly kept: number };

/** A loop made ready for reverse mode. */
export interface Prepared {
  readonly step: Step;
  readonly vjp: BodyVjp;
  readonly active: readonly boolean[];
  readonly residuals: readonly Residual[];
  /** The step that also puts out what is to be kept, after all else. */
  readonly keeping: Step;
}

/** Reverse mode, first half. What depends on `consts` alone is computed here, once, not kept by every step. */
export function prepare(
  step: Step,
  given: readonly boolean[],
  consts: readonly Node[],
  rules: Rules,
): Prepared {
  const pullback = (flags: readonly boolean[]) => rules.vjp(step.body, flags);
  const active = settleCarries(step, given, (flags) => pullback(flags).activeOutputs);
  const vjp = pullback(active);
  const { inputs, outputs } = vjp.forward;
  const count = step.body.outputs.length;
  const nodes = outputs.slice(count);
  const position = new Map(inputs.map((input, i) => [input, i]));
  const inside = byKind(step, inputs);
  const hoisted = nodesOf(inside.consts, [...inside.carries, ...inside.xs], nodes);
  const once = pick(nodes, hoisted);
  const computed = inlineBody(new Body(inside.consts, once), consts);
  const kept: Node[] = [];
  const residuals = nodes.map((node, i): Residual => {
    const at = position.get(node);
    if (hoisted[i] === true) return { fixed: computed[once.indexOf(node)] as Node };
    if (at !== undefined && at >= step.consts + step.carries)
      return { given: at - step.consts - step.carries };
    kept.push(node);
    return { kept: kept.length - 1 };
  });
  const body = new Body(inputs, [...outputs.slice(0, count), ...kept]);
  return { step, vjp, active, residuals, keeping: { ...step, body } };
}

/** Which of `ends` depend on none of `varying` and can be computed outside the loop whether it runs or not. */
function nodesOf(
  consts: readonly Node[],
  varying: readonly Node[],
  ends: readonly Node[],
): boolean[] {
  const stay = new Set<Node>(varying);
  for (const node of nodesBetween([...consts, ...varying], ends, 1))
    if (nodeMayFail(node) || node.inputs.some((input) => stay.has(input))) stay.add(node);
  return ends.map((node) => !stay.has(node));
}

/**
 * The part of a step that some of its outputs need: the body over the inputs in `read`. `carried` are carries
 * needed in any case.
 */
export function partOf(
  step: Step,
  wanted: readonly boolean[],
  carried: readonly boolean[] = [],
): { step: Step; read: Kinds<boolean>; outputs: readonly boolean[] } {
  let carries = wanted.slice(0, step.carries).map((on, i) => on || carried[i] === true);
  const rest = wanted.slice(step.carries);
  for (;;) {
    const outputs = [...carries, ...rest];
    const body = partOfBody(step.body, outputs);
    const own = byKind(step, inputsRead(body));
    const next = carries.map((on, i) => on || own.carries[i] === true);
    if (next.every((on, i) => on === carries[i])) {
      const read = { ...own, carries };
      return {
        step: {
          body: new Body(pick(body.inputs, inOrder(read)), body.outputs),
          consts: read.consts.filter(Boolean).length,
          carries: read.carries.filter(Boolean).length,
        },
        read,
        outputs,
      };
    }
    carries = next;
  }
}

/** Positions of the flags that are set. */
export function positions(flags: readonly boolean[]): number[] {
  return flags.flatMap((on, i) => (on ? [i] : []));
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
  nodes: { readonly consts: readonly Node[]; readonly xs: readonly Node[]; kept: readonly Node[] },
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
  const fixed = residuals.flatMap((residual) => ("fixed" in residual ? [residual.fixed] : []));
  const ownEnds = given.slice(step.carries);
  const { consts, carries, xs } = byKind(step, step.body.inputs);
  const sums = pick(consts, reached.consts);
  const xTypes = [...nodes.kept, ...nodes.xs].map((_, i) =>
    i < nodes.kept.length
      ? (vjp.forward.outputs[keptAt(residuals, i) + step.body.outputs.length] as Node).type
      : (xs[i - nodes.kept.length] as Node).type,
  );
  const endTypes = pick(step.body.outputs.slice(step.carries), ownEnds).map(({ type }) => type);
  const carryTypes = pick(carries, carried).map(({ type }) => type);
  const body = makeBody(
    "vjp",
    [
      ...fixed.map(({ type }) => type),
      ...carryTypes,
      ...sums.map(({ type }) => type),
      ...xTypes,
      ...endTypes,
    ],
    (inputs) => {
      let next = 0;
      const take = (count: number): readonly Node[] => {
        next += count;
        return inputs.slice(next - count, next);
      };
      const constants = take(fixed.length);
      const backs = spread(carried, take(carryTypes.length));
      const totals = take(sums.length);
      const kept = take(nodes.kept.length);
      const xsOf = take(nodes.xs.length);
      const outs = take(endTypes.length);
      let constant = 0;
      const read = residuals.map((residual) => {
        if ("fixed" in residual) return constants[constant++] as Node;
        return ("given" in residual ? xsOf[residual.given] : kept[residual.kept]) as Node;
      });
      const ownBacks = backs.filter((_, i) => given[i] === true) as Node[];
      const pulled = byKind(
        step,
        spread(stage.reached, inlineBody(stage.body, [...read, ...ownBacks, ...outs])),
      );
      const on = carries.flatMap(({ type }, i) =>
        carried[i] === true ? [pulled.carries[i] ?? zerosOf(type)] : [],
      );
      const added = present(pulled.consts).map((term, i) => loop.add(totals[i] as Node, term));
      return [...on, ...added, ...present(pulled.xs)];
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

function whereItRuns(node: Node | undefined, runs: BackwardLoop["runs"]): Pulled {
  if (node === undefined || runs === false) return zero;
  if (runs === true || node.type.kind !== "tensor") return node as Tensor;
  return { value: node as Tensor, condition: runs };
}

function keptAt(residuals: readonly Residual[], kept: number): number {
  return residuals.findIndex((residual) => "kept" in residual && residual.kept === kept);
}
