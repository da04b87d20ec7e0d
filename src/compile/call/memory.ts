import type { TypedArray } from "../../core/dtype.js";
import type { Slot } from "../executable.js";

/** Views of a program's memory in every element type; new ones after it has grown. */
export class MemoryView {
  private readonly memory: WebAssembly.Memory;
  private buffer: ArrayBuffer | undefined;
  f64!: Float64Array;
  f32!: Float32Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  bool!: Uint8Array;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.refresh();
  }

  refresh(): void {
    const { buffer } = this.memory;
    if (buffer === this.buffer) return;
    this.buffer = buffer;
    this.f64 = new Float64Array(buffer);
    this.f32 = new Float32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.bool = new Uint8Array(buffer);
  }

  /** The elements of a slot, in place. */
  arrayOf({ dtype, address, size }: Slot): TypedArray {
    const all = this[dtype];
    const start = address / all.BYTES_PER_ELEMENT;
    return all.subarray(start, start + size);
  }

  /** Puts elements into a slot. */
  write({ dtype, address }: Slot, data: TypedArray): void {
    const all = this[dtype];
    all.set(data, address / all.BYTES_PER_ELEMENT);
  }

  /** Copies the elements of one slot to another of the same type. */
  move(from: Slot, to: Slot): void {
    const bytes = from.size * this[from.dtype].BYTES_PER_ELEMENT;
    this.bool.copyWithin(to.address, from.address, from.address + bytes);
  }

  /** The elements of a slot, copied. */
  copyOf({ dtype, address, size }: Slot): TypedArray {
    const all = this[dtype];
    const start = address / all.BYTES_PER_ELEMENT;
    if (size < large || node === undefined) return all.slice(start, start + size);
    const { buffer } = node.allocUnsafeSlow(size * all.BYTES_PER_ELEMENT);
    const copy = new (all.constructor as Float64ArrayConstructor)(buffer);
    copy.set(all.subarray(start, start + size));
    return copy;
  }
}

/** Elements from which on it pays not to clear memory that is about to be filled: Node has such memory. */
const large = 16_384;
const { Buffer: node } = globalThis as {
  Buffer?: { allocUnsafeSlow(bytes: number): { readonly buffer: ArrayBuffer } };
};
