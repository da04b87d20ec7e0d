import { isFloat } from "../../core/dtype.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import { tensorOf } from "../../ops/kernels/location.js";
import type { Variable } from "../../program/types.js";
import type { Axis } from "./axes.js";
import type { combineTwo } from "./fold.js";
import type { Columns } from "./strips.js";

/** So many elements are added up one after another. */
export const piece = 256;

/** One result of a nest. */
export interface NestRoot {
  readonly node: Node;
  /** Where it goes; undefined: only other roots of the nest read it, or it is one number kept in a register. */
  readonly target: ArrayPlace | undefined;
  /** Where small axes are written out: what each step computes. */
  readonly columns?: Columns | undefined;
}

/** A result of a nest that combines elements along axes. */
export interface Reduction {
  readonly root: NestRoot;
  readonly combine: Parameters<typeof combineTwo>[1];
  readonly dtype: ReturnType<typeof tensorOf>["dtype"];
  /** Where it is put: the root's target, or a piece of it. */
  target: ArrayPlace | undefined;
  /** By axis of the nest: stride of the target, 0 where summed. */
  strides: readonly number[];
  /** Loops from here inwards are all summed over. */
  readonly from: number;
  /** Whether further out there are summed loops too: the result then grows in memory. */
  readonly inMemory: boolean;
  variable: Variable | undefined;
}

export function reductionOf(root: NestRoot, axes: readonly Axis[], boxed: boolean): Reduction[] {
  const { node, target } = root;
  const { lower } = node.primitive;
  const { columns } = root;
  if (lower.kind !== "reduce" || columns?.total === false) return [];
  const { combine } = lower;
  const { dtype } = tensorOf(node);
  if (columns !== undefined) {
    const strides = axes.map(() => 0);
    const one = { root, combine, dtype, target: undefined, strides, from: 0, inMemory: false };
    return columns.offsets.map(() => ({ ...one, variable: undefined }));
  }
  const summed = lower.axes(node.params);
  const isSummed = axes.map(({ first }) => summed.includes(first));
  const strides = new Array<number>(axes.length).fill(0);
  let stride = 1;
  const inOrder = [...axes.entries()].sort(([, p], [, q]) => q.first - p.first);
  for (const [at, { length }] of inOrder) {
    if (isSummed[at] === true) continue;
    strides[at] = stride;
    stride *= length;
  }
  let from = axes.length;
  while (from > 0 && isSummed[from - 1] === true) from--;
  const further = isSummed.slice(0, from).includes(true);
  const inMemory = target !== undefined && (further || (boxed && from > 0));
  return [{ root, combine, dtype, target, strides, from, inMemory, variable: undefined }];
}

/** Sums of f32 are added up in f64 and rounded once, as the interpreter does. */
export function accumulator({ combine, dtype }: Reduction): Reduction["dtype"] {
  return combine === "add" && dtype === "f32" ? "f64" : dtype;
}

/** Whether the loop at `at` is the outermost one over which a sum of floats grows in memory. */
export function growsFrom(
  { combine, dtype, inMemory, from, strides }: Reduction,
  at: number,
): boolean {
  if (!inMemory || combine !== "add" || !isFloat(dtype) || from <= at) return false;
  return strides.indexOf(0) === at;
}

/** How many rows of the loop at `at` make a piece. */
export function rowsOf({ strides, from }: Reduction, axes: readonly Axis[], at: number): number {
  let inner = 1;
  for (let k = at + 1; k < from; k++) if (strides[k] === 0) inner *= (axes[k] as Axis).length;
  return Math.max(1, Math.floor(piece / inner));
}

/** Of memory for what lies inside the loop at `at` alone. */
export function innerStrides(
  one: Reduction,
  axes: readonly Axis[],
  at: number,
): { readonly strides: readonly number[]; readonly size: number } {
  const strides = new Array<number>(axes.length).fill(0);
  let size = 1;
  for (let k = axes.length - 1; k > at; k--) {
    if (one.strides[k] === 0) continue;
    strides[k] = size;
    size *= (axes[k] as Axis).length;
  }
  return { strides, size };
}
