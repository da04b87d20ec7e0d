import { bind, elementsOf } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { ShapeError } from "../core/errors.js";
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
import { type ArrayValue, formatType, sameType, type Type, tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { multiply } from "../ops/arithmetic.js";
import { describe } from "../ops/describe.js";
import { laneFirst } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import type { AcceptsAll, TreeFunction } from "../transforms/typing.js";
import { bodyMayFail, bump, inputsRead, makeBody, overInputs, pick } from "./bodies.js";
import { traceCall } from "./call.js";
import { partOfBody } from "./part.js";
import { settleBodies } from "./settle.js";
import { positions, spread } from "./step.js";
import { withTangents } from "./tangents.js";

export interface CallParams {
  readonly body: Body;
}

/** The type of running a body on inputs of these types. */
export function typeOfCall(operation: string, types: readonly Type[], body: Body): Type {
  const expected = body.inputs.map(({ type }) => type);
  if (
    expected.length !== types.length ||
    expected.some((type, i) => !sameType(type, types[i] as Type))
  ) {
    throw new ShapeError(operation, {
      expected: `inputs (${expected.map(formatType).join(", ")})`,
      received: `(${types.map(formatType).join(", ")})`,
    });
  }
  return { kind: "tuple", elements: body.outputs.map(({ type }) => type as never) };
}

/**
 * The body is a graph of its own, so that the way back, which runs it again, is not merged with the way forth:
 * a compiler must keep the two apart as well.
 */
const checkpointOp: Primitive<CallParams> = {
  name: "checkpoint",
  type: (inputs, { body }) => typeOfCall("checkpoint", inputs, body),
  evaluate: (inputs, { body }) => runBody(body, inputs) as ArrayValue[],
  derivative: {
    kind: "general",
    flow: (inputs, { body }, through) => through(body, inputs),
    jvp: pushCheckpoint,
    vjp: pullCheckpoint,
  },
  batch: batchCheckpoint,
  lower: { kind: "call", body: ({ body }) => body },
  part: ({ body }, wanted) => {
    const part = partOfBody(body, wanted);
    const inputs = positions(inputsRead(part));
    return { params: { body: overInputs(part, inputs) }, inputs, elements: positions(wanted) };
  },
  settleBodies,
  mayFail: ({ body }) => bodyMayFail(body),
};

export const describedCheckpoint: Primitive = /* @__PURE__ */ describe(checkpointOp, {
  doc: "Runs the body; reverse mode keeps its inputs only and runs it again.",
  domain: [{ low: -2, high: 2 }],
  cases: () => {
    const types = [tensorType([3], "f64"), tensorType([3], "f64")];
    const body = makeBody("checkpoint", types, ([x, y]) => [
      multiply(bump(x as Tensor), y as Tensor) as Tensor,
      x as Tensor,
    ]);
    return [{ inputs: [{ shape: [3] }, { shape: [3] }], params: { body } }];
  },
});

/** Binds a call without the inputs that the body does not read; gives the results. */
function bindCheckpoint(given: Body, inputs: readonly Node[]): Node[] {
  const every = given.outputs.map(() => true);
  const body = partOfBody(given, every);
  const read = inputsRead(body);
  const own = read.every(Boolean) ? body : overInputs(body, positions(read));
  return elementsOf(bind(checkpointOp, pick(inputs, read), { body: own }));
}

function pushCheckpoint(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  _outputs: unknown,
  { body }: CallParams,
): Tangents {
  const active = tangents.map((tangent) => tangent !== zero);
  const { body: both, activeOutputs } = rules.jvp(body, active);
  const dots = new Body(both.inputs, both.outputs.slice(body.outputs.length));
  const results = bindCheckpoint(dots, withTangents(inputs, tangents, active));
  return spread(activeOutputs, results).map((dot) => (dot ?? zero) as MaybeZero);
}

function pullCheckpoint(
  inputs: Inputs<Tensor>,
  active: readonly boolean[],
  { body }: CallParams,
): Pullback {
  const { forward, activeOutputs, backward } = rules.vjp(body, active);
  return {
    outputs: elementsOf(bind(checkpointOp, inputs, { body })),
    pull: (cotangents) => {
      const given = cotangents.map((ct, i) => ct !== zero && activeOutputs[i] === true);
      const nodes = [...inputs, ...(pick(cotangents, given) as Tensor[])];
      const stage = backward(given);
      const types = nodes.map(({ type }) => type);
      const again = makeBody("checkpoint", types, (formal) => {
        const kept = inlineBody(forward, formal.slice(0, inputs.length));
        const ends = formal.slice(inputs.length);
        return inlineBody(stage.body, [...kept.slice(body.outputs.length), ...ends]);
      });
      const results = spread(stage.reached, bindCheckpoint(again, nodes));
      return results.map((node) => (node ?? zero) as MaybeZero);
    },
  };
}

function batchCheckpoint(
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  { body }: CallParams,
  { size }: BatchContext,
): Batched {
  const flags = axes.map((axis) => axis !== undefined);
  const { body: lanes, batchedOutputs } = rules.batch(body, flags, size);
  const nodes = inputs.map((node, i) =>
    flags[i] === true ? laneFirst(node, axes[i], size) : node,
  );
  return {
    output: bindCheckpoint(lanes, nodes),
    axes: batchedOutputs.map((on) => (on ? 0 : undefined)),
  };
}

/**
 * `f`, of which reverse mode keeps the arguments only and runs it again on the way back: memory for time. In every
 * other respect `f` itself; it may read tensors of the function around it. Inside, tensors have no values.
 */
export function checkpoint<F extends TreeFunction>(
  f: F,
): (...args: AcceptsAll<Parameters<F>>) => ReturnType<F> {
  return (...args) => {
    const { body, inputs, outputTree } = traceCall("checkpoint", f, args);
    return outputTree.unflatten(elementsOf(bind(checkpointOp, inputs, { body }))) as ReturnType<F>;
  };
}
