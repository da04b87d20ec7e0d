import { Body } from "../../core/body.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Steps, WhileSteps } from "../../core/lowering.js";
import { holdsBodies } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { nodesBetween } from "../../core/order.js";
import { sizeOf } from "../../core/shape.js";
import type { TapeType, TensorType, Type } from "../../core/type.js";
import { bytesOf, registerOf, storageOf } from "../../program/elements.js";
import type { Operand, Variable } from "../../program/types.js";
import type { BodyContext } from "./context.js";
import { denseArray, type Location, moved, samePlace, tensorOf } from "./location.js";
import type { GrowingTape } from "./tape-memory.js";

/** Tensors of up to this many elements are carried in variables. */
const carriedInRegisters = 16;

/** Emits an operation that runs bodies, or one on tapes; undefined for others. */
export function lowerControl(body: BodyContext, node: Node): Location | undefined {
  const { lower } = node.primitive;
  const inputs = () => node.inputs.map((input) => body.locationOf(input));
  switch (lower.kind) {
    case "call":
      return { kind: "tuple", parts: body.run(lower.body(node.params), inputs()) };
    case "branch":
      return lowerBranch(body, lower.branches(node.params), inputs());
    case "steps":
      return lowerSteps(body, node, lower.steps(node.params));
    case "while":
      return lowerWhile(body, lower.loop(node.params), inputs());
    case "tape":
      return lower.gives === "empty" ? emptyTape(body) : tapeLength(body, inputs());
    default:
      return undefined;
  }
}

function emptyTape({ builder: b }: BodyContext): Location {
  return { kind: "tape", pointer: b.i32(0), count: b.i32(0) };
}

function tapeLength({ builder: b }: BodyContext, tapes: readonly Location[]): Location {
  const longest = tapes.reduce<Operand>(
    (most, tape) => b.max(most, (tape as Location & { kind: "tape" }).count),
    b.i32(0),
  );
  return { kind: "elements", elements: [longest] };
}

/** A place that is written more than once: carries, and what branches give. */
type Slot =
  | {
      readonly kind: "registers";
      readonly variables: readonly Variable[];
      readonly type: TensorType;
    }
  | { readonly kind: "memory"; readonly array: ArrayPlace }
  | { readonly kind: "tape"; readonly pointer: Variable; readonly count: Variable };

function newSlot(body: BodyContext, type: Type, name: string): Slot {
  const b = body.builder;
  if (type.kind === "tape")
    return { kind: "tape", pointer: b.variable("i32", name), count: b.variable("i32", name) };
  const tensor = type as TensorType;
  const size = sizeOf(tensor.shape);
  if (size > carriedInRegisters) return { kind: "memory", array: body.fresh(tensor, name) };
  const variables = Array.from({ length: size }, () => b.variable(registerOf(tensor.dtype), name));
  return { kind: "registers", variables, type: tensor };
}

/** What the slots hold now. */
function readSlot(body: BodyContext, slot: Slot): Location {
  const b = body.builder;
  if (slot.kind === "memory") return { kind: "array", array: slot.array };
  if (slot.kind === "tape")
    return { kind: "tape", pointer: b.read(slot.pointer), count: b.read(slot.count) };
  return { kind: "elements", elements: slot.variables.map((one) => b.read(one)) };
}

/** Writes all slots at once: what is read is read before anything is written. */
function writeSlots(body: BodyContext, slots: readonly Slot[], values: readonly Location[]): void {
  const b = body.builder;
  const registers: [Variable, Operand][] = [];
  const copies: [ArrayPlace, ArrayPlace][] = [];
  slots.forEach((slot, i) => {
    const value = values[i] as Location;
    if (slot.kind === "registers") {
      elementsAt(body, value, slot.type).forEach((element, k) => {
        registers.push([slot.variables[k] as Variable, element]);
      });
    } else if (slot.kind === "tape") {
      const tape = value as Location & { kind: "tape" };
      registers.push([slot.pointer, tape.pointer], [slot.count, tape.count]);
    } else if (value.kind === "elements") {
      throw new Error("a tensor in memory is expected");
    } else {
      const from = (value as Location & { kind: "array" }).array;
      if (!samePlace(from.place, slot.array.place)) copies.push([slot.array, from]);
    }
  });
  const written = new Set(copies.map(([to]) => to.place.buffer));
  const settled = copies.map(([to, from]): [ArrayPlace, ArrayPlace] => {
    // it lies where another value goes
    if (!written.has(from.place.buffer) || copies.length < 2) return [to, from];
    const aside = body.fresh(from, "aside");
    copyArray(body, aside, from);
    return [to, aside];
  });
  for (const [to, from] of settled) copyArray(body, to, from);
  for (const [variable, value] of registers) b.assign(variable, value);
}

