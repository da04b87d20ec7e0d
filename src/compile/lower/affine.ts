import { type Builder, freshId } from "../../program/builder.js";
import { entry } from "../../program/entry.js";
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
  readonly terms: readonly Term[];
  /** Of `indexKey`, once it has been asked for. */
  key?: string;
}

type Term = readonly [Unknown, number];

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

/** An unknown that an operand will hold, once it is known where `at` is. */
export interface Held extends Unknown {
  readonly at: Affine;
  set(operand: Operand): void;
}

export function heldUnknown(low: number, high: number, at: Affine = constantIndex(0)): Held {
  let held: Operand | undefined;
  return {
    ...unplacedUnknown(low, high),
    operand: () => held as Operand,
    set: (operand) => {
      held = operand;
    },
    at,
    from: [at],
  };
}

const counters = new Map<string, Unknown>();

/** Counters of loops over axes, to reason about: the same for axes of the same lengths. */
export function countersOf(lengths: readonly number[]): Unknown[] {
  return lengths.map((length, axis) =>
    entry(counters, `${axis}/${length}`, () => unplacedUnknown(0, length)),
  );
}

/** start + Σ stride · counter. */
export function positionOf(
  strides: readonly number[],
  along: readonly (Unknown | undefined)[],
  start = 0,
): Affine {
  const indices = along.map((counter) => counter && unknownIndex(counter));
  return sumIndex(strides, indices, start);
}

/** start + Σ stride · index. */
export function sumIndex(
  strides: readonly number[],
  indices: readonly (Affine | undefined)[],
  start = 0,
): Affine {
  return strides.reduce((total, stride, k) => {
    const index = indices[k];
    return index === undefined ? total : addIndex(total, scaleIndex(index, stride));
  }, constantIndex(start));
}

/** An unknown that an operand holds. */
export function unknownOf(operand: Operand, low: number, high: number): Unknown {
  return { ...unplacedUnknown(low, high), operand: () => operand };
}

export function addIndex(a: Affine, b: Affine): Affine {
  if (a.terms.length === 0) return moveIndex(b, a.constant);
  if (b.terms.length === 0) return moveIndex(a, b.constant);
  const terms: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.terms.length || j < b.terms.length) {
    const p = a.terms[i];
    const q = b.terms[j];
    if (q === undefined || (p !== undefined && p[0].id < q[0].id)) {
      terms.push(p as Term);
      i++;
    } else if (p === undefined || q[0].id < p[0].id) {
      terms.push(q);
      j++;
    } else {
      const by = p[1] + q[1];
      if (by !== 0) terms.push([p[0], by]);
      i++;
      j++;
    }
  }
  const constant = a.constant + b.constant;
  const joined = rejoin(terms);
  return joined === undefined ? { constant, terms } : moveIndex(joined, constant);
}

export function moveIndex({ constant, terms }: Affine, by: number): Affine {
  return { constant: constant + by, terms };
}

export function scaleIndex(a: Affine, by: number): Affine {
  if (by === 0) return constantIndex(0);
  if (by === 1) return a;
  return { constant: a.constant * by, terms: a.terms.map(([unknown, c]) => [unknown, c * by]) };
}

/** c·b·(x div b) + c·(x mod b) is c·x. */
function rejoin(terms: readonly Term[]): Affine | undefined {
  for (let i = 0; i < terms.length; i++) {
    const [{ division }, c] = terms[i] as Term;
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
  for (let i = 0; i < terms.length; i++) {
    const [unknown, by] = terms[i] as Term;
    low += by * (by > 0 ? unknown.low : unknown.high - 1);
    high += by * (by > 0 ? unknown.high - 1 : unknown.low);
  }
  return [low, high];
}

/** Whether it is an index into so many elements, whatever the unknowns are. */
export function isWithin(index: Affine, length: number): boolean {
  const [low, high] = boundsOf(index);
  return low >= 0 && high < length;
}

/** The same for equal indices only. */
export function indexKey(index: Affine): string {
  if (index.key !== undefined) return index.key;
  let key = String(index.constant);
  for (let i = 0; i < index.terms.length; i++) {
    const [unknown, by] = index.terms[i] as Term;
    key += `+${by}*${unknown.id}`;
  }
  index.key = key;
  return key;
}

/** Called for each division that could not be done on paper. */
export type Divided = () => void;

/** What `find` gives, if it needs no division. */
export function undivided<T>(find: (divided: Divided) => T): T | undefined {
  let isDivided = false;
  const found = find(() => {
    isDivided = true;
  });
  return isDivided ? undefined : found;
}

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
  if (isWithin(index, by)) return [constantIndex(0), index];
  const multiple = index.terms.filter(([, c]) => c % by === 0);
  const rest = index.terms.filter(([, c]) => c % by !== 0);
  const offset = ((index.constant % by) + by) % by;
  for (const constant of [offset, offset - by]) {
    const remainder: Affine = { constant, terms: rest };
    if (!isWithin(remainder, by)) continue;
    const quotient: Affine = {
      constant: (index.constant - constant) / by,
      terms: multiple.map(([unknown, c]) => [unknown, c / by]),
    };
    return [quotient, remainder];
  }
  divided();
  const [quotient, remainder] = entry(divisions, `${indexKey(index)}/${by}`, () => {
    const part = (kind: "div" | "rem", most: number): Unknown => ({
      ...unplacedUnknown(0, most),
      operand: (b) => b.compute(`${kind}U`, "i32", [operandOf(b, index), b.i32(by)]),
      division: { of: index, by, part: kind },
      from: [index],
    });
    return [part("div", Math.floor(boundsOf(index)[1] / by) + 1), part("rem", by)] as const;
  });
  return [unknownIndex(quotient), unknownIndex(remainder)];
}

/** The index along each axis of the element at a flat position of a dense tensor. */
export function indicesOf(flat: Affine, shape: readonly number[], divided?: Divided): Affine[] {
  const indices = new Array<Affine>(shape.length);
  let rest = flat;
  for (let axis = shape.length - 1; axis > 0; axis--)
    [rest, indices[axis]] = divideIndex(rest, shape[axis] as number, divided);
  if (shape.length > 0) indices[0] = rest;
  return indices;
}

/** The terms as an i32, without the constant; undefined where there are none. `scale`: bytes per step. */
export function termsOperand(b: Builder, { terms }: Affine, scale = 1): Operand | undefined {
  let total: Operand | undefined;
  for (const [unknown, by] of terms) {
    const term = b.mul(unknown.operand(b), by * scale);
    total = total === undefined ? term : b.add(total, term);
  }
  return total;
}

export function operandOf(b: Builder, index: Affine): Operand {
  const terms = termsOperand(b, index);
  if (terms === undefined) return b.i32(index.constant);
  return b.add(terms, index.constant);
}
