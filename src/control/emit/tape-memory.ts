import type { Heap, ProgramMemory } from "../../core/emit.js";
import { CotangentError } from "../../core/errors.js";
import { newBuffer } from "../../ops/kernels/location.js";
import type { Builder } from "../../program/builder.js";
import type { Buffer, Host, Operand, Variable } from "../../program/types.js";

/** A list of entries that grows: a pointer, how many there are, and for how many there is room. */
export interface GrowingTape {
  readonly pointer: Variable;
  readonly count: Variable;
  readonly room: Variable;
  readonly entryBytes: number;
}

/** The tapes of a program. */
export function tapesOf(program: ProgramMemory): TapeMemory {
  program.tapes ??= new TapeMemory(program);
  return program.tapes as TapeMemory;
}

/**
 * Memory of tapes: a stack behind all buffers, emptied when the program starts. Tapes double where they run out of
 * room; loops that keep no tape give back what an iteration took.
 */
class TapeMemory implements Heap {
  private readonly state: ProgramMemory;
  private top: Buffer | undefined;
  heap: Buffer | undefined;
  /** Grows the memory to hold so many bytes; the program's owner sets it. */
  grow: (bytes: number) => boolean = () => false;
  private ensure: Host | undefined;
  /** How often code that takes memory was emitted. */
  allocations = 0;

  constructor(state: ProgramMemory) {
    this.state = state;
  }

  /** What main does first. */
  start(b: Builder): void {
    if (this.heap === undefined) return;
    b.store(
      "i32",
      { buffer: this.top, at: undefined, offset: 0 },
      b.address({ buffer: this.heap, at: undefined, offset: 0 }),
    );
  }

  private open(): Buffer {
    if (this.top === undefined) {
      this.top = this.state.fixedBuffer("top", "i32", 1, "state");
      this.heap = newBuffer("heap", "f64", 0, "heap");
      this.ensure = {
        kind: "host",
        name: "ensure",
        params: ["f64"],
        result: undefined,
        run: (end: number) => {
          if (end < 2 ** 32 && this.grow(end)) return;
          throw new CotangentError("jit", {
            expected: "memory for what a loop keeps of each step (up to 4 GB)",
            received: `a need for ${Math.round(end / 2 ** 20)} MB`,
            fix: "use checkpoint in the loop's body, or fewer steps",
          });
        },
      };
    }
    return this.top;
  }

  /** The first free byte. */
  mark(): Operand {
    const buffer = this.open();
    const b = this.state.builder;
    b.written(buffer);
    return b.load("i32", "i32", { buffer, at: undefined, offset: 0 });
  }

  release(mark: Operand): void {
    const buffer = this.open();
    this.state.builder.store("i32", { buffer, at: undefined, offset: 0 }, mark);
  }

  /** A pointer to fresh memory for `count` entries of so many bytes. */
  allocate(count: Operand, entryBytes: number): Operand {
    const b = this.state.builder;
    this.allocations++;
    const from = this.mark();
    const wide = (x: Operand): Operand => b.compute("convertU", "f64", [x]);
    const need = b.add(wide(from), b.mul(wide(count), entryBytes));
    b.perform(this.ensure as Host, [b.add(need, 16)]);
    const end = b.add(from, b.mul(count, entryBytes));
    this.release(b.and(b.add(end, 15), -16));
    return from;
  }

  growing(entryBytes: number): GrowingTape {
    const b = this.state.builder;
    this.open();
    const tape = {
      pointer: b.variable("i32", "tape"),
      count: b.variable("i32", "count"),
      room: b.variable("i32", "room"),
      entryBytes,
    };
    for (const one of [tape.pointer, tape.count, tape.room]) b.assign(one, 0);
    return tape;
  }

  /** A pointer to a new entry at the end. */
  push({ pointer, count, room, entryBytes }: GrowingTape): Operand {
    const b = this.state.builder;
    const size = b.read(count);
    b.branch(b.compare("ge", size, b.read(room)), () => {
      const larger = b.max(b.mul(size, 2), 8);
      const fresh = this.allocate(larger, entryBytes);
      b.branch(b.compare("gt", size, 0), () => {
        b.copy(
          { buffer: undefined, at: fresh, offset: 0 },
          { buffer: undefined, at: b.read(pointer), offset: 0 },
          b.mul(size, entryBytes),
        );
      });
      b.assign(pointer, fresh);
      b.assign(room, larger);
    });
    b.assign(count, b.add(size, 1));
    return b.add(b.read(pointer), b.mul(size, entryBytes));
  }
}
