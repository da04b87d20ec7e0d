import { times } from "./random.mjs";

/** @type {import("./types.js").Check} */
export default {
  functions: () => ({ primal: "cost", derivative: "dir" }),
  sizes: {
    small: [
      { k: 3, n: 40, d: 2 },
      { k: 10, n: 100, d: 8 },
    ],
    default: [10, 100, 1000]
      .flatMap((k) => [1000, 10000].flatMap((n) => [8, 16].map((d) => ({ k, n, d }))))
      .sort((a, b) => a.k * a.n * a.d - b.k * b.n * b.d),
    full: [{ k: 1000, n: 100000, d: 16 }],
  },
  input({ k, n, d }, { uniform }) {
    const points = times(n, () => times(d, uniform));
    return { points, centroids: points.slice(-k) };
  },
  /** The direction is from the mean of a centroid's points to the centroid. */
  compare({ points, centroids }, cost, direction) {
    const [d, k] = [points[0].length, centroids.length];
    const sums = times(k, () => times(d, () => 0));
    const counts = times(k, () => 0);
    let total = 0;
    for (const point of points) {
      let nearest = 0;
      let least = Infinity;
      for (let j = 0; j < k; j++) {
        let squared = 0;
        for (let a = 0; a < d; a++) squared += (point[a] - centroids[j][a]) ** 2;
        if (squared < least) [nearest, least] = [j, squared];
      }
      total += least;
      counts[nearest]++;
      for (let a = 0; a < d; a++) sums[nearest][a] += point[a];
    }
    const want = centroids.map((row, j) => row.map((c, a) => c - sums[j][a] / counts[j]));
    return [
      { what: "cost", got: [cost], want: [total], bound: 1e-12 },
      { what: "direction", got: direction.flat(), want: want.flat(), bound: 1e-12 },
    ];
  },
};
