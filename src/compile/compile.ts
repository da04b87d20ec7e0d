import type { Body } from "../core/body.js";
import type { Location } from "../core/emit.js";
import { ValueError } from "../core/errors.js";
import type { ArrayPlace } from "../core/kernel.js";
import type { Node } from "../core/node.js";
import { sizeOf } from "../core/shape.js";
import type { TensorType } from "../core/type.js";
import { denseArray, sizeOfNode, tensorOf } from "../ops/kernels/location.js";
import { Builder } from "../program/builder.js";
import { uses } from "../program/callees.js";
import { printProgram } from "../program/print.js";
import { blockOf, procedure } from "../program/statements.js";
import type { Buffer, Program } from "../program/types.js";
import type { Executable, Slot } from "./executable.js";
import { forgetDivisions } from "./lower/affine.js";
import { lowerBody } from "./lower/body.js";
import { loadElement, storeValue } from "./lower/place.js";
import { ProgramState } from "./lower/program-state.js";
import { optimise } from "./passes/index.js";
import { planMemory } from "./passes/plan.js";
import { emitProgram } from "./wasm/emit.js";
import { instantiate } from "./wasm/instantiate.js";
import { supportsRelaxed } from "./wasm/relaxed.js";

/** Inputs of up to this many elements are read into registers at once. */
const readAtOnce = 16;
/** Bytes of a page of memory, and how many pages 32-bit addresses reach. */
const page = 65536;

/** Whether products are added in one rounding where the machine can: in contractions, nowhere else. */
export type Fma = "auto" | "never";

/** Compiles a graph, closed over constants, to one WebAssembly module. */
export function compile(
  body: Body,
  { fma: wanted = "auto" }: { readonly fma?: Fma } = {},
): Executable {
  const { state, program: whole, inputs, outputs } = lowerProgram(body);
  const program = optimise(whole);
  const memory = allocate(Math.ceil(planMemory(program) / page));
  state.memory = memory;
  const grow = (end: number): boolean => {
    const missing = Math.ceil((end - memory.buffer.byteLength) / page);
    if (missing <= 0) return true;
    try {
      // at once as much again, so that growing is rare
      memory.grow(Math.max(missing, Math.min(memory.buffer.byteLength / page, 1024)));
      return true;
    } catch {
      return false;
    }
  };
  if (state.tapes !== undefined) state.tapes.grow = grow;
  for (const { data, address, dtype } of program.fixed)
    if (data !== undefined)
      state.view(dtype, address as number, (data as Uint8Array).length).set(data as Uint8Array);
  const fma = wanted === "auto" && uses(program.main, "madd") && supportsRelaxed();
  const emitted = emitProgram(program, { fma });
  const run = instantiate(emitted.bytes, emitted.hosts, memory, { fma });
  return {
    memory,
    inputs: inputs.map((buffer, i) => slotOf(buffer, body.inputs[i]?.type as TensorType)),
    outputs: outputs.map((buffer, i) => slotOf(buffer, body.outputs[i]?.type as TensorType)),
    run,
    toString: () => printProgram(program),
  };
}

function allocate(pages: number): WebAssembly.Memory {
  if (typeof WebAssembly === "undefined")
    throw new ValueError("jit", {
      expected: "WebAssembly",
      received: "an engine without it",
      fix: "call the function without jit",
    });
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: page });
  } catch {
    throw new ValueError("jit", {
      expected: "a program of at most 4 GiB, and so much free memory",
      received: `one that needs ${(pages / 16384).toFixed(1)} GiB`,
      fix:
        pages > 1024
          ? "work on smaller pieces"
          : "keep fewer compiled functions, or fewer signatures of each (cacheSize)",
    });
  }
}

function slotOf({ address }: Buffer, { shape, dtype }: TensorType): Slot {
  return { address: address as number, dtype, shape, size: sizeOf(shape) };
}

function lowerProgram(body: Body): {
  state: ProgramState;
  program: Program;
  inputs: Buffer[];
  outputs: Buffer[];
} {
  forgetDivisions();
  const state = new ProgramState();
  const b = state.builder;
  const bufferFor = (node: Node, name: string, role: Buffer["role"]): Buffer =>
    state.fixedBuffer(name, tensorOf(node).dtype, sizeOfNode(node), role);
  const inputs = body.inputs.map((input, i) => bufferFor(input, input.label ?? `x${i}`, "input"));
  const locations = body.inputs.map((input, i): Location => {
    const array = denseArray(inputs[i], tensorOf(input));
    const size = sizeOf(array.shape);
    if (size > readAtOnce) return { kind: "array", array };
    const elements = Array.from({ length: size }, (_, k) => loadElement(b, array, k));
    return { kind: "elements", elements, spilled: array };
  });
  const outputs = body.outputs.map((output, i) => bufferFor(output, `y${i}`, "output"));
  const targets = body.outputs.map(
    (output, i): ArrayPlace => denseArray(outputs[i], tensorOf(output)),
  );
  const results = lowerBody(state, body, locations, targets);
  results.forEach((result, i) => {
    storeValue(b, targets[i] as ArrayPlace, result);
  });
  const first = new Builder();
  state.tapes?.start(first);
  const statements = first.block.statements.concat(b.block.statements);
  const main = procedure("main", [], blockOf(statements));
  return { state, program: { main, fixed: state.fixed, heap: state.tapes?.heap }, inputs, outputs };
}
