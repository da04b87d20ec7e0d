import type { Computed, Operand } from "./types.js";

/** What makes an instruction itself, wherever it stands. */
export type Pure = Omit<Computed, "kind" | "id">;

/**
 * Instructions by content: a hash table with linear probing, at most half full. One text per instruction as the key of
 * a map took most of the time of building a program.
 */
export class Instructions {
  private slots: (Computed | undefined)[] = new Array<undefined>(64).fill(undefined);
  private count = 0;

  /** Where an instruction of this content is, or belongs. */
  slotOf(given: Pure): number {
    const { slots } = this;
    const last = slots.length - 1;
    let at = hashOf(given) & last;
    for (let found = slots[at]; found !== undefined; found = slots[at]) {
      if (isSame(found, given)) return at;
      at = (at + 1) & last;
    }
    return at;
  }

  at(slot: number): Computed | undefined {
    return this.slots[slot];
  }

  /** Puts an instruction where `slotOf` said, in place of one of the same content. */
  put(slot: number, instruction: Computed): void {
    if (this.slots[slot] === undefined) this.count++;
    this.slots[slot] = instruction;
    if (2 * this.count < this.slots.length) return;
    const full = this.slots;
    this.slots = new Array<undefined>(4 * full.length).fill(undefined);
    for (const one of full) if (one !== undefined) this.slots[this.slotOf(one)] = one;
  }
}

function hashOf({ op, args, lane, sequence }: Pure): number {
  let hash = op.length + (sequence?.name.length ?? lane ?? 0);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Operand;
    hash = Math.imul(hash ^ (arg.kind === "constant" ? numberHash(arg.value) : arg.id), 0x9e3779b1);
  }
  return hash ^ (hash >>> 15);
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

function numberHash(value: number | bigint): number {
  if (typeof value === "bigint") return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
  double[0] = value;
  const high = halves[1] as number;
  return (halves[0] as number) ^ high ^ (high >>> 12);
}

function isSame(a: Pure, b: Pure): boolean {
  if (a.op !== b.op || a.type !== b.type || a.args.length !== b.args.length) return false;
  if (a.lane !== b.lane || a.sequence !== b.sequence || a.callee !== b.callee) return false;
  for (let i = 0; i < a.args.length; i++)
    if (!isSameOperand(a.args[i] as Operand, b.args[i] as Operand)) return false;
  return true;
}

function isSameOperand(a: Operand, b: Operand): boolean {
  if (a.kind !== "constant" || b.kind !== "constant") return a.id === b.id;
  return a.type === b.type && Object.is(a.value, b.value);
}
