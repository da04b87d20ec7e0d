import { Body } from "../core/body.js";
import { isFloat } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { runBody } from "../core/run-body.js";
import type { ArrayValue } from "../core/type.js";
import { dataOf } from "./data.js";
import type { DifferenceCheck } from "./explanation.js";
import { judge, type Verdict } from "./judge.js";

/** Elements of one input that are compared; further ones are left out. */
const compared = 64;

/**
 * Central differences of the scalar output by the first nodes, one per name, with all other values kept: of inputs, or
 * of a node before them, which is then moved by itself. Richardson-extrapolated from two steps (error O(h⁴)),
 * beside the derivatives.
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

function summary(
  verdicts: readonly Verdict[],
  scalar: boolean,
): Pick<DifferenceCheck, "agrees" | "why" | "sides"> {
  if (verdicts.some(({ outcome }) => outcome === "differs")) return { agrees: false };
  for (const why of ["not finite", "jump", "edge", "kink", "fast", "small", "rounding"] as const) {
    const verdict = verdicts.find(({ outcome }) => outcome === why);
    if (verdict === undefined) continue;
    const { sides } = verdict;
    return { agrees: null, why, ...(scalar && sides !== undefined ? { sides } : {}) };
  }
  return { agrees: true };
}
