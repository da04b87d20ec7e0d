import type { Loop, Operand } from "./types.js";

/** How far a loop runs; Infinity: that is not known. */
export function extentOf({ from, to }: Loop): number {
  return difference(from, to, false);
}

/** How far a loop runs at most. */
export function longestExtentOf({ from, to }: Loop): number {
  return difference(from, to, true);
}

/** to − from, or what it cannot exceed. */
function difference(from: Operand, to: Operand, atMost: boolean): number {
  if (from.kind === "constant" && to.kind === "constant")
    return Math.max(0, Number(to.value) - Number(from.value));
  if (to.kind !== "instruction") return Infinity;
  const [a, b] = to.args as [Operand, Operand];
  if (to.op === "add" && a.id === from.id) return lengthOf(b, from, atMost);
  if (to.op === "add" && b.id === from.id) return lengthOf(a, from, atMost);
  return to.op === "min" && atMost
    ? Math.min(difference(from, a, true), difference(from, b, true))
    : Infinity;
}

/** The value of a length that begins at `from`. */
function lengthOf(length: Operand, from: Operand, atMost: boolean): number {
  if (length.kind === "constant") return Math.max(0, Number(length.value));
  if (length.kind !== "instruction" || !atMost) return Infinity;
  const [a, b] = length.args as [Operand, Operand];
  if (length.op === "sub" && b.id === from.id) return difference(from, a, true);
  // a multiple of a power of 2, or no less than 0
  const keeps = length.op === "and" || length.op === "max";
  return keeps && b.kind === "constant" && b.value <= 0 ? lengthOf(a, from, true) : Infinity;
}
