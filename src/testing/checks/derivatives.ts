import { cast, grad, NotDifferentiableError, sum, type Tensor, tensor } from "../../index.js";
import { activeCall, callOf, type Situation } from "../situations.js";
import {
  type Count,
  disagreement,
  execute,
  inEachSituation,
  type Subject,
  sameNumbers,
  type Tally,
} from "../tally.js";
import { type Flat, inner, joined, like, scaleOf } from "../vectors.js";
import {
  directed,
  forwardOf,
  hasForward,
  isKink,
  reverseOf,
  settled,
  valuesAlong,
} from "./along.js";
import { inDtype } from "./values.js";

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

function probes(x: Tensor, direction: Tensor): Tensor[] {
  const unit = (i: number): Tensor =>
    like(
      x,
      Float64Array.from({ length: x.size }, (_, j) => Number(i === j)),
    );
  if (x.size <= 24) return Array.from({ length: x.size }, (_, i) => unit(i));
  return [direction, ...[0, 0.3, 0.7, 1].map((part) => unit(Math.floor(part * (x.size - 1))))];
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
