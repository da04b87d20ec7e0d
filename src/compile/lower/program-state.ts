import type { DType, TypedArray } from "../../core/dtype.js";
import type { Heap, ProgramMemory } from "../../core/emit.js";
import { readValue } from "../../core/evaluate.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import type { ArrayValue } from "../../core/type.js";
import { denseArray, newBuffer, tensorOf } from "../../ops/kernels/location.js";
import { Builder } from "../../program/builder.js";
import type { Buffer, Place, Routine } from "../../program/types.js";

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
      const buffer = newBuffer("constant", type.dtype, data.length, "constant", data);
      this.fixed.push(buffer);
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
    let buffer = this.nothing.get(bytes);
    if (buffer === undefined) {
      buffer = newBuffer("zeros", "bool", bytes, "constant", new Uint8Array(bytes));
      this.nothing.set(bytes, buffer);
      this.fixed.push(buffer);
    }
    return buffer;
  }

  private readonly tables = new Map<string, Place>();

  /** Numbers in memory; the same ones once. */
  table(data: Int32Array): Place {
    const key = data.join();
    let place = this.tables.get(key);
    if (place === undefined) {
      const buffer = newBuffer("table", "i32", data.length, "constant", data);
      this.fixed.push(buffer);
      place = { buffer, at: undefined, offset: 0 };
      this.tables.set(key, place);
    }
    return place;
  }

  private readonly routines = new Map<string, Routine>();

  /** The routine of this name, built when it is first wanted. */
  routine(name: string, build: () => Routine): Routine {
    let routine = this.routines.get(name);
    if (routine === undefined) {
      routine = build();
      this.routines.set(name, routine);
    }
    return routine;
  }

  fixedBuffer(name: string, dtype: DType, length: number, role: Buffer["role"]): Buffer {
    const buffer = newBuffer(name, dtype, length, role);
    this.fixed.push(buffer);
    return buffer;
  }

  /** Elements in the memory of the running program. */
  view(dtype: DType, address: number, length: number): TypedArray {
    const { buffer } = this.memory as WebAssembly.Memory;
    switch (dtype) {
      case "f64":
        return new Float64Array(buffer, address, length);
      case "f32":
        return new Float32Array(buffer, address, length);
      case "i32":
        return new Int32Array(buffer, address, length);
      case "u32":
        return new Uint32Array(buffer, address, length);
      default:
        return new Uint8Array(buffer, address, length);
    }
  }
}
