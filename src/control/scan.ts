import { bind, elementsOf, numberNode } from "../core/bind.js";
import { inlineBody, traceBody } from "../core/close.js";
import { ShapeError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Case,
  Inputs,
  MaybeZero,
  Part,
  Primitive,
  Pullback,
  Tangents,
} from "../core/primitive.js";
import {
  formatType,
  sameType,
  type TapeType,
  type TensorType,
  type Type,
  tensorType,
} from "../core/type.js";
import { zero } from "../core/zero.js";
import { add, multiply, subtract } from "../ops/arithmetic.js";
import { cast } from "../ops/cast.js";
import { greater, less } from "../ops/comparison.js";
import { describe } from "../ops/describe.js";
import { max } from "../ops/extrema.js";
import { moveBatchAxis, permuteAxes } from "../ops/shape.js";
import { addNodes, entrywise, laneFirst } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { prepare, sweepBack } from "./backward.js";
import { bodyMayFail, bump, inputsRead, makeBody, overInputs, pick } from "./bodies.js";
import { emitSteps } from "./emit/steps.js";
import { borrowed, masked, selected } from "./lanes.js";
import { linearizeStep, pushLinear } from "./linear.js";
import { partOf } from "./residuals.js";
import { evaluateScan } from "./run.js";
import { settleBodies } from "./settle.js";
import {
  byKind,
  flowOfLoop,
  inOrder,
  type Kinds,
  positions,
  type Step,
  settleCarries,
} from "./step.js";
import { tangentStep, tangentsAmong, withTangents } from "./tangents.js";
import { addTapes, emptyTape, tapeLength } from "./tape.js";

export interface ScanParams extends Step {
  /** Number of steps; null: the first input tells it (i32), and what steps take and put out are tapes. */
  readonly length: number | null;
  /** Last step first. */
  readonly reverse: boolean;
}

/** The inputs: the number of steps where it is not known, then what the body takes, over all steps. */
interface Parts<T> {
  readonly count: T | undefined;
  readonly rest: readonly T[];
}

function partsOf<T>(inputs: readonly T[], { length }: ScanParams): Parts<T> {
  return length === null
    ? { count: inputs[0], rest: inputs.slice(1) }
    : { count: undefined, rest: inputs };
}

export const scanOp: Primitive<ScanParams> = {
  name: "scan",
  type: typeOfScan,
  evaluate: evaluateScan,
  derivative: {
    kind: "general",
    flow: (inputs, params, through) =>
      flowOfLoop(params, partsOf(inputs, params).rest, (flows) => through(params.body, flows)),
    jvp: pushScan,
    vjp: pullScan,
  },
  batch: batchScan,
  lower: { kind: "steps", steps: (params) => params, emit: emitSteps },
  part: partOfScan,
  settleBodies,
  mayFail: ({ body }) => bodyMayFail(body),
};

export const describedScan: Primitive = /* @__PURE__ */ describe(scanOp, {
  doc: "Runs the body step by step: it takes constants, what is carried, and one slice of each stacked input, and gives what is carried on and one slice of each stacked output.",
  domain: [{ low: -2, high: 2 }],
  cases: scanCases,
});

function scanCases(): Case<ScanParams>[] {
  const one = tensorType([], "f64");
  const two = tensorType([2], "f64");
  const linear = makeBody("scan", [one, one, one], ([a, c, x]) => {
    const next = add(multiply(a as Tensor, c as Tensor), x as Tensor) as Tensor;
    return [next, multiply(next, c as Tensor) as Tensor];
  });
  const counting = makeBody("scan", [two, tensorType([], "i32"), two], ([c, k, x]) => {
    const scaled = multiply(c as Tensor, cast(k as Tensor, "f64"));
    return [add(scaled, bump(x as Tensor)), add(k as Tensor, int(1))];
  });
  const count = { shape: [], dtype: "i32", values: [1] } as const;
  const whole = { body: linear, consts: 1, carries: 1, length: 3, reverse: false };
  return [
    { inputs: [{ shape: [] }, { shape: [] }, { shape: [3] }], params: whole },
    { inputs: [{ shape: [] }, { shape: [] }, { shape: [3] }], params: { ...whole, reverse: true } },
    { inputs: [{ shape: [] }, { shape: [] }, { shape: [0] }], params: { ...whole, length: 0 } },
    {
      inputs: [{ shape: [2] }, count, { shape: [4, 2] }],
      params: { body: counting, consts: 0, carries: 2, length: 4, reverse: false },
    },
  ];
}

