import { isFloat, type TypedArray } from "../../core/dtype.js";
import type { Location } from "../../core/emit.js";
import { ValueError } from "../../core/errors.js";
import type { ArrayPlace, Kernel, KernelContext } from "../../core/kernel.js";
import type { Lowering } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { sizeOf, stridesOf } from "../../core/shape.js";
import { type ArrayValue, type TensorType, tensorType, type Value } from "../../core/type.js";
import { moved, sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { bytesOf } from "../../program/elements.js";
import type { Host, Operand } from "../../program/types.js";
import { contract, packed } from "../contraction/index.js";
import { positionOf, undivided, unplacedUnknown } from "./affine.js";
import { Call } from "./call.js";
import type { BodyContext } from "./context.js";
import { inArray } from "./place.js";
import { productsOf, takenBy } from "./reads.js";
import { type Running, running } from "./running.js";
import { throughViews } from "./shapes.js";

/** Products in a contraction beside which a call is nothing. */
const worthwhile = 4096;

/** Emits an operation with a loop nest of its own. */
export function lowerUnit(body: BodyContext, node: Node): Location {
  const { lower } = node.primitive;
  if (lower.kind === "contraction") {
    const inputs = node.inputs.map((input) => stridedArrayOf(body, input));
    const output = body.targetOf(node);
    contractShared(body, node, contextOf(body, node, inputs, [output]), lower.axes(node.params));
    return inArray(output);
  }
  const types = node.type.kind === "tuple" ? node.type.elements : [node.type];
  const inputs = node.inputs.map((input) => body.arrayOf(input));
  const outputs = (types as readonly TensorType[]).map((type) => {
    if (node.type.kind !== "tensor") return body.fresh(type, node.primitive.name);
    const at = lower.kind === "kernel" ? lower.inPlace : lower.kind === "scan" ? 0 : undefined;
    const input = at === undefined ? undefined : (node.inputs[at] as Node);
    const isSame = input !== undefined && tensorOf(input).dtype === type.dtype;
    // what is put in must not lie where it is put
    const buffer = inputs[at ?? 0]?.place.buffer;
    const isApart = inputs.every(({ place }, i) => i === at || place.buffer !== buffer);
    return (
      (isSame && isApart ? body.takeOver(node, input) : undefined) ?? body.targetOf(node, type)
    );
  });
  const { kernel, params } = kernelOf(node);
  if (kernel === undefined) callInterpreter(body, node, inputs, outputs);
  else kernel({ ...contextOf(body, node, inputs, outputs), params } as never);
  const parts = outputs.map(inArray);
  return node.type.kind === "tuple" ? { kind: "tuple", parts } : (parts[0] as Location);
}

/** Where the slices are that a node takes of its first input, in slices: one number for each row of indices. */
export function lowerPlaces(body: BodyContext, node: Node): ArrayPlace {
  const indices = body.arrayOf(node.inputs[1] as Node);
  const output = body.fresh({ shape: indices.shape.slice(0, -1), dtype: "i32" }, "places");
  takenBy(node)?.find(contextOf(body, node, [indices, indices], [output]) as never);
  return output;
}

/**
 * A contraction of many terms is a call of a routine for all whose operands lie alike in memory. A factor that is the
 * same in all steps of a loop is packed before it.
 */
function contractShared(
  body: BodyContext,
  node: Node,
  context: KernelContext,
  pairs: Parameters<typeof contract>[1],
): void {
  const { builder } = context;
  if (sizeOfNode(node) * productsOf(node) < worthwhile) {
    contract(context, pairs);
    return;
  }
  const before = context.inputs.map((array, i) =>
    body.beforeLoop(node.inputs[i] as Node, array, () => packed(context, pairs, i as 0 | 1)),
  );
  const call = new Call(builder);
  const inputs = context.inputs.map((array, i) => call.array(before[i] ?? array));
  const outputs = context.outputs.map((array) => call.array(array));
  const isPacked = before.map((array) => array !== undefined);
  const layouts = [...inputs, ...outputs].map((array) => call.layoutOf(array));
  const routine = context.routine(`contract ${JSON.stringify([pairs, isPacked, layouts])}`, () =>
    call.routine("contract", (b) =>
      contract({ ...context, builder: b, inputs, outputs }, pairs, isPacked),
    ),
  );
  builder.perform(routine, call.args);
}

/** The loop nest of an operation and what it is told; none: the interpreter computes it. */
function kernelOf({ primitive, params, inputs }: Node): {
  kernel?: Kernel | undefined;
  params: unknown;
} {
  const lower = primitive.lower as Lowering<unknown>;
  const isReal = inputs.every((input) => isFloat(tensorOf(input).dtype));
  if (lower.kind === "kernel")
    return { kernel: lower.floats === true && !isReal ? undefined : lower.kernel, params };
  if (lower.kind !== "scan" || !(isReal || typeof lower.combine === "string")) return { params };
  const [axis, reverse] = [lower.axis(params), lower.reverse(params)];
  return {
    kernel: running,
    params: { combine: lower.combine, axis, reverse } satisfies Running,
  };
}

function contextOf(
  body: BodyContext,
  node: Node,
  inputs: readonly ArrayPlace[],
  outputs: readonly ArrayPlace[],
): KernelContext {
  const { builder } = body;
  return {
    builder,
    params: node.params,
    inputs,
    outputs,
    inputTypes: node.inputs.map(tensorOf),
    outputTypes: outputs.map(({ shape, dtype }) => tensorType(shape, dtype)),
    scratch: (dtype, length) => body.fresh({ shape: [length], dtype }, "scratch"),
    table: (data) => body.state.table(data),
    routine: (name, build) => body.state.routine(name, build),
    failIf: (condition, values, error) => {
      const host: Host = {
        kind: "host",
        name: `fail in ${node.primitive.name}`,
        params: values.map(({ type }) => type),
        result: undefined,
        run: (...given: number[]) => {
          throw located(error(...given), node);
        },
      };
      builder.branch(condition, () => {
        builder.perform(host, values);
      });
    },
  };
}

/** The error with the line that made the operation, not the one that calls the program. */
function located(error: ValueError, { where }: Node): ValueError {
  return where === undefined ? error : new ValueError(error.operation, error.complaint, where);
}

/** The node as strides over memory, if views are all that is between. */
function stridedArrayOf(body: BodyContext, node: Node): ArrayPlace {
  const { shape, dtype } = tensorOf(node);
  if (sizeOf(shape) === 0 || !body.isInlineView(node)) return body.arrayOf(node);
  const axes = shape.map((length) => unplacedUnknown(0, length));
  const start = positionOf(stridesOf(shape), axes);
  const shown = undivided((divided) =>
    throughViews(node, start, (view) => body.isInlineView(view), divided),
  );
  if (shown === undefined) return body.arrayOf(node);
  const [from, flat] = shown;
  const { place } = body.arrayOf(from);
  const strides = axes.map((axis) => flat.terms.find(([{ id }]) => id === axis.id)?.[1] ?? 0);
  return { place: moved(place, flat.constant * bytesOf(dtype)), shape, dtype, strides };
}

/** An operation that the compiler has no code for: the interpreter computes it on copies. */
function callInterpreter(
  body: BodyContext,
  node: Node,
  inputs: readonly ArrayPlace[],
  outputs: readonly ArrayPlace[],
): void {
  const { builder: b, state } = body;
  const { primitive, params, type } = node;
  const addresses = [...inputs, ...outputs].map(({ place }) => b.address(place));
  const elements = ({ shape, dtype }: ArrayPlace, pointer: number | undefined): TypedArray =>
    state.view(dtype, pointer as number, sizeOf(shape));
  const host: Host = {
    kind: "host",
    name: primitive.name,
    params: addresses.map(() => "i32"),
    result: undefined,
    run: (...pointers: number[]) => {
      const given = inputs.map((input, i): ArrayValue => {
        const { shape, dtype } = input;
        return { shape, dtype, data: elements(input, pointers[i]).slice() };
      });
      const result: Value = primitive.evaluate(given as never, params, type as never);
      const values = (Array.isArray(result) ? result : [result]) as ArrayValue[];
      outputs.forEach((output, i) => {
        elements(output, pointers[inputs.length + i]).set((values[i] as ArrayValue).data);
      });
    },
  };
  b.perform(host, addresses as Operand[]);
}
