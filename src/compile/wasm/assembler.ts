import { lanesOf } from "../../program/lanes.js";
import type { RegisterType } from "../../program/types.js";
import { ByteWriter } from "./bytes.js";
import * as Code from "./instruction-codes.js";

/** Writes the instructions of one function. */
export class Assembler extends ByteWriter {
  /** The last `local.set`: where it stands, where it ends, of which local. */
  private setAt = 0;
  private setEnd = -1;
  private setLocal = 0;
  /** The last load or store: where it stands, where it ends, its code and offset. */
  private accessAt = 0;
  private accessEnd = -1;
  private accessCode = 0;
  private accessOffset = 0;

  /** An instruction of `codes.ts`: one byte, or a prefix and a LEB128 number. */
  op(code: number): void {
    if (code < 0x100) this.byte(code);
    else {
      this.byte(code >>> 16);
      this.u32(code & 0xffff);
    }
  }

  /** An instruction with a number behind it. */
  with(code: number, immediate: number): void {
    this.op(code);
    this.u32(immediate);
  }

  /** Right behind a set of the same local, both are one tee. */
  get(local: number): void {
    if (this.setEnd === this.length && this.setLocal === local) {
      this.replace(this.setAt, Code.localTee);
      this.setEnd = -1;
    } else this.local(Code.localGet, local);
  }

  private local(code: number, local: number): void {
    if (this.length + 2 > this.buffer.length) this.reserve(2);
    this.buffer[this.length++] = code;
    if (local < 0x80) this.buffer[this.length++] = local;
    else this.u32(local);
  }

  set(local: number): void {
    this.setAt = this.length;
    this.local(Code.localSet, local);
    this.setEnd = this.length;
    this.setLocal = local;
  }

  /** A load or store; the alignment is a hint that engines ignore. */
  access(code: number, offset: number): void {
    this.accessAt = this.length;
    this.accessCode = code;
    this.accessOffset = offset;
    this.op(code);
    this.byte(0);
    this.u32(offset);
    this.accessEnd = this.length;
  }

  /** Makes a load of a float that stands right here one that fills all lanes; whether there was one. */
  splatLoad(): boolean {
    const { accessCode } = this;
    if (this.accessEnd !== this.length) return false;
    if (accessCode !== Code.f32Load && accessCode !== Code.f64Load) return false;
    this.length = this.accessAt;
    this.access(
      accessCode === Code.f32Load ? Code.v128Load32Splat : Code.v128Load64Splat,
      this.accessOffset,
    );
    return true;
  }

  i32Const(value: number): void {
    this.byte(Code.i32Const);
    this.s32(value);
  }

  /** A number, in every lane of a vector; of masks 0 or 1. */
  constant(type: RegisterType, value: number | bigint): void {
    const lanes = lanesOf(type);
    if (lanes > 1) {
      this.op(Code.v128Const);
      for (let i = 0; i < lanes; i++) this.lane(type, value);
      return;
    }
    switch (type) {
      case "f64":
        this.byte(Code.f64Const);
        this.f64(Number(value));
        break;
      case "f32":
        this.byte(Code.f32Const);
        this.f32(Number(value));
        break;
      case "i64":
        this.byte(Code.i64Const);
        this.s64(BigInt(value));
        break;
      default:
        this.i32Const(Number(value));
    }
  }

  private lane(type: RegisterType, value: number | bigint): void {
    if (type === "b32x4") this.i32(-Number(value));
    else if (type === "b64x2") this.i64(-BigInt(value));
    else if (type === "f64x2") this.f64(Number(value));
    else if (type === "f32x4") this.f32(Number(value));
    else if (type === "i64x2") this.i64(BigInt(value));
    else this.i32(Number(value));
  }
}
