import { describe, expect, it } from "vitest";
import { type OptimizerName, optimizers } from "./optimizers.js";

/** Parameters after steps with the gradients given, from (1, −2). */
function walk(name: OptimizerName, rate: number, gradients: readonly [number, number][]): number[] {
  const optimizer = optimizers[name];
  let parameters: readonly Float64Array[] = [Float64Array.of(1, -2)];
  let state = optimizer.start(parameters);
  gradients.forEach((gradient, i) => {
    const next = optimizer.step(parameters, [Float64Array.of(...gradient)], state, rate, i + 1);
    ({ parameters, state } = next);
  });
  return [...(parameters[0] as Float64Array)];
}

describe("steps of the optimisers, by hand", () => {
  it("gd goes against the gradient", () => {
    expect(walk("gd", 0.5, [[2, -4]])).toEqual([0, 0]);
  });

  it("momentum keeps nine tenths of the last step", () => {
    const [x, y] = walk("momentum", 0.1, [
      [1, 0],
      [1, 2],
    ]);
    expect(x).toBeCloseTo(1 - 0.1 * 1 - 0.1 * (0.9 + 1), 15);
    expect(y).toBeCloseTo(-2 - 0.1 * 2, 15);
  });

  it("adam's first step is the rate in every direction, however long the gradient", () => {
    const [x, y] = walk("adam", 0.1, [[1e-3, -50]]);
    expect(x).toBeCloseTo(1 - 0.1, 5);
    expect(y).toBeCloseTo(-2 + 0.1, 5);
  });

  it("adam's second step corrects both moments for their start at 0", () => {
    const [x] = walk("adam", 0.1, [
      [1, 0],
      [3, 0],
    ]);
    const first = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.9 ** 2);
    const second = (0.999 * 0.001 * 1 + 0.001 * 9) / (1 - 0.999 ** 2);
    expect(x).toBeCloseTo(1 - 0.1 - (0.1 * first) / (Math.sqrt(second) + 1e-8), 7);
  });

  it("a gradient of 0 moves nothing", () => {
    for (const name of ["gd", "momentum", "adam"] as const)
      expect(walk(name, 0.1, [[0, 0]])).toEqual([1, -2]);
  });
});
