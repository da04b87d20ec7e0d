import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { runWith, type Surroundings } from "../../test/support/terminal.js";
import { run } from "./run.js";

const check = (args: readonly string[], around?: Surroundings) =>
  runWith(run, ["gradcheck", ...args], around);

function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), "cotangent-gradcheck-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

it("a constant has nothing to check, and a function that throws is named", async () => {
  const { code, err } = await check(["3"]);
  expect(code).toBe(2);
  expect(err).toContain("there is nothing to differentiate by");
  const cwd = folder({
    "f.mjs": 'export const f = () => { throw new Error("boo"); }; export const args = [1];',
  });
  const thrown = await check(["f.mjs"], { cwd });
  expect([thrown.code, thrown.err]).toEqual([
    4,
    "error: the function of f.mjs threw an error: boo\n",
  ]);
});

describe("an expression", () => {
  it("is checked at ten points drawn, and passes", async () => {
    const { code, out } = await check(["exp(-x^2)*sin(y)"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^points: 10, comparisons: \d+;/);
    expect(out).toContain("✓");
    expect((await check(["exp(-x^2)*sin(y)", "--lang", "ru"])).out).toContain("точек: 10");
  });

  it("--samples and --seed choose the points", async () => {
    const json = async (...args: string[]) =>
      JSON.parse((await check(["x^3", "--json", ...args])).out);
    expect((await json("--samples", "3")).points).toBe(3);
    expect(await json("--seed", "5")).toEqual(await json("--seed", "5"));
    expect(await json("--seed", "5")).not.toEqual(await json("--seed", "6"));
  });

  it("--at fixes what it names; all of it is one point", async () => {
    const all = JSON.parse((await check(["sum(x^2)*y", "--at", "x=[1,2],y=3", "--json"])).out);
    expect([all.points, all.passed]).toEqual([1, true]);
    const some = JSON.parse((await check(["sum(x^2)*y", "--at", "x=[1,2]", "--json"])).out);
    expect(some.points).toBe(10);
  });

  it("points where it is not defined are drawn anew", async () => {
    const { code, out } = await check(["log(x)*sqrt(y)", "--json"]);
    expect([code, JSON.parse(out).points]).toEqual([0, 10]);
  });

  it("defined nowhere exits 3", async () => {
    const { code, err } = await check(["log(-x^2 - 1)"]);
    expect(code).toBe(3);
    expect(err).toContain("no value is finite");
  });

  it("a kink is listed and no failure", async () => {
    const { code, out } = await check(["abs(x)", "--at", "x=0"]);
    expect(code).toBe(0);
    expect(out).toBe("left out, at a kink: x = 0\n");
    expect((await check(["abs(x) + relu(y)", "--samples", "50"])).code).toBe(0);
  });

  it("exits 1 where the tolerance is not met, with both numbers", async () => {
    const args = ["x^5", "--at", "x=1.1", "--eps", "0.5", "--rtol", "1e-18", "--atol", "1e-18"];
    const { code, out } = await check(args);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ .* at x = 1.1 .*\n {2}along a direction drawn: derivative \S+, finite/);
    const { failures, passed } = JSON.parse((await check([...args, "--json"])).out);
    expect(passed).toBe(false);
    expect(failures[0].actual).toBeCloseTo(failures[0].expected, 10);
    expect(failures[0].actual).not.toBe(failures[0].expected);
  });

  it("comes from a text file or from standard input", async () => {
    const cwd = folder({ "f.txt": "u = x*y\nsin(u)\n" });
    expect((await check(["f.txt"], { cwd })).code).toBe(0);
    expect((await check(["-"], { stdin: "x^2" })).code).toBe(0);
    expect((await check(["-x^2"])).code).toBe(0);
    const { code, err } = await check(["none.txt"], { cwd });
    expect([code, err]).toEqual([4, "error: cannot read none.txt: no such file or directory\n"]);
  });

  it("malformed exits 2", async () => {
    expect((await check(["x +"])).code).toBe(2);
    expect((await check(["x", "--at", "y=1"])).code).toBe(2);
  });
});

describe("a module", () => {
  const library = pathToFileURL(join(process.cwd(), "src", "index.ts")).href;

  it("is checked at its args", async () => {
    const cwd = folder({
      "good.mjs": `import { multiply, sin } from "${library}";
        export const f = (x, y) => multiply(sin(x), y);
        export const args = [1, 2];`,
    });
    const { code, out } = await check(["good.mjs"], { cwd });
    expect([code, out.includes("✓")]).toEqual([0, true]);
  });

  it("with a wrong derivative exits 1", async () => {
    const cwd = folder({
      "bad.mjs": `import { multiply, stopGradient } from "${library}";
        export default (x) => multiply(x, stopGradient(x));
        export const args = [3];`,
    });
    const { code, out } = await check(["bad.mjs"], { cwd });
    expect(code).toBe(1);
    expect(out).toContain("by args[0]: derivative 3, finite difference 6\n");
  });

  it("without function or arguments, or that fails, exits 4", async () => {
    const cwd = folder({
      "empty.mjs": "export const args = [1];",
      "noargs.mjs": "export const f = (x) => x;",
      "broken.mjs": "throw new Error('broken on purpose');",
    });
    for (const [name, message] of [
      ["empty.mjs", "exports no function f"],
      ["noargs.mjs", "exports no list args"],
      ["broken.mjs", "broken on purpose"],
      ["missing.mjs", "no such file"],
    ] as const) {
      const { code, err } = await check([name], { cwd });
      expect(code).toBe(4);
      expect(err).toContain(message);
    }
  });
});