function typeOfScan(inputs: Inputs<TensorType>, params: ScanParams): Type {
  const types: readonly Type[] = inputs;
  const { body, carries, length } = params;
  const { rest } = partsOf(types, params);
  const kinds = byKind(params, rest);
  const expected = byKind(
    params,
    body.inputs.map(({ type }) => type),
  );
  const xs = expected.xs.map((type, i) => overSteps(type, length, kinds.xs[i]));
  const wanted = [...expected.consts, ...expected.carries, ...xs];
  const bad = wanted.findIndex((type, i) => !sameType(type, rest[i] ?? tensorType([], "bool")));
  if (bad >= 0 || wanted.length !== rest.length) {
    const at = bad < 0 ? wanted.length : bad;
    throw new ShapeError("scan", {
      expected: `${wanted[at] === undefined ? "no input" : formatType(wanted[at])} as input ${at}`,
      received: rest[at] === undefined ? "none" : formatType(rest[at]),
    });
  }
  return {
    kind: "tuple",
    elements: body.outputs.map(({ type }, i) =>
      i < carries ? (type as TensorType) : overSteps(type, length),
    ),
  };
}

/** Type of what all steps take or put out, given that of one: stacked, or a tape where that cannot be. */
function overSteps(type: Type, length: number | null, given?: Type): TensorType | TapeType {
  if (length === null || type.kind !== "tensor" || given?.kind === "tape")
    return tapeOf(type as TensorType | TapeType);
  return tensorType([length, ...type.shape], type.dtype);
}

/** A scan as rules ask for it. */
interface ScanSpec {
  readonly step: Step;
  readonly count?: Node | undefined;
  readonly length: number | null;
  readonly reverse: boolean;
}

/** Binds a scan without the constants and stacked inputs that its body does not read; gives the results. */
export function bindScan(
  { step, count, length, reverse }: ScanSpec,
  consts: readonly Node[],
  carries: readonly Node[],
  xs: readonly Node[],
): Node[] {
  const read = byKind(step, inputsRead(step.body));
  const kept = inOrder({ ...read, carries: read.carries.map(() => true) });
  const body = overInputs(step.body, pick([...kept.keys()], kept));
  const inputs = pick([...consts, ...carries, ...xs], kept);
  const params = {
    body: body.inputs.length === step.body.inputs.length ? step.body : body,
    consts: read.consts.filter(Boolean).length,
    carries: step.carries,
    length,
    reverse,
  };
  return elementsOf(bind(scanOp, count === undefined ? inputs : [count, ...inputs], params));
}

/** The type of tapes of such elements. */
export function tapeOf(element: TensorType | TapeType): TapeType {
  return { kind: "tape", element, entrywise: overEntries, add: addTapes, zero: emptyTape };
}

function overEntries(tapes: readonly Node[], f: (...tensors: Tensor[]) => Tensor): Node {
  const types = tapes.map((tape) => (tape.type as TapeType).element);
  const { body, captured } = traceBody("tape", types, (entries) => [entrywise(entries, f)]);
  const step = { body, consts: captured.length, carries: 0 };
  const spec = { step, count: tapeLength(tapes), length: null, reverse: false };
  return bindScan(spec, captured, [], tapes)[0] as Node;
}

/** Lanes that are not live take the values of one that is. */
export function borrowedNode(live: Tensor, node: Node): Node {
  return entrywise([node], (x) => borrowed(live, x));
}

