import { bind, elementsOf, scalarNode } from "../core/bind.js";
import type { Body } from "../core/body.js";
import { type Closed, inlineBody, traceBody } from "../core/close.js";
import { asTensor } from "../core/convert.js";
import { ShapeError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Case,
  Inputs,
  Part,
  Primitive,
  Pullback,
  Tangents,
} from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import {
  type ArrayValue,
  formatType,
  sameType,
  type TapeType,
  type TensorType,
  type Type,
  tensorType,
  type Value,
} from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { type Zero, zero } from "../core/zero.js";
import { add, multiply } from "../ops/arithmetic.js";
import { greater, less } from "../ops/comparison.js";
import { describe } from "../ops/describe.js";
import { named } from "../ops/latex.js";
import { addNodes, laneFirst } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { prepare, sweepBack } from "./backward.js";
import { bodyMayFail, bump, inputsRead, makeBody, overInputs, pick } from "./bodies.js";
import { emitWhile } from "./emit/while.js";
import { anyLane } from "./lanes.js";
import { linearizeStep, pushLinear } from "./linear.js";
import { partOf } from "./residuals.js";
import {
  areLater,
  bindScan,
  borrowedNode,
  borrowedWhere,
  depthOf,
  selectedNode,
  tapeOf,
} from "./scan.js";
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

/** Inputs: `conditionConsts` constants of the condition, then what a step takes. */
export interface WhileParams extends Step {
  /** Over its constants and the carries: one bool. */
  readonly condition: Body;
  readonly conditionConsts: number;
}

export const whileLoopOp: Primitive<WhileParams> = {
  name: "whileLoop",
  type: typeOfWhile,
  evaluate: evaluateWhile,
  derivative: {
    kind: "general",
    flow: (inputs, params, through) =>
      flowOfLoop(params, inputs.slice(params.conditionConsts), (flows) =>
        through(params.body, flows),
      ),
    jvp: pushWhile,
    vjp: pullWhile,
  },
  batch: batchWhile,
  lower: { kind: "while", loop: (params) => params, emit: emitWhile },
  part: partOfWhile,
  settleBodies,
  mayFail: ({ condition, body }) => bodyMayFail(condition) || bodyMayFail(body),
};

export const describedWhileLoop: Primitive = /* @__PURE__ */ describe(whileLoopOp, {
  doc: "Runs the body on what is carried while the condition holds; what else the body puts out goes on tapes, one entry a step.",
  latex: (inputs) => named("while", ...inputs),
  domain: [{ low: 0.4, high: 2 }],
  cases: whileCases,
});

function whileCases(): Case<WhileParams>[] {
  const one = tensorType([], "f64");
  const integer = tensorType([], "i32");
  const below = makeBody("whileLoop", [integer, integer, one], ([end, k]) => [
    less(k as Tensor, end as Tensor) as Tensor,
  ]);
  const body = makeBody("whileLoop", [one, integer, one], ([a, k, c]) => [
    add(k as Tensor, scalarNode(1, integer) as Tensor),
    bump(multiply(a as Tensor, c as Tensor) as Tensor),
  ]);
  const params = { condition: below, conditionConsts: 1, body, consts: 1, carries: 2 };
  const whole = (value: number) => ({ shape: [], dtype: "i32", values: [value] }) as const;
  return [
    { inputs: [whole(3), { shape: [] }, whole(0), { shape: [] }], params },
    { inputs: [whole(0), { shape: [] }, whole(2), { shape: [] }], params },
  ];
}

/** Traces a condition over carries of these types. Throws unless it gives one bool. */
export function traceCondition(
  types: readonly Type[],
  condition: (inputs: readonly Node[]) => TensorLike,
): Closed {
  return traceBody("whileLoop", types, (inputs) => {
    const result = asTensor(condition(inputs), "whileLoop");
    if (result.dtype === "bool" && result.ndim === 0) return [result];
    throw new ShapeError("whileLoop", {
      expected: "a condition that gives one bool",
      received: formatType(result.type),
      fix: "compare: less(x, y), or reduce: all(…), any(…)",
    });
  });
}

