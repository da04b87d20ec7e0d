import { describe, expect, test } from "vitest";

interface Running {
  run(): void | Promise<void>;
  results(): readonly ArrayLike<number>[];
}

type Parameters = Readonly<Record<string, number | string>>;
type Entries = Record<string, (inputs: unknown, parameters: Parameters) => Running>;

// by a variable, so that the benchmarks keep type rules of their own
const bench = "../../bench";
const load = (path: string) => import(/* @vite-ignore */ `${bench}/${path}`);
const { difference } = await load("harness/compare.mjs");

/** Families at sizes that take no time. */
const workloads: readonly [family: string, parameters: Parameters][] = [
  ["lecture", {}],
  ["rosenbrock", { n: 100 }],
  ["elementwise", { n: 1003 }],
  ["glm", { rows: 201, columns: 10 }],
  ["gemm", { n: 37 }],
  ["mlp", { optimizer: "sgd" }],
  ["mlp", { optimizer: "adam" }],
];

async function runsOf(family: string, kind: string, inputs: unknown, parameters: Parameters) {
  const { entries }: { entries: Entries } = await load(`workloads/${family}/${kind}.mjs`);
  return Object.entries(entries).map(([label, setup]) => ({
    label,
    running: setup(inputs, parameters),
  }));
}

describe("every benchmark gives the numbers of the same formula by hand", () => {
  test.each(workloads)("%s %j", async (family, parameters) => {
    const workload = (await load(`workloads/${family}/workload.mjs`)).workload(parameters);
    const inputs = workload.inputs();
    const results = async ({ running }: { running: Running }) => {
      for (let i = 0; i < (workload.steps ?? 1); i++) await running.run();
      return running.results().map((array) => Float64Array.from(array));
    };
    const [first] = await runsOf(family, "js", inputs, parameters);
    const byHand = await results(first as { running: Running });
    for (const own of await runsOf(family, "cotangent", inputs, parameters))
      expect(
        difference(workload, inputs, workload.dtype, await results(own), byHand),
        own.label,
      ).toBe(undefined);
  });

  test("a wrong element, a missing one and NaN are other numbers", () => {
    const workload = { outputs: [{ name: "y" }, { name: "p", from: "p" }] };
    const inputs = { p: { shape: [2], data: Float64Array.of(100, 100) } };
    const right = [Float64Array.of(1, 2), Float64Array.of(101, 100)];
    const check = (y: number[], p: number[]) => difference(workload, inputs, "f32", [y, p], right);
    expect(check([1, 2], [101, 100])).toBe(undefined);
    expect(check([1, 2.001], [101, 100])).toMatch(/^y: relative error/);
    expect(check([1, 2], [101.01, 100])).toMatch(/^p: relative error/);
    expect(check([1], [101, 100])).toBe("y has 1 elements, not 2");
    expect(check([1, Number.NaN], [101, 100])).toBe("y: relative error NaN");
  });
});
