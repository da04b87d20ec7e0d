import type { DType, TypedArray } from "../../core/dtype.js";
import type { Heap, ProgramMemory } from "../../core/emit.js";
import { readValue } from "../../core/evaluate.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { ArrayValue } from "../../core/type.js";
import { denseArray, newBuffer, tensorOf } from "../../ops/kernels/location.js";
import { Builder } from "../../program/builder.js";
import { entry } from "../../program/entry.js";
import type { Buffer, Place, Routine } from "../../program/types.js";

const arrays = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  bool: Uint8Array,
};

/** What all bodies of one program share. */
export class ProgramState implements ProgramMemory {
  readonly builder: Builder = new Builder();
  /** Buffers that the planner gives memory of their own. */
  readonly fixed: Buffer[] = [];
  tapes: Heap | undefined;
  /** The memory the program runs in, once there is one. */
  memory: WebAssembly.Memory | undefined;
  private readonly constants = new Map<TypedArray, ArrayPlace>();

  /** A constant tensor in memory; the same data once. */
  constantArray(node: Node): ArrayPlace {
    const { data } = readValue(node) as ArrayValue;
    let array = this.constants.get(data);
    if (array === undefined || array.shape.join() !== tensorOf(node).shape.join()) {
      const type = tensorOf(node);
      const buffer = this.fixedBuffer("constant", type.dtype, data.length, "constant", data);
      array = denseArray(buffer, type);
      this.constants.set(data, array);
    }
    return array;
  }

  /** Memory for a tensor that lives while it is used. */
  temporary(
    type: { readonly shape: readonly number[]; readonly dtype: DType },
    name = "t",
  ): ArrayPlace {
    return denseArray(newBuffer(name, type.dtype, sizeOf(type.shape)), type);
  }

  private readonly nothing = new Map<number, Buffer>();

  /** So many bytes that are 0 and stay so. */
  zeros(bytes: number): Buffer {
    return entry(this.nothing, bytes, () =>
      this.fixedBuffer("zeros", "bool", bytes, "constant", new Uint8Array(bytes)),
    );
  }

  private readonly tables = new Map<string, Place>();

  /** Numbers in memory; the same ones once. */
  table(data: Int32Array): Place {
    return entry(this.tables, data.join(), () => {
      const buffer = this.fixedBuffer("table", "i32", data.length, "constant", data);
      return { buffer, at: undefined, offset: 0 };
    });
  }

  private readonly routines = new Map<string, Routine>();

  /** The routine of this name, built when it is first wanted. */
  routine(name: string, build: () => Routine): Routine {
    return entry(this.routines, name, build);
  }

  fixedBuffer(
    name: string,
    dtype: DType,
    length: number,
    role: Buffer["role"],
    data?: TypedArray,
  ): Buffer {
    const buffer = newBuffer(name, dtype, length, role, data);
    this.fixed.push(buffer);
    return buffer;
  }

  /** Elements in the memory of the running program. */
  view(dtype: DType, address: number, length: number): TypedArray {
    const { buffer } = this.memory as WebAssembly.Memory;
    return new arrays[dtype](buffer, address, length);
  }
}