function copyArray({ builder: b }: BodyContext, to: ArrayPlace, from: ArrayPlace): void {
  b.copy(to.place, from.place, b.i32(sizeOf(to.shape) * bytesOf(to.dtype)));
}

function elementsAt(
  { builder: b }: BodyContext,
  value: Location,
  { shape, dtype }: TensorType,
): readonly Operand[] {
  if (value.kind === "elements") return value.elements;
  const { place } = (value as Location & { kind: "array" }).array;
  return Array.from({ length: sizeOf(shape) }, (_, i) =>
    b.load(registerOf(dtype), storageOf(dtype), moved(place, i * bytesOf(dtype))),
  );
}

/** Large tensors in memory, also those that happen to be in registers. */
function settled(body: BodyContext, type: Type, value: Location): Location {
  if (type.kind !== "tensor" || value.kind !== "elements") return value;
  if (sizeOf(type.shape) <= carriedInRegisters) return value;
  const array = body.fresh(type, "spill");
  body.storeElements(array, value.elements);
  return { kind: "array", array };
}

function lowerBranch(
  body: BodyContext,
  branches: readonly Body[],
  [index, ...operands]: readonly Location[],
): Location {
  const b = body.builder;
  const { outputs } = branches[0] as Body;
  const slots = outputs.map(({ type }) => newSlot(body, type, "branch"));
  const chosen = (index as Location & { kind: "elements" }).elements[0] as Operand;
  const at = chosen.type === "bool" ? b.convert(chosen, "i32") : chosen;
  const targets = slots.map((slot) => (slot.kind === "memory" ? slot.array : undefined));
  const run = (branch: Body): void => {
    const values = body.run(branch, operands, targets);
    writeSlots(
      body,
      slots,
      values.map((value, i) => settled(body, outputs[i]?.type as Type, value)),
    );
  };
  const choose = (k: number): void => {
    const branch = branches[k] as Body;
    if (k === branches.length - 1) run(branch);
    else
      b.branch(
        b.compare(k === 0 ? "le" : "eq", at, b.i32(k)),
        () => run(branch),
        () => choose(k + 1),
      );
  };
  choose(0);
  return { kind: "tuple", parts: slots.map((slot) => readSlot(body, slot)) };
}

/** Splits a loop's body: what depends on constants alone is computed once, before the loop. */
function hoist(body: Body, consts: number): { before: Body; inside: Body; extra: number } {
  const varying = new Set<Node>(body.inputs.slice(consts));
  const nodes = nodesBetween(body.inputs, body.outputs, 1);
  for (const node of nodes) {
    const mayFail =
      typeof node.primitive.mayFail === "function"
        ? node.primitive.mayFail(node.params)
        : node.primitive.mayFail === true;
    if (
      mayFail ||
      node.type.kind !== "tensor" ||
      node.primitive.lower.kind === "view" || // costs nothing where it is read
      holdsBodies(node.primitive.lower as never) ||
      node.inputs.some((input) => varying.has(input))
    )
      varying.add(node);
  }
  const given = new Set(body.inputs);
  const frontier = new Set<Node>();
  const consider = (input: Node): void => {
    if (varying.has(input) || given.has(input) || input.depth === 0) return;
    frontier.add(input);
  };
  for (const node of nodes) if (varying.has(node)) for (const input of node.inputs) consider(input);
  for (const output of body.outputs) consider(output);
  const extra = [...frontier];
  return {
    before: new Body(body.inputs.slice(0, consts), extra),
    inside: new Body([...extra, ...body.inputs], body.outputs),
    extra: extra.length,
  };
}

function byKind<T>(
  { consts, carries }: { readonly consts: number; readonly carries: number },
  items: readonly T[],
): { consts: readonly T[]; carries: readonly T[]; xs: readonly T[] } {
  return {
    consts: items.slice(0, consts),
    carries: items.slice(consts, consts + carries),
    xs: items.slice(consts + carries),
  };
}

