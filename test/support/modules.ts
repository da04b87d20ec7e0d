import binaryen from "binaryen";
import { expect } from "vitest";
import loadWabt from "wabt";
import { type EmitOptions, emitProgram } from "../../src/compile/wasm/emit.js";
import { instantiate } from "../../src/compile/wasm/instantiate.js";
import type { Builder } from "../../src/program/builder.js";
import type { Buffer, Host, Operand, Program, Routine } from "../../src/program/types.js";

const wabt = await loadWabt();

/** Checks a module with other people's validators. */
export function validate(bytes: Uint8Array): void {
  const read = wabt.readWasm(bytes, { simd: true, relaxed_simd: true, bulk_memory: true });
  read.validate();
  read.destroy();
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  expect(module.validate()).toBe(1);
  module.dispose();
}

/** A module as WebAssembly text. */
export function textOf(bytes: Uint8Array): string {
  const read = wabt.readWasm(bytes, { simd: true, relaxed_simd: true, bulk_memory: true });
  const text = read.toText({ foldExprs: false });
  read.destroy();
  return text;
}

/** A program whose main is what the builder holds. */
export function programOf({ block }: Builder, fixed: readonly Buffer[] = []): Program {
  return { main: routine("main", [], block), fixed, heap: undefined };
}

export function routine(
  name: string,
  params: Routine["params"],
  body: Routine["body"],
  result?: Operand,
): Routine {
  return { kind: "routine", name, params, body, result };
}

export function buffer(address: number, bytes: number): Buffer {
  return { id: address, name: "memory", dtype: "f64", bytes, role: "state", address };
}

/** Emits, validates and links a program over memory of its own. */
export function build(
  program: Program,
  options: EmitOptions = {},
): {
  readonly run: () => void;
  readonly memory: WebAssembly.Memory;
  readonly hosts: readonly Host[];
} {
  const { bytes, hosts } = emitProgram(program, options);
  validate(bytes);
  const memory = new WebAssembly.Memory({ initial: 4 });
  return { run: instantiate(bytes, hosts, memory, options), memory, hosts };
}
