import type { EmitContext, Location } from "../../core/emit.js";
import type { Node } from "../../core/node.js";
import type { Operand } from "../../program/types.js";

export function emitEmpty({ builder: b }: EmitContext): Location {
  return { kind: "tape", pointer: b.i32(0), count: b.i32(0) };
}

/** The number of steps of the longest of several tapes. */
export function emitLength(body: EmitContext, { inputs }: Node): Location {
  const { builder: b } = body;
  const longest = inputs.reduce<Operand>(
    (most, tape) => b.max(most, (body.locationOf(tape) as Location & { kind: "tape" }).count),
    b.i32(0),
  );
  return { kind: "elements", elements: [longest] };
}