function typeOfWhile(inputs: Inputs<TensorType>, params: WhileParams): Type {
  const { condition, conditionConsts, body, consts, carries } = params;
  const types: readonly Type[] = inputs;
  const typesOf = (nodes: readonly Node[]): Type[] => nodes.map(({ type }) => type);
  const wanted = [
    ...typesOf(condition.inputs).slice(0, conditionConsts),
    ...typesOf(body.inputs).slice(0, consts + carries),
  ];
  const bad = wanted.findIndex((type, i) => !sameType(type, types[i] ?? tensorType([], "bool")));
  if (bad >= 0 || wanted.length !== types.length) {
    const at = bad < 0 ? wanted.length : bad;
    throw new ShapeError("whileLoop", {
      expected: `${wanted[at] === undefined ? "no input" : formatType(wanted[at])} as input ${at}`,
      received: types[at] === undefined ? "none" : formatType(types[at]),
    });
  }
  return {
    kind: "tuple",
    elements: typesOf(body.outputs).map((type, i) =>
      i < carries ? (type as TensorType) : tapeOf(type as TensorType | TapeType),
    ),
  };
}

function evaluateWhile(
  inputs: Inputs<ArrayValue>,
  { condition, conditionConsts, body, consts, carries }: WhileParams,
): Value {
  const test: Value[] = inputs.slice(0, conditionConsts);
  const args: Value[] = inputs.slice(conditionConsts);
  const tapes = body.outputs.slice(carries).map((): ArrayValue[] => []);
  for (;;) {
    for (let k = 0; k < carries; k++) test[conditionConsts + k] = args[consts + k] as Value;
    const [goOn] = runBody(condition, test) as [ArrayValue];
    if (goOn.data[0] === 0) break;
    const results = runBody(body, args) as ArrayValue[];
    for (let k = 0; k < carries; k++) args[consts + k] = results[k] as Value;
    for (let y = 0; y < tapes.length; y++)
      (tapes[y] as ArrayValue[]).push(results[carries + y] as ArrayValue);
  }
  return [...(args.slice(consts) as ArrayValue[]), ...tapes.map((entries) => ({ entries }))];
}

/** The inputs: constants of the condition, then what a step takes. */
function partsOf<T>(
  inputs: readonly T[],
  params: WhileParams,
): { test: readonly T[]; nodes: Kinds<T> } {
  return {
    test: inputs.slice(0, params.conditionConsts),
    nodes: byKind(params, inputs.slice(params.conditionConsts)),
  };
}

/** Binds a loop without the constants that it does not read; gives the results. */
function bindWhile(
  condition: Body,
  step: Step,
  test: readonly Node[],
  consts: readonly Node[],
  carries: readonly Node[],
): Node[] {
  const readTest = inputsRead(condition).slice(0, test.length);
  const readConsts = inputsRead(step.body).slice(0, step.consts);
  const keptTest = [...readTest, ...carries.map(() => true)];
  const kept = [...readConsts, ...carries.map(() => true)];
  const inputs = [...pick(test, readTest), ...pick(consts, readConsts), ...carries];
  return elementsOf(
    bind(whileLoopOp, inputs, {
      condition: keptTest.every(Boolean)
        ? condition
        : overInputs(condition, pick([...keptTest.keys()], keptTest)),
      conditionConsts: readTest.filter(Boolean).length,
      body: kept.every(Boolean) ? step.body : overInputs(step.body, pick([...kept.keys()], kept)),
      consts: readConsts.filter(Boolean).length,
      carries: step.carries,
    }),
  );
}

/** The condition over carries of which `positions` gives the original ones; the others have the types given. */
function conditionOver(
  { condition, conditionConsts }: WhileParams,
  carries: readonly (number | Type)[],
): Body {
  return overInputs(condition, [
    ...Array.from({ length: conditionConsts }, (_, i) => i),
    ...carries.map((carry) => (typeof carry === "number" ? conditionConsts + carry : carry)),
  ]);
}

function partOfWhile(params: WhileParams, wanted: readonly boolean[]): Part<WhileParams> {
  const { conditionConsts } = params;
  const tested = inputsRead(params.condition).slice(conditionConsts);
  const { step, read, outputs } = partOf(params, wanted, tested);
  const own = positions(inOrder(read)).map((at) => at + conditionConsts);
  return {
    params: { ...params, ...step, condition: conditionOver(params, positions(read.carries)) },
    inputs: [...Array(conditionConsts).keys(), ...own],
    elements: positions(outputs),
  };
}

