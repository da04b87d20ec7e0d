import type { Host } from "../../program/types.js";
import type { EmitOptions } from "./emit.js";
import { withRelaxed } from "./relaxed.js";

/** Compiles and links a module; gives its `main`. */
export function instantiate(
  bytes: Uint8Array,
  hosts: readonly Host[],
  memory: WebAssembly.Memory,
  { fma = false }: EmitOptions = {},
): () => void {
  const host: Record<string, unknown> = {};
  hosts.forEach(({ run }, i) => {
    host[i] = run;
  });
  const compile = (): WebAssembly.Module => new WebAssembly.Module(bytes);
  const module = fma ? withRelaxed(compile) : compile();
  const instance = new WebAssembly.Instance(module, { env: { memory }, host });
  return instance.exports.main as () => void;
}
