import { asTensor } from "../../core/convert.js";
import type { TypedArray } from "../../core/dtype.js";
import type { Tensor } from "../../core/node.js";
import type { TreeDefinition } from "../../core/tree.js";
import type { TensorLike } from "../../core/typing.js";
import type { Executable } from "../executable.js";
import { MemoryView } from "./memory.js";
import { type Give, givesOf, type Leaf } from "./results.js";
import { type Take, takeOf } from "./take.js";

/** What a compiled function needs to be called: its code, and how trees go in and out. */
export interface ProgramParts {
  readonly executable: Executable;
  /** The arguments of the first call: later ones have their structure and types. */
  readonly examples: readonly unknown[];
  readonly outputTree: TreeDefinition;
  readonly leaves: readonly Leaf[];
  readonly allNumbers: boolean;
}

/** One compiled signature of a function. */
export class CompiledProgram {
  readonly executable: Executable;
  private readonly memory: MemoryView;
  private readonly take: Take;
  private readonly gives: readonly Give[];
  private readonly outputTree: TreeDefinition;

  constructor({ executable, examples, outputTree, leaves, allNumbers }: ProgramParts) {
    this.executable = executable;
    this.memory = new MemoryView(executable.memory);
    const slots = executable.inputs.values();
    this.take = takeOf(examples, this.memory, () => slots.next().value as never);
    this.gives = givesOf(executable.outputs, leaves, this.memory, allNumbers);
    this.outputTree = outputTree;
  }

  /** Writes arguments into memory; false where they do not fit this program. */
  accept(args: readonly unknown[]): boolean {
    return this.take(args);
  }

  run(): void {
    this.executable.run();
    this.memory.refresh();
  }

  /** The results of the last run as a tree, in memory of their own. */
  results(): unknown {
    const { gives } = this;
    const leaves = new Array<unknown>(gives.length);
    for (let i = 0; i < gives.length; i++) leaves[i] = (gives[i] as Give)();
    return this.outputTree.unflatten(leaves);
  }

  /** The memory of inputs. */
  inputArrays(): TypedArray[] {
    return this.executable.inputs.map((slot) => this.memory.arrayOf(slot));
  }

  outputArrays(): TypedArray[] {
    return this.executable.outputs.map((slot) => this.memory.arrayOf(slot));
  }

  get structure(): TreeDefinition {
    return this.outputTree;
  }
}

/** Leaves as tensors, for tracing. */
export function tensorsOf(leaves: readonly unknown[]): Tensor[] {
  return leaves.map((leaf) => asTensor(leaf as TensorLike, "jit"));
}