/** Of the nodes that have lanes: those that are not live take the values of one that is. */
export function borrowedWhere(
  batched: readonly boolean[],
  live: Tensor,
  nodes: readonly Node[],
): Node[] {
  return nodes.map((node, i) => (batched[i] === true ? borrowedNode(live, node) : node));
}

/** `a` in lanes that are live, `b` in others (zero unless given). */
export function selectedNode(live: Tensor, a: Node, b?: Node): Node {
  if (b === undefined) return entrywise([a], (x) => masked(live, x));
  return entrywise([a, b], (x, y) => selected(live, x, y));
}

function partOfScan(params: ScanParams, wanted: readonly boolean[]): Part<ScanParams> {
  const { step, read, outputs } = partOf(params, wanted);
  const first = params.length === null ? 1 : 0;
  return {
    params: { ...params, ...step },
    inputs: [...Array(first).keys(), ...positions(inOrder(read)).map((at) => at + first)],
    elements: positions(outputs),
  };
}

function pushScan(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  _outputs: unknown,
  params: ScanParams,
): Tangents {
  const { count, rest } = partsOf<Node>(inputs, params);
  const dots = partsOf<MaybeZero>(tangents, params).rest;
  const given = dots.map((dot) => dot !== zero);
  const nodes = byKind(params, rest);
  if (areLater(dots, inputs)) {
    const linearized = linearizeStep(params, given, nodes.consts);
    const { kept } = keepApart(linearized.residuals.keeping, params, rest, count);
    return pushLinear(
      linearized,
      byKind(params, dots),
      { ...nodes, kept: kept() },
      (step, ...all) => bindScan({ ...params, step, count }, ...all),
    );
  }
  const { step, active, activeOutputs } = tangentStep(params, given);
  const own = byKind(params, dots);
  const results = bindScan(
    { ...params, step, count },
    withTangents(nodes.consts, own.consts, active.consts),
    withTangents(nodes.carries, own.carries, active.carries),
    withTangents(nodes.xs, own.xs, active.xs),
  );
  return tangentsAmong(results, activeOutputs);
}

function pullScan(
  inputs: Inputs<Tensor>,
  active: readonly boolean[],
  params: ScanParams,
): Pullback {
  const { count, rest } = partsOf<Node>(inputs, params);
  const nodes = byKind(params, rest);
  const prepared = prepare(params, partsOf(active, params).rest, nodes.consts);
  const { keeping } = prepared.residuals;
  const own = params.body.outputs.length;
  const apart = keepApart(keeping, params, rest, count);
  let outputs: readonly Node[];
  let kept: readonly Node[];
  if (apart.depth < depthOf(rest)) {
    outputs = elementsOf(bind(scanOp, inputs, params));
    kept = apart.kept();
  } else {
    const { consts, carries, xs } = nodes;
    const results = bindScan({ ...params, step: keeping, count }, consts, carries, xs);
    outputs = results.slice(0, own);
    kept = results.slice(own);
  }
  return {
    outputs,
    pull: (cotangents) => {
      const pulled = sweepBack(
        prepared,
        cotangents,
        { xs: nodes.xs, kept },
        {
          run: (step, consts, carries, xs) =>
            bindScan({ ...params, step, count, reverse: !params.reverse }, consts, carries, xs),
          add: addNodes,
          runs: count === undefined ? params.length !== 0 : () => greater(count as Tensor, 0),
        },
      );
      return count === undefined ? pulled : [zero, ...pulled];
    },
  };
}

/** What every step is to keep, by a scan that computes nothing else. */
function keepApart(
  keeping: Step,
  params: ScanParams,
  rest: readonly Node[],
  count: Node | undefined,
): { depth: number; kept: () => readonly Node[] } {
  const own = params.body.outputs.length;
  const { step, read } = partOf(
    keeping,
    keeping.body.outputs.map((_, i) => i >= own),
  );
  const narrow = pick(rest, inOrder(read));
  const { consts, carries, xs } = byKind(step, narrow);
  return {
    depth: depthOf(narrow),
    kept: () => bindScan({ ...params, step, count }, consts, carries, xs).slice(step.carries),
  };
}

