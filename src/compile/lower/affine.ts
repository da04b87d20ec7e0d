import { type Builder, freshId } from "../../program/builder.js";
import type { Operand } from "../../program/types.js";

/** A whole number with known bounds (`low` ≤ value < `high`): a loop counter, or what a division leaves. */
export interface Unknown {
  readonly id: number;
  readonly low: number;
  readonly high: number;
  /** The i32 that holds it. */
  operand(builder: Builder): Operand;
  /** Of a quotient or remainder: what was divided, and by what. */
  readonly division?: { readonly of: Affine; readonly by: number; readonly part: "div" | "rem" };
  /** What it is computed from. */
  readonly from?: readonly Affine[];
}

/** constant + Σ coefficient · unknown: where an element lies. Terms are sorted by unknown and never 0. */
export interface Affine {
  readonly constant: number;
  readonly terms: readonly (readonly [Unknown, number])[];
}

export function constantIndex(constant: number): Affine {
  return { constant, terms: [] };
}

export function unknownIndex(unknown: Unknown): Affine {
  if (unknown.high - unknown.low === 1) return constantIndex(unknown.low);
  return { constant: 0, terms: [[unknown, 1]] };
}

/** An unknown to reason about, before there is code that holds it. */
export function unplacedUnknown(low: number, high: number): Unknown {
  return {
    id: freshId(),
    low,
    high,
    operand: () => {
      throw new Error("no operand");
    },
  };
}

/** An unknown that an operand holds. */
export function unknownOf(operand: Operand, low: number, high: number): Unknown {
  return { id: freshId(), low, high, operand: () => operand };
}

export function addIndex(a: Affine, b: Affine): Affine {
  if (a.terms.length === 0) return { constant: a.constant + b.constant, terms: b.terms };
  if (b.terms.length === 0) return { constant: a.constant + b.constant, terms: a.terms };
  const terms = new Map<number, [Unknown, number]>();
  for (const [unknown, by] of [...a.terms, ...b.terms]) {
    const known = terms.get(unknown.id);
    if (known === undefined) terms.set(unknown.id, [unknown, by]);
    else known[1] += by;
  }
  return normalize(a.constant + b.constant, [...terms.values()]);
}

export function scaleIndex(a: Affine, by: number): Affine {
  if (by === 0) return constantIndex(0);
  if (by === 1) return a;
  return { constant: a.constant * by, terms: a.terms.map(([unknown, c]) => [unknown, c * by]) };
}

function normalize(constant: number, terms: readonly (readonly [Unknown, number])[]): Affine {
  const kept = terms.filter(([, by]) => by !== 0).sort(([a], [b]) => a.id - b.id);
  const joined = rejoin(kept);
  return joined === undefined
    ? { constant, terms: kept }
    : addIndex(constantIndex(constant), joined);
}

/** c·b·(x div b) + c·(x mod b) is c·x. */
function rejoin(terms: readonly (readonly [Unknown, number])[]): Affine | undefined {
  for (const [i, [unknown, c]] of terms.entries()) {
    const { division } = unknown;
    if (division?.part !== "rem") continue;
    const j = terms.findIndex(
      ([other, by]) =>
        other.division?.part === "div" &&
        other.division.by === division.by &&
        by === c * division.by &&
        indexKey(other.division.of) === indexKey(division.of),
    );
    if (j < 0) continue;
    const rest: Affine = { constant: 0, terms: terms.filter((_, at) => at !== i && at !== j) };
    return addIndex(rest, scaleIndex(division.of, c));
  }
  return undefined;
}

/** Smallest and largest value. */
export function boundsOf({ constant, terms }: Affine): readonly [number, number] {
  let low = constant;
  let high = constant;
  for (const [unknown, by] of terms) {
    low += by * (by > 0 ? unknown.low : unknown.high - 1);
    high += by * (by > 0 ? unknown.high - 1 : unknown.low);
  }
  return [low, high];
}

export function indexKey({ constant, terms }: Affine): string {
  let key = String(constant);
  for (const [unknown, by] of terms) key += `+${by}*${unknown.id}`;
  return key;
}

/** Called for each division that could not be done on paper. */
export type Divided = () => void;

/** Every division of a program once, by what is divided: equal positions are then equal. */
const divisions = new Map<string, readonly [Unknown, Unknown]>();

/** Before another program is lowered. */
export function forgetDivisions(): void {
  divisions.clear();
}

/** Quotient and remainder by `by` of an index that is never negative. */
function divideIndex(
  index: Affine,
  by: number,
  divided: Divided = () => {},
): readonly [Affine, Affine] {
  if (by === 1) return [index, constantIndex(0)];
  const [low, high] = boundsOf(index);
  if (low >= 0 && high < by) return [constantIndex(0), index];
  const multiple = index.terms.filter(([, c]) => c % by === 0);
  const rest = index.terms.filter(([, c]) => c % by !== 0);
  const offset = ((index.constant % by) + by) % by;
  for (const constant of [offset, offset - by]) {
    const remainder: Affine = { constant, terms: rest };
    const [least, most] = boundsOf(remainder);
    if (least < 0 || most >= by) continue;
    const quotient: Affine = {
      constant: (index.constant - constant) / by,
      terms: multiple.map(([unknown, c]) => [unknown, c / by]),
    };
    return [quotient, remainder];
  }
  divided();
  const key = `${indexKey(index)}/${by}`;
  let parts = divisions.get(key);
  if (parts === undefined) {
    const part = (kind: "div" | "rem", most: number): Unknown => ({
      id: freshId(),
      low: 0,
      high: most,
      operand: (b) =>
        b.compute(kind === "div" ? "divU" : "remU", "i32", [operandOf(b, index), b.i32(by)]),
      division: { of: index, by, part: kind },
      from: [index],
    });
    parts = [part("div", Math.floor(high / by) + 1), part("rem", by)];
    divisions.set(key, parts);
  }
  return [unknownIndex(parts[0]), unknownIndex(parts[1])];
}

/** The index along each axis of the element at a flat position of a dense tensor. */
export function indicesOf(flat: Affine, shape: readonly number[], divided?: Divided): Affine[] {
  const indices = new Array<Affine>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (axis === 0) {
      indices[0] = rest;
      break;
    }
    const [quotient, remainder] = divideIndex(rest, shape[axis] as number, divided);
    indices[axis] = remainder;
    rest = quotient;
  }
  return indices;
}

/** The terms as an i32, without the constant; undefined where there are none. `scale`: bytes per step. */
export function termsOperand(b: Builder, { terms }: Affine, scale = 1): Operand | undefined {
  let total: Operand | undefined;
  for (const [unknown, by] of terms) {
    const term = b.mul(unknown.operand(b), b.i32(by * scale));
    total = total === undefined ? term : b.add(total, term);
  }
  return total;
}

export function operandOf(b: Builder, index: Affine): Operand {
  const terms = termsOperand(b, index);
  if (terms === undefined) return b.i32(index.constant);
  return b.add(terms, b.i32(index.constant));
}
