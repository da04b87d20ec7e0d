import type { Dataset } from "./data.js";
import { links } from "./links.js";
import type { Model } from "./model.js";
import { beta, type OptimizerName } from "./optimizers.js";

/** Learning rates where the data give no bound. */
const fixed: Readonly<Record<OptimizerName, number>> = { gd: 0.1, momentum: 0.02, adam: 0.05 };

/**
 * A learning rate that goes down for certain where that is known: 1/Λ, Λ the Lipschitz constant of the θ-model's
 * gradient. With batches of b of n rows Λ lies between that of all rows and that of the worst row
 * (Gower et al. 2019): ((b − 1) n Λₐₗₗ + (n − b) Λₘₐₓ) / ((n − 1) b), and the rate is 1/(2Λ).
 */
export function rateFor(
  model: Model,
  data: Dataset,
  optimizer: OptimizerName,
  batch: number | undefined,
): number {
  const { description, loss } = model;
  if (optimizer === "adam" || description.kind !== "theta") return fixed[optimizer];
  const rows = data.y.length;
  const largest = data.y.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  const curvature = loss.curvature(links[description.link], largest);
  const { all, worst } = spectrum(data, description.bias);
  const size = Math.min(batch ?? rows, rows);
  const bound =
    rows === 1 ? all : ((size - 1) * rows * all + (rows - size) * worst) / ((rows - 1) * size);
  // batches disagree, so half of it; momentum makes steps 1/(1 − β) times as long where gradients agree, and does not
  // make up for that with batches, or where the second derivative has a bound nearby only
  const batches = size < rows;
  const longer = optimizer === "momentum" && (batches || description.link === "exp");
  const rate = ((batches ? 0.5 : 1) * (longer ? 1 - beta : 1)) / (curvature * bound);
  return Number.isFinite(rate) && rate > 0 ? rate : fixed[optimizer];
}

/** The largest eigenvalue of XᵀX / N by power iteration, and the largest |x|²; a bias is a column of ones. */
function spectrum(data: Dataset, bias: boolean): { readonly all: number; readonly worst: number } {
  const width = data.features.length;
  const rows = data.y.length;
  const extra = bias ? 1 : 0;
  let vector = Float64Array.from({ length: width + extra }, (_, j) => 1 + j / (width + 1));
  let all = 0;
  let worst = 0;
  for (let i = 0; i < rows; i++) {
    let square = extra;
    for (let j = 0; j < width; j++) square += (data.x[i * width + j] as number) ** 2;
    worst = Math.max(worst, square);
  }
  for (let iteration = 0; iteration < 100; iteration++) {
    const next = new Float64Array(vector.length);
    for (let i = 0; i < rows; i++) {
      let dot = bias ? (vector[width] as number) : 0;
      for (let j = 0; j < width; j++)
        dot += (data.x[i * width + j] as number) * (vector[j] as number);
      for (let j = 0; j < width; j++)
        next[j] = (next[j] as number) + (dot * (data.x[i * width + j] as number)) / rows;
      if (bias) next[width] = (next[width] as number) + dot / rows;
    }
    const norm = Math.hypot(...next);
    const before = Math.hypot(...vector);
    if (norm === 0) break;
    const estimate = norm / before;
    vector = next.map((value) => value / norm);
    if (Math.abs(estimate - all) <= 1e-6 * estimate) {
      all = estimate;
      break;
    }
    all = estimate;
  }
  // power iteration comes from below
  return { all: Math.min(worst, all * 1.001), worst };
}
