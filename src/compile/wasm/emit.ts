import { calleesOf } from "../../program/callees.js";
import type { Callee, Host, Program, Routine } from "../../program/types.js";
import { encodeModule, type FunctionBody, type Signature } from "./encoder.js";
import { emitRoutine } from "./routine.js";
import { valueTypeOf } from "./value-types.js";

export interface Emitted {
  readonly bytes: Uint8Array;
  /** To be imported as ("host", "0"), ("host", "1"), … */
  readonly hosts: readonly Host[];
}

export interface EmitOptions {
  /** `madd` of vectors rounds once: needs `supportsRelaxed`. */
  readonly fma?: boolean;
}

/** A module of the program's routines over an imported memory; exports `main`. Buffers must have addresses. */
export function emitProgram({ main }: Program, { fma = false }: EmitOptions = {}): Emitted {
  const { routines, hosts } = calleesOf(main);
  const indices = new Map<Callee, number>();
  hosts.forEach((host, i) => {
    indices.set(host, i);
  });
  routines.forEach((routine, i) => {
    indices.set(routine, hosts.length + i);
  });
  const functions = routines.map((routine): FunctionBody => {
    const emitted = emitRoutine(routine, (callee) => indices.get(callee) as number, fma);
    return { name: routine.name, signature: signatureOf(routine), ...emitted };
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
