import type { Host } from "../program/types.js";

/** Compiles and links a module; gives its `main`. */
export function instantiate(
  bytes: Uint8Array,
  hosts: readonly Host[],
  memory: WebAssembly.Memory,
): () => void {
  const host: Record<string, unknown> = {};
  hosts.forEach(({ run }, i) => {
    host[i] = run;
  });
  const module = new WebAssembly.Module(bytes);
  const instance = new WebAssembly.Instance(module, { env: { memory }, host });
  return instance.exports.main as () => void;
}
