/** Grows as bytes are written; numbers in the encodings of the WebAssembly binary format. */
export class ByteWriter {
  protected buffer: Uint8Array = new Uint8Array(256);
  private view: DataView = new DataView(this.buffer.buffer);
  length = 0;

  protected reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer);
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) this.reserve(1);
    this.buffer[this.length++] = value;
  }

  bytes(values: ArrayLike<number>): void {
    const at = this.advance(values.length);
    this.buffer.set(values, at);
  }

  /** Unsigned LEB128 of 32 bits. */
  u32(value: number): void {
    let rest = value >>> 0;
    if (this.length + 5 > this.buffer.length) this.reserve(5);
    while (rest > 0x7f) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }

  /** Signed LEB128 of 32 bits. */
  s32(value: number): void {
    let rest = value | 0;
    if (this.length + 5 > this.buffer.length) this.reserve(5);
    while (rest < -64 || rest > 63) {
      this.buffer[this.length++] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    this.buffer[this.length++] = rest & 0x7f;
  }

  /** Signed LEB128 of 64 bits. */
  s64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.byte(Number(rest & 0x7fn));
  }

  /** Eight bytes. */
  i64(value: bigint): void {
    const at = this.advance(8);
    this.view.setBigInt64(at, value, true);
  }

  i32(value: number): void {
    const at = this.advance(4);
    this.view.setInt32(at, value, true);
  }

  f32(value: number): void {
    const at = this.advance(4);
    this.view.setFloat32(at, value, true);
  }

  f64(value: number): void {
    const at = this.advance(8);
    this.view.setFloat64(at, value, true);
  }

  /** Makes room for so many bytes; gives where they begin. */
  private advance(count: number): number {
    this.reserve(count);
    const at = this.length;
    this.length += count;
    return at;
  }

  /** A name in ASCII, its length first. */
  name(text: string): void {
    this.u32(text.length);
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
  }

  /** How many items there are, then each. */
  list<T>(items: readonly T[], write: (item: T, at: number) => void): void {
    this.u32(items.length);
    items.forEach(write);
  }

  /** Writes over a byte. */
  replace(at: number, value: number): void {
    this.buffer[at] = value;
  }

  append(other: ByteWriter): void {
    this.bytes(other.finish());
  }

  finish(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}
