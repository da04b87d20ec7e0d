import { parameterNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { reopenTrace, type Trace, withTrace } from "../core/trace.js";
import type { Type } from "../core/type.js";
import { tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { zerosOf } from "../ops/tape.js";
import { activeNodes } from "./activity.js";
import { batchNodes, inFront } from "./batch.js";
import { type ReverseResult, reverse } from "./pullback.js";
import { pushforward } from "./pushforward.js";
import { type Split, split } from "./split.js";
import { type MaybeTangent, tangentOf } from "./tangent.js";

/** What control flow asks of the transforms: graph → graph functions on the bodies it holds. */
export interface Rules {
  /**
   * Body of values and tangents. Inputs: the body's inputs, then a tangent per active input.
   * Outputs: the body's outputs, then a tangent per output in `activeOutputs`.
   */
  jvp(
    body: Body,
    active: readonly boolean[],
    forceOutputs?: readonly boolean[],
  ): { body: Body; activeOutputs: readonly boolean[] };
  /**
   * `jvp` in two stages. Forward body: the body's inputs; its outputs, then the residuals. Linear body: the
   * residuals, then a tangent per active input; a tangent per output in `activeOutputs`.
   */
  linearize(
    body: Body,
    active: readonly boolean[],
    forceOutputs?: readonly boolean[],
  ): { forward: Body; linear: Body; activeOutputs: readonly boolean[] };
  vjp(body: Body, active: readonly boolean[]): BodyVjp;
  /** The body over batched inputs; every batched input and output has its batch axis first. */
  batch(
    body: Body,
    batched: readonly boolean[],
    size: number,
    forceOutputs?: readonly boolean[],
  ): { body: Body; batchedOutputs: readonly boolean[] };
}

/** Reverse mode of a body in two stages. */
export interface BodyVjp {
  /** The body's inputs; its outputs, then the residuals (some may be inputs themselves). */
  readonly forward: Body;
  readonly activeOutputs: readonly boolean[];
  /**
   * Inputs: the residuals, then a cotangent for each output in `given` (active ones only). Outputs: a cotangent
   * for each input in `reached`.
   */
  backward(given: readonly boolean[]): { body: Body; reached: readonly boolean[] };
}

/**
 * The transforms as control flow asks for them: functions on the bodies it holds. What was asked of a body
 * before is answered from memory, so that loops within loops cost no more than their nodes.
 */
export const rules: Rules = {
  jvp: (body, active, forceOutputs = []) =>
    remembered(body, `jvp ${flags(active)} ${flags(forceOutputs)}`, () =>
      withTrace("jvp", (trace) => jvpBody(body, active, forceOutputs, trace), "sealed"),
    ),

  linearize: (body, active, forceOutputs = []) =>
    remembered(body, `linearize ${flags(active)} ${flags(forceOutputs)}`, () =>
      withTrace("linearize", (trace) => linearBody(body, active, forceOutputs, trace), "sealed"),
    ),

  vjp: (body, active) =>
    remembered(body, `vjp ${flags(active)}`, () =>
      withTrace("vjp", (trace) => vjpBody(body, active, trace), "sealed"),
    ),

  batch: (body, batched, size, forceOutputs = []) =>
    remembered(body, `batch ${size} ${flags(batched)} ${flags(forceOutputs)}`, () =>
      withTrace("vmap", (trace) => batchBody(body, batched, size, forceOutputs, trace), "sealed"),
    ),
};

const memory = new WeakMap<Body, Map<string, unknown>>();

function remembered<T>(body: Body, key: string, compute: () => T): T {
  let known = memory.get(body);
  if (known === undefined) {
    known = new Map();
    memory.set(body, known);
  }
  if (!known.has(key)) known.set(key, compute());
  return known.get(key) as T;
}

function flags(values: readonly boolean[]): string {
  return values.map(Number).join("");
}

function freshInputs(body: Body, trace: Trace): Node[] {
  return body.inputs.map((input) => parameterNode(input.type, trace, input.label));
}

function jvpBody(
  body: Body,
  active: readonly boolean[],
  forceOutputs: readonly boolean[],
  trace: Trace,
): { body: Body; activeOutputs: readonly boolean[] } {
  const primals = freshInputs(body, trace);
  const outputs = inlineBody(body, primals);
  const { seeds, tangents } = seedsOf(primals, active, trace);
  const pushed = pushforward(outputs, seeds, trace.depth);
  const { results, activeOutputs } = tangentsOf(pushed, outputs, forceOutputs);
  return { body: new Body([...primals, ...tangents], [...outputs, ...results]), activeOutputs };
}

function linearBody(
  body: Body,
  active: readonly boolean[],
  forceOutputs: readonly boolean[],
  trace: Trace,
): ReturnType<Rules["linearize"]> {
  const primals = freshInputs(body, trace);
  const outputs = inlineBody(body, primals);
  return withTrace("linearize", (inner) => {
    const { seeds, tangents } = seedsOf(primals, active, inner);
    const pushed = pushforward(outputs, seeds, trace.depth);
    const { results, activeOutputs } = tangentsOf(pushed, outputs, forceOutputs);
    const { residuals, body: linear } = split(results, tangents, inner, trace.depth);
    return { forward: new Body(primals, [...outputs, ...residuals]), linear, activeOutputs };
  });
}

function seedsOf(
  primals: readonly Node[],
  active: readonly boolean[],
  trace: Trace,
): { seeds: Map<Node, MaybeTangent>; tangents: Node[] } {
  const seeds = new Map<Node, MaybeTangent>();
  const tangents: Node[] = [];
  primals.forEach((input, i) => {
    const tangent = active[i] === true ? parameterNode(input.type, trace) : zero;
    if (tangent !== zero) tangents.push(tangent);
    seeds.set(input, tangentOf(tangent));
  });
  return { seeds, tangents };
}

/** The tangents there are, and zeros where one is asked for. */
function tangentsOf(
  pushed: readonly MaybeTangent[],
  outputs: readonly Node[],
  forceOutputs: readonly boolean[],
): { results: Node[]; activeOutputs: boolean[] } {
  const results: Node[] = [];
  const activeOutputs = pushed.map((tangent, i) => {
    if (tangent !== zero) results.push(tangent.node);
    else if (forceOutputs[i] === true) results.push(zerosOf((outputs[i] as Node).type));
    else return false;
    return true;
  });
  return { results, activeOutputs };
}

function vjpBody(body: Body, active: readonly boolean[], trace: Trace): BodyVjp {
  const primals = freshInputs(body, trace);
  const outputs = inlineBody(body, primals);
  const wrt = primals.filter((_, i) => active[i] === true);
  const live = activeNodes(wrt, nodesBetween(primals, outputs, trace.depth));
  const activeOutputs = outputs.map((output) => live.has(output));
  const swept = reverse(outputs, wrt, trace.depth);
  const all = backwardBody(outputs, activeOutputs, swept, trace);
  const backward = (given: readonly boolean[]): ReturnType<BodyVjp["backward"]> => {
    const wanted = activeOutputs.map((on, i) => on && given[i] === true);
    const stage = wanted.every((on, i) => on === activeOutputs[i])
      ? all
      : reopenTrace(trace, () => backwardBody(outputs, wanted, swept, trace));
    const narrow = overResiduals(stage.split, all.split.residuals);
    const { reached: flags } = narrow === undefined ? all : stage;
    let next = 0;
    const reached = active.map((on) => on && flags[next++] === true);
    return { body: narrow ?? withZeros(all.split, outputs, activeOutputs, wanted), reached };
  };
  return {
    forward: new Body(primals, [...swept.outputs, ...all.split.residuals]),
    activeOutputs,
    backward,
  };
}

/** The sweep back from the cotangents in `given`; cotangents known to vanish are no outputs. */
function backwardBody(
  outputs: readonly Node[],
  given: readonly boolean[],
  swept: ReverseResult,
  trace: Trace,
): { split: Split; reached: readonly boolean[] } {
  return withTrace("vjp", (inner) => {
    const later: Node[] = [];
    const cotangents = outputs.map((output, i): MaybeTangent => {
      if (given[i] !== true) return zero;
      const node = parameterNode(output.type, inner);
      later.push(node);
      return { node };
    });
    const pulled = swept.pull(cotangents);
    const results = pulled.flatMap((tangent) => (tangent === zero ? [] : [tangent.node]));
    return {
      split: split(results, later, inner, trace.depth),
      reached: pulled.map((tangent) => tangent !== zero),
    };
  });
}

/**
 * The second stage with an input for every node of `residuals`, in that order, read or not; undefined if it
 * reads others (a rule that itself holds loops may keep other nodes for other cotangents).
 */
function overResiduals(
  { residuals: own, body }: Split,
  residuals: readonly Node[],
): Body | undefined {
  const formal = new Map(own.map((node, i) => [node, body.inputs[i] as Node]));
  const inputs = residuals.map((node) => {
    const known = formal.get(node);
    formal.delete(node);
    return known ?? withTrace("vjp", (trace) => parameterNode(node.type, trace));
  });
  if (formal.size > 0) return undefined;
  return new Body([...inputs, ...body.inputs.slice(own.length)], body.outputs);
}

/** The second stage for all active outputs, with zeros for the cotangents that are not wanted. */
function withZeros(
  { residuals, body }: Split,
  outputs: readonly Node[],
  activeOutputs: readonly boolean[],
  wanted: readonly boolean[],
): Body {
  return withTrace(
    "vjp",
    (trace) => {
      const inputs = residuals.map((node) => parameterNode(node.type, trace));
      const given: Node[] = [];
      const cotangents = outputs.flatMap((output, i) => {
        if (activeOutputs[i] !== true) return [];
        if (wanted[i] !== true) return [zerosOf(output.type)];
        const cotangent = parameterNode(output.type, trace);
        given.push(cotangent);
        return [cotangent];
      });
      return new Body([...inputs, ...given], inlineBody(body, [...inputs, ...cotangents]));
    },
    "sealed",
  );
}

function batchBody(
  body: Body,
  batched: readonly boolean[],
  size: number,
  forceOutputs: readonly boolean[],
  trace: Trace,
): { body: Body; batchedOutputs: readonly boolean[] } {
  const known = new Map(
    body.inputs.map((input, i) => {
      const on = batched[i] === true;
      const type = on ? addAxis(input.type, size) : input.type;
      const node = parameterNode(type, trace, input.label);
      return [input, { node, axis: on ? 0 : undefined }] as const;
    }),
  );
  const { nodes, axes } = batchNodes(body.outputs, known, size, 0);
  const batchedOutputs = axes.map((axis, i) => axis !== undefined || forceOutputs[i] === true);
  const outputs = nodes.map((node, i) =>
    batchedOutputs[i] === true ? inFront(node, axes[i], size) : node,
  );
  return {
    body: new Body(
      [...known.values()].map(({ node }) => node),
      outputs,
    ),
    batchedOutputs,
  };
}

function addAxis<T extends Type>(type: T, size: number): T;
function addAxis(type: Type, size: number): Type {
  if (type.kind === "tensor") return tensorType([size, ...type.shape], type.dtype, type.weak);
  if (type.kind === "tape") return { ...type, element: addAxis(type.element, size) };
  return { kind: "tuple", elements: type.elements.map((element) => addAxis(element, size)) };
}
