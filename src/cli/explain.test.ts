import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runWith, type Surroundings } from "../../test/support/terminal.js";
import type { Explanation } from "../explain/index.js";
import { run } from "./run.js";

const lecture = "((a+e)*(b-d))^2";
const at = ["--at", "a=23,b=2,e=-5,d=7"];

const explain = (args: readonly string[], around?: Surroundings) =>
  runWith(run, ["explain", ...args], around);

async function explained(...args: string[]): Promise<Explanation> {
  const { code, out } = await explain([...args, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(out) as Explanation;
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), "cotangent-cli-"));
}

describe("the lecture", () => {
  it("as JSON: value, gradient, eight nodes, seven edges with partials, a path each", async () => {
    const data = await explained(lecture, ...at);
    expect(data.schema).toBe(1);
    expect(data.expression).toBe(lecture);
    expect(data.value).toBe(8100);
    expect(data.gradient).toEqual({ a: 900, e: 900, b: -3240, d: 3240 });
    expect(data.nodes).toHaveLength(8);
    expect(data.edges).toHaveLength(7);
    const partials = Object.fromEntries(
      data.edges.map(({ from, to, partial }) => [`∂${to}/∂${from}`, partial]),
    );
    expect(partials).toMatchObject({ "∂f/∂h": -180, "∂h/∂u": -5, "∂h/∂v": 18, "∂v/∂d": -1 });
    expect(data.paths.map(({ input, count, total }) => [input, count, total])).toEqual([
      ["a", "1", 900],
      ["e", "1", 900],
      ["b", "1", -3240],
      ["d", "1", 3240],
    ]);
    expect(data.hessian).toBeUndefined();
  });

  it("as text: the derivation with its numbers", async () => {
    const { code, out, err } = await explain([lecture, ...at]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).toContain("f = 8100");
    expect(out).toContain("(−180) · (−5) · 1");
    expect(out).toContain("∂f/∂b = −3240   finite difference −3240 ✓");
    expect(out).not.toContain("\u001b");
  });

  it("in Russian", async () => {
    const { out } = await explain([lecture, ...at, "--lang", "ru"]);
    expect(out).toContain("Цепное правило");
    expect(out).toContain("конечная разность −3240 ✓");
  });

  it("Prod(h, h) has two paths, 450 each", async () => {
    const data = await explained("h = (a+e)*(b-d); Prod(h, h)", ...at, "--wrt", "a");
    expect(data.paths).toHaveLength(1);
    expect(data.paths[0]?.listed.map(({ product }) => product)).toEqual([450, 450]);
  });
});

describe("options", () => {
  it("--order 2 adds the second derivatives", async () => {
    const { hessian } = await explained(lecture, ...at, "--order", "2");
    expect(hessian?.variables).toEqual(["a", "e", "b", "d"]);
    expect(hessian?.values[2]).toEqual([-360, -360, 648, -648]);
  });

  it("--wrt chooses the variables whose paths are listed", async () => {
    const { paths } = await explained(lecture, ...at, "--wrt", "d, a");
    expect(paths.map(({ input }) => input)).toEqual(["a", "d"]);
  });

  it("--paths lists so many and counts all", async () => {
    const data = await explained("u = x*x; v = u*u; v*v", "--at", "x=1", "--paths", "3");
    expect(data.paths[0]?.count).toBe("8");
    expect(data.paths[0]?.listed).toHaveLength(3);
  });

  it("--steps shows every += of the backward pass", async () => {
    expect((await explain([lecture, ...at])).out).not.toContain("+=");
    const { out } = await explain([lecture, ...at, "--steps"]);
    expect(out).toContain("∂f/∂v += (−180) · 18 = −3240");
  });

  it("--at may stand several times and hold lists and constants", async () => {
    const data = await explained("sum(x^2)*t", "--at", "x=[1,2,3]", "--at", "t=pi/2");
    expect(data.value).toBe(14 * (Math.PI / 2));
    expect(data.gradient.x).toEqual([Math.PI, 2 * Math.PI, 3 * Math.PI]);
  });

  it("names its intermediate results by definitions", async () => {
    const { nodes } = await explained("s = x*y; s + sin(s)", "--at", "x=2,y=3");
    expect(nodes.map(({ id }) => id)).toContain("s");
  });
});