function lowerSteps(body: BodyContext, node: Node, steps: Steps): Location {
  const b = body.builder;
  const { length, reverse, carries } = steps;
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
  const fixed = body.run(before, given.consts);
  const slots = formals.carries.map(({ type }) => newSlot(body, type, "carry"));
  writeSlots(
    body,
    slots,
    given.carries.map((value, i) => settled(body, formals.carries[i]?.type as Type, value)),
  );
  const types = (node.type as { elements: readonly Type[] }).elements.slice(carries);
  const results = types.map((type, i) =>
    newOutput(body, type, steps.body.outputs[carries + i] as Node, count),
  );
  const keepsTapes =
    types.some((type) => type.kind === "tape" && type.element.kind === "tape") ||
    formals.carries.some(({ type }) => type.kind === "tape");
  b.loop(0, length ?? count, (step) => {
    const at = reverse ? b.sub(b.sub(count, b.i32(1)), step) : step;
    const release = giveBack(body, keepsTapes);
    const slices = given.xs.map((x, i) => sliceOf(body, x, formals.xs[i]?.type as Type, at));
    const outputs = results.map((result) => result.target(at));
    const now = slots.map((slot) => readSlot(body, slot));
    const values = body.run(
      inside,
      [...fixed, ...given.consts, ...now, ...slices],
      [...slots.map(() => undefined), ...outputs],
      [...fixed, ...given.consts].map(() => false).concat(slots.map(() => true)),
    );
    results.forEach((result, i) => {
      result.write(at, values[carries + i] as Location);
    });
    writeSlots(
      body,
      slots,
      values
        .slice(0, carries)
        .map((value, i) => settled(body, formals.carries[i]?.type as Type, value)),
    );
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

const stay = (): void => {};

/** A tensor that lies on a tape, copied to memory of its own. */
function outOfHeap(body: BodyContext, value: Location): Location {
  if (value.kind !== "array" || value.array.place.buffer !== undefined) return value;
  const aside = body.fresh(value.array, "aside");
  copyArray(body, aside, value.array);
  return { kind: "array", array: aside };
}

/** Marks the memory of tapes, and gives back what is taken from here on, unless tapes outlive the step. */
function giveBack(body: BodyContext, keeps: boolean): () => void {
  const { tapes } = body.state;
  if (keeps) return stay;
  const { statements } = body.builder.block;
  const position = statements.length;
  const usedBefore = tapes.allocations;
  return () => {
    if (tapes.allocations === usedBefore) return;
    // something was allocated inside: remember the top where the step began
    const tail = statements.splice(position);
    const mark = tapes.mark();
    const marked = statements.splice(position);
    statements.push(...marked, ...tail);
    tapes.release(mark);
  };
}

/** One slice of what a loop runs over: its place in the stack, or an entry of a tape. */
function sliceOf(body: BodyContext, from: Location, type: Type, at: Operand): Location {
  const b = body.builder;
  if (from.kind === "tape") return entryOf(body, from, type as TensorType | TapeType, at);
  const tensor = type as TensorType;
  const size = sizeOf(tensor.shape);
  const bytes = size * bytesOf(tensor.dtype);
  const { place } = (from as Location & { kind: "array" }).array;
  const shift = b.mul(at, b.i32(bytes));
  const start = place.at === undefined ? shift : b.add(place.at, shift);
  const array = denseArray(
    place.buffer,
    tensor,
    start.kind === "constant" ? undefined : start,
    place.offset + (start.kind === "constant" ? Number(start.value) : 0),
  );
  if (size > carriedInRegisters) return { kind: "array", array };
  return { kind: "elements", elements: elementsAt(body, { kind: "array", array }, tensor) };
}

function entryBytes(type: Type): number {
  if (type.kind === "tape") return 8;
  const { shape, dtype } = type as TensorType;
  return (sizeOf(shape) * bytesOf(dtype) + 7) & ~7;
}

/** An entry of a tape; zero past its end. */
function entryOf(
  body: BodyContext,
  { pointer, count }: Location & { kind: "tape" },
  type: TensorType | TapeType,
  at: Operand,
): Location {
  const b = body.builder;
  const here = b.compare("lt", at, count);
  const bytes = entryBytes(type);
  const nothing = body.state.zeros(bytes);
  const from = b.select(
    here,
    b.add(pointer, b.mul(at, b.i32(bytes))),
    b.address({ buffer: nothing, at: undefined, offset: 0 }),
  );
  const place = { buffer: undefined, at: from, offset: 0 };
  if (type.kind === "tape")
    return {
      kind: "tape",
      pointer: b.load("i32", "i32", place),
      count: b.load("i32", "i32", { ...place, offset: 4 }),
    };
  const array = denseArray(undefined, type, from);
  if (sizeOf(type.shape) > carriedInRegisters) return { kind: "array", array };
  return { kind: "elements", elements: elementsAt(body, { kind: "array", array }, type) };
}

/** What all steps put out. */
interface Output {
  /** Where the step at hand had better write. */
  target(at: Operand): ArrayPlace | undefined;
  write(at: Operand, value: Location): void;
  location(): Location;
}

function newOutput(body: BodyContext, type: Type, one: Node, count: Operand): Output {
  const b = body.builder;
  if (type.kind === "tape") return newTapeOutput(body, type.element, count);
  const stack = body.fresh(type as TensorType, "stack");
  const tensor = tensorOf(one);
  const bytes = sizeOf(tensor.shape) * bytesOf(tensor.dtype);
  const placeAt = (at: Operand): ArrayPlace => {
    const shift = b.mul(at, b.i32(bytes));
    return shift.kind === "constant"
      ? denseArray(stack.place.buffer, tensor, undefined, Number(shift.value))
      : denseArray(stack.place.buffer, tensor, shift);
  };
  return {
    target: placeAt,
    write: (at, value) => {
      body.store(placeAt(at), value);
    },
    location: () => ({ kind: "array", array: stack }),
  };
}

function newTapeOutput(body: BodyContext, element: TensorType | TapeType, count: Operand): Output {
  const b = body.builder;
  const bytes = entryBytes(element);
  const steps = b.max(count, b.i32(0));
  const pointer = body.state.tapes.allocate(steps, bytes);
  return {
    target: () => undefined,
    write: (at, value) => {
      writeEntry(body, b.add(pointer, b.mul(at, b.i32(bytes))), element, value);
    },
    location: () => ({ kind: "tape", pointer, count: steps }),
  };
}

function writeEntry(body: BodyContext, to: Operand, element: Type, value: Location): void {
  const b = body.builder;
  const place = { buffer: undefined, at: to, offset: 0 };
  if (element.kind === "tape") {
    const tape = value as Location & { kind: "tape" };
    b.store("i32", place, tape.pointer);
    b.store("i32", { ...place, offset: 4 }, tape.count);
    return;
  }
  body.store(denseArray(undefined, element as TensorType, to), value);
}

function lowerWhile(body: BodyContext, loop: WhileSteps, all: readonly Location[]): Location {
  const b = body.builder;
  const test = all.slice(0, loop.conditionConsts);
  const given = byKind(loop, all.slice(loop.conditionConsts));
  const formals = byKind(loop, loop.body.inputs);
  const { before, inside } = hoist(loop.body, loop.consts);
  const fixed = body.run(before, given.consts);
  const types = formals.carries.map(({ type }) => type);
  const slots = types.map((type) => newSlot(body, type, "carry"));
  writeSlots(
    body,
    slots,
    given.carries.map((value, i) => settled(body, types[i] as Type, value)),
  );
  const elements = loop.body.outputs
    .slice(loop.carries)
    .map(({ type }) => type as TensorType | TapeType);
  const tapes = elements.map(
    (element): GrowingTape => body.state.tapes.growing(entryBytes(element)),
  );
  const keepsTapes =
    elements.some(({ kind }) => kind === "tape") || types.some(({ kind }) => kind === "tape");
  b.while(
    () => {
      const now = slots.map((slot) => readSlot(body, slot));
      const [goOn] = body.run(loop.condition, [...test, ...now]) as [Location];
      return (goOn as Location & { kind: "elements" }).elements[0] as Operand;
    },
    () => {
      const release = giveBack(body, keepsTapes);
      const now = slots.map((slot) => readSlot(body, slot));
      const values = body.run(
        inside,
        [...fixed, ...given.consts, ...now],
        [],
        [...fixed, ...given.consts].map(() => false).concat(slots.map(() => true)),
      );
      // what the step took goes before the tape grows; entries must not lie there
      const kept = release === stay ? values : values.map((value) => outOfHeap(body, value));
      release();
      tapes.forEach((tape, i) => {
        writeEntry(
          body,
          body.state.tapes.push(tape),
          elements[i] as Type,
          kept[loop.carries + i] as Location,
        );
      });
      writeSlots(
        body,
        slots,
        kept.slice(0, loop.carries).map((value, i) => settled(body, types[i] as Type, value)),
      );
    },
  );
  return {
    kind: "tuple",
    parts: [
      ...slots.map((slot) => readSlot(body, slot)),
      ...tapes.map(
        ({ pointer, count }): Location => ({
          kind: "tape",
          pointer: b.read(pointer),
          count: b.read(count),
        }),
      ),
    ],
  };
}
