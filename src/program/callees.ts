import { visitNotable } from "./statements.js";
import type { Callee, Host, Routine } from "./types.js";

/** Everything that can be called from `main`, itself first. */
export function calleesOf(main: Routine): {
  readonly routines: readonly Routine[];
  readonly hosts: readonly Host[];
} {
  const found = new Set<Callee>([main]);
  for (const callee of found) {
    if (callee.kind === "host") continue;
    visitNotable(callee.body, (statement) => {
      if (statement.kind !== "instruction" && statement.kind !== "perform") return;
      const called = statement.callee;
      if (called !== undefined) found.add(called);
    });
  }
  const all = [...found];
  return {
    routines: all.filter((callee) => callee.kind === "routine"),
    hosts: all.filter((callee) => callee.kind === "host"),
  };
}

/** Whether anything that `main` runs is an instruction of this kind, which must be a notable one. */
export function uses(main: Routine, op: "madd"): boolean {
  let found = false;
  for (const { body } of calleesOf(main).routines)
    visitNotable(body, (statement) => {
      found ||= statement.kind === "instruction" && statement.op === op;
    });
  return found;
}