describe("expressions", () => {
  it("may begin with a minus", async () => {
    expect((await explained("-x^2", "--at", "x=3")).value).toBe(-9);
    expect((await explain(["--at", "x=3", "-(x+1)*2", "-q"])).out).toContain("f = −8");
    expect((await explain(["-5x"])).err).toContain("E013");
  });

  it("take ** for ^", async () => {
    expect((await explained("x**3", "--at", "x=2")).gradient).toEqual({ x: 12 });
  });

  it("come from standard input for -", async () => {
    const bytes = new TextEncoder().encode("x² + π*0\n");
    // split inside the two bytes of ²
    const { code, out } = await explain(["-", "--at", "x=3"], {
      stdin: [bytes.slice(0, 2), bytes.slice(2)],
    });
    expect([code, out.includes("f = 9")]).toEqual([0, true]);
  });

  it("show help where - is a terminal", async () => {
    const { code, out } = await explain(["-"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Value and derivatives[\s\S]*Examples:/);
  });

  it("keep e as a variable and take tau as one where it gets a value", async () => {
    expect((await explained("e*x", "--at", "e=2,x=3")).gradient).toEqual({ e: 3, x: 2 });
    expect((await explained("2*tau", "--at", "tau=2")).value).toBe(4);
  });
});

describe("formats", () => {
  it.each([
    ["dot", /^digraph/],
    ["svg", /^<svg[\s\S]*<\/svg>\n$/],
    ["latex", /\\begin\{align\*\}/],
    ["html", /^<!doctype html>[\s\S]*<\/html>\n$/],
    ["ts", /import \{.*valueAndGrad/],
    ["json", /^\{\n {2}"schema": 1/],
    ["text", /Chain rule/],
  ])("--format %s", async (format, pattern) => {
    const { code, out } = await explain([lecture, ...at, "--format", format]);
    expect(code).toBe(0);
    expect(out).toMatch(pattern);
  });

  it.each([
    ["a.svg", "<svg"],
    ["a.json", "{"],
    ["a.dot", "digraph"],
    ["a.gv", "digraph"],
    ["a.html", "<!doctype"],
    ["a.ts", "// f ="],
    ["a.txt", "f = "],
    ["A.TEX", "\\documentclass"],
  ])("-o %s chooses by the extension", async (name, start) => {
    const cwd = folder();
    const { code, out, err } = await explain([lecture, ...at, "-o", name], { cwd });
    expect([code, out, err]).toEqual([0, "", ""]);
    expect(readFileSync(join(cwd, name), "utf8").startsWith(start)).toBe(true);
    expect(readdirSync(cwd)).toEqual([name]);
  });

  it("--format goes before the extension", async () => {
    const cwd = folder();
    await explain([lecture, ...at, "-o", "graph.txt", "--format", "dot"], { cwd });
    expect(readFileSync(join(cwd, "graph.txt"), "utf8")).toMatch(/^digraph/);
  });

  it("-o - is standard output", async () => {
    expect((await explain([lecture, ...at, "-o", "-"])).out).toContain("8100");
  });

  it("an unknown extension is refused with those there are", async () => {
    const { code, err } = await explain([lecture, ...at, "-o", "graph.bmp"]);
    expect(code).toBe(2);
    expect(err).toContain(".svg");
  });

  it("--json beside another --format is refused", async () => {
    const { code, err } = await explain([lecture, ...at, "--json", "--format", "svg"]);
    expect(code).toBe(2);
    expect(err).toContain("--format for svg");
  });

  it("a file that cannot be written gives 4 and leaves nothing behind", async () => {
    const cwd = folder();
    const { code, err } = await explain([lecture, ...at, "-o", "no/such/a.svg"], { cwd });
    expect(code).toBe(4);
    expect(err).toBe("error: cannot write no/such/a.svg: no such file or directory\n");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("a failed run leaves the old file as it was; a link keeps pointing to it", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "a.svg"), "old");
    symlinkSync(join(cwd, "a.svg"), join(cwd, "link.svg"));
    await explain(["x +", "-o", "a.svg"], { cwd });
    expect(readFileSync(join(cwd, "a.svg"), "utf8")).toBe("old");
    await explain([lecture, ...at, "-o", "link.svg"], { cwd });
    expect(readFileSync(join(cwd, "a.svg"), "utf8")).toMatch(/^<svg/);
  });

  it("a device is written as it is", async () => {
    if (!existsSync("/dev/null")) return;
    expect((await explain([lecture, ...at, "-o", "/dev/null", "--format", "svg"])).code).toBe(0);
  });
});

it("a graph too large to draw is refused with a way out", async () => {
  const sum = "x".concat("+x".repeat(4000));
  const { code, err } = await explain([sum, "--at", "x=1", "--paths", "0", "--format", "svg"]);
  expect(code).toBe(2);
  expect(err).toBe(
    "error: the graph is too large to draw: 4001 nodes\n  --format dot writes it for Graphviz\n",
  );
});

it("a power of a variable e is told from one of Euler's number", async () => {
  const { err } = await explain(["e^(-x)", "--at", "e=3,x=1"]);
  expect(err).toContain("e is a variable here; Euler's number to a power is exp(-x)");
  expect((await explain([lecture, ...at])).err).toBe("");
});

it("second derivatives by numbers stand beside vectors, and what is left out is said", async () => {
  const squares = ["sum((w*x-y)^2)", "--at", "w=1,x=[1,2,3],y=[1,2,3]", "--order", "2"];
  const { out, err } = await explain([...squares, "--json"]);
  expect((JSON.parse(out) as Explanation).hessian).toEqual({ variables: ["w"], values: [[28]] });
  expect(err).toContain("by numbers only, not by x, y; see cotangent hessian");
});

it("second derivatives of tensors are left to hessian, and this is said", async () => {
  const { code, err } = await explain(["sum(x^2)", "--at", "x=[1,2]", "--order", "2"]);
  expect([code, err.includes("cotangent hessian")]).toEqual([0, true]);
});

describe("mistakes in an expression exit 2 with a caret under the place", () => {
  const cases: readonly (readonly [string, string, RegExp, RegExp])[] = [
    ["((a + * e)*(b-d))^2", "      ^", /E012.*after '\+'/, /E012.*после '\+'/],
    ["x + tanhh(y)", "    ^^^^^", /E021[\s\S]*'tanh'/, /E021[\s\S]*'tanh'/],
    ["(a + b", "      ^", /E010/, /E010/],
    ["a + b)", "     ^", /E011/, /E011/],
    ["2x", "^^", /E013/, /E013/],
    ["a $ b", "  ^", /E001/, /E001/],
    ["", "^", /E014.*empty/, /E014.*пусто/],
    ["sin x", "^^^", /E022/, /E022/],
    ["1.2.3", "^^^^^", /E002/, /E002/],
    ["x²^3", " ^^", /E016/, /E016/],
    ["a < b < c", "      ^", /E015/, /E015/],
    ["hypot(x)", "^^^^^^^^", /E023/, /E023/],
  ];
  it.each(cases)("%j", async (source, caret, english, russian) => {
    for (const [lang, message] of [
      ["en", english],
      ["ru", russian],
    ] as const) {
      const { code, out, err } = await explain([source, "--lang", lang]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(lang === "en" ? /^error\[/ : /^ошибка\[/);
      expect(err).toMatch(message);
      const lines = err.split("\n").map((line) => line.replace(/^\s*\d*\s*\| ?/, ""));
      const drawn = lines.find((line) => /^[\s-]*\^/.test(line)) ?? "";
      expect(drawn.indexOf("^")).toBe(caret.indexOf("^"));
      expect(/\^+/.exec(drawn)?.[0]).toBe(caret.trim());
    }
  });

  it("also in the values of --at", async () => {
    const { code, err } = await explain(["x", "--at", "x=1+"]);
    expect(code).toBe(2);
    expect(err).toContain("x=1+\n    |     ^");
  });
});

describe("values and variables must fit", () => {
  it("a variable without a value is named, with what to add", async () => {
    const { code, err } = await explain(["a*b*c", "--at", "b=1"]);
    expect(code).toBe(2);
    expect(err).toBe("error: no value for a, c\n  add --at a=1,c=1\n");
    const russian = await explain(["a*b", "--at", "b=1", "--lang=ru"]);
    expect(russian.err).toBe("ошибка: нет значения для a\n  добавьте --at a=1\n");
  });

  it("a value without a variable is named, with a suggestion", async () => {
    const { code, err } = await explain(["alpha*2", "--at", "alpha=1,alpa=2"]);
    expect(code).toBe(2);
    expect(err).toBe("error: the expression has no variable alpa\n  did you mean alpha?\n");
    expect((await explain(["2+3", "--at", "x=1"])).err).toContain("it has no variables");
    expect((await explain(["2+3"])).err).toContain("nothing to differentiate by");
    expect((await explain(["a*b", "--at", "a=1,b=2,zzz=1"])).err).toContain("its variables: a, b");
  });

  it("so is a name in --wrt", async () => {
    const { code, err } = await explain([lecture, ...at, "--wrt", "q"]);
    expect([code, err.includes("no variable q")]).toEqual([2, true]);
  });

  it("a result that is not one number is refused", async () => {
    const { code, err } = await explain(["x^2", "--at", "x=[1,2]"]);
    expect(code).toBe(2);
    expect(err).toContain("the value here is f64[2]\n  make one number of it: sum(…)");
  });
});

describe("values that are not finite exit 3, with a word on where they come from", () => {
  it.each([
    ["log(x)", "x=-1", "NaN"],
    ["x/y", "x=0,y=0", "NaN"],
    ["log(x)", "x=0", "−∞"],
    ["sqrt(x)", "x=0", "∞"],
  ])("%s at %s", async (source, values, shown) => {
    const { code, out } = await explain([source, "--at", values]);
    expect(code).toBe(3);
    expect(out).toContain(shown);
    expect(out).toContain("Warnings");
  });

  it("as JSON they are strings, and the warning goes to standard error too", async () => {
    const { code, out, err } = await explain(["log(x)", "--at", "x=-1", "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(out).value).toBe("NaN");
    expect(err).toMatch(/^warning: /);
    expect((await explain(["log(x)", "--at", "x=-1", "--json", "-q"])).err).toBe("");
  });

  it("kinks have a derivative by convention and exit 0", async () => {
    for (const source of ["abs(x)", "relu(x)"]) {
      const data = await explained(source, "--at", "x=0");
      expect(data.gradient).toEqual({ x: 0 });
    }
  });

  it("an infinity on the way to a finite result is no failure", async () => {
    expect((await explain(["exp(-1/x^2)*0 + y", "--at", "x=1,y=2"])).code).toBe(0);
  });
});

describe("what is named wrong is named right", () => {
  it("a value under another name", async () => {
    const { code, err } = await explain(["x*foo", "--at", "x=1,fooo=2"]);
    expect(code).toBe(2);
    expect(err).toBe("error: no value for foo\n  --at gives fooo: did you mean foo?\n");
  });

  it("an operation without a derivative, but no line of this program", async () => {
    const { code, err } = await explain(["argmax(x)*y", "--at", "x=[1,2],y=2"]);
    expect(code).toBe(2);
    expect(err).toContain("argmax, which has no derivative");
    expect(err).not.toMatch(/^ *at /m);
  });
});

it("the result of several statements is the last one", async () => {
  const first = async (source: string): Promise<string | undefined> =>
    (await explain([source, "--at", "a=2"])).out.split("\n")[0];
  expect(await first("h = a*a; h + 1")).toBe("h = a*a; f = h + 1");
  expect(await first("h = a*a; h")).toBe("h = a*a");
  expect(await first("h = a*a\nh + 1")).toBe("f = h + 1");
});

it("warnings are in the language asked for", async () => {
  const { out, err } = await explain(["log(x)", "--at", "x=-1", "--lang", "ru"]);
  expect(out).toContain("f = log(x) — это NaN при x = −1");
  expect(err).toBe("");
});
