import { Body } from "../core/body.js";
import { isFloat } from "../core/dtype.js";
import { interpreter } from "../core/evaluate.js";
import type { Tensor } from "../core/node.js";
import type { ArrayValue } from "../core/type.js";
import type { Graph } from "../graph/graph.js";
import type { DifferenceCheck } from "./explanation.js";
import { dataOf } from "./measure.js";

/** Elements of one input that are compared; further ones are left out. */
const compared = 64;

/**
 * Central differences of the scalar output by each input, Richardson-extrapolated from two steps (error O(h⁴)),
 * beside the derivatives.
 */
export function checkByDifferences(
  graph: Graph,
  output: Tensor,
  inputs: readonly ArrayValue[],
  names: readonly string[],
  gradients: readonly ArrayValue[],
): DifferenceCheck[] {
  const body = new Body(graph.inputs, [output]);
  const at = (which: number, element: number, value: number): number => {
    const moved = inputs.map((input, i) => {
      if (i !== which) return input;
      const data = input.data.slice();
      data[element] = value;
      return { ...input, data };
    });
    return (interpreter.evaluate(body, moved)[0] as ArrayValue).data[0] as number;
  };
  return inputs.flatMap((input, which): DifferenceCheck[] => {
    if (!isFloat(input.dtype)) return [];
    const gradient = gradients[which] as ArrayValue;
    const precision = input.dtype === "f64" ? 2 ** -52 : 2 ** -23;
    const count = Math.min(input.data.length, compared);
    const differences = Array.from({ length: count }, (_, element) => {
      const x = input.data[element] as number;
      const h = precision ** (1 / 5) * Math.max(1, Math.abs(x));
      const slope = (step: number): number => {
        const [above, below] = [Math.fround(x + step), Math.fround(x - step)];
        const [up, down] = input.dtype === "f32" ? [above, below] : [x + step, x - step];
        return (at(which, element, up) - at(which, element, down)) / (up - down);
      };
      return (4 * slope(h / 2) - slope(h)) / 3;
    });
    const error = Math.max(
      0,
      ...differences.map((difference, i) => {
        const exact = gradient.data[i] as number;
        return difference === exact
          ? 0
          : Math.abs(difference - exact) / Math.max(1, Math.abs(exact));
      }),
    );
    const tolerance = precision === 2 ** -52 ? 1e-6 : 1e-2;
    return [
      {
        input: names[which] as string,
        derivative: dataOf(gradient),
        difference:
          count < input.data.length
            ? differences
            : dataOf({ shape: input.shape, dtype: "f64", data: Float64Array.from(differences) }),
        error,
        agrees:
          Number.isNaN(error) || error === Number.POSITIVE_INFINITY ? null : error <= tolerance,
      },
    ];
  });
}
