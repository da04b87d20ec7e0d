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

/** Runs something with relaxed SIMD on. */
type Run = <T>(run: () => T) => T;

/** Undefined: not looked for yet. */
let support: Run | "none" | undefined;

/** Whether this engine multiplies and adds vectors in one instruction (relaxed SIMD). */
export function supportsRelaxed(): boolean {
  support ??= findSupport();
  return support !== "none";
}

/** Runs with relaxed SIMD on, where a flag turns it on. */
export function withRelaxed<T>(run: () => T): T {
  support ??= findSupport();
  return support === "none" ? run() : support(run);
}

function findSupport(): Run | "none" {
  const works = (): boolean => WebAssembly.validate(Uint8Array.from(probe));
  if (works()) return (run) => run();
  try {
    // Node before 22 has it behind a flag; other engines have no such module
    const { process } = globalThis as {
      process?: { getBuiltinModule?(name: string): V8 | undefined };
    };
    const v8 = process?.getBuiltinModule?.("node:v8");
    /** The flag is off again afterwards. */
    const withFlag: Run = (run) => {
      v8?.setFlagsFromString(`--${flag}`);
      try {
        return run();
      } finally {
        v8?.setFlagsFromString(`--no-${flag}`);
      }
    };
    if (withFlag(works)) return withFlag;
  } catch {
    // then not
  }
  return "none";
}
