import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

// by a variable, so that the benchmarks keep type rules of their own
const bench = "../../bench/gradbench";
const load = (path: string) => import(/* @vite-ignore */ `${bench}/${path}`);
const { checks } = await load("checks/index.mjs");
const { runWorkload, describe: describeSize } = await load("workload.mjs");
const { lines } = await load("lines.mjs");
const { pieces } = await load("pieces.mjs");
const { answerToLine } = await load("answer.mjs");
const answerTo = (message: object) => answerToLine(JSON.stringify(message));
const { hasCompiler, timeInC } = await load("calibrate.mjs");

type Size = Record<string, number | string>;
const all: [string, Size][] = [];
for (const name of Object.keys(checks))
  for (const size of (await checks[name]()).default.sizes.small) all.push([name, size]);

describe("every eval gives the numbers of an independent formula", () => {
  test.each(all.map(([name, size]) => [name, describeSize(size), size]))(
    "%s %s",
    async (name, _, size) => {
      const { failures } = await runWorkload(name, size, 0);
      expect(failures).toEqual([]);
    },
  );

  test("a wrong number is told", async () => {
    const { failureOf } = await load("failure.mjs");
    const compare = (got: number[], want: number[]) =>
      failureOf({ what: "y", got, want, bound: 1e-9 });
    expect(compare([1, 2e9], [1, 2e9 + 1])).toBe(undefined);
    expect(compare([1, 2], [1, 2.001])).toBe("y[1]: 2, not 2.001");
    expect(compare([Number.NaN], [0])).toBe("y[0]: NaN, not 0");
    expect(compare([1], [1, 2])).toBe("y: 1 numbers, not 2");
  });
});

describe("beside others", () => {
  test("targets are scaled by the eval's own C, or by the median of the others", async () => {
    const { comparedWithTargets } = await load("targets.mjs");
    const row = (name: string, size: Size, c?: number) => ({ eval: name, size, c });
    const rows = [
      row("lse", { n: 640000 }, 2 * 5.8e6),
      row("gmm", { d: 10, k: 25, n: 1000 }, 3 * 2.1e6),
      row("llsq", { n: 4096, m: 128 }, 5 * 0.48e6),
      row("ode", { n: 10000, s: 100 }),
      row("ode", { n: 10000, s: 10 }),
    ];
    const compared = comparedWithTargets(rows) as { scaled: number; isOwn: boolean }[];
    expect(compared.map(({ scaled, isOwn }) => [Math.round(scaled), isOwn])).toEqual([
      [9_600_000, true],
      [13_200_000, true],
      [5_000_000, true],
      [99_000_000, false],
    ]);
    expect(comparedWithTargets(rows.slice(3))).toEqual([]);
  });

  const inC = all.filter(([name]) => ["llsq", "lse", "gmm"].includes(name));
  test.skipIf(!hasCompiler()).each(inC.map(([name, size]) => [name, describeSize(size), size]))(
    "%s %s in C gives the same number",
    async (name, _, size) => {
      const { distributions } = await load("checks/random.mjs");
      const input = (await checks[name]()).default.input(size, distributions(1));
      const { evals } = await load("evals/index.mjs");
      const functions = (await evals[name]()).default;
      const prepared = (functions.primal ?? functions.objective)(input);
      prepared.run();
      expect(timeInC(name, input, prepared.output(), 0)).toBeGreaterThan(0);
      expect(() => timeInC(name, input, prepared.output() + 1, 0)).toThrow(`${name} in C[0]`);
    },
  );

  test("results are told apart by three numbers", async () => {
    const { agree, fingerprintOf } = await load("fingerprint.mjs");
    const tree = { a: [1, 2], b: [[Float64Array.of(3)], 4] };
    expect(agree(fingerprintOf(tree), fingerprintOf([1, 2, 3, 4 + 1e-12]))).toBe(true);
    for (const other of [
      [1, 2, 3],
      [2, 1, 3, 4],
      [1, 2, 3, 4.001],
      [1, 2, 3, Number.NaN],
    ])
      expect(agree(fingerprintOf(tree), fingerprintOf(other))).toBe(false);
  });

  test("what has no program in C has no time", () =>
    expect(timeInC("det", {}, 1, 0)).toBe(undefined));

  const library = fileURLToPath(new URL("../../dist/node/index.js", import.meta.url));
  test.skipIf(!existsSync(library))("a process of its own says times and memory", async () => {
    const { runApart } = await load("apart.mjs");
    const report = await runApart("lse", { n: 1003 }, 0);
    expect(report).toMatchObject({ description: "n=1003", failures: [] });
    expect(report.primal.output).toBeCloseTo(Math.log(1003) + 0.54, 1);
    expect(report.derivative.smallest).toBeGreaterThan(0);
    expect(report.peak).toBeGreaterThan(2 ** 24);
  });
});

