import { describe, expect, it } from "vitest";
import { emitProgram } from "../../src/compile/wasm/emit.js";
import { instantiate } from "../../src/compile/wasm/instantiate.js";
import { supportsRelaxed } from "../../src/compile/wasm/relaxed.js";
import { Builder } from "../../src/program/builder.js";
import type { Operand, RegisterType, Storage } from "../../src/program/types.js";
import { Random } from "../../src/testing/random.js";
import { interpret, readMemory, writeMemory } from "../support/interpreter.js";
import { buffer, build, programOf, textOf, validate } from "../support/modules.js";
import { randomProgram, regionBytes } from "../support/random-routines.js";

const x = buffer(64, 64);
const y = buffer(128, 1 << 16);
const at = (offset: number, buffer = x) => ({ buffer, at: undefined, offset });

/** Runs what the builder holds on numbers in `x`; gives the first of `y`. */
function run(b: Builder, inputs: readonly number[] = [], fma = false): number[] {
  const { run, memory } = build(programOf(b, [x, y]), { fma });
  new Float64Array(memory.buffer, 64).set(inputs);
  run();
  return [...new Float64Array(memory.buffer, 128, 4)];
}

describe("memory", () => {
  it.each([
    ["b32x4", "bool", [1, 0, 1, 1], 4],
    ["b64x2", "bool", [0, 1], 2],
    ["b32x4", "i32", [0, 1, 1, 0], 16],
    ["b64x2", "i64", [1, 0], 16],
  ] as const)("%s in storage %s: %j in %i bytes", (type, storage, mask, bytes) => {
    const b = new Builder();
    const loaded = b.load(type, storage, at(0));
    b.store(storage, at(0, y), loaded);
    b.store(storage, at(32, y), b.not(loaded));
    const { run, memory } = build(programOf(b, [x, y]));
    const view = new DataView(memory.buffer);
    const all = new Uint8Array(memory.buffer);
    all.fill(7);
    writeMemory(view, 64, type, storage, mask);
    run();
    const inverse = mask.map((bit) => 1 - bit);
    expect(readMemory(view, 128, type, storage)).toEqual(mask);
    expect(readMemory(view, 160, type, storage)).toEqual(inverse);
    expect([all[128 + bytes], all[160 + bytes], all[127], all[159]]).toEqual([7, 7, 7, 7]);
  });

  it("the known part of an address may be negative", () => {
    const b = new Builder();
    const end = b.address(at(16));
    const place = (offset: number) => ({ buffer: undefined, at: end, offset });
    b.store("f64", at(0, y), b.load("f64", "f64", place(-8)));
    b.store(
      "f64",
      { ...at(-64, y), at: b.address({ buffer: undefined, at: undefined, offset: 72 }) },
      b.load("f64", "f64", place(-16)),
    );
    expect(run(b, [3, 4]).slice(0, 2)).toEqual([4, 3]);
  });
});

describe("values on the stack", () => {
  /** x, loaded before something happens and used after it. */
  const across = (happens: (b: Builder) => void): number[] => {
    const b = new Builder();
    const loaded = b.load("f64", "f64", at(0));
    happens(b);
    b.store("f64", at(0, y), b.add(loaded, b.constant("f64", 1)));
    return run(b, [5, 6]);
  };

  it("loads stay ahead of stores, copies, clears and calls, also inside loops and branches", () => {
    const nine = (b: Builder) => b.store("f64", at(0), b.constant("f64", 9));
    expect(across(nine)[0]).toBe(6);
    expect(across((b) => b.copy(at(0), at(8), b.i32(8)))[0]).toBe(6);
    expect(across((b) => b.clear(at(0), b.i32(8)))[0]).toBe(6);
    expect(across((b) => b.loop(0, 2, () => nine(b)))[0]).toBe(6);
    expect(
      across((b) =>
        b.branch(b.compare("gt", b.load("f64", "f64", at(8)), b.constant("f64", 0)), () => nine(b)),
      )[0],
    ).toBe(6);
    const inner = new Builder();
    nine(inner);
    const callee = programOf(inner).main;
    expect(across((b) => b.perform(callee, []))[0]).toBe(6);
  });

  it("reads stay ahead of assignments, also of those of the next iteration", () => {
    const b = new Builder();
    const t = b.variable("f64");
    const s = b.variable("f64");
    b.assign(t, b.load("f64", "f64", at(0)));
    const old = b.read(t);
    b.loop(0, 3, () => {
      const before = b.read(t);
      b.assign(t, b.mul(before, b.constant("f64", 2)));
      b.assign(s, b.add(b.read(s), b.add(before, old)));
    });
    b.store("f64", at(0, y), b.read(s));
    b.store("f64", at(8, y), b.read(t));
    expect(run(b, [5]).slice(0, 2)).toEqual([5 + 10 + 20 + 15, 40]);
  });

  it("a value read once goes without a local", () => {
    const b = new Builder();
    let value = b.load("f64", "f64", at(0));
    for (let i = 1; i < 8; i++) value = b.sub(b.load("f64", "f64", at(8 * i)), value);
    b.store("f64", at(0, y), value);
    const text = textOf(emitProgram(programOf(b, [x, y])).bytes);
    expect(text).not.toContain("local");
    expect(text.split("f64.sub").length - 1).toBe(7);
    expect(run(b, [1, 2, 3, 4, 5, 6, 7, 8])[0]).toBe(4);
  });
});

