/** A function of relaxed_madd: ((f32x4.relaxed_madd 0 0 0)). */
const probe = [
  [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version
  [1, 4, 1, 0x60, 0, 0], // type () → ()
  [3, 2, 1, 0], // one function of it
  // i32.const 0; i8x16.splat, three times; relaxed_madd; drop; end
  [10, 20, 1, 18, 0, ...[1, 2, 3].flatMap(() => [0x41, 0, 0xfd, 0x0f]), 0xfd, 0x85, 2, 0x1a, 0x0b],
].flat();

const flag = "experimental-wasm-relaxed-simd";

/** What `node:v8` can do here. */
interface V8 {
  setFlagsFromString(flags: string): void;
}

let support: { readonly v8: V8 | undefined } | "none" | undefined;

/** Whether this engine multiplies and adds vectors in one instruction (relaxed SIMD). */
export function supportsRelaxed(): boolean {
  support ??= findSupport();
  return support !== "none";
}

function findSupport(): { readonly v8: V8 | undefined } | "none" {
  const works = (): boolean => WebAssembly.validate(Uint8Array.from(probe));
  if (works()) return { v8: undefined };
  try {
    // Node before 22 has it behind a flag; other engines have no such module
    const { process } = globalThis as {
      process?: { getBuiltinModule?(name: string): V8 | undefined };
    };
    const v8 = process?.getBuiltinModule?.("node:v8");
    if (v8 !== undefined && withFlag(v8, works)) return { v8 };
  } catch {
    // then not
  }
  return "none";
}

/** Runs with relaxed SIMD on, where a flag turns it on. */
export function withRelaxed<T>(run: () => T): T {
  const known = supportsRelaxed() ? support : undefined;
  const v8 = typeof known === "object" ? known.v8 : undefined;
  return v8 === undefined ? run() : withFlag(v8, run);
}

/** The flag is off again afterwards. */
function withFlag<T>(v8: V8, run: () => T): T {
  v8.setFlagsFromString(`--${flag}`);
  try {
    return run();
  } finally {
    v8.setFlagsFromString(`--no-${flag}`);
  }
}
