import { HashTable } from "./hash-table.js";
import type { Computed, Operand } from "./types.js";

/** What makes an instruction itself, wherever it stands. */
export type Pure = Omit<Computed, "kind" | "id">;

/** Instructions by content. */
export class Instructions extends HashTable<Computed> {
  /** The instruction of this content, if there is one. */
  find(given: Pure): Computed | undefined {
    const { slots, hashes } = this;
    const hash = hashOf(given);
    const last = slots.length - 1;
    let at = hash & last;
    let found = slots[at];
    while (found !== undefined && (hashes[at] !== hash || !isSame(found, given))) {
      at = (at + 1) & last;
      found = slots[at];
    }
    this.slot = at;
    this.hash = hash;
    return found;
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

/** Whether two operands are one, or the same constant. */
export function isSameOperand(a: Operand, b: Operand): boolean {
  if (a.kind !== "constant" || b.kind !== "constant") return a.id === b.id;
  return a.type === b.type && Object.is(a.value, b.value);
}