/** A chain of sums: 0 + x, (0 + x) + x, …; or each new value on the left of or below all before it. */
function chain(length: number, shape: "left" | "right" | "shared"): Builder {
  const b = new Builder();
  const first = b.load("f64", "f64", at(0));
  let value: Operand = b.load("f64", "f64", at(8));
  for (let i = 0; i < length; i++) {
    if (shape === "left") value = b.add(value, first);
    else if (shape === "right") value = b.add(first, value);
    else value = b.mul(b.add(value, value), b.constant("f64", 0.5));
  }
  b.store("f64", at(0, y), value);
  return b;
}

describe("large routines", () => {
  it.each(["left", "right", "shared"] as const)("chains of 100,000 values: %s", (shape) => {
    const [result] = run(chain(100_000, shape), [1, 2]);
    expect(result).toBe(shape === "shared" ? 2 : 100_002);
  });

  it("are emitted in time that grows as their length", () => {
    const time = (length: number): number => {
      const program = programOf(chain(length, "shared"), [x, y]);
      let best = Infinity;
      for (let i = 0; i < 5; i++) {
        const start = performance.now();
        emitProgram(program);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    time(5_000);
    const [short, long] = [time(10_000), time(80_000)];
    // 8 times as long; 64 times if it were quadratic
    expect(long / short).toBeLessThan(32);
  });

  it("deep expressions reuse few locals", () => {
    const { bytes } = emitProgram(programOf(chain(1000, "right"), [x, y]));
    validate(bytes);
    expect(bytes.length).toBeLessThan(1000 * 4);
  });
});

it("random programs do what the interpreter of loop programs does", () => {
  const random = new Random(5);
  for (let i = 0; i < 400; i++) {
    const { program, regions, log } = randomProgram(random);
    const { bytes, hosts } = emitProgram(program);
    if (i % 10 === 0) validate(bytes);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const view = new DataView(memory.buffer);
    const elements = (data: DataView): unknown[] =>
      [...regions].flatMap(([type, { address }]) => {
        const size = { f64: 8, i64: 8, f32: 4, i32: 4 }[type as string] ?? 1;
        return Array.from({ length: regionBytes / size }, (_, k) =>
          readMemory(data, (address as number) + k * size, type, type as Storage),
        );
      });
    for (const [type, { address }] of regions) fill(view, type, address as number, random);
    const copy = memory.buffer.slice(0);
    instantiate(bytes, hosts, memory)();
    const told = log.splice(0);
    interpret(program, copy);
    expect(told, `program ${i}`).toEqual(log);
    expect(elements(view), `program ${i}`).toEqual(elements(new DataView(copy)));
  }
});

function fill(view: DataView, type: RegisterType, address: number, random: Random): void {
  const size = { f64: 8, i64: 8, f32: 4, i32: 4 }[type as string] ?? 1;
  for (let k = 0; k < regionBytes / size; k++) {
    const n = random.integer(-5, 9);
    const value = type === "bool" ? n & 1 : type === "i64" ? BigInt(n) : type === "i32" ? n : n / 4;
    writeMemory(view, address + k * size, type, type as Storage, value);
  }
}

describe("fma", () => {
  /** a·a − 1 for a = 1 + 2⁻³⁰ (f64) or 1 + 2⁻¹³ (f32), in vectors. */
  const squares = (type: "f64x2" | "f32x4"): Builder => {
    const b = new Builder();
    const a = b.load(type, type === "f64x2" ? "f64" : "f32", at(0));
    b.store("f64", at(0, y), b.madd(a, a, b.constant(type, -1)));
    return b;
  };

  it("is off unless asked for", () => {
    const a = 1 + 2 ** -30;
    expect(run(squares("f64x2"), [a, a])[0]).toBe(2 ** -29);
  });

  it.runIf(supportsRelaxed())("rounds once where the machine has it, in f64 and f32", () => {
    const a = 1 + 2 ** -30;
    const exact = 2 ** -29 + 2 ** -60;
    expect([exact, 2 ** -29]).toContain(run(squares("f64x2"), [a, a], true)[0]);
    const { run: run32, memory } = build(programOf(squares("f32x4"), [x, y]), { fma: true });
    new Float32Array(memory.buffer, 64, 4).fill(1 + 2 ** -13);
    run32();
    expect([2 ** -12 + 2 ** -26, 2 ** -12]).toContain(new Float32Array(memory.buffer, 128, 1)[0]);
  });

  it.runIf(supportsRelaxed())("leaves the engine's flags as they were", () => {
    const emitted = emitProgram(programOf(squares("f64x2"), [x, y]), { fma: true });
    const bytes = Uint8Array.from(emitted.bytes);
    const before = WebAssembly.validate(bytes);
    run(squares("f64x2"), [1, 1], true);
    expect(WebAssembly.validate(bytes)).toBe(before);
  });

  it("is mul and add for scalars and integers", () => {
    const b = new Builder();
    const a = b.load("f64", "f64", at(0));
    b.store("f64", at(0, y), b.madd(a, a, b.constant("f64", -1)));
    const k = b.load("i32", "i32", at(16));
    b.store("i32", at(8, y), b.madd(k, k, k));
    expect(run(b, [1 + 2 ** -30, 0, 0], true).slice(0, 2)).toEqual([2 ** -29, 0]);
  });
});
