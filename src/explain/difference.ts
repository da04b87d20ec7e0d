import { Body } from "../core/body.js";
import { isFloat } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { runBody } from "../core/run-body.js";
import type { ArrayValue } from "../core/type.js";
import { dataOf } from "./data.js";
import type { DifferenceCheck, Undecided } from "./explanation.js";

/** Elements of one input that are compared; further ones are left out. */
const compared = 64;

/**
 * Central differences of the scalar output by the first nodes, one per name, with all other values kept: of inputs, or
 * of a node before them, which is then moved by itself. Richardson-extrapolated from two steps (error O(h⁴)),
 * beside the derivatives. Where one step disagrees smaller ones are tried: a kink or the end of the domain may be
 * near. Kinks, jumps and values too large for differences are told apart from derivatives that are wrong.
 */
export function checkByDifferences(
  nodes: readonly Node[],
  output: Tensor,
  inputs: readonly ArrayValue[],
  names: readonly string[],
  gradients: readonly ArrayValue[],
): DifferenceCheck[] {
  const body = new Body(nodes, [output]);
  const at = (which: number, element: number, value: number): number => {
    const moved = inputs.map((input, i) => {
      if (i !== which) return input;
      const data = input.data.slice();
      data[element] = value;
      return { ...input, data };
    });
    return (runBody(body, moved)[0] as ArrayValue).data[0] as number;
  };
  return inputs.slice(0, names.length).flatMap((input, which): DifferenceCheck[] => {
    if (!isFloat(input.dtype)) return [];
    const gradient = gradients[which] as ArrayValue;
    const count = Math.min(input.data.length, compared);
    const verdicts = Array.from({ length: count }, (_, element) =>
      judge(
        (x) => at(which, element, x),
        input.data[element] as number,
        gradient.data[element] as number,
        input.dtype === "f32",
      ),
    );
    const differences = verdicts.map(({ difference }) => difference);
    const shape = { shape: input.shape, dtype: "f64" as const };
    return [
      {
        input: names[which] as string,
        derivative: dataOf(gradient),
        difference:
          count < input.data.length
            ? differences
            : dataOf({ ...shape, data: Float64Array.from(differences) }),
        error: Math.max(0, ...verdicts.map(({ error }) => error)),
        ...summary(verdicts, input.shape.length === 0),
      },
    ];
  });
}

interface Verdict {
  readonly difference: number;
  readonly error: number;
  readonly outcome: "agrees" | "differs" | Undecided;
  readonly sides?: readonly [number, number];
}

function summary(
  verdicts: readonly Verdict[],
  scalar: boolean,
): Pick<DifferenceCheck, "agrees" | "why" | "sides"> {
  if (verdicts.some(({ outcome }) => outcome === "differs")) return { agrees: false };
  for (const why of ["not finite", "jump", "kink", "rounding"] as const) {
    const verdict = verdicts.find(({ outcome }) => outcome === why);
    if (verdict === undefined) continue;
    const { sides } = verdict;
    return { agrees: null, why, ...(scalar && sides !== undefined ? { sides } : {}) };
  }
  return { agrees: true };
}

/** Share of a derivative that rounding may hide before a difference says nothing. */
const hidden = 0.01;

/** Compares the derivative of `f` at `x` with differences. */
function judge(f: (x: number) => number, x: number, exact: number, single: boolean): Verdict {
  const precision = single ? 2 ** -23 : 2 ** -52;
  const tolerance = (single ? 1e-2 : 1e-6) * Math.max(1, Math.abs(exact));
  const root = precision ** (1 / 5);
  const wide = root * Math.max(1, Math.abs(x));
  const close = root * Math.abs(x);
  const steps = [wide, wide / 32, ...(single ? [] : [wide / 1024, wide / 32768])];
  if (close > 0 && close < wide / 32) steps.push(close, close / 32);
  const here = f(x);
  const noise = (size: number, step: number): number => (8 * precision * size) / step;
  const relative = (difference: number): number =>
    difference === exact ? 0 : Math.abs(difference - exact) / Math.max(1, Math.abs(exact));

  if (!Number.isFinite(here))
    return { difference: Number.NaN, error: Number.NaN, outcome: "not finite" };
  const found: Verdict[] = [];
  for (const step of steps) {
    const { slope: outer, size } = central(f, x, step, single);
    const difference = (4 * central(f, x, step / 2, single).slope - outer) / 3;
    const verdict = { difference, error: relative(difference) };
    const distance = Math.abs(difference - exact);
    const lost = noise(size, step);
    if (!Number.isFinite(distance)) found.push({ ...verdict, outcome: "not finite" });
    else if (distance <= tolerance) found.push({ ...verdict, outcome: "agrees" });
    else if (distance <= lost || lost > hidden * Math.max(1, Math.abs(exact)))
      found.push({ ...verdict, outcome: "rounding" });
    else found.push({ ...verdict, outcome: "differs" });
    const { outcome } = found.at(-1) as Verdict;
    if (outcome === "agrees" || outcome === "rounding") break;
  }
  const last = found.at(-1) as Verdict;
  const decided = ["agrees", "rounding"].includes(last.outcome);
  const chosen = decided ? last : (found.find(({ outcome }) => outcome === "differs") ?? last);
  if (!Number.isFinite(exact)) return { ...chosen, outcome: "not finite" };

  // a kink's slopes stay apart as the step shrinks, a jump's grow, those of a smooth function meet
  const sides = (step: number): readonly [number, number] => [
    (here - f(x - step)) / step,
    (f(x + step) - here) / step,
  ];
  const near = wide / 64;
  const [[left, right], [l, r]] = [sides(near), sides(near / 2)];
  const gap = Math.abs(right - left);
  const least = tolerance + noise(Math.abs(here), near / 2);
  if (
    chosen.outcome !== "agrees" &&
    Math.abs(l) + Math.abs(r) > 1.5 * (Math.abs(left) + Math.abs(right)) + least
  )
    return { ...chosen, outcome: "jump" };
  const between = exact >= Math.min(l, r) - least && exact <= Math.max(l, r) + least;
  if (between && Math.abs(r - l) > least && Math.abs(r - l) > 0.95 * gap)
    return { ...chosen, outcome: "kink", sides: [l, r] };
  return chosen;
}

/** The slope between x − step and x + step, as far apart as the dtype has them, and the size of the values there. */
function central(
  f: (x: number) => number,
  x: number,
  step: number,
  single: boolean,
): { slope: number; size: number } {
  const round = (value: number): number => (single ? Math.fround(value) : value);
  const [up, down] = [round(x + step), round(x - step)];
  const [above, below] = [f(up), f(down)];
  return { slope: (above - below) / (up - down), size: Math.max(Math.abs(above), Math.abs(below)) };
}
