import type { KernelContext } from "../../core/kernel.js";
import { Builder } from "../../program/builder.js";
import { procedure } from "../../program/statements.js";
import type { Operand, Place, RegisterType, Routine, Variable } from "../../program/types.js";

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

/** The routine that `build` makes of some arguments, once for the program. */
export function sharedRoutine<Args extends readonly (string | number)[]>(
  { routine }: KernelContext,
  name: string,
  build: (...args: Args) => Routine,
  ...args: Args
): Routine {
  return routine(`${name} ${args.join(" ")}`, () => build(...args));
}

/** `offset` bytes behind a pointer. */
export function behind(at: Operand, offset = 0): Place {
  return { buffer: undefined, at, offset };
}

/** A pointer that moves. */
export function pointer(b: Builder, start: Operand): Variable {
  const variable = b.variable("i32");
  b.assign(variable, start);
  return variable;
}

export function advance(b: Builder, variable: Variable, by: Operand | number): void {
  b.assign(variable, b.add(b.read(variable), typeof by === "number" ? b.i32(by) : by));
}

/** A sum in vectors that starts at 0. */
export function sumOf(b: Builder, type: RegisterType): Variable {
  const variable = b.variable(type, "sum");
  b.assign(variable, 0);
  return variable;
}

/**
 * A routine of i32 parameters. What is long runs in routines that are called block by block: V8 optimises a function
 * from its next call on.
 */
export function routineOf<Given extends readonly Operand[]>(
  name: string,
  names: string,
  build: (b: Builder, ...given: Given) => void,
): Routine {
  const b = new Builder();
  const params = names.split(" ").map((param) => b.formal("i32", param));
  build(b, ...(params as readonly Operand[] as Given));
  return procedure(name, params, b.block);
}
