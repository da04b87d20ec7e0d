import { describe, expect, it } from "vitest";
import { runWith } from "../../test/support/terminal.js";
import { run } from "./run.js";

const call = (...args: string[]) => runWith(run, args);
const lecture = ["((a+e)*(b-d))^2", "--at", "a=23,b=2,e=-5,d=7"];

describe("grad", () => {
  it("prints a name and a number a line, in full precision", async () => {
    expect((await call("grad", ...lecture)).out).toBe("a 900\ne 900\nb -3240\nd 3240\n");
    const { out } = await call("grad", "sin(x)*y", "--at", "x=1,y=1");
    expect(out).toBe(`x ${Math.cos(1)}\ny ${Math.sin(1)}\n`);
  });

  it("prints the number alone for one variable", async () => {
    expect((await call("grad", "-x^2", "--at", "x=3")).out).toBe("-6\n");
    expect((await call("grad", ...lecture, "--wrt", "b")).out).toBe("-3240\n");
  });

  it("prints lists for tensors", async () => {
    expect((await call("grad", "sum(x^2)*y", "--at", "x=[1,2],y=3")).out).toBe("x [6,12]\ny 5\n");
  });

  it("as JSON has value and gradient", async () => {
    const { out } = await call("grad", ...lecture, "--json");
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      value: 8100,
      gradient: { a: 900, e: 900, b: -3240, d: 3240 },
    });
  });

  it("exits 3 for what is not finite", async () => {
    const { code, out } = await call("grad", "sqrt(x)", "--at", "x=0", "--json");
    expect([code, JSON.parse(out).gradient]).toEqual([3, { x: "Infinity" }]);
    expect((await call("grad", "log(x)", "--at", "x=-1")).code).toBe(3);
  });
});

describe("hessian", () => {
  const table = [
    ["aa", 50],
    ["ae", 50],
    ["ee", 50],
    ["ab", -360],
    ["be", -360],
    ["ad", 360],
    ["de", 360],
    ["bb", 648],
    ["bd", -648],
    ["dd", 648],
  ] as const;

  it("is the lecture's table", async () => {
    const { out } = await call("hessian", ...lecture, "--json");
    const data = JSON.parse(out);
    expect(data.schema).toBe(1);
    expect(data.value).toBe(8100);
    for (const [pair, value] of table) {
      const [i, j] = Array.from(pair, (name) => data.variables.indexOf(name)) as [number, number];
      expect([data.hessian[i][j], data.hessian[j][i]]).toEqual([value, value]);
    }
  });

  it("prints columns with names as heads", async () => {
    const { out } = await call("hessian", ...lecture, "--wrt", "a,b");
    expect(out).toBe("      a     b\na    50  -360\nb  -360   648\n");
  });

  it("goes through tensors element by element", async () => {
    const { out } = await call("hessian", "sum(x^3)*y", "--at", "x=[1,2],y=1");
    expect(out).toBe(
      [
        "      x[0]  x[1]   y",
        "x[0]     6     0   3",
        "x[1]     0    12  12",
        "   y     3    12   0",
        "",
      ].join("\n"), // prettier-ignore
    );
  });

  it("exits 3 for what is not finite", async () => {
    expect((await call("hessian", "x^1.5", "--at", "x=0")).code).toBe(3);
  });
});
