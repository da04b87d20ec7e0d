import { bind, elementsOf, numberNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, ValueError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Inputs,
  Primitive,
  Tangents,
} from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import { type ArrayValue, formatType, tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { add, multiply, subtract } from "../ops/arithmetic.js";
import { less, lessEqual } from "../ops/comparison.js";
import { describe } from "../ops/describe.js";
import { isfinite } from "../ops/floats.js";
import { named } from "../ops/latex.js";
import { logicalAnd, logicalNot } from "../ops/logic.js";
import { abs } from "../ops/magnitude.js";
import { maximum } from "../ops/maximum.js";
import { all } from "../ops/predicates.js";
import { where } from "../ops/select.js";
import { laneFirst, zerosOf } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { bodyMayFail, bump, makeBody, overInputs } from "./bodies.js";
import { flattenTensors, traceCarrying } from "./carry.js";
import { typeOfCall } from "./checkpoint.js";
import { type LinearMap, linearMap, linearSolve, overLanes } from "./linear-solve.js";
import { whileLoop } from "./loops.js";
import { settleBodies } from "./settle.js";
import { spread } from "./step.js";
import { withTangents } from "./tangents.js";
import type { Given, Inside } from "./typing.js";

export interface FixedPointOptions {
  /**
   * A step that changes no element by more than this, relative to its magnitude or to 1, is the last. Default
   * 1e-12, for f32 1e-6.
   */
  readonly tolerance?: number;
  /** Results are NaN where this many steps do not suffice. Default 10,000. */
  readonly maxIterations?: number;
}

/**
 * The x with x = f(theta, x), by iterating from `init`; NaN where that does not converge. The derivative is that
 * of the solution (implicit function theorem): with A = ∂f/∂x there, dx = (I − A)⁻¹ ∂f/∂θ dθ, whose linear system
 * is solved as such, in both modes and to any order; steps are not kept, `init` has derivative 0, and f may read
 * differentiated tensors of the function around it. Trees of tensors; x must be float. Throws TreeError,
 * ShapeError or DTypeError where `f` changes the structure, shape or dtype of x.
 */
export function fixedPoint<const T, const X>(
  f: (theta: Inside<T>, x: Inside<X>) => Given<X>,
  theta: T,
  init: X,
  options: FixedPointOptions = {},
): Inside<X> {
  const limits = checkedOptions(options);
  const given = flattenTensors("fixedPoint", theta);
  const start = flattenTensors("fixedPoint", init);
  const types = given.leaves.map(({ type }) => type);
  const { closed, init: from } = traceCarrying("fixedPoint", start, types, (x, leaves) => ({
    carry: f(given.definition.unflatten(leaves) as never, x as never),
    results: [],
  }));
  from.forEach((leaf, i) => {
    if (isFloat(leaf.dtype)) return;
    throw new DTypeError("fixedPoint", {
      expected: "float tensors to iterate on",
      received: `${formatType(leaf.type)} at ${start.definition.paths[i]}`,
      fix: 'cast(…, "f64")',
    });
  });
  const outside = closed.captured.length;
  const reads = [...closed.captured, ...given.leaves];
  const step = overInputs(closed.body, [
    ...closed.captured.keys(),
    ...given.leaves.map((_, i) => outside + from.length + i),
    ...from.map((_, i) => outside + i),
  ]);
  const problem = problemOf(step, reads.length, limits);
  const results = elementsOf(bind(fixedPointOp, [...reads, ...from], problem));
  return start.definition.unflatten(results) as never;
}

interface Limits {
  readonly tolerance: number | undefined;
  readonly maxIterations: number;
}

function checkedOptions({ tolerance, maxIterations = 10_000 }: FixedPointOptions): Limits {
  if (tolerance !== undefined && !(tolerance >= 0)) {
    throw new ValueError("fixedPoint", {
      expected: "a tolerance ≥ 0",
      received: String(tolerance),
    });
  }
  if (!Number.isSafeInteger(maxIterations) || maxIterations < 0) {
    throw new ValueError("fixedPoint", {
      expected: "maxIterations: a whole number ≥ 0",
      received: String(maxIterations),
    });
  }
  return { tolerance, maxIterations };
}

/** x = f(what f reads, x), and how it is solved. */
export interface FixedPointParams {
  readonly reads: number;
  /** Inputs: `reads` tensors, then x. Outputs: the next x. */
  readonly step: Body;
  /** Inputs as for `step`; outputs: the fixed point. */
  readonly solve: Body;
  /** Of a problem for each lane: the problem of one, which of the inputs have lanes, and how many. */
  readonly lanes: {
    readonly one: FixedPointParams;
    readonly flags: readonly boolean[];
    readonly size: number;
  } | null;
}

const fixedPointOp: Primitive<FixedPointParams> = {
  name: "fixedPoint",
  type: (inputs, { step }) => typeOfCall("fixedPoint", inputs, step),
  evaluate: (inputs, { solve }) => runBody(solve, inputs) as ArrayValue[],
  derivative: {
    kind: "general",
    inert: (count, { reads }) => Array.from({ length: count - reads }, (_, i) => reads + i),
    jvp: pushFixedPoint,
  },
  batch: batchFixedPoint,
  lower: { kind: "call", body: ({ solve }) => solve },
  settleBodies,
  mayFail: ({ step }) => bodyMayFail(step),
};

export const describedFixedPoint: Primitive = /* @__PURE__ */ describe(fixedPointOp, {
  doc: "The x with x = f(θ, x), by iteration; NaN where it does not converge. Its derivative is (I − ∂f/∂x)⁻¹ ∂f/∂θ.",
  latex: (inputs) => named("fix", ...inputs),
  domain: [{ low: -2, high: 2 }],
  cases: () => {
    const types = [tensorType([2], "f64"), tensorType([2], "f64")];
    const step = makeBody("fixedPoint", types, ([a, x]) => [
      multiply(0.4, add(bump(x as Tensor), a as Tensor)) as Tensor,
    ]);
    const params = problemOf(step, 1, { tolerance: undefined, maxIterations: 1000 });
    return [{ inputs: [{ shape: [2] }, { shape: [2] }], params }];
  },
});

function pushFixedPoint(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  outputs: Inputs<Tensor>,
  problem: FixedPointParams,
): Tangents {
  const reads = inputs.slice(0, problem.reads);
  const dots = tangents.slice(0, problem.reads);
  const active = [...dots.map((dot) => dot !== zero), ...outputs.map(() => false)];
  const { body, activeOutputs } = rules.jvp(problem.step, active);
  const pushed = inlineBody(body, withTangents([...reads, ...outputs], dots, active));
  const moved = spread(activeOutputs, pushed.slice(outputs.length));
  const rhs = outputs.map(({ type }, i) => moved[i] ?? zerosOf(type));
  return linearSolve(linearized(problem), [...reads, ...outputs], rhs);
}

function batchFixedPoint(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  problem: FixedPointParams,
  { size }: BatchContext,
): Batched {
  const flags = axes.map((axis) => axis !== undefined).slice(0, problem.reads);
  const nodes = inputs.map((node, i) =>
    i >= problem.reads || flags[i] === true ? laneFirst(node as Node, axes[i], size) : node,
  );
  const results = elementsOf(bind(fixedPointOp, nodes, problemOfLanes(problem, flags, size)));
  return { output: results, axes: results.map(() => 0) };
}

function problemOf(step: Body, reads: number, limits: Limits): FixedPointParams {
  return { reads, step, solve: iteration(step, reads, limits), lanes: null };
}

function problemOfLanes(
  one: FixedPointParams,
  flags: readonly boolean[],
  size: number,
): FixedPointParams {
  const every = one.step.outputs.map(() => true);
  const over = (body: Body): Body => rules.batch(body, [...flags, ...every], size, every).body;
  const { reads } = one;
  return { reads, step: over(one.step), solve: over(one.solve), lanes: { one, flags, size } };
}

const remembered = new WeakMap<Body, Body>();

/** ∂f/∂x as a linear map that depends on what the step reads and on x. */
function linearized({ step, reads, lanes }: FixedPointParams): LinearMap {
  if (lanes !== null) {
    const every = step.outputs.map(() => true);
    const { one, flags, size } = lanes;
    return overLanes(linearized(one), [...flags, ...every], size);
  }
  let derivative = remembered.get(step);
  if (derivative === undefined) {
    derivative = derivativeByX(step, reads);
    remembered.set(step, derivative);
  }
  return linearMap(derivative, step.inputs.length);
}

/** Inputs: those of the step, then a tangent of x. Outputs: the tangent of the next x. */
function derivativeByX(step: Body, reads: number): Body {
  const active = step.inputs.map((_, i) => i >= reads);
  const every = step.outputs.map(() => true);
  const { body } = rules.jvp(step, active, every);
  return new Body(body.inputs, body.outputs.slice(every.length));
}

/** Iterates the step until it changes nothing more. */
function iteration(step: Body, reads: number, { tolerance, maxIterations }: Limits): Body {
  const types = step.inputs.map(({ type }) => type);
  return makeBody("fixedPoint", types, (inputs) => {
    const given = inputs.slice(0, reads);
    const start = {
      x: inputs.slice(reads) as Tensor[],
      done: numberNode(0, "bool"),
      count: numberNode(0, "i32"),
    };
    const { x, done } = whileLoop(
      (now) => logicalAnd(logicalNot(now.done), less(now.count, maxIterations)) as Tensor,
      (now) => {
        const next = inlineBody(step, [...given, ...now.x]) as Tensor[];
        const still = next.map((leaf, i) => unchanged(leaf, now.x[i] as Tensor, tolerance));
        return {
          x: next,
          done: still.reduce((a, b) => logicalAnd(a, b) as Tensor, numberNode(1, "bool")),
          count: add(now.count, 1) as Tensor,
        };
      },
      start,
    );
    return x.map((leaf) => {
      const nan = numberNode(Number.NaN, leaf.dtype);
      return where(done, leaf, nan) as Tensor;
    });
  });
}

function unchanged(next: Tensor, last: Tensor, tolerance: number | undefined): Tensor {
  const relative = tolerance ?? (next.dtype === "f32" ? 1e-6 : 1e-12);
  const bound = multiply(maximum(abs(next), 1), relative) as Tensor;
  const still = lessEqual(abs(subtract(next, last)), bound);
  return all(logicalAnd(still, isfinite(next)));
}
