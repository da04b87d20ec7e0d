import type { Body } from "../core/body.js";
import type { Flow } from "../core/primitive.js";

/**
 * One step of a loop. Inputs of the body: what stays the same (`consts` of them), what is carried from step to
 * step (`carries`), what belongs to the step. Outputs: what is carried on, what the step puts out.
 */
export interface Step {
  readonly body: Body;
  readonly consts: number;
  readonly carries: number;
}

/** The inputs of the body by kind. */
export interface Kinds<T> {
  readonly consts: readonly T[];
  readonly carries: readonly T[];
  readonly xs: readonly T[];
}

export function byKind<T>({ consts, carries }: Step, items: readonly T[]): Kinds<T> {
  return {
    consts: items.slice(0, consts),
    carries: items.slice(consts, consts + carries),
    xs: items.slice(consts + carries),
  };
}

export function inOrder<T>({ consts, carries, xs }: Kinds<T>): T[] {
  return [...consts, ...carries, ...xs];
}

/** `flags` of the body's inputs with carries set until setting them sets no more. `of` gives flags of the outputs. */
export function settleCarries(
  step: Step,
  flags: readonly boolean[],
  of: (flags: readonly boolean[]) => readonly boolean[],
): boolean[] {
  let { consts, carries, xs } = byKind(step, flags);
  for (;;) {
    const now = [...consts, ...carries, ...xs];
    const outputs = of(now);
    const next = carries.map((on, i) => on || outputs[i] === true);
    if (next.every((on, i) => on === carries[i])) return now;
    carries = next;
  }
}

/** How a derivative flows through a loop: to the carries and to what the steps put out. */
export function flowOfLoop(
  step: Step,
  inputs: readonly Flow[],
  through: (inputs: readonly Flow[]) => readonly Flow[],
): readonly Flow[] {
  let { consts, carries, xs } = byKind(step, inputs);
  for (;;) {
    const outputs = through([...consts, ...carries, ...xs]);
    const next = carries.map((flow, i) => flow ?? outputs[i]);
    if (next.every((flow, i) => flow === carries[i]))
      return [...carries, ...outputs.slice(carries.length)];
    carries = next;
  }
}

/** `items` laid out where `flags` are set. */
export function spread<T>(flags: readonly boolean[], items: readonly T[]): (T | undefined)[] {
  let next = 0;
  return flags.map((on) => (on ? items[next++] : undefined));
}

/** The items that are there. */
export function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}

/** Positions of the flags that are set. */
export function positions(flags: readonly boolean[]): number[] {
  return flags.flatMap((on, i) => (on ? [i] : []));
}
