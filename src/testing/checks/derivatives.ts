import {
  add,
  cast,
  grad,
  jvp,
  multiply,
  NotDifferentiableError,
  sum,
  type Tensor,
  tensor,
  vjp,
} from "../../index.js";
import { difference, slopes } from "../differences.js";
import { Random, seedFrom } from "../random.js";
import { activeCall, callOf, type Situation } from "../situations.js";
import {
  type Count,
  disagreement,
  execute,
  inEachSituation,
  type Subject,
  sameNumbers,
  type Tally,
  UnsettledError,
} from "../tally.js";
import { type Flat, inner, joined, like, moved, scaleOf } from "../vectors.js";
import { inDtype } from "./values.js";

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

/** Declared without a derivative: asking for one is an error that names the operation. */
export function refusesDerivative(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const { operation, inputs } = situation;
    if (operation.derivative.kind !== "none") {
      count.leaveOut("differentiable");
      return;
    }
    const floats = inputs.flatMap((x, at) => (x.dtype === "f64" ? [at] : []));
    const [at] = floats;
    if (at === undefined) {
      count.leaveOut("no float inputs");
      return;
    }
    const loss = (x: Tensor): Tensor => {
      const ys = callOf(situation)(...inputs.map((other, i) => (i === at ? x : other)));
      return sum(cast(ys[0] as Tensor, "f64"));
    };
    try {
      grad(loss)(inputs[at] as Tensor);
    } catch (error) {
      if (!(error instanceof NotDifferentiableError)) throw error;
      if (!error.message.includes(operation.name))
        throw disagreement("the error", `one that names ${operation.name}`, error.message);
      count.pass();
      return;
    }
    throw disagreement("the gradient of its result", "NotDifferentiableError", "a gradient");
  });
}

/** Forward mode against differences along a direction; in f32 against f64. */
export function pushesForward(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined || !hasForward(situation, count)) return;
    const { f, xs, ys, ts, tolerance } = along;
    const tangents = execute(subject, forwardOf(f), [...xs, ...ts]);
    sameTypes("tangent", tangents, ys);
    if (isKink(situation, f, xs, ts, count)) return;
    const values = valuesAlong(f, xs, ts);
    const scale = scaleOf(values(0));
    const value = settled(values, situation.step, tolerance * scale);
    sameNumbers(
      "jvp",
      joined(tangents),
      value,
      (i) => tolerance * (scale + Math.abs(value[i] as number)),
    );
    count.pass();
    inSinglePrecision(
      situation,
      ts,
      (single, directions) => {
        const g = activeCall(single);
        return forwardOf(g)(...activeOf(single), ...directions);
      },
      true,
      count,
    );
  });
}

/** Reverse mode against differences along every coordinate (of large inputs: along some, and a direction). */
export function pullsBack(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined) return;
    const { f, xs, vs, tolerance } = along;
    const cotangents = execute(subject, reverseOf(f, xs.length), [...xs, ...vs]);
    sameTypes("cotangent", cotangents, xs);
    const weighted: Flat = (...at) => [tensor(inner(vs, f(...at)))];
    const scale = scaleOf(joined(f(...xs))) * Math.max(1, joined(vs).length ** 0.5);
    xs.forEach((x, k) => {
      const zeros = xs.map((other) => like(other, new Float64Array(other.size)));
      for (const direction of probes(x, along.ts[k] as Tensor)) {
        const ts = zeros.map((t, j) => (j === k ? direction : t));
        if (isKink(situation, weighted, xs, ts, count)) continue;
        const value = settled(valuesAlong(weighted, xs, ts), situation.step, tolerance * scale);
        const actual = inner([cotangents[k] as Tensor], [direction]);
        sameNumbers(
          `vjp by input ${situation.active[k]}`,
          [actual],
          value,
          tolerance * (scale + Math.abs(value[0] as number)),
        );
      }
    });
    count.pass();
    inSinglePrecision(
      situation,
      vs,
      (single, directions) => {
        const g = activeCall(single);
        const at = activeOf(single);
        return reverseOf(g, at.length)(...at, ...directions);
      },
      false,
      count,
    );
  });
}

/** ⟨v, J t⟩ = ⟨Jᵀ v, t⟩, kinks included. */
export function modesAgree(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined || !hasForward(situation, count)) return;
    const { f, xs, ts, vs } = along;
    const tangents = execute(subject, forwardOf(f), [...xs, ...ts]);
    const cotangents = execute(subject, reverseOf(f, xs.length), [...xs, ...vs]);
    const sizes = magnitude(vs, tangents) + magnitude(cotangents, ts);
    const precise = along.tolerance < 1e-3;
    const allowed = (precise ? 1e-12 : 1e-5) * Math.max(1, sizes);
    sameNumbers("⟨Jᵀ v, t⟩", [inner(cotangents, ts)], [inner(vs, tangents)], allowed);
    count.pass();
  });
}

