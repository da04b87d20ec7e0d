import { bind, bindTensor } from "../core/bind.js";
import type { Body } from "../core/body.js";
import { inlineBody, traceBody } from "../core/close.js";
import { isFloat } from "../core/dtype.js";
import { NotDifferentiableError, TraceError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type {
  Axis,
  BatchContext,
  Batched,
  Case,
  Inputs,
  MaybeZero,
  Primitive,
  Pullback,
  Tangents,
} from "../core/primitive.js";
import { runBody } from "../core/run-body.js";
import { activeTrace } from "../core/trace.js";
import { type ArrayValue, type Type, tensorType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { add, multiply, square } from "../ops/arithmetic.js";
import { describe } from "../ops/describe.js";
import { sumOp } from "../ops/shape.js";
import { laneFirst, zerosOf } from "../ops/tape.js";
import { rules } from "../transforms/bodies.js";
import { bodyMayFail, makeBody } from "./bodies.js";
import { typeOfCall } from "./checkpoint.js";
import { settleBodies } from "./settle.js";
import { spread } from "./step.js";

/** A forward-mode rule on flat lists: tangents of the outputs, given the arguments and a tangent of each. */
export interface PushRule {
  push(primals: readonly Node[], tangents: readonly Node[]): readonly Node[];
}

/** A reverse-mode rule on flat lists. */
export interface PullRule {
  forward(primals: readonly Node[]): KeptForward;
}

export interface KeptForward {
  readonly outputs: readonly Node[];
  readonly residuals: readonly Node[];
  /** Cotangents of the arguments, given these residuals (or others of their types) and one for each output. */
  pull(residuals: readonly Node[], cotangents: readonly Node[]): readonly MaybeZero[];
}

/** Inputs: `captured` tensors of the function around, then the arguments. */
export interface CustomParams<Rule> {
  readonly body: Body;
  readonly captured: number;
  readonly rule: Rule;
}

/** What a call with a derivative of its own has in common, whichever mode the rule is for. */
function custom<Rule extends object>(
  name: string,
  derivative: Primitive<CustomParams<Rule>>["derivative"],
  overLanes: (params: CustomParams<Rule>, flags: readonly boolean[], size: number) => Rule,
): Primitive<CustomParams<Rule>> {
  const primitive: Primitive<CustomParams<Rule>> = {
    name,
    type: (inputs, { body }) => typeOfCall(name, inputs, body),
    evaluate: (inputs, { body }) => runBody(body, inputs) as ArrayValue[],
    derivative,
    batch: (inputs, axes, params, context) =>
      batchCustom(primitive, inputs, axes, params, context, overLanes),
    lower: { kind: "call", body: ({ body }) => body },
    settleBodies,
    mayFail: ({ body }) => bodyMayFail(body),
  };
  return primitive;
}

/** x²·y with a rule of its own, to be tested on. */
function examples<Rule>(name: string, rule: Rule): Case<CustomParams<Rule>>[] {
  const types = [tensorType([3], "f64"), tensorType([3], "f64")];
  const body = makeBody(name, types, ([x, y]) => [
    multiply(square(x as Tensor), y as Tensor) as Tensor,
  ]);
  const inputs = [{ shape: [3] }, { shape: [3] }];
  return [{ inputs, params: { body, captured: 0, rule } }];
}

/** Integer inputs carry no derivative. */
function inert(_count: number, { body }: { readonly body: Body }): number[] {
  return body.inputs.flatMap(({ type }, i) =>
    type.kind === "tensor" && !isFloat(type.dtype) ? [i] : [],
  );
}

export const customJvpOp: Primitive<CustomParams<PushRule>> = /* @__PURE__ */ custom(
  "customJvp",
  {
    kind: "general",
    inert,
    jvp: (inputs, tangents, _outputs, params) => pushCustom(inputs, tangents, params),
  },
  (params, flags, size) => pushOverLanes(params, flags, size),
);

export const describedCustomJvp: Primitive = /* @__PURE__ */ describe(customJvpOp, {
  doc: "A function with a forward-mode derivative of its own; reverse mode transposes it.",
  domain: { low: -2, high: 2 },
  cases: () =>
    examples<PushRule>("customJvp", {
      push: ([x, y], [dx, dy]) => {
        const along = multiply(multiply(multiply(2, x as Tensor), y as Tensor), dx as Tensor);
        return [add(along, multiply(square(x as Tensor), dy as Tensor)) as Tensor];
      },
    }),
});

export const customVjpOp: Primitive<CustomParams<PullRule>> = /* @__PURE__ */ custom(
  "customVjp",
  {
    kind: "general",
    inert,
    noJvp: "customVjp, which gives a reverse-mode rule only",
    vjp: (inputs, active, params) => pullCustom(inputs, active, params),
  },
  (params, flags, size) => pullOverLanes(params, flags, size),
);

export const describedCustomVjp: Primitive = /* @__PURE__ */ describe(customVjpOp, {
  doc: "A function with a reverse-mode derivative of its own.",
  domain: { low: -2, high: 2 },
  cases: () =>
    examples<PullRule>("customVjp", {
      forward: ([x, y]) => ({
        outputs: [multiply(square(x as Tensor), y as Tensor) as Tensor],
        residuals: [x as Tensor, y as Tensor],
        pull: ([a, b], [ct]) => [
          multiply(multiply(multiply(2, a as Tensor), b as Tensor), ct as Tensor) as Tensor,
          multiply(square(a as Tensor), ct as Tensor) as Tensor,
        ],
      }),
    }),
});

function pushCustom(
  inputs: Inputs<Tensor>,
  tangents: Tangents,
  { body, captured, rule }: CustomParams<PushRule>,
): Tangents {
  refuseCaptured(
    "customJvp",
    inputs,
    tangents.slice(0, captured).map((dot) => dot !== zero),
  );
  const primals = inputs.slice(captured);
  const dots = tangents
    .slice(captured)
    .map((dot, i) => (dot === zero ? zerosOf((primals[i] as Tensor).type) : dot));
  const pushed = rule.push(primals, dots);
  refuseOuter("customJvp", [...primals, ...dots], pushed);
  return pushed.map((dot, i) => (carries((body.outputs[i] as Node).type) ? (dot as Tensor) : zero));
}

function pullCustom(
  inputs: Inputs<Tensor>,
  active: readonly boolean[],
  { captured, rule }: CustomParams<PullRule>,
): Pullback {
  refuseCaptured("customVjp", inputs, active.slice(0, captured));
  const primals = inputs.slice(captured);
  const { outputs, residuals, pull } = rule.forward(primals);
  refuseOuter("customVjp", primals, [...outputs, ...residuals]);
  return {
    outputs,
    pull: (cotangents) => {
      const given = cotangents.map((ct, i) =>
        ct === zero ? zerosOf((outputs[i] as Node).type) : ct,
      );
      const pulled = pull(residuals, given);
      const ends = pulled.filter((ct) => ct !== zero);
      refuseOuter("customVjp", [...primals, ...residuals, ...given], ends);
      const own = pulled.map((ct, i) => (carries((primals[i] as Node).type) ? ct : zero));
      return [...inputs.slice(0, captured).map((): MaybeZero => zero), ...own];
    },
  };
}

function carries(type: Type): boolean {
  return type.kind === "tensor" && isFloat(type.dtype);
}

/** The rule says nothing of the tensors the function reads besides its arguments. */
function refuseCaptured(
  operation: string,
  inputs: readonly Node[],
  active: readonly boolean[],
): void {
  const at = active.indexOf(true);
  if (at < 0) return;
  throw new NotDifferentiableError(operation, {
    expected: "a function that reads what is differentiated through its arguments only",
    received: `one that reads ${inputs[at]?.label ?? "a tensor"} of the function around it`,
    fix: "pass that tensor as an argument (or through stopGradient)",
  });
}

/** What a rule makes for a body of control flow must not read the function around: it runs elsewhere. */
function refuseOuter(operation: string, known: readonly Node[], ends: readonly unknown[]): void {
  let trace = activeTrace;
  while (trace !== null && trace.kind !== "sealed") trace = trace.outer;
  if (trace === null) return;
  const { depth } = trace;
  const nodes = ends as readonly Node[];
  const outside = (node: Node): boolean => node.depth > 0 && node.depth < depth;
  const inside = new Set(known);
  const read = nodesBetween(known, nodes, depth).flatMap((node) => node.inputs);
  if (![...nodes, ...read].some((node) => outside(node) && !inside.has(node))) return;
  throw new TraceError(operation, {
    expected: "a rule that reads its arguments only, inside loops, branches and checkpoints",
    received: "one that reads a tensor of the function around it",
    fix: "pass that tensor as an argument of the function",
  });
}

function batchCustom<Rule extends object>(
  primitive: Primitive<CustomParams<Rule>>,
  inputs: Inputs<Tensor>,
  axes: Inputs<Axis>,
  params: CustomParams<Rule>,
  { size }: BatchContext,
  overLanes: (params: CustomParams<Rule>, flags: readonly boolean[], size: number) => Rule,
): Batched {
  const flags = axes.map((axis) => axis !== undefined);
  const force = params.body.outputs.map(() => true);
  const { body } = rules.batch(params.body, flags, size, force);
  const nodes = inputs.map((node, i) =>
    flags[i] === true ? laneFirst(node, axes[i], size) : node,
  );
  const { captured } = params;
  const rule = overLanes(params, flags.slice(captured), size);
  return { output: bind(primitive, nodes, { body, captured, rule }), axes: force.map(() => 0) };
}

/** The forward rule along an extra axis of the arguments in `flags`. */
function pushOverLanes(
  { body, captured, rule }: CustomParams<PushRule>,
  flags: readonly boolean[],
  size: number,
): PushRule {
  const types = body.inputs.slice(captured).map(({ type }) => type);
  return {
    push: (primals, tangents) => {
      const one = traceBody("customJvp", [...types, ...types], (inputs) =>
        rule.push(inputs.slice(0, types.length), inputs.slice(types.length)),
      );
      const every = one.body.outputs.map(() => true);
      const on = [...one.captured.map(() => false), ...flags, ...flags];
      const lanes = rules.batch(one.body, on, size, every);
      return inlineBody(lanes.body, [...one.captured, ...primals, ...tangents]);
    },
  };
}

/** The reverse rule along an extra axis of the arguments in `flags`. */
function pullOverLanes(
  { body, captured, rule }: CustomParams<PullRule>,
  flags: readonly boolean[],
  size: number,
): PullRule {
  const types = body.inputs.slice(captured).map(({ type }) => type);
  return {
    forward: (primals) => {
      let kept: KeptForward | undefined;
      const traced = traceBody("customVjp", types, (inputs) => {
        kept = rule.forward(inputs);
        return [...kept.outputs, ...kept.residuals];
      });
      const one = kept as unknown as KeptForward;
      const own = one.outputs.length;
      const on = [...traced.captured.map(() => false), ...flags];
      const force = traced.body.outputs.map((_, i) => i < own);
      const lanes = rules.batch(traced.body, on, size, force);
      const results = inlineBody(lanes.body, [...traced.captured, ...primals]);
      const batched = [...lanes.batchedOutputs.slice(own), ...one.outputs.map(() => true)];
      return {
        outputs: results.slice(0, own),
        residuals: results.slice(own),
        pull: (residuals, cotangents) =>
          pullLanes(one, batched, [...residuals, ...cotangents], flags, size),
      };
    },
  };
}

/** Pulls every lane back; cotangents of arguments without lanes add up. */
function pullLanes(
  one: KeptForward,
  batched: readonly boolean[],
  given: readonly Node[],
  flags: readonly boolean[],
  size: number,
): readonly MaybeZero[] {
  const types = [...one.residuals, ...one.outputs].map(({ type }) => type);
  const count = one.residuals.length;
  let reached: readonly boolean[] = [];
  const { body, captured } = traceBody("customVjp", types, (inputs) => {
    const pulled = one.pull(inputs.slice(0, count), inputs.slice(count));
    reached = pulled.map((ct) => ct !== zero);
    return pulled.filter((ct) => ct !== zero) as Tensor[];
  });
  const on = [...captured.map(() => false), ...batched];
  const every = body.outputs.map(() => true);
  const results = inlineBody(rules.batch(body, on, size, every).body, [...captured, ...given]);
  return spread(reached, results).map((ct, i): MaybeZero => {
    if (ct === undefined) return zero;
    return flags[i] === true ? (ct as Tensor) : bindTensor(sumOp, [ct], { axes: [0] });
  });
}
