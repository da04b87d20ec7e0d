// Plain loops in C, compiled here: how this machine compares with the one that GradBench's figures are from.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { failureOf } from "./failure.mjs";

/** By eval: the numbers and the sizes that its C program takes. @type {Record<string, (input: any) => { numbers: number[], sizes: number[] }>} */
const programs = {
  llsq: ({ x, n }) => ({ numbers: x, sizes: [n, x.length] }),
  lse: ({ x }) => ({ numbers: x, sizes: [x.length] }),
  gmm: ({ alpha, mu, q, l, x, gamma, d, k, n, m }) => ({
    numbers: [alpha, mu, q, l, x, gamma].flat(2),
    sizes: [d, k, n, m],
  }),
};

/** Whether there is a compiler. */
export const hasCompiler = () => spawnSync("gcc", ["--version"], { stdio: "ignore" }).status === 0;

/**
 * The smallest time of the objective in C, in nanoseconds; undefined where it is not written. Throws where its value
 * is another than `expected`.
 * @param {string} name
 * @param {any} input
 * @param {number} expected
 * @param {number} seconds
 * @returns {number | undefined}
 */
export function timeInC(name, input, expected, seconds) {
  if (!Object.hasOwn(programs, name)) return undefined;
  const { numbers, sizes } = programs[name](input);
  const folder = mkdtempSync(join(tmpdir(), "gradbench-"));
  try {
    const [program, data] = [join(folder, "program"), join(folder, "numbers")];
    const sources = [`c/${name}.c`, "c/main.c"].map((file) =>
      fileURLToPath(new URL(file, import.meta.url)),
    );
    execFileSync("gcc", ["-O3", "-march=native", "-o", program, ...sources, "-lm"]);
    writeFileSync(data, Float64Array.from(numbers));
    const text = execFileSync(program, [data, String(seconds), ...sizes.map(String)]);
    const { time, value } = JSON.parse(text.toString());
    const failure = failureOf({
      what: `${name} in C`,
      got: [value],
      want: [expected],
      bound: 1e-9,
    });
    if (failure !== undefined) throw new Error(failure);
    return time;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
