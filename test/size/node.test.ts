import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Library = typeof import("../../src/index.js");

const root = new URL("../../", import.meta.url);
const load = (file: string): Promise<object> => import(/* @vite-ignore */ new URL(file, root).href);
const { exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  exports: Record<string, { node: string; default: string } | string>;
};

test.each(
  Object.entries(exports).flatMap(([name, entry]) =>
    typeof entry === "string" ? [] : [[name, entry] as const],
  ),
)("Node finds under %s what bundlers do", async (_, entry) => {
  const names = Object.keys(await load(entry.default)).sort();
  expect(names).not.toHaveLength(0);
  expect(Object.keys(await load(entry.node)).sort()).toEqual(names);
});

test("what Node loads differentiates, compiles and tells the user's line", async () => {
  const { grad, jit, mul, ones, scan, matmul } = (await load("dist/node/index.js")) as Library;
  const cube = jit(grad((x) => scan((y) => [mul(x, y), null], x, null, { length: 2 })[0]));
  expect(cube(2)).toBe(12);
  const shape: number[] = [2, 3];
  expect(() => matmul(ones(shape), ones(shape))).toThrow(/at .*node\.test\.ts:\d+:\d+$/m);
});
