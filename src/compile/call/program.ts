import { asTensor } from "../../core/convert.js";
import type { TypedArray } from "../../core/dtype.js";
import { ShapeError } from "../../core/errors.js";
import type { Tensor } from "../../core/node.js";
import { sameShape } from "../../core/shape.js";
import { flatten, type TreeDefinition } from "../../core/tree.js";
import type { TensorLike } from "../../core/typing.js";
import type { Executable, Slot } from "../executable.js";
import { MemoryView } from "./memory.js";
import { type Put, putOf } from "./put.js";
import { Residents } from "./resident.js";
import { type Give, givesOf, type Leaf } from "./results.js";
import { isAlike, type Take, takeInto, takeOf } from "./take.js";

/** What a compiled function needs to be called: its code, and how trees go in and out. */
export interface ProgramParts {
  readonly executable: Executable;
  /** The arguments of the first call: later ones have their structure and types. */
  readonly examples: readonly unknown[];
  readonly outputTree: TreeDefinition;
  readonly leaves: readonly Leaf[];
  readonly allNumbers: boolean;
  /** Of the leaves of the arguments: those whose memory results may take over. */
  readonly donated: ReadonlySet<number>;
}

/** One compiled signature of a function. */
export class CompiledProgram {
  readonly executable: Executable;
  private readonly memory: MemoryView;
  private readonly take: Take;
  private readonly gives: readonly Give[];
  private readonly outputTree: TreeDefinition;
  private readonly residents: Residents | undefined;
  /** For the arrays that results went into last. */
  private put: Put | undefined;

  constructor({ executable, examples, outputTree, leaves, allNumbers, donated }: ProgramParts) {
    this.executable = executable;
    const memory = new MemoryView(executable.memory);
    this.memory = memory;
    const resident = residentSlots(executable, donated);
    const residents = resident.size > 0 ? new Residents() : undefined;
    this.residents = residents;
    const residentsOf = (slot: Slot): Residents | undefined =>
      resident.has(slot) ? residents : undefined;
    const slots = executable.inputs.values();
    this.take = takeOf(examples, (example) => {
      const slot = slots.next().value as Slot;
      return takeInto(memory, slot, example, residentsOf(slot));
    });
    this.gives = givesOf(executable.outputs, leaves, memory, allNumbers, residentsOf);
    this.outputTree = outputTree;
  }

  /** Writes arguments into memory; false where they do not fit this program. */
  accept(args: readonly unknown[]): boolean {
    this.residents?.release();
    return this.take(args);
  }

  run(): void {
    this.residents?.settle();
    try {
      this.executable.run();
    } catch (error) {
      this.memory.refresh();
      this.residents?.restore();
      throw error;
    }
    this.memory.refresh();
  }

  /** The results of the last run as a tree, in memory of their own. */
  results(): unknown {
    const { gives } = this;
    const leaves = new Array<unknown>(gives.length);
    for (let i = 0; i < gives.length; i++) leaves[i] = (gives[i] as Give)();
    return this.outputTree.unflatten(leaves);
  }

  /** How results go into arrays of the caller; throws ShapeError where they do not fit. */
  putFor(outputs: unknown): Put {
    if (this.put?.fits(outputs) !== true) {
      refuseUnfit(outputs, this.outputTree, this.outputArrays());
      const slots = this.executable.outputs.values();
      this.put = putOf(outputs, this.memory, () => slots.next().value as Slot);
    }
    return this.put as Put;
  }

  /** The memory of inputs. */
  inputArrays(): TypedArray[] {
    return this.executable.inputs.map((slot) => this.memory.arrayOf(slot));
  }

  outputArrays(): TypedArray[] {
    return this.executable.outputs.map((slot) => this.memory.arrayOf(slot));
  }
}

/** Each donated input with the first result of its type that no other has taken. */
function residentSlots(
  { inputs, outputs }: Executable,
  donated: ReadonlySet<number>,
): ReadonlySet<Slot> {
  const found = new Set<Slot>();
  inputs.forEach((input, i) => {
    if (!donated.has(i)) return;
    const output = outputs.find(
      (slot) =>
        !found.has(slot) && slot.dtype === input.dtype && sameShape(slot.shape, input.shape),
    );
    if (output !== undefined) found.add(input).add(output);
  });
  return found;
}

function refuseUnfit(
  outputs: unknown,
  { text }: TreeDefinition,
  arrays: readonly TypedArray[],
): void {
  const { leaves, definition } = flatten(outputs, "jit");
  if (definition.text !== text)
    throw new ShapeError("jit", {
      expected: `outputs of structure ${text}`,
      received: definition.text,
    });
  arrays.forEach((array, i) => {
    const to = leaves[i];
    if (isAlike(to, array)) return;
    throw new ShapeError("jit", {
      expected: `a ${array.constructor.name} of ${array.length} as output ${i}`,
      received: ArrayBuffer.isView(to)
        ? `${to.constructor.name} of ${(to as TypedArray).length}`
        : typeof to,
    });
  });
}

/** Leaves as tensors, for tracing. */
export function tensorsOf(leaves: readonly unknown[]): Tensor[] {
  return leaves.map((leaf) => asTensor(leaf as TensorLike, "jit"));
}
