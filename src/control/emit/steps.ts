import type { EmitContext, Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import { checkLength } from "../../core/longest.js";
import type { Steps } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { TapeType, TensorType, Type } from "../../core/type.js";
import { denseArray, tensorOf } from "../../ops/kernels/location.js";
import { bytesOf } from "../../program/elements.js";
import type { Operand } from "../../program/types.js";
import { entryBytes, giveBack, sliceOf, writeEntry } from "./entries.js";
import { byKind, hoist, runBefore } from "./hoist.js";
import { newSlot, readSlot, updates, writeSlots } from "./slots.js";
import { tapesOf } from "./tape-memory.js";

/** A loop over slices, as many as there are. */
export function emitSteps(body: EmitContext, node: Node, steps: Steps): Location {
  const b = body.builder;
  const { length, reverse, carries } = steps;
  if (length !== null) checkLength(node.primitive.name, length);
  const first = steps.consts + carries + (length === null ? 1 : 0);
  const all = node.inputs.map((input, i): Location => {
    if (i < first || input.type.kind === "tape") return body.locationOf(input);
    return { kind: "array", array: body.arrayOf(input) };
  });
  const count =
    length === null
      ? ((all[0] as Location & { kind: "elements" }).elements[0] as Operand)
      : b.i32(length);
  const given = byKind(steps, length === null ? all.slice(1) : all);
  const formals = byKind(steps, steps.body.inputs);
  const { before, inside } = hoist(steps.body, steps.consts);
  const most = body.mostInRegisters(steps.body);
  const same = runBefore(body, before, given.consts, most);
  const slots = formals.carries.map((carry, i) =>
    newSlot(body, carry.type, "carry", {
      updated: updates(steps.body.outputs[i] as Node, carry),
      most,
    }),
  );
  writeSlots(body, slots, given.carries);
  const types = (node.type as { elements: readonly Type[] }).elements.slice(carries);
  const results = types.map((type, i) =>
    newOutput(body, type, steps.body.outputs[carries + i] as Node, {
      count,
      wanted: body.wantedPart(node, carries + i),
    }),
  );
  const keepsTapes =
    types.some((type) => type.kind === "tape" && type.element.kind === "tape") ||
    formals.carries.some(({ type }) => type.kind === "tape");
  b.loop(0, length ?? count, (step, before) => {
    const at = reverse ? b.sub(b.sub(count, 1), step) : step;
    const release = giveBack(body, keepsTapes);
    const slices = given.xs.map((x, i) => sliceOf(body, x, formals.xs[i]?.type as Type, at, most));
    const outputs = results.map((result) => result.target(at));
    const now = slots.map((slot) => readSlot(body, slot));
    const values = body.run(
      inside,
      [...same, ...now, ...slices],
      [...slots.map(() => undefined), ...outputs],
      same.map(() => false).concat(slots.map(() => true)),
      { fixed: same.length, before },
    );
    results.forEach((result, i) => {
      result.write(at, values[carries + i] as Location);
    });
    writeSlots(body, slots, values.slice(0, carries));
    release();
  });
  return {
    kind: "tuple",
    parts: [
      ...slots.map((slot) => readSlot(body, slot)),
      ...results.map((result) => result.location()),
    ],
  };
}

/** What all steps put out. */
interface Output {
  /** Where the step at hand had better write. */
  target(at: Operand): ArrayPlace | undefined;
  write(at: Operand, value: Location): void;
  location(): Location;
}

function newOutput(
  body: EmitContext,
  type: Type,
  one: Node,
  { count, wanted }: { readonly count: Operand; readonly wanted: ArrayPlace | undefined },
): Output {
  const b = body.builder;
  if (type.kind === "tape") return newTapeOutput(body, type.element, count);
  const stack = wanted ?? body.fresh(type as TensorType, "stack");
  const tensor = tensorOf(one);
  const bytes = sizeOf(tensor.shape) * bytesOf(tensor.dtype);
  const { buffer, at: start, offset } = stack.place;
  const placeAt = (at: Operand): ArrayPlace => {
    const shift = b.mul(at, bytes);
    if (shift.kind === "constant")
      return denseArray(buffer, tensor, start, offset + Number(shift.value));
    return denseArray(buffer, tensor, start === undefined ? shift : b.add(start, shift), offset);
  };
  return {
    target: placeAt,
    write: (at, value) => {
      body.store(placeAt(at), value);
    },
    location: () => ({ kind: "array", array: stack }),
  };
}

function newTapeOutput(body: EmitContext, element: TensorType | TapeType, count: Operand): Output {
  const b = body.builder;
  const bytes = entryBytes(element);
  const steps = b.max(count, 0);
  const pointer = tapesOf(body.state).allocate(steps, bytes);
  return {
    target: () => undefined,
    write: (at, value) => {
      writeEntry(body, b.add(pointer, b.mul(at, bytes)), element, value);
    },
    location: () => ({ kind: "tape", pointer, count: steps }),
  };
}