function pushWhile(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  _outputs: unknown,
  params: WhileParams,
): Tangents {
  const { test, nodes } = partsOf<Node>(inputs, params);
  const { nodes: dots } = partsOf(tangents, params);
  const given = inOrder(dots).map((dot) => dot !== zero);
  if (areLater(tangents, inputs)) {
    const linearized = linearizeStep(params, given, nodes.consts);
    const { steps, kept } = keep(linearized.residuals.keeping, inputs, params, true);
    return pushLinear(linearized, dots, { ...nodes, kept }, (step, ...all) =>
      bindScan({ step, count: steps, length: null, reverse: false }, ...all),
    );
  }
  const { step, active, activeOutputs } = tangentStep(params, given);
  const extra = pick(nodes.carries, active.carries).map(({ type }) => type);
  const condition = conditionOver(params, [...nodes.carries.keys(), ...extra]);
  const results = bindWhile(
    condition,
    step,
    test,
    withTangents(nodes.consts, dots.consts, active.consts),
    withTangents(nodes.carries, dots.carries, active.carries),
  );
  return tangentsAmong(results, activeOutputs);
}

/**
 * The loop runs again keeping on tapes what the way back needs, and counts its steps; the way back is a scan of
 * that many steps over the tapes.
 */
function pullWhile(
  inputs: Inputs<Tensor>,
  active: readonly boolean[],
  params: WhileParams,
): Pullback {
  const { test, nodes } = partsOf<Node>(inputs, params);
  const prepared = prepare(params, active.slice(params.conditionConsts), nodes.consts);
  const { outputs, kept, steps } = keep(prepared.residuals.keeping, inputs, params, false);
  return {
    outputs,
    pull: (cotangents) => [
      ...test.map((): Zero => zero),
      ...sweepBack(
        prepared,
        cotangents,
        { xs: [], kept },
        {
          run: (step, consts, carries, xs) =>
            bindScan({ step, count: steps, length: null, reverse: true }, consts, carries, xs),
          add: addNodes,
          runs: () => greater(steps as Tensor, 0) as Tensor,
        },
      ),
    ],
  };
}

/**
 * The loop that also keeps something of each step, and counts them. It leaves out what that does not need if
 * `always`, or if it then depends on less.
 */
function keep(
  keeping: Step,
  inputs: readonly Node[],
  params: WhileParams,
  always: boolean,
): { outputs: readonly Node[]; kept: readonly Node[]; steps: Node } {
  const { test, nodes } = partsOf(inputs, params);
  const own = params.body.outputs.length;
  const tested = inputsRead(params.condition).slice(params.conditionConsts);
  const part = partOf(
    keeping,
    keeping.body.outputs.map((_, i) => i >= own),
    tested,
  );
  const narrow = byKind(part.step, pick(inOrder(nodes), inOrder(part.read)));
  const apart = always || depthOf([...test, ...inOrder(narrow)]) < depthOf(inputs);
  const step = apart ? part.step : keeping;
  const { consts, carries } = apart ? narrow : nodes;
  const carried = apart ? part.read.carries : nodes.carries.map(() => true);
  const count = tensorType([], "i32");
  const results = bindWhile(
    conditionOver(params, [...positions(carried), count]),
    countingStep(step),
    test,
    consts,
    [...carries, scalarNode(0, count)],
  );
  const [steps] = results.splice(step.carries, 1) as [Node];
  return {
    outputs: apart ? elementsOf(bind(whileLoopOp, inputs, params)) : results.slice(0, own),
    kept: results.slice(apart ? step.carries : own),
    steps,
  };
}

/** The step with one more carry, the last, that counts. */
function countingStep(step: Step): Step {
  const types = step.body.inputs.map(({ type }) => type);
  const count = tensorType([], "i32");
  const body = makeBody("whileLoop", [...types, count], (inputs) => {
    const results = inlineBody(step.body, inputs.slice(0, -1));
    const counted = add(inputs[types.length] as Tensor, scalarNode(1, count) as Tensor);
    return [...results.slice(0, step.carries), counted, ...results.slice(step.carries)] as Node[];
  });
  return { ...step, body, carries: step.carries + 1 };
}

