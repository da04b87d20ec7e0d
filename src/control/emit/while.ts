import type { EmitContext, Location } from "../../core/emit.js";
import type { WhileSteps } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import type { TapeType, TensorType, Type } from "../../core/type.js";
import type { Operand } from "../../program/types.js";
import { entryBytes, giveBack, outOfHeap, stay, writeEntry } from "./entries.js";
import { byKind, hoist, runBefore } from "./hoist.js";
import { newSlot, readSlot, updates, writeSlots } from "./slots.js";
import { type GrowingTape, tapesOf } from "./tape-memory.js";

/** A loop that runs while a condition holds, with a tape of what each step puts out. */
export function emitWhile(body: EmitContext, node: Node, loop: WhileSteps): Location {
  const all = node.inputs.map((input) => body.locationOf(input));
  const b = body.builder;
  const test = all.slice(0, loop.conditionConsts);
  const given = byKind(loop, all.slice(loop.conditionConsts));
  const formals = byKind(loop, loop.body.inputs);
  const { before, inside } = hoist(loop.body, loop.consts);
  const most = body.mostInRegisters(loop.body);
  const same = runBefore(body, before, given.consts, most);
  const types = formals.carries.map(({ type }) => type);
  const slots = formals.carries.map((carry, i) =>
    newSlot(body, carry.type, "carry", {
      updated: updates(loop.body.outputs[i] as Node, carry),
      most,
    }),
  );
  writeSlots(body, slots, given.carries);
  const elements = loop.body.outputs
    .slice(loop.carries)
    .map(({ type }) => type as TensorType | TapeType);
  const tapes = elements.map(
    (element): GrowingTape => tapesOf(body.state).growing(entryBytes(element)),
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
        [...same, ...now],
        [],
        same.map(() => false).concat(slots.map(() => true)),
      );
      // what the step took goes before the tape grows; entries must not lie there
      const kept = release === stay ? values : values.map((value) => outOfHeap(body, value));
      release();
      tapes.forEach((tape, i) => {
        writeEntry(
          body,
          tapesOf(body.state).push(tape),
          elements[i] as Type,
          kept[loop.carries + i] as Location,
        );
      });
      writeSlots(body, slots, kept.slice(0, loop.carries));
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
