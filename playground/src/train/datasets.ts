import { type Dataset, randomKey } from "../../../src/train/index.js";

export const datasetNames = ["line", "logistic", "sine", "xor", "moons", "spiral"] as const;

/** Data sets the page makes itself. */
export type DatasetName = (typeof datasetNames)[number];

/** Whether its targets are classes, 0 or 1, not numbers. */
export function hasClasses(name: DatasetName): boolean {
  return name !== "line" && name !== "sine";
}

/** Examples drawn by the seed: the same on every machine. */
export function makeDataset(name: DatasetName, rows: number, noise: number, seed: number): Dataset {
  const key = randomKey(seed).fold(3);
  const u = key.fold(0).uniform(2 * rows);
  const z = key.fold(1).normal(2 * rows);
  const draw: Draw = (i) => ({
    share: Math.floor(i / 2) / Math.max(1, Math.ceil(rows / 2) - 1),
    side: i % 2,
    u: u[2 * i] as number,
    v: u[2 * i + 1] as number,
    noise: [noise * (z[2 * i] as number), noise * (z[2 * i + 1] as number)],
  });
  const one = name === "line" || name === "logistic" || name === "sine";
  const made = Array.from({ length: rows }, (_, i) => rules[name](draw(i)));
  return {
    features: one ? ["x"] : ["x1", "x2"],
    target: "y",
    x: Float64Array.from(made.flatMap(([x]) => x)),
    y: Float64Array.from(made, ([, y]) => y),
  };
}

interface Drawn {
  /** From 0 to 1 along an arm, for each side alike. */
  readonly share: number;
  readonly side: number;
  readonly u: number;
  readonly v: number;
  readonly noise: readonly [number, number];
}

type Draw = (i: number) => Drawn;
type Rule = (drawn: Drawn) => readonly [x: readonly number[], y: number];

const rules: Readonly<Record<DatasetName, Rule>> = {
  line: ({ u, noise }) => {
    const x = 4 * u - 2;
    return [[x], 1.5 * x + noise[0]];
  },
  // yes with the probability σ(2x − 1), less certain with more noise
  logistic: ({ u, v, noise }) => {
    const x = 8 * u - 4;
    return [[x], v < 1 / (1 + Math.exp(1 - 2 * x - 4 * noise[0])) ? 1 : 0];
  },
  sine: ({ u, noise }) => {
    const x = 2 * Math.PI * (u - 0.5);
    return [[x], Math.sin(2 * x) + noise[0]];
  },
  xor: ({ u, v, noise }) => {
    const [a, b] = [2 * u - 1, 2 * v - 1];
    return [[apart(a) + noise[0], apart(b) + noise[1]], a * b > 0 ? 0 : 1];
  },
  moons: ({ share, side, noise }) => {
    const angle = Math.PI * share;
    const [x, y] =
      side === 0
        ? [Math.cos(angle), Math.sin(angle)]
        : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return [[x + noise[0], y + noise[1]], side];
  },
  spiral: ({ share, side, noise }) => {
    const radius = 0.15 + 0.85 * share;
    const angle = 2.75 * Math.PI * share + Math.PI * side;
    return [[radius * Math.sin(angle) + noise[0], radius * Math.cos(angle) + noise[1]], side];
  },
};

/** Away from 0, so that the quadrants can be told apart. */
function apart(x: number): number {
  return x + 0.15 * Math.sign(x);
}
