import type { Tensor } from "../index.js";
import type { Dataset, Standardization } from "./data.js";
import { leastSquares } from "./least-squares.js";
import type { Model, Parameters } from "./model.js";

/** θ and b of p = θx + b in the units of the data. */
export interface Coefficients {
  readonly theta: readonly number[];
  readonly bias?: number;
}

/** Of a θ-model's parameters, the scaling of its features undone; undefined for other models. */
export function coefficientsOf(
  model: Model,
  parameters: Parameters,
  standardization: Standardization | undefined,
): Coefficients | undefined {
  if (model.description.kind !== "theta") return undefined;
  const { means = [], scales = [] } = standardization ?? {};
  const theta = Array.from(
    (parameters.theta as Tensor).data,
    (value, j) => value / (scales[j] ?? 1),
  );
  if (parameters.bias === undefined) return { theta };
  const shift = theta.reduce((sum, value, j) => sum + value * (means[j] ?? 0), 0);
  return { theta, bias: Number(parameters.bias.item()) - shift };
}

/**
 * The least-squares answer for p = θx + b (identity link), without iterating: what descent must reach. Undefined
 * where the features depend on each other, so that there is no single answer.
 */
export function leastSquaresOf(data: Dataset, bias: boolean): Coefficients | undefined {
  const width = data.features.length;
  if (!bias) {
    const theta = leastSquares(data.x, data.y, width);
    return theta === undefined ? undefined : { theta: Array.from(theta) };
  }
  const rows = new Float64Array(data.y.length * (width + 1));
  for (let i = 0; i < data.y.length; i++) {
    rows.set(data.x.subarray(i * width, (i + 1) * width), i * (width + 1));
    rows[i * (width + 1) + width] = 1;
  }
  const solution = leastSquares(rows, data.y, width + 1);
  if (solution === undefined) return undefined;
  return { theta: Array.from(solution.subarray(0, width)), bias: solution[width] as number };
}
