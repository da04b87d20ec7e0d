import type { Loop, Operand } from "./types.js";

/** How far a loop runs, where that is known. */
export function extentOf({ from, to }: Loop): number | undefined {
  return difference(from, to, false);
}

/** How far a loop runs at most, where that is known. */
export function longestExtentOf({ from, to }: Loop): number | undefined {
  return difference(from, to, true);
}

/** to − from, or what it cannot exceed. */
function difference(from: Operand, to: Operand, atMost: boolean): number | undefined {
  if (from.kind === "constant" && to.kind === "constant")
    return Math.max(0, Number(to.value) - Number(from.value));
  if (to.kind !== "instruction") return undefined;
  const [a, b] = to.args as [Operand, Operand];
  if (to.op === "add" && a.id === from.id) return lengthOf(b, from, atMost);
  if (to.op === "add" && b.id === from.id) return lengthOf(a, from, atMost);
  return to.op === "min" && atMost
    ? smaller(difference(from, a, true), difference(from, b, true))
    : undefined;
}

/** The value of a length that begins at `from`. */
function lengthOf(length: Operand, from: Operand, atMost: boolean): number | undefined {
  if (length.kind === "constant") return Math.max(0, Number(length.value));
  if (length.kind !== "instruction" || !atMost) return undefined;
  const [a, b] = length.args as [Operand, Operand];
  switch (length.op) {
    case "and": // a multiple of a power of 2
    case "max": // no less than 0
      return b.kind === "constant" && Number(b.value) <= 0 ? lengthOf(a, from, true) : undefined;
    case "sub":
      return b.id === from.id ? difference(from, a, true) : undefined;
    default:
      return undefined;
  }
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
