import { bind, elementsOf, numberNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { ShapeError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Case,
  Flow,
  Inputs,
  MaybeZero,
  Primitive,
  Pullback,
  Pulled,
  Tangents,
} from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import {
  type ArrayValue,
  formatType,
  sameType,
  type TensorType,
  type Type,
  tensorType,
  type Value,
} from "../core/type.js";
import { zero } from "../core/zero.js";
import { multiply } from "../ops/arithmetic.js";
import { cast } from "../ops/cast.js";
import { equal, greaterEqual, lessEqual } from "../ops/comparison.js";
import { describe } from "../ops/describe.js";
import { logicalOr } from "../ops/logic.js";
import { sum } from "../ops/reduce.js";
import { broadcastTo, moveBatchAxis } from "../ops/shape.js";
import { laneFirst, zerosOf } from "../ops/tape.js";
import { type BodyVjp, rules } from "../transforms/bodies.js";
import { bodyMayFail, bump, inputsRead, makeBody, overInputs, pick } from "./bodies.js";
import { emitBranch } from "./emit/branch.js";
import { anyLane } from "./lanes.js";
import { partOfBody } from "./part.js";
import { areLater, borrowedNode, depthOf, selectedNode } from "./scan.js";
import { settleBodies } from "./settle.js";
import { positions, spread } from "./step.js";
import { withTangents } from "./tangents.js";

/** Inputs: which branch (bool, or i32, the nearest that there is), then what every branch takes. */
export interface CondParams {
  readonly branches: readonly Body[];
}

export const condOp: Primitive<CondParams> = {
  name: "cond",
  type: typeOfCond,
  evaluate: evaluateCond,
  derivative: {
    kind: "general",
    inert: () => [0],
    flow: ([, ...flows], { branches }, through) => {
      const each = branches.map((branch) => through(branch, flows));
      return (branches[0] as Body).outputs.map((_, i) => joined(each.map((own) => own[i])));
    },
    jvp: pushCond,
    vjp: pullCond,
  },
  batch: batchCond,
  lower: { kind: "branch", branches: ({ branches }) => branches, emit: emitBranch },
  part: ({ branches }, wanted) => {
    const parts = branches.map((branch) => partOfBody(branch, wanted));
    const read = positions(either(parts.map((branch) => inputsRead(branch))));
    return {
      params: { branches: parts.map((branch) => overInputs(branch, read)) },
      inputs: [0, ...read.map((at) => at + 1)],
      elements: positions(wanted),
    };
  },
  settleBodies,
  mayFail: ({ branches }) => branches.some(bodyMayFail),
};

export const describedCond: Primitive = /* @__PURE__ */ describe(condOp, {
  doc: "Runs the branch that the first input names (false 0, true 1), and no other.",
  domain: [
    { low: 0, high: 1 },
    { low: -2, high: 2 },
  ],
  cases: condCases,
});

function condCases(): Case<CondParams>[] {
  const types = [tensorType([2], "f64"), tensorType([2], "f64")];
  const plain = makeBody("cond", types, ([x, y]) => [
    multiply(x as Tensor, y as Tensor),
    y as Tensor,
  ]);
  const folding = makeBody("cond", types, ([x, y]) => {
    const total = broadcastTo(sum(bump(x as Tensor)), [2]) as Tensor;
    return [total, multiply(total, y as Tensor)];
  });
  const branches = [plain, folding];
  const floats = [{ shape: [2] }, { shape: [2] }];
  const index = (dtype: "bool" | "i32", value: number) => ({ shape: [], dtype, values: [value] });
  return [
    { inputs: [index("bool", 1), ...floats], params: { branches } },
    { inputs: [index("bool", 0), ...floats], params: { branches } },
    { inputs: [index("i32", 7), ...floats], params: { branches: [...branches, plain] } },
    { inputs: [index("i32", 1), ...floats], params: { branches: [...branches, plain] } },
  ];
}

function joined(flows: readonly Flow[]): Flow {
  return flows.find((flow) => flow !== undefined);
}

function typeOfCond(inputs: Inputs<TensorType>, { branches }: CondParams): Type {
  const [index, ...operands] = inputs as readonly Type[];
  const chosen = index?.kind === "tensor" && index.shape.length === 0 ? index.dtype : undefined;
  const [first] = branches;
  if (first === undefined || (chosen !== "i32" && chosen !== "bool")) {
    throw new ShapeError("cond", {
      expected: "a single bool or i32, and at least one branch",
      received: `${index === undefined ? "nothing" : formatType(index)}, ${branches.length} branches`,
    });
  }
  for (const { inputs: own, outputs } of branches) {
    const fits =
      own.length === operands.length &&
      own.every(({ type }, i) => sameType(type, operands[i] as Type)) &&
      outputs.length === first.outputs.length &&
      outputs.every(({ type }, i) => sameType(type, (first.outputs[i] as Node).type));
    if (fits) continue;
    const typesOf = (nodes: readonly Node[]) =>
      nodes.map(({ type }) => formatType(type)).join(", ");
    throw new ShapeError("cond", {
      expected: `branches from (${operands.map(formatType).join(", ")}) to (${typesOf(first.outputs)})`,
      received: `one from (${typesOf(own)}) to (${typesOf(outputs)})`,
    });
  }
  return {
    kind: "tuple",
    elements: first.outputs.map(({ type }, i) => {
      if (type.kind !== "tensor") return type as never;
      const weak = branches.every(({ outputs }) => (outputs[i] as Tensor).type.weak);
      return tensorType(type.shape, type.dtype, weak);
    }),
  };
}

function evaluateCond(inputs: Inputs<ArrayValue>, { branches }: CondParams): Value {
  const [index, ...operands] = inputs;
  const at = Math.min(Math.max(index.data[0] as number, 0), branches.length - 1);
  return runBody(branches[at] as Body, operands) as ArrayValue[];
}

/** Binds a choice without the inputs that no branch reads; gives the results. */
function bindCond(index: Node, branches: readonly Body[], operands: readonly Node[]): Node[] {
  const reads = branches.map((branch) => inputsRead(branch));
  const read = operands.map((_, i) => reads.some((own) => own[i] === true));
  const bodies = read.every(Boolean)
    ? branches
    : branches.map((branch) => overInputs(branch, pick([...read.keys()], read)));
  return elementsOf(bind(condOp, [index, ...pick(operands, read)], { branches: bodies }));
}

/** Flags set in any of the lists. */
function either(lists: readonly (readonly boolean[])[]): boolean[] {
  return (lists[0] ?? []).map((_, i) => lists.some((list) => list[i] === true));
}

function pushCond(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  _outputs: unknown,
  { branches }: CondParams,
): Tangents {
  const [index, ...operands] = inputs;
  const dots = tangents.slice(1);
  const active = dots.map((dot) => dot !== zero);
  if (areLater(dots, inputs)) return pushApart(index, operands, dots, branches);
  const reached = either(branches.map((body) => rules.jvp(body, active).activeOutputs));
  const bodies = branches.map((body) => rules.jvp(body, active, reached).body);
  const results = bindCond(index, bodies, withTangents(operands, dots, active));
  return spread(reached, results.slice(reached.length)).map((dot) => (dot ?? zero) as MaybeZero);
}

/** The choice over values first, which keeps what the choice over tangents reads. */
function pushApart(
  index: Node,
  operands: readonly Node[],
  dots: readonly MaybeZero[],
  branches: readonly Body[],
): Tangents {
  const active = dots.map((dot) => dot !== zero);
  const reached = either(branches.map((body) => rules.linearize(body, active).activeOutputs));
  const stages = branches.map((body) => rules.linearize(body, active, reached));
  const found = findKept(
    stages.map(({ forward }) => forward),
    reached.length,
  );
  const kept = bindCond(index, found.keepOnly, operands);
  const given = dots.filter((dot) => dot !== zero);
  const nodes = [...kept, ...operands, ...given];
  const types = nodes.map(({ type }) => type);
  const bodies = stages.map(({ linear }, k) =>
    makeBody("linearize", types, (inputs) => {
      const own = inputs.slice(kept.length);
      const read = readKept(found.residuals[k] as readonly Residual[], inputs, own);
      return inlineBody(linear, [...read, ...own.slice(operands.length)]);
    }),
  );
  const results = reached.includes(true) ? bindCond(index, bodies, nodes) : [];
  return spread(reached, results).map((dot) => (dot ?? zero) as MaybeZero);
}

/** A residual of a branch: one of the operands, or one of the results that the forward choice also gives. */
type Residual = { readonly operand: number } | { readonly kept: number };

interface Kept {
  /** Of each branch. */
  readonly residuals: readonly (readonly Residual[])[];
  /** The branches with what all of them keep behind their `own` outputs, zeros for what others keep. */
  readonly keeping: readonly Body[];
  /** The branches with nothing else. */
  readonly keepOnly: readonly Body[];
}

/** `forwards` give the outputs of the branches, then residuals. */
function findKept(forwards: readonly Body[], own: number): Kept {
  const slots: Node[] = [];
  const residuals = forwards.map((forward) =>
    forward.outputs.slice(own).map((node): Residual => {
      const operand = forward.inputs.indexOf(node);
      return operand >= 0 ? { operand } : { kept: slots.push(node) - 1 };
    }),
  );
  const keeping = forwards.map(({ inputs, outputs }) => {
    const mine = new Set(outputs.slice(own));
    const kept = slots.map((node) => (mine.has(node) ? node : zerosOf(node.type)));
    return new Body(inputs, [...outputs.slice(0, own), ...kept]);
  });
  const keepOnly = keeping.map((body) =>
    partOfBody(
      body,
      body.outputs.map((_, i) => i >= own),
    ),
  );
  return { residuals, keeping, keepOnly };
}

function readKept(
  residuals: readonly Residual[],
  kept: readonly Node[],
  operands: readonly Node[],
): Node[] {
  return residuals.map(
    (residual) => ("kept" in residual ? kept[residual.kept] : operands[residual.operand]) as Node,
  );
}

/**
 * The forward choice also gives what each branch keeps, zeros for the branches not taken; the way back chooses
 * by the same index.
 */
function pullCond(
  inputs: Inputs<Tensor>,
  active: readonly boolean[],
  { branches }: CondParams,
): Pullback {
  const [index, ...operands] = inputs;
  const flags = active.slice(1);
  const vjps = branches.map((branch) => rules.vjp(branch, flags));
  const activeOutputs = either(vjps.map((vjp) => vjp.activeOutputs));
  const own = activeOutputs.length;
  const { residuals, keeping, keepOnly } = findKept(
    vjps.map(({ forward }) => forward),
    own,
  );
  const read = either(keepOnly.map((body) => inputsRead(body)));
  let outputs: readonly Node[];
  let kept: readonly Node[];
  const nothing = keepOnly[0]?.outputs.length === 0;
  if (nothing || depthOf([index, ...pick(operands, read)]) < depthOf(inputs)) {
    outputs = elementsOf(bind(condOp, inputs, { branches }));
    kept = nothing ? [] : bindCond(index, keepOnly, operands);
  } else {
    const results = bindCond(index, keeping, operands);
    outputs = results.slice(0, own);
    kept = results.slice(own);
  }
  return {
    outputs,
    pull: (cotangents) => {
      const given = cotangents.map((ct, i) => ct !== zero && activeOutputs[i] === true);
      const ends = pick(cotangents, given) as Tensor[];
      const stages = vjps.map((vjp) => vjp.backward(given));
      const reached = either(stages.map((stage) => stage.reached));
      const nodes = [...kept, ...operands, ...ends];
      const bodies = stages.map((stage, k) =>
        pullBranch(stage, given, (vjps[k] as BodyVjp).activeOutputs, reached, {
          types: nodes.map(({ type }) => type),
          residuals: residuals[k] as readonly Residual[],
          kept: kept.length,
          operands,
        }),
      );
      const results = reached.includes(true) ? bindCond(index, bodies, nodes) : [];
      const reaching = (i: number) => stages.map((stage) => stage.reached[i] === true);
      return [
        zero,
        ...spread(reached, results).map((node, i) => whereTaken(node, index, reaching(i))),
      ];
    },
  };
}

/** A cotangent that is zero by structure where a branch was taken that does not reach it. */
function whereTaken(node: Node | undefined, index: Tensor, reaching: readonly boolean[]): Pulled {
  if (node === undefined) return zero;
  const value = node as Tensor;
  if (node.type.kind !== "tensor" || reaching.every(Boolean)) return value;
  const last = reaching.length - 1;
  return {
    value,
    condition: () => {
      const at = cast(index, "i32") as Tensor;
      const taken = reaching.flatMap((on, k) => (on ? [takes(at, k, last)] : []));
      return taken.reduce((a, b) => logicalOr(a, b) as Tensor);
    },
  };
}

/** The way back through one branch, over everything the others take too. */
function pullBranch(
  stage: ReturnType<BodyVjp["backward"]>,
  given: readonly boolean[],
  activeOutputs: readonly boolean[],
  reached: readonly boolean[],
  over: {
    readonly types: readonly Type[];
    readonly residuals: readonly Residual[];
    readonly kept: number;
    readonly operands: readonly Node[];
  },
): Body {
  return makeBody("vjp", over.types, (inputs) => {
    const operands = inputs.slice(over.kept);
    const ends = spread(given, inputs.slice(over.kept + over.operands.length));
    const read = readKept(over.residuals, inputs, operands);
    const own = ends.filter((end, i) => end !== undefined && activeOutputs[i] === true);
    const pulled = inlineBody(stage.body, [...read, ...(own as Node[])]);
    const terms = spread(stage.reached, pulled);
    return over.operands.flatMap(({ type }, i) =>
      reached[i] === true ? [terms[i] ?? zerosOf(type)] : [],
    );
  });
}

function batchCond(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  { branches }: CondParams,
  { size }: BatchContext,
): Batched {
  const [index, ...all] = inputs;
  const [indexAxis, ...operandAxes] = axes;
  const flags = operandAxes.map((axis) => axis !== undefined);
  const operands = all.map((node, i) =>
    flags[i] === true ? laneFirst(node as Node, operandAxes[i], size) : node,
  );
  if (indexAxis !== undefined) {
    const chosen = moveBatchAxis(index, indexAxis);
    const outputs = choosePerLane(chosen, branches, operands, flags, size);
    return { output: outputs, axes: outputs.map(() => 0) };
  }
  const on = either(branches.map((body) => rules.batch(body, flags, size).batchedOutputs));
  const bodies = branches.map((body) => rules.batch(body, flags, size, on).body);
  return {
    output: bindCond(index, bodies, operands),
    axes: on.map((batched) => (batched ? 0 : undefined)),
  };
}

/** Every branch that some lane takes runs for all lanes; each lane selects its own. */
function choosePerLane(
  chosen: Tensor,
  branches: readonly Body[],
  operands: readonly Node[],
  flags: readonly boolean[],
  size: number,
): Node[] {
  const last = branches.length - 1;
  const index = cast(chosen, "i32") as Tensor;
  let results: readonly Node[] = [];
  branches.forEach((branch, k) => {
    const live = takes(index, k, last);
    const own = isElementwise(branch)
      ? runPlainly(branch, operands, flags, size)
      : runGuarded(branch, live, operands, flags, size);
    results = k === 0 ? own : own.map((node, i) => selectedNode(live, node, results[i]));
  });
  return [...results];
}

/** Where branch `k` is taken; indices beyond the ends take the first and the last. */
function takes(index: Tensor, k: number, last: number): Tensor {
  const at = numberNode(k, "i32");
  if (last === 0) return equal(index, index) as Tensor;
  if (k === 0) return lessEqual(index, at) as Tensor;
  return (k === last ? greaterEqual : equal)(index, at) as Tensor;
}

/** Whether a body may run for lanes that leave it out: no errors, no loops, and selects mask its derivative exactly. */
function isElementwise(body: Body): boolean {
  return nodesBetween(body.inputs, body.outputs, 1).every(
    ({ primitive }) => primitive.derivative.kind === "elementwise" && primitive.mayFail !== true,
  );
}

function runPlainly(
  branch: Body,
  operands: readonly Node[],
  flags: readonly boolean[],
  size: number,
): Node[] {
  const every = operands.map(() => true);
  const force = branch.outputs.map(() => true);
  const { body } = rules.batch(branch, every, size, force);
  const lanes = operands.map((node, i) => laneFirst(node, flags[i] === true ? 0 : undefined, size));
  return inlineBody(body, lanes);
}

function runGuarded(
  branch: Body,
  live: Tensor,
  operands: readonly Node[],
  flags: readonly boolean[],
  size: number,
): Node[] {
  const force = branch.outputs.map(() => true);
  const { body } = rules.batch(branch, flags, size, force);
  const types = [live, ...operands].map(({ type }) => type);
  const taken = makeBody("vmap", types, ([on, ...given]) => {
    const lent = given.map((node, i) =>
      flags[i] === true ? borrowedNode(on as Tensor, node) : node,
    );
    return inlineBody(body, lent);
  });
  const skipped = makeBody("vmap", types, () => body.outputs.map(({ type }) => zerosOf(type)));
  return bindCond(anyLane(live), [skipped, taken], [live, ...operands]);
}
