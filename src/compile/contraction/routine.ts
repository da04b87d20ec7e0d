import { Builder } from "../program/builder.js";
import type { Operand, Place, RegisterType, Routine, Variable } from "../program/types.js";

/** What is computed in vectors. */
export type Float = "f32" | "f64";

export function bytesOf(type: Float): number {
  return type === "f64" ? 8 : 4;
}

/** Lanes of a vector. */
export function widthOf(type: Float): number {
  return type === "f64" ? 2 : 4;
}

export function vectorOf(type: Float): RegisterType {
  return type === "f64" ? "f64x2" : "f32x4";
}

/** `offset` bytes behind a pointer. */
export function behind(at: Operand, offset = 0): Place {
  return { buffer: undefined, at, offset };
}

/** Moves a pointer on. */
export function advance(b: Builder, pointer: Variable, by: Operand): void {
  b.assign(pointer, b.add(b.read(pointer), by));
}

/** A routine of i32 parameters, called by what it does block by block: V8 optimises from call to call only. */
export function routineOf<Name extends string>(
  name: string,
  names: readonly Name[],
  build: (b: Builder, given: Readonly<Record<Name, Operand>>) => void,
): Routine {
  const b = new Builder();
  const params = names.map((param) => b.formal("i32", param));
  build(b, Object.fromEntries(params.map((param) => [param.name, param])) as never);
  return { kind: "routine", name, params, body: b.block, result: undefined };
}
