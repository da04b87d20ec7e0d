import { add, jvp, multiply, sum, type Tensor, vjp } from "../../index.js";
import { difference, slopes } from "../differences.js";
import { Random, seedFrom } from "../random.js";
import { activeCall, type Situation } from "../situations.js";
import { type Count, type Subject, UnsettledError } from "../tally.js";
import { type Flat, joined, like, moved, scaleOf } from "../vectors.js";

const levels = 5;

/** A situation with directions: `ts` of the active inputs, `vs` of the float results. */
export interface Directed {
  readonly f: Flat;
  readonly xs: readonly Tensor[];
  readonly ys: readonly Tensor[];
  readonly ts: readonly Tensor[];
  readonly vs: readonly Tensor[];
  /** Relative tolerance: wide where an f32 result rounds the differences. */
  readonly tolerance: number;
}

/** Directions for a situation; undefined, with the reason counted, where there is nothing to differentiate. */
export function directed(
  subject: Subject,
  situation: Situation,
  count: Count,
): Directed | undefined {
  const { operation, inputs, active } = situation;
  if (operation.derivative.kind === "none") {
    count.leaveOut(`not differentiable: ${operation.derivative.why}`);
    return undefined;
  }
  const f = activeCall(situation);
  const xs = active.map((at) => inputs[at] as Tensor);
  const ys = f(...xs);
  if (xs.length === 0) count.leaveOut("no float inputs");
  else if (ys.length === 0) count.leaveOut("no float results");
  if (xs.length === 0 || ys.length === 0) return undefined;
  const random = new Random(seedFrom(subject.seed, `${operation.name} ${situation.label} along`));
  const precise = [...xs, ...ys].every((x) => x.dtype === "f64");
  return {
    f,
    xs,
    ys,
    ts: xs.map((x) => like(x, random.direction(x.size))),
    vs: ys.map((y) => like(y, random.direction(y.size))),
    tolerance: precise ? 1e-7 : 1e-2,
  };
}

export function forwardOf(f: Flat): Flat {
  return (...all) => {
    const half = all.length / 2;
    return jvp(f, all.slice(0, half), all.slice(half))[1];
  };
}

export function reverseOf(f: Flat, count: number): Flat {
  return (...all) => vjp(f, ...all.slice(0, count))[1](all.slice(count));
}

/** Whether forward mode exists; the operation's own reason is counted where it does not. */
export function hasForward({ operation: { derivative } }: Situation, count: Count): boolean {
  if (derivative.kind !== "general" || derivative.jvp !== undefined) return true;
  count.leaveOut(`no forward mode: ${derivative.noJvp ?? "undocumented"}`);
  return false;
}

export function weightedSum(ys: readonly Tensor[], weights: readonly Tensor[]): Tensor {
  return ys
    .map((y, k): Tensor => sum(multiply(y, weights[k] as Tensor)))
    .reduce((a, b) => add(a, b));
}

export function valuesAlong(f: Flat, xs: readonly Tensor[], ts: readonly Tensor[]) {
  return (h: number): Float64Array => joined(f(...xs.map((x, i) => moved(x, ts[i] as Tensor, h))));
}

/** The derivative by differences; throws UnsettledError where steps of different sizes do not agree on one. */
export function settled(
  at: (h: number) => Float64Array,
  step: number,
  tolerance: number,
): Float64Array {
  const { value, error } = difference(at, step, levels);
  error.forEach((spread, i) => {
    const size = Math.abs(value[i] as number);
    if (spread <= tolerance * (1 + size) || Number.isNaN(size)) return;
    throw new UnsettledError("differences", {
      expected: "steps of different sizes to agree on a derivative",
      received: `${value[i]} ± ${spread} for element ${i}`,
      fix: "name the kinks in `domain.edges`, or the interval in `cases`",
    });
  });
  return value;
}

/** Whether slopes differ to both sides of values that the operation gave: no derivative that differences could tell. */
export function isKink(
  situation: Situation,
  f: Flat,
  xs: readonly Tensor[],
  ts: readonly Tensor[],
  count: Count,
): boolean {
  if (!situation.given) return false;
  const values = valuesAlong(f, xs, ts);
  const [right, left] = slopes(values, 1e-4);
  const [closer] = slopes(values, 5e-5); // another slope closer by: a jump
  const scale = Math.max(scaleOf(right), scaleOf(left));
  const smooth = right.every(
    (slope, i) =>
      Math.abs(slope - (left[i] as number)) < 1e-3 * scale &&
      Math.abs(slope - (closer[i] as number)) < 1e-3 * scale,
  );
  if (!smooth)
    count.leaveOut("given values at a kink: the modes are compared, differences are not");
  return !smooth;
}
