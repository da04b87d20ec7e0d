import { type Tensor, tensor, ValueError } from "../index.js";
import { randomKey } from "./random.js";

/** Examples to learn from: a row of features and a target each. */
export interface Dataset {
  readonly features: readonly string[];
  readonly target: string;
  /** Row after row. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Examples as tensors: x of shape [rows, features], y of shape [rows]. */
export interface Examples {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Throws ValueError for no rows, no features, or arrays that do not fit together. */
export function checkDataset({ features, x, y }: Dataset): void {
  if (y.length > 0 && features.length > 0 && x.length === y.length * features.length) return;
  throw new ValueError("train", {
    expected: "at least one row, one feature, and rows × features numbers in x",
    received: `${y.length} rows, ${features.length} features, ${x.length} numbers`,
  });
}

export function examplesOf({ features, x, y }: Dataset): Examples {
  return { x: tensor(x, [y.length, features.length]), y: tensor(y, [y.length]) };
}

/** The rows chosen, in that order. */
export function takeRows(data: Dataset, rows: readonly number[]): Dataset {
  const width = data.features.length;
  const x = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    x.set(data.x.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...data, x, y: Float64Array.from(rows, (row) => data.y[row] as number) };
}

/**
 * A share of the rows set aside for testing, drawn by the seed; both parts keep the order of the rows. Throws
 * ValueError for a share outside [0, 1) or one that leaves nothing to train on.
 */
export function splitRows(
  data: Dataset,
  share: number,
  seed: number,
): { readonly train: Dataset; readonly test: Dataset | undefined } {
  if (share === 0) return { train: data, test: undefined };
  const rows = data.y.length;
  const count = Math.max(1, Math.round(share * rows));
  if (!(share > 0 && share < 1) || count >= rows) {
    throw new ValueError("train", {
      expected: "a share of test rows of at least 0 and below 1 that leaves rows to train on",
      received: `${share} of ${rows} rows`,
    });
  }
  const chosen = new Set(randomKey(seed).fold(1).permutation(rows).slice(0, count));
  const all = Array.from({ length: rows }, (_, i) => i);
  return {
    train: takeRows(
      data,
      all.filter((row) => !chosen.has(row)),
    ),
    test: takeRows(
      data,
      all.filter((row) => chosen.has(row)),
    ),
  };
}

/** x ↦ (x − mean) / scale, feature by feature. */
export interface Standardization {
  readonly means: readonly number[];
  readonly scales: readonly number[];
}

/**
 * Makes every feature of mean 0 (only if `center`: a model without a bias would change) and mean square 1.
 * Constant features keep their scale.
 */
export function standardizationOf(data: Dataset, center: boolean): Standardization {
  const width = data.features.length;
  const rows = data.y.length;
  const column = (j: number): number[] =>
    Array.from({ length: rows }, (_, i) => data.x[i * width + j] as number);
  const means = data.features.map((_, j) => (center ? mean(column(j)) : 0));
  const scales = data.features.map((_, j) => {
    const deviation = Math.sqrt(
      mean(column(j).map((value) => (value - (means[j] as number)) ** 2)),
    );
    return deviation > 0 && Number.isFinite(deviation) ? deviation : 1;
  });
  return { means, scales };
}

export function standardize(data: Dataset, { means, scales }: Standardization): Dataset {
  const width = data.features.length;
  return {
    ...data,
    x: data.x.map(
      (value, i) => (value - (means[i % width] as number)) / (scales[i % width] as number),
    ),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

/** A number that tells data sets apart (FNV-1a over the bits of all numbers). */
export function checksum({ x, y }: Dataset): string {
  let hash = 0x811c9dc5;
  const scratch = new DataView(new ArrayBuffer(8));
  const add = (value: number): void => {
    scratch.setFloat64(0, value);
    for (let i = 0; i < 8; i++) hash = Math.imul(hash ^ scratch.getUint8(i), 0x01000193) >>> 0;
  };
  x.forEach(add);
  y.forEach(add);
  return hash.toString(16).padStart(8, "0");
}