function batchWhile(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  params: WhileParams,
  { size }: BatchContext,
): Batched {
  const { test, nodes } = partsOf<Node>(inputs, params);
  const at = partsOf<Axis>(axes, params);
  const testOn = at.test.map((axis) => axis !== undefined);
  const given = inOrder(at.nodes).map((axis) => axis !== undefined);
  const run = (flags: readonly boolean[], force: boolean) => {
    const { carries } = byKind(params, flags);
    const forced = params.body.outputs.map((_, i) => force || carries[i] === true);
    return rules.batch(params.body, flags, size, forced);
  };
  const testOf = (flags: readonly boolean[]) =>
    rules.batch(params.condition, [...testOn, ...byKind(params, flags).carries], size);
  let flags = settleCarries(params, given, (now) => run(now, false).batchedOutputs);
  const perLane = testOf(flags).batchedOutputs[0] === true;
  if (perLane) {
    const { consts } = byKind(params, flags);
    flags = [...consts, ...nodes.carries.map(() => true)];
  }
  const { body, batchedOutputs } = run(flags, perLane);
  const { body: condition } = testOf(flags);
  const batched = byKind(params, flags);
  const lanesOf = (items: readonly Node[], on: readonly boolean[], where: readonly Axis[]) =>
    items.map((node, i) => (on[i] === true ? laneFirst(node, where[i], size) : node));
  const now = {
    test: lanesOf(test, testOn, at.test),
    consts: lanesOf(nodes.consts, batched.consts, at.nodes.consts),
    carries: lanesOf(nodes.carries, batched.carries, at.nodes.carries),
  };
  const step = { ...params, body };
  const results = perLane
    ? whileLanes(condition, step, batched.consts, now)
    : bindWhile(condition, step, now.test, now.consts, now.carries);
  return {
    output: results,
    axes: results.map((_, i) => (batchedOutputs[i] === true ? 0 : undefined)),
  };
}

/** Lanes that stop at different times: the loop goes on while one is live; those that are done stay as they are. */
function whileLanes(
  condition: Body,
  step: Step,
  batchedConsts: readonly boolean[],
  nodes: {
    readonly test: readonly Node[];
    readonly consts: readonly Node[];
    readonly carries: readonly Node[];
  },
): Node[] {
  const typesOf = (items: readonly Node[]): Type[] => items.map(({ type }) => type);
  const [live] = inlineBody(condition, [...nodes.test, ...nodes.carries]) as [Tensor];
  const carryTypes = typesOf(nodes.carries);
  const anyLive = makeBody("vmap", [...carryTypes, live.type], (inputs) => [
    anyLane(inputs[carryTypes.length] as Tensor),
  ]);
  const testCount = nodes.test.length;
  const body = makeBody(
    "vmap",
    [...typesOf(nodes.test), ...typesOf(nodes.consts), ...carryTypes, live.type],
    (inputs) => {
      const test = inputs.slice(0, testCount);
      const consts = inputs.slice(testCount, testCount + step.consts);
      const carries = inputs.slice(testCount + step.consts, -1);
      const on = inputs[inputs.length - 1] as Tensor;
      const lent = [
        ...borrowedWhere(batchedConsts, on, consts),
        ...carries.map((node) => borrowedNode(on, node)),
      ];
      const results = inlineBody(step.body, lent).map((node, i) =>
        selectedNode(on, node, carries[i]),
      );
      const [next] = inlineBody(condition, [...test, ...results.slice(0, step.carries)]);
      return [...results.slice(0, step.carries), next as Node, ...results.slice(step.carries)];
    },
  );
  const lanes = { body, consts: testCount + step.consts, carries: step.carries + 1 };
  const consts = borrowedWhere(batchedConsts, live, nodes.consts);
  const all = bindWhile(anyLive, lanes, [], [...nodes.test, ...consts], [...nodes.carries, live]);
  all.splice(step.carries, 1);
  return all;
}
