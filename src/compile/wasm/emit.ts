import type { Callee, Host, Program, RegisterType, Routine } from "../program/types.js";
import { calleesOf } from "./callees.js";
import { encodeModule, type FunctionBody, type Signature, ValueType } from "./encoder.js";
import { RoutineEmitter } from "./routine.js";

export interface EmitOptions {
  /** Whether vector `madd` is the machine's relaxed one; otherwise it multiplies, then adds. */
  readonly fma: boolean;
}

export interface Emitted {
  readonly bytes: Uint8Array;
  /** To be imported as ("host", "0"), ("host", "1"), … */
  readonly hosts: readonly Host[];
}

/** The WebAssembly value that holds a register. */
export function valueTypeOf(type: RegisterType): number {
  switch (type) {
    case "bool":
    case "i32":
      return ValueType.i32;
    case "i64":
      return ValueType.i64;
    case "f32":
      return ValueType.f32;
    case "f64":
      return ValueType.f64;
    default:
      return ValueType.v128;
  }
}

/** A module of the program's routines over an imported memory; exports `main`. Buffers must have addresses. */
export function emitProgram({ main }: Program, options: EmitOptions): Emitted {
  const { routines, hosts } = calleesOf(main);
  const indices = new Map<Callee, number>();
  hosts.forEach((host, i) => {
    indices.set(host, i);
  });
  routines.forEach((routine, i) => {
    indices.set(routine, hosts.length + i);
  });
  const functions = routines.map((routine): FunctionBody => {
    const emitter = new RoutineEmitter(routine, (callee) => indices.get(callee) as number, options);
    const { code, locals } = emitter.emit();
    return { signature: signatureOf(routine), locals, code };
  });
  const bytes = encodeModule({
    imports: hosts.map((host) => ({
      params: host.params.map(valueTypeOf),
      results: host.result === undefined ? [] : [valueTypeOf(host.result)],
    })),
    functions,
    exports: [{ name: "main", index: hosts.length + routines.indexOf(main) }],
  });
  return { bytes, hosts };
}

function signatureOf({ params, result }: Routine): Signature {
  return {
    params: params.map(({ type }) => valueTypeOf(type)),
    results: result === undefined ? [] : [valueTypeOf(result.type)],
  };
}
