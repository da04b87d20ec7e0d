import { type Tensor, tensor, treeFlatten, vjp } from "../../index.js";
import { type CheckGradsOptions, checkGrads, GradientError } from "../../testing/index.js";
import type { Subject } from "./subject.js";

/** What a point showed. */
export type Verdict =
  | { readonly kind: "agrees"; readonly comparisons: number; readonly worst: Worst }
  | { readonly kind: "differs"; readonly error: GradientError; readonly wrong: readonly Partial[] }
  /** The slopes on both sides differ: there is no derivative to compare. */
  | { readonly kind: "kink" }
  /** Value or derivative is not finite. */
  | { readonly kind: "undefined" };

/** A first derivative beside its plain central difference. */
export interface Partial {
  /** The input, like `args[0][2]`. */
  readonly leaf: string;
  readonly derivative: number;
  readonly difference: number;
}

export interface Worst {
  readonly ratio: number;
  readonly at: string;
}

/** Steps to try where none is asked for: at smaller ones a kink nearby stays out of reach. */
const steps = [1 / 32, 1 / 1024, 1 / 32_768];

/** Checks the derivatives at one point, both modes, to the second order. */
export function checkAt(
  { f }: Subject,
  args: readonly unknown[],
  options: CheckGradsOptions,
): Verdict {
  if (!isDefined(f, args)) return { kind: "undefined" };
  const tried = options.eps === undefined ? steps : [options.eps];
  let failure: GradientError | undefined;
  for (const eps of tried) {
    try {
      const { comparisons, worst } = checkGrads(f, args, { ...options, eps });
      return { kind: "agrees", comparisons, worst };
    } catch (error) {
      if (!(error instanceof GradientError)) throw error;
      failure ??= error;
    }
  }
  if (hasKink(f, args)) return { kind: "kink" };
  return { kind: "differs", error: failure as GradientError, wrong: wrongPartials(f, args) };
}

/** First derivatives of the sum of all results that are plainly not what differences say. */
function wrongPartials(f: Subject["f"], args: readonly unknown[]): Partial[] {
  const gradients = treeFlatten(gradientOfSum(f, args)).leaves as (number | Tensor)[];
  const { leaves, definition } = treeFlatten(args);
  return leaves.flatMap((leaf, i) => {
    const scalar = typeof leaf === "number" || (leaf as Tensor).ndim === 0;
    return numbersOf(leaf as number | Tensor).flatMap((x, element) => {
      const h = 1e-5 * Math.max(1, Math.abs(x));
      const [up, down] = [h, -h].map((step) => total(valuesMoved(f, args, i, element, step)));
      const difference = ((up as number) - (down as number)) / (2 * h);
      const derivative = numbersOf(gradients[i] as number | Tensor)[element] as number;
      const size = Math.max(1, Math.abs(difference), Math.abs(derivative));
      if (Math.abs(difference - derivative) <= 1e-4 * size) return [];
      const path = `args${definition.paths[i]}${scalar ? "" : `[${element}]`}`;
      return [{ leaf: path, derivative, difference }];
    });
  });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The results, all in one list, with one element of one input moved by `h`. */
function valuesMoved(
  f: Subject["f"],
  args: readonly unknown[],
  leaf: number,
  element: number,
  h: number,
): number[] {
  const { leaves, definition } = treeFlatten(args);
  const moved = leaves.map((value, i) =>
    i === leaf ? shifted(value as number | Tensor, element, h) : value,
  );
  const result = f(...(definition.unflatten(moved) as unknown[]));
  return treeFlatten(result).leaves.flatMap((one) => numbersOf(one as number | Tensor));
}

function gradientOfSum(f: Subject["f"], args: readonly unknown[]): unknown {
  const [value, pull] = vjp(f, ...args);
  const { leaves, definition } = treeFlatten(value);
  return pull(definition.unflatten(leaves.map((leaf) => filled(leaf as number | Tensor, 1))));
}

function isDefined(f: Subject["f"], args: readonly unknown[]): boolean {
  return [f(...args), gradientOfSum(f, args)]
    .flatMap((tree) => treeFlatten(tree).leaves)
    .every((leaf) => numbersOf(leaf as number | Tensor).every(Number.isFinite));
}

/** Whether along some coordinate the slopes to the right and to the left differ. */
function hasKink(f: Subject["f"], args: readonly unknown[]): boolean {
  return treeFlatten(args).leaves.some((leaf, i) =>
    numbersOf(leaf as number | Tensor).some((x, element) => {
      const h = 1e-5 * Math.max(1, Math.abs(x));
      const [left, middle, right] = [-h, 0, h].map((step) =>
        valuesMoved(f, args, i, element, step),
      ) as [number[], number[], number[]];
      return middle.some((y, k) => {
        const [up, down] = [((right[k] as number) - y) / h, (y - (left[k] as number)) / h];
        return Math.abs(up - down) > 1e-2 * Math.max(1, Math.abs(up), Math.abs(down));
      });
    }),
  );
}

function numbersOf(leaf: number | Tensor): number[] {
  return typeof leaf === "number" ? [leaf] : Array.from(leaf.data);
}

function filled(leaf: number | Tensor, value: number): number | Tensor {
  if (typeof leaf === "number") return value;
  const data = Array.from({ length: leaf.size }, () => value);
  return tensor(data, leaf.shape, { dtype: leaf.dtype });
}

function shifted(leaf: number | Tensor, element: number, h: number): number | Tensor {
  if (typeof leaf === "number") return leaf + h;
  const data = Array.from(leaf.data, (value, i) => (i === element ? value + h : value));
  return tensor(data, leaf.shape, { dtype: leaf.dtype });
}
