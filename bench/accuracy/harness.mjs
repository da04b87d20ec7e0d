/** Runs a sequence of src/math over arrays, in registers of a chosen type. */

/**
 * @typedef {"f64" | "f32" | "f64x2" | "f32x4"} Type
 * @typedef {Float64Array | Float32Array} Floats
 * @typedef {import("../../src/program/sequence.js").MathSequence} MathSequence
 * @typedef {import("../../src/program/types.js").Operand} Operand
 * @typedef {{
 *   Builder: typeof import("../../src/program/builder.js").Builder,
 *   emitProgram: typeof import("../../src/compile/wasm/emit.js").emitProgram,
 *   instantiate: typeof import("../../src/compile/wasm/instantiate.js").instantiate,
 * }} Compiler from sources or from dist
 */

/** @param {Type} type */
const arrayOf = (type) => (type.startsWith("f64") ? Float64Array : Float32Array);

/**
 * A function from arrays of up to `capacity` elements, a multiple of 4, to one.
 * @param {Compiler} compiler
 * @param {MathSequence} sequence
 * @param {Type} type
 * @param {number} arity
 * @param {number} capacity
 * @returns {(...inputs: Floats[]) => Floats}
 */
export function compileSequence(compiler, sequence, type, arity, capacity) {
  const b = new compiler.Builder();
  const Data = arrayOf(type);
  const storage = type.startsWith("f64") ? "f64" : "f32";
  const bytes = Data.BYTES_PER_ELEMENT;
  const start = 64;
  const places = Array.from({ length: arity + 1 }, (_, i) => start + i * capacity * bytes);
  const lanes = type.endsWith("x4") ? 4 : type.endsWith("x2") ? 2 : 1;
  const count = b.load("i32", "i32", { buffer: undefined, at: undefined, offset: 0 });
  /** @param {Operand} at @param {number} offset */
  const place = (at, offset) => ({ buffer: undefined, at, offset });
  const split = lanes > 1 && sequence.scalarOnly === true;
  b.loop(
    0,
    b.compute("mul", "i32", [count, b.i32(bytes)]),
    (at) => {
      for (let lane = 0; lane < (split ? lanes : 1); lane++) {
        const shift = lane * bytes;
        const register = split ? storage : type;
        const args = Array.from({ length: arity }, (_, i) =>
          b.load(register, storage, place(at, Number(places[i]) + shift)),
        );
        b.store(storage, place(at, Number(places[arity]) + shift), sequence.emit(b, ...args));
      }
    },
    { step: bytes * lanes },
  );
  const pages = Math.ceil((start + (arity + 1) * capacity * bytes) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages });
  const { bytes: code, hosts } = compiler.emitProgram({
    main: { kind: "routine", name: "main", params: [], body: b.block, result: undefined },
    fixed: [],
    heap: undefined,
  });
  const run = compiler.instantiate(code, hosts, memory);
  return (...inputs) => {
    const length = inputs[0]?.length ?? 0;
    if (length > capacity || length % 4 !== 0) throw new Error(`${length} elements do not fit`);
    new Int32Array(memory.buffer)[0] = length;
    inputs.forEach((input, i) => {
      new Data(memory.buffer, places[i], length).set(input);
    });
    run();
    return new Data(memory.buffer, places[arity], length).slice();
  };
}

/**
 * The sequences that operations bring, by name.
 * @param {readonly import("../../src/core/primitive.js").Primitive[]} operations
 * @returns {ReadonlyMap<string, MathSequence>}
 */
export function sequencesOf(operations) {
  return new Map(
    operations.flatMap(({ lower }) =>
      lower.kind === "scalar" &&
      typeof lower.instruction === "object" &&
      "emit" in lower.instruction
        ? [[lower.instruction.name, lower.instruction]]
        : [],
    ),
  );
}