/** The four nestings of the modes give one second derivative, that of differences of the gradient. */
export function secondOrder(subject: Subject): Tally {
  return inEachSituation(subject, (situation, count) => {
    const along = directed(subject, situation, count);
    if (along === undefined) return;
    const { f, xs, ts, vs, tolerance } = along;
    const random = new Random(seedFrom(subject.seed, `${situation.label} second`));
    const us = xs.map((x) => like(x, random.direction(x.size)));
    const loss = (...at: Tensor[]): Tensor => weightedSum(f(...at), vs);
    const gradient: Flat = (...at) => grad(loss, { argnums: at.map((_, i) => i) })(...at);
    const slope = (...at: Tensor[]): Tensor => weightedSum(gradient(...at), us);
    const forward = hasForward(situation, count);
    const ways: [string, Flat][] = [
      [
        "rev over rev",
        (...at) => [weightedSum(grad(slope, { argnums: at.map((_, i) => i) })(...at), ts)],
      ],
    ];
    if (forward) {
      const tangent = (...at: Tensor[]): Tensor => jvp(loss, at, us)[1] as Tensor;
      ways.push(
        ["fwd over rev", (...at) => [weightedSum(jvp(gradient, at, ts)[1], us)]],
        ["fwd over fwd", (...at) => [jvp(tangent, at, ts)[1] as Tensor]],
        [
          "rev over fwd",
          (...at) => [weightedSum(grad(tangent, { argnums: at.map((_, i) => i) })(...at), ts)],
        ],
      );
    }
    const values = ways.map(([, way]) => execute(subject, way, xs)[0]?.data[0] as number);
    const gradients = joined(gradient(...xs));
    const scale = scaleOf(gradients) * Math.max(1, gradients.length ** 0.5);
    const precise = tolerance < 1e-3;
    values.forEach((value, k) => {
      const [name] = ways[k] as [string, Flat];
      sameNumbers(
        `${name} beside rev over rev`,
        [value],
        [values[0] as number],
        (precise ? 1e-10 : 1e-4) * (scale + Math.abs(value)),
      );
    });
    const sloped: Flat = (...at) => [slope(...at)];
    if (isKink(situation, sloped, xs, ts, count)) return;
    const value = settled(valuesAlong(sloped, xs, ts), situation.step, tolerance * scale);
    sameNumbers(
      "second derivative",
      [values[0] as number],
      value,
      tolerance * (scale + Math.abs(value[0] as number)),
    );
    count.pass();
  });
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

function valuesAlong(f: Flat, xs: readonly Tensor[], ts: readonly Tensor[]) {
  return (h: number): Float64Array => joined(f(...xs.map((x, i) => moved(x, ts[i] as Tensor, h))));
}

/** The derivative by differences; throws UnsettledError where steps of different sizes do not agree on one. */
function settled(at: (h: number) => Float64Array, step: number, tolerance: number): Float64Array {
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
function isKink(
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

function probes(x: Tensor, direction: Tensor): Tensor[] {
  const unit = (i: number): Tensor =>
    like(
      x,
      Float64Array.from({ length: x.size }, (_, j) => Number(i === j)),
    );
  if (x.size <= 24) return Array.from({ length: x.size }, (_, i) => unit(i));
  return [direction, ...[0, 0.3, 0.7, 1].map((part) => unit(Math.floor(part * (x.size - 1))))];
}

function sameTypes(what: string, actual: readonly Tensor[], expected: readonly Tensor[]): void {
  expected.forEach((x, k) => {
    const y = actual[k] as Tensor;
    if (`${y.shape}` !== `${x.shape}` || y.dtype !== x.dtype)
      throw disagreement(`${what} ${k}`, `${x.dtype}[${x.shape}]`, `${y.dtype}[${y.shape}]`);
  });
}

function magnitude(a: readonly Tensor[], b: readonly Tensor[]): number {
  const sizes = (xs: readonly Tensor[]) =>
    xs.map((x) => tensor(Array.from(x.data, Math.abs), x.shape) as Tensor);
  return inner(sizes(a), sizes(b));
}

function activeOf({ inputs, active }: Situation): Tensor[] {
  return active.map((at) => inputs[at] as Tensor);
}

/** A derivative in f32 beside that in f64, both at inputs rounded to f32, where the operation takes f32. */
function inSinglePrecision(
  situation: Situation,
  directions: readonly Tensor[],
  derivative: (situation: Situation, directions: readonly Tensor[]) => Tensor[],
  forward: boolean,
  count: Count,
): void {
  const inputs = inDtype(situation, "f32");
  const all = [...situation.inputs];
  if (inputs === undefined || all.some((x) => x.dtype === "f32")) return;
  const single = { ...situation, inputs };
  const double = { ...situation, inputs: inputs.map((x, i) => like(all[i] as Tensor, x.data)) };
  const fitting = (at: Situation): Tensor[] => {
    const targets = forward ? activeOf(at) : activeCall(at)(...activeOf(at));
    return targets.map((x, i) => like(x, (directions[i] as Tensor).data.map(Math.fround)));
  };
  const what = forward ? "jvp in f32" : "vjp in f32";
  sameSingle(what, derivative(single, fitting(single)), derivative(double, fitting(double)));
  count.pass();
}

function sameSingle(what: string, narrow: readonly Tensor[], wide: readonly Tensor[]): void {
  const expected = joined(wide);
  const scale = scaleOf(expected);
  sameNumbers(
    what,
    joined(narrow),
    expected,
    (i) => 2e-5 * scale + 2e-5 * Math.abs(expected[i] as number),
  );
}
