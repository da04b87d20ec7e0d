import { calleesOf } from "../../program/callees.js";
import type { Callee, Host, Program, RegisterType } from "../../program/types.js";
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
  const callees: readonly Callee[] = [...hosts, ...routines];
  const indices = new Map(callees.map((callee, i) => [callee, i]));
  const indexOf = (callee: Callee): number => indices.get(callee) as number;
  const functions = routines.map((routine): FunctionBody => {
    const { name, params, result } = routine;
    const types = params.map(({ type }) => type);
    const signature = signatureOf(types, result?.type);
    return { name, signature, ...emitRoutine(routine, indexOf, fma) };
  });
  const bytes = encodeModule({
    imports: hosts.map(({ params, result }) => signatureOf(params, result)),
    functions,
    exports: [{ name: "main", index: indexOf(main) }],
  });
  return { bytes, hosts };
}

function signatureOf(params: readonly RegisterType[], result?: RegisterType): Signature {
  return {
    params: params.map(valueTypeOf),
    results: result === undefined ? [] : [valueTypeOf(result)],
  };
}
