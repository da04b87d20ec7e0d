import type { Location } from "../../core/emit.js";
import type { Node } from "../../core/node.js";
import type { Operand } from "../../program/types.js";
import type { BodyContext } from "./context.js";

/** Emits an operation that runs bodies, or one on tapes; undefined for others. */
export function lowerControl(body: BodyContext, node: Node): Location | undefined {
  const { lower } = node.primitive;
  const inputs = () => node.inputs.map((input) => body.locationOf(input));
  switch (lower.kind) {
    case "call": {
      const called = lower.body(node.params);
      const targets = called.outputs.map((_, i) => body.wantedPart(node, i));
      return { kind: "tuple", parts: body.run(called, inputs(), targets) };
    }
    case "branch":
      return lower.emit(body, node, lower.branches(node.params));
    case "steps":
      return lower.emit(body, node, lower.steps(node.params));
    case "while":
      return lower.emit(body, node, lower.loop(node.params));
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
