import { bind, elementsOf, numberNode } from "../core/bind.js";
import type { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import type { Node, Tensor } from "../core/node.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Inputs,
  MaybeZero,
  Primitive,
  Pullback,
  Tangents,
} from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import { sizeOf } from "../core/shape.js";
import { type ArrayValue, type TensorType, type Type, tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { add, divide, multiply, subtract } from "../ops/arithmetic.js";
import { cast } from "../ops/cast.js";
import { greater, less, lessEqual } from "../ops/comparison.js";
import { describe } from "../ops/describe.js";
import { logicalAnd } from "../ops/logic.js";
import { sum } from "../ops/reduce.js";
import { where } from "../ops/select.js";
import { laneFirst, zerosOf } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { bodyMayFail, makeBody } from "./bodies.js";
import { typeOfCall } from "./checkpoint.js";
import { scan, whileLoop } from "./loops.js";
import { settleBodies } from "./settle.js";
import { spread } from "./step.js";
import { withTangents } from "./tangents.js";

/**
 * A linear map A of a list of tensors to a list of the same types, that depends on `reads` tensors: the first
 * inputs of all four bodies. `apply` takes u to A u, `adjoint` u to Aᵀ u; `solve` takes b to the u with
 * u − A u = b, `solveAdjoint` to the one with u − Aᵀ u = b.
 */
export interface LinearMap {
  readonly reads: number;
  readonly apply: Body;
  readonly adjoint: Body;
  readonly solve: Body;
  readonly solveAdjoint: Body;
}

const linearSolveOp: Primitive<LinearMap> = {
  name: "linearSolve",
  type: (inputs, { apply }) => typeOfCall("linearSolve", inputs, apply),
  evaluate: (inputs, { solve }) => runBody(solve, inputs) as ArrayValue[],
  derivative: { kind: "general", jvp: pushSolve, vjp: pullSolve },
  batch: batchSolve,
  lower: { kind: "call", body: ({ solve }) => solve },
  settleBodies,
  mayFail: ({ apply }) => bodyMayFail(apply),
};

export const describedLinearSolve: Primitive = /* @__PURE__ */ describe(linearSolveOp, {
  doc: "The solution u of u − A u = b for a linear map A: conjugate gradients on the normal equations with one refinement (Hestenes and Stiefel 1952, Björck 1996); NaN where there is none.",
  domain: [{ low: -2, high: 2 }],
  cases: () => {
    const types = [tensorType([], "f64"), tensorType([2], "f64"), tensorType([], "f64")];
    const apply = makeBody("linearSolve", types, ([a, u, v]) => [
      multiply(multiply(a as Tensor, 0.2), add(u as Tensor, v as Tensor)) as Tensor,
      multiply(0.3, sum(u as Tensor)) as Tensor,
    ]);
    const adjoint = makeBody("linearSolve", types, ([a, u, v]) => {
      const scaled = multiply(multiply(a as Tensor, 0.2), u as Tensor) as Tensor;
      return [add(scaled, multiply(0.3, v as Tensor)) as Tensor, sum(scaled)];
    });
    const inputs = [{ shape: [] }, { shape: [2] }, { shape: [] }];
    return [{ inputs, params: mapOf(apply, adjoint, 1) }];
  },
});

export function linearSolve(map: LinearMap, reads: readonly Node[], b: readonly Node[]): Tensor[] {
  return elementsOf(bind(linearSolveOp, [...reads, ...b], map)) as Tensor[];
}

/** du − A du = db + dA u. */
function pushSolve(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  outputs: Inputs<Tensor>,
  map: LinearMap,
): Tangents {
  const reads = inputs.slice(0, map.reads);
  const dots = tangents.slice(0, map.reads);
  const active = [...dots.map((dot) => dot !== zero), ...outputs.map(() => false)];
  const { body, activeOutputs } = rules.jvp(map.apply, active);
  const pushed = inlineBody(body, withTangents([...reads, ...outputs], dots, active));
  const moved = spread(activeOutputs, pushed.slice(outputs.length)) as (Tensor | undefined)[];
  const rhs = tangents.slice(map.reads).map((dot, i) => {
    const term = moved[i];
    if (dot === zero) return term ?? zerosOf((outputs[i] as Tensor).type);
    return term === undefined ? dot : add(dot, term);
  });
  return linearSolve(map, reads, rhs as Tensor[]);
}

/** The cotangent of b is w with w − Aᵀ w = ct; those of what A depends on are pulled through A u by w. */
function pullSolve(inputs: Inputs<Tensor>, active: readonly boolean[], map: LinearMap): Pullback {
  const reads = inputs.slice(0, map.reads);
  const outputs = elementsOf(bind(linearSolveOp, inputs, map)) as Tensor[];
  return {
    outputs,
    pull: (cotangents) => {
      const given = cotangents.map((ct, i) =>
        ct === zero ? zerosOf((outputs[i] as Tensor).type) : ct,
      );
      const w = linearSolve(transposed(map), reads, given);
      const flags = [...active.slice(0, map.reads), ...outputs.map(() => false)];
      if (!flags.includes(true)) return [...reads.map((): MaybeZero => zero), ...w];
      const { forward, activeOutputs, backward } = rules.vjp(map.apply, flags);
      const stage = backward(activeOutputs);
      const kept = inlineBody(forward, [...reads, ...outputs]).slice(outputs.length);
      const ends = w.filter((_, i) => activeOutputs[i] === true);
      const pulled = spread(stage.reached, inlineBody(stage.body, [...kept, ...ends]));
      const terms = pulled.slice(0, map.reads).map((node) => (node ?? zero) as MaybeZero);
      return [...terms, ...w];
    },
  };
}

function batchSolve(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  map: LinearMap,
  { size }: BatchContext,
): Batched {
  const flags = axes.map((axis) => axis !== undefined).slice(0, map.reads);
  const nodes = inputs.map((node, i) =>
    i >= map.reads || flags[i] === true ? laneFirst(node, axes[i], size) : node,
  );
  const results = linearSolve(
    overLanes(map, flags, size),
    nodes.slice(0, map.reads),
    nodes.slice(map.reads),
  );
  return { output: results, axes: results.map(() => 0) };
}

function transposed({ reads, apply, adjoint, solve, solveAdjoint }: LinearMap): LinearMap {
  return { reads, apply: adjoint, adjoint: apply, solve: solveAdjoint, solveAdjoint: solve };
}

const remembered = new WeakMap<Body, LinearMap>();

/** The linear map of a body that takes `reads` tensors and u to A u. */
export function linearMap(apply: Body, reads: number): LinearMap {
  let known = remembered.get(apply);
  if (known === undefined) {
    known = mapOf(apply, transposedBody(apply, reads), reads);
    remembered.set(apply, known);
  }
  return known;
}

function mapOf(apply: Body, adjoint: Body, reads: number): LinearMap {
  return {
    reads,
    apply,
    adjoint,
    solve: solverOf(apply, adjoint, reads),
    solveAdjoint: solverOf(adjoint, apply, reads),
  };
}

function transposedBody(apply: Body, reads: number): Body {
  const types = apply.inputs.map(({ type }) => type);
  const flags = types.map((_, i) => i >= reads);
  const { forward, activeOutputs, backward } = rules.vjp(apply, flags);
  const stage = backward(activeOutputs);
  return makeBody("transpose", types, (inputs) => {
    const u = types.slice(reads).map((type) => zerosOf(type));
    const results = inlineBody(forward, [...inputs.slice(0, reads), ...u]);
    const ends = inputs.slice(reads).filter((_, i) => activeOutputs[i] === true);
    const pulled = spread(
      stage.reached,
      inlineBody(stage.body, [...results.slice(u.length), ...ends]),
    );
    return u.map((none, i) => pulled[reads + i] ?? none);
  });
}

/** A linear map for each lane: what it reads is batched where `flags` say, u always. */
export function overLanes(one: LinearMap, flags: readonly boolean[], size: number): LinearMap {
  const lanes = (body: Body): Body => {
    const every = body.outputs.map(() => true);
    return rules.batch(body, [...flags, ...every], size, every).body;
  };
  return {
    reads: one.reads,
    apply: lanes(one.apply),
    adjoint: lanes(one.adjoint),
    solve: lanes(one.solve),
    solveAdjoint: lanes(one.solveAdjoint),
  };
}

type Vector = readonly Tensor[];

/** Solves u − A u = b twice: the second time for what the first left over. */
function solverOf(apply: Body, transposed: Body, reads: number): Body {
  const types = apply.inputs.map(({ type }) => type as TensorType);
  return makeBody("linearSolve", types, (inputs) => {
    const given = inputs.slice(0, reads);
    const b = inputs.slice(reads) as Tensor[];
    const minus = (body: Body) => (u: Vector) =>
      combine(subtract, u, inlineBody(body, [...given, ...u]) as Tensor[]);
    const forward = minus(apply);
    const backward = minus(transposed);
    const nothing = b.map(({ type }) => zerosOf(type));
    const [{ u }] = scan(
      ({ u, left }) => {
        const next = combine(add, u, leastSquares(forward, backward, left));
        return [{ u: next, left: combine(subtract, b, forward(next)) }, null];
      },
      { u: nothing, left: b },
      null,
      { length: 2 },
    );
    const error = normSquared(combine(subtract, b, forward(u)));
    const solved = lessEqual(error, multiply(normSquared(b), looseness(types) ** 2));
    return u.map((x) => where(solved, x, numberLike(x, Number.NaN)) as Tensor);
  });
}

/** The least-squares solution of M u = b by conjugate gradients; exact after as many steps as there are unknowns. */
function leastSquares(
  forward: (u: Vector) => Vector,
  backward: (v: Vector) => Vector,
  b: Vector,
): Vector {
  const unknowns = b.reduce((total, { shape }) => total + sizeOf(shape), 0);
  const enough = multiply(normSquared(b), tightness ** 2) as Tensor;
  const s = backward(b);
  const start = {
    u: b.map(({ type }) => zerosOf(type)),
    r: b,
    p: s,
    gamma: normSquared(s),
    step: numberNode(0, "i32"),
  };
  const last = 2 * unknowns + 10;
  const end = whileLoop(
    ({ r, gamma, step }) =>
      logicalAnd(
        logicalAnd(greater(gamma, 0), greater(normSquared(r), enough)),
        less(step, last),
      ) as Tensor,
    ({ u, r, p, gamma, step }) => {
      const q = forward(p);
      const size = normSquared(q);
      const alpha = where(greater(size, 0), divide(gamma, size), 0) as Tensor;
      const next = combine(subtract, r, scaled(alpha, q));
      const slope = backward(next);
      const now = normSquared(slope);
      return {
        u: combine(add, u, scaled(alpha, p)),
        r: next,
        p: combine(add, slope, scaled(divide(now, gamma) as Tensor, p)),
        gamma: now,
        step: add(step, 1) as Tensor,
      };
    },
    start,
  );
  return end.u;
}

/** The carried residual may go below rounding: the refinement sees to what is left. */
const tightness = 1e-17;

/** The largest relative residual of what counts as a solution. */
function looseness(types: readonly Type[]): number {
  return types.some((type) => type.kind === "tensor" && type.dtype === "f32") ? 1e-3 : 1e-6;
}

function combine(f: (a: Tensor, b: Tensor) => unknown, a: Vector, b: Vector): Tensor[] {
  return a.map((x, i) => f(x, b[i] as Tensor) as Tensor);
}

function scaled(factor: Tensor, v: Vector): Tensor[] {
  return v.map((x) => multiply(cast(factor, x.dtype), x) as Tensor);
}

function normSquared(v: Vector): Tensor {
  const terms = v.map((x) => {
    const wide = cast(x, "f64") as Tensor;
    return sum(multiply(wide, wide) as Tensor);
  });
  return terms.reduce((total, term) => add(total, term) as Tensor, numberNode(0, "f64"));
}

function numberLike(x: Tensor, value: number): Tensor {
  return numberNode(value, x.dtype);
}
