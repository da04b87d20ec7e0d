import type { LossName } from "./losses.js";

/** How well predictions fit: the share of right classes, or of the variance explained. */
export interface Quality {
  /** Predictions on the right side of ½ (cross-entropy with targets 0 and 1). */
  readonly accuracy?: number;
  /** R² = 1 − Σ(y − μ)² / Σ(y − ȳ)²; undefined where all targets are alike. */
  readonly r2?: number;
}

export function qualityOf(loss: LossName, y: Float64Array, mu: Float64Array): Quality {
  if (loss === "cross-entropy" && y.every((value) => value === 0 || value === 1)) {
    const right = y.filter((value, i) => (mu[i] as number) >= 0.5 === (value === 1)).length;
    return { accuracy: right / y.length };
  }
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const total = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const rest = y.reduce((sum, value, i) => sum + (value - (mu[i] as number)) ** 2, 0);
  return total > 0 ? { r2: 1 - rest / total } : {};
}