/** Whether tangents belong to a trace inside that of the values: these are then computed first, once. */
export function areLater(tangents: readonly MaybeZero[], inputs: readonly Node[]): boolean {
  return depthOf(tangents.filter((dot) => dot !== zero)) > depthOf(inputs);
}

/** Depth of the innermost trace that any of the nodes depends on. */
export function depthOf(nodes: readonly Node[]): number {
  return nodes.reduce((depth, node) => Math.max(depth, node.depth), 0);
}

function batchScan(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  params: ScanParams,
  { size }: BatchContext,
): Batched {
  const { count, rest } = partsOf<Node>(inputs, params);
  const { count: countAxis, rest: restAxes } = partsOf<Axis>(axes, params);
  const perLane = countAxis !== undefined;
  const run = (flags: readonly boolean[]) => {
    const { carries } = byKind(params, flags);
    const force = params.body.outputs.map((_, i) => perLane || carries[i] === true);
    return rules.batch(params.body, flags, size, force);
  };
  const given = byKind(
    params,
    restAxes.map((axis) => axis !== undefined),
  );
  const start = perLane ? { ...given, carries: given.carries.map(() => true) } : given;
  const flags = settleCarries(params, inOrder(start), (now) => run(now).batchedOutputs);
  const { body, batchedOutputs } = run(flags);
  const nodes = byKind(
    params,
    rest.map((node, i) => {
      if (flags[i] !== true) return node;
      const stacked = i >= params.consts + params.carries && node.type.kind === "tensor";
      return stacked ? laneSecond(node, restAxes[i]) : laneFirst(node, restAxes[i], size);
    }),
  );
  const step = { ...params, body };
  const results = perLane
    ? scanLanes(moveBatchAxis(count as Tensor, countAxis), step, byKind(params, flags), nodes)
    : bindScan({ ...params, step, count }, nodes.consts, nodes.carries, nodes.xs);
  const outAxes = results.map((node, i) => {
    if (batchedOutputs[i] !== true) return undefined;
    return i < params.carries || node.type.kind === "tape" ? 0 : 1;
  });
  return { output: results, axes: outAxes };
}

/** The batch axis of stacked slices behind the axis of the steps. */
function laneSecond(node: Node, axis: Axis): Node {
  const x = node as Tensor;
  const [steps, ...rest] = [...x.shape.keys()].filter((at) => at !== axis);
  return permuteAxes(x, [steps as number, axis as number, ...rest]);
}

/** Lanes of different numbers of steps: as many steps as the longest has; lanes that are done stay as they are. */
function scanLanes(
  count: Tensor,
  step: Step & { readonly reverse: boolean },
  batched: Kinds<boolean>,
  nodes: Kinds<Node>,
): Node[] {
  const longest = max(count, { initial: 0 });
  const one = int(1);
  const first = step.reverse ? subtract(longest, one) : int(0);
  const types = step.body.inputs.map(({ type }) => type);
  const own = byKind(step, types);
  const body = makeBody(
    "vmap",
    [count.type, ...own.consts, tensorType([], "i32"), ...own.carries, ...own.xs],
    ([counts, ...inputs]) => {
      const [position] = inputs.splice(step.consts, 1) as [Tensor];
      const live = less(position, counts as Tensor) as Tensor;
      const lent = borrowedWhere(inOrder(batched), live, inputs);
      const next = (step.reverse ? subtract : add)(position, one) as Tensor;
      const results = inlineBody(step.body, lent).map((node, i) =>
        selectedNode(live, node, i < step.carries ? inputs[step.consts + i] : undefined),
      );
      return [next, ...results];
    },
  );
  return bindScan(
    {
      step: { body, consts: step.consts + 1, carries: step.carries + 1 },
      count: longest,
      length: null,
      reverse: step.reverse,
    },
    [count, ...borrowedWhere(batched.consts, less(int(0), count) as Tensor, nodes.consts)],
    [first, ...nodes.carries],
    nodes.xs,
  ).slice(1);
}

function int(value: number): Tensor {
  return numberNode(value, "i32");
}