describe("the protocol", () => {
  test("messages are answered in order, with their ids", async () => {
    const answers = [
      await answerTo({ id: 0, kind: "start", eval: "hello" }),
      await answerTo({ id: 1, kind: "define", module: "hello" }),
      await answerTo({ id: 2, kind: "evaluate", module: "hello", function: "square", input: 3 }),
      await answerTo({ id: 3, kind: "evaluate", module: "hello", function: "double", input: 9 }),
      await answerTo({ id: 4, kind: "analysis", of: 3, valid: true }),
      await answerTo({ id: 5, kind: "something else" }),
    ];
    const timings = expect.arrayContaining([{ name: "evaluate", nanoseconds: expect.any(Number) }]);
    expect(answers).toEqual([
      { id: 0, tool: "cotangent" },
      { id: 1, success: true },
      { id: 2, success: true, output: 9, timings },
      { id: 3, success: true, output: 18, timings },
      { id: 4 },
      { id: 5 },
    ]);
  });

  test("one time per run, as many as asked for, in whole nanoseconds", async () => {
    const ask = async (min_runs: number, min_seconds: number) => {
      const input = { x: [1, 2], min_runs, min_seconds };
      const message = { id: 1, kind: "evaluate", module: "lse", function: "gradient", input };
      const { timings } = (await answerTo(message)) as {
        timings: { name: string; nanoseconds: number }[];
      };
      const runs = timings.filter(({ name }) => name === "evaluate");
      expect(runs.every(({ nanoseconds }) => Number.isSafeInteger(nanoseconds))).toBe(true);
      return runs.map(({ nanoseconds }) => nanoseconds);
    };
    expect(await ask(3, 0)).toHaveLength(3);
    const total = (await ask(1, 0.01)).reduce((sum, time) => sum + time, 0);
    expect(total).toBeGreaterThanOrEqual(1e7);
  });

  test("what is not known is no success, with a message", async () => {
    expect(await answerTo({ id: 1, kind: "define", module: "nothing" })).toEqual({
      id: 1,
      success: false,
      error: "no eval is called 'nothing'",
    });
    const message = { id: 2, kind: "evaluate", module: "lse", function: "nothing", input: {} };
    expect(await answerTo(message)).toEqual({
      id: 2,
      success: false,
      error: "no function is called 'nothing'",
    });
  });

  test("whatever stands in a line, it is answered", async () => {
    for (const line of ["x", "null", "[]", "5", '"start"'])
      expect(await answerToLine(line)).toEqual({ success: false, error: expect.any(String) });
    expect(await answerToLine('{"id":3,"kind":"start"}')).toEqual({ id: 3, tool: "cotangent" });
    const message = { id: 4, kind: "evaluate", module: "lse", function: "gradient" };
    expect(await answerTo(message)).toEqual({
      id: 4,
      success: false,
      error: "evaluate needs an input",
    });
  });

  test("lines come whole, however they were cut", async () => {
    async function* chunks() {
      for (const text of ["a", "b\nc\n\nd", "", "e", "\nlast"]) yield Buffer.from(text);
    }
    const found: string[] = [];
    for await (const line of lines(chunks())) found.push(line);
    expect(found).toEqual(["ab", "c", "", "de", "last"]);
  });

  test("pieces make the JSON of the whole", () => {
    const long = Float64Array.from({ length: 12345 }, (_, i) => Math.sin(i));
    const value = {
      id: 1,
      none: undefined,
      output: [long, [], {}, "text", null, 1e-300],
      ok: true,
    };
    expect([...pieces(value)].join("")).toBe(
      JSON.stringify({ ...value, output: [Array.from(long), ...value.output.slice(1)] }),
    );
  });

  const built = fileURLToPath(new URL("../../dist/node/index.js", import.meta.url));
  test.skipIf(!existsSync(built))("the process answers line by line", async () => {
    const script = fileURLToPath(new URL(`${bench}/main.mjs`, import.meta.url));
    const tool = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
    const x = Array.from({ length: 200_000 }, (_, i) => i / 200_000);
    const messages = [
      { id: 0, kind: "start" },
      { id: 1, kind: "evaluate", module: "lse", function: "gradient", input: { x, min_runs: 1 } },
    ];
    for (const message of messages) tool.stdin.write(`${JSON.stringify(message)}\n`);
    tool.stdin.end();
    const answers = [];
    for await (const line of lines(tool.stdout)) answers.push(JSON.parse(line));
    expect(answers[0]).toEqual({ id: 0, tool: "cotangent" });
    expect(answers).toHaveLength(2);
    expect(answers[1].output).toHaveLength(x.length);
    expect(answers[1].output.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 12);
  });
});
