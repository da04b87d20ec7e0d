import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runWith, type Surroundings } from "../../test/support/terminal.js";
import { examples } from "./examples.js";
import { run } from "./run.js";
import { columnsOf } from "./terminal.js";

const call = (args: readonly string[], around?: Surroundings) => runWith(run, args, around);
const commands = [
  "explain",
  "grad",
  "hessian",
  "gradcheck",
  "train",
  "open",
  "demo",
  "completions",
];

describe("help", () => {
  it("comes without arguments, by --help and by help, and lists every command", async () => {
    const { code, out } = await call([]);
    expect(code).toBe(0);
    expect(await call(["--help"])).toEqual({ code: 0, out, err: "" });
    expect(await call(["help"])).toEqual({ code: 0, out, err: "" });
    for (const name of commands) expect(out).toContain(`\n  ${name} `);
  });

  it("shows examples before anything else", async () => {
    for (const name of commands) {
      const { code, out } = await call([name, "--help"]);
      expect(code).toBe(0);
      expect(out.indexOf("Examples:")).toBeGreaterThan(0);
      expect(out.indexOf("Examples:")).toBeLessThan(out.indexOf("Usage:"));
      expect(await call(["help", name])).toEqual({ code: 0, out, err: "" });
      for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  it("speaks Russian, with no English title or description left", async () => {
    for (const name of ["", ...commands]) {
      const { out } = await call([...(name === "" ? [] : [name]), "--help", "--lang", "ru"]);
      expect(out).toContain("Примеры:");
      expect(out).toContain("Использование:");
      expect(out).not.toMatch(/Options:|Usage:|Commands:|default|one of/);
    }
  });

  it("names a command that there is not", async () => {
    const { code, out, err } = await call(["help", "expain"]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toBe("error: unknown command 'expain'\n  did you mean explain?\n");
    expect((await call(["--lang", "ru", "help", "no"])).err).toContain("неизвестная команда 'no'");
  });

  it("its examples run", async () => {
    const quick = [...(examples.grad ?? []), ...(examples.hessian ?? []), examples.explain?.[0]];
    for (const line of quick) {
      const words = (line ?? "").match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/"/g, ""));
      expect((await call(words?.slice(1) ?? [])).code).toBe(0);
    }
  });
});

it("--version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(await call(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  expect((await call(["-V"])).out).toBe(`${version}\n`);
});

describe("mistakes on the command line exit 2 and say what to do", () => {
  it.each([
    [["explian", "x"], "unknown command 'explian'\n  did you mean explain?"],
    [["x^2"], `'x^2' is not a command\n  to explain an expression: cotangent explain "x^2"`],
    [["explain", "x", "--jsno"], "unknown option '--jsno'\n  did you mean --json?"],
    [["explain"], "the argument <expression> is missing\n  see: cotangent explain --help"],
    [["explain", "a", "+", "b"], "too many arguments: 3\n  put an expression with spaces"],
    [["explain", "x", "--at"], "--at needs a value"],
    [["explain", "x", "--order", "3"], "--order is one of 1, 2, got '3'"],
    [["explain", "x", "--lang", "de"], "--lang is one of en, ru, got 'de'"],
    [["explain", "x", "--format", "pdf"], "--format is one of text, json"],
    [["explain", "x", "--paths", "-1"], "--paths takes a whole number from 0, got '-1'"],
    [["gradcheck", "x", "--eps", "0"], "--eps takes a number above 0, got '0'"],
    [["train", "x.csv", "--lr", "fast"], "--lr takes a number above 0, got 'fast'"],
    [["train", "x.csv", "--test-split", "1"], "--test-split takes a number from 0"],
    [["train", "x.csv", "--until-loss", ""], "--until-loss takes a number, got ''"],
    [["completions", "tcsh"], "<shell> is one of bash, zsh, fish, got 'tcsh'"],
    [["-x^2", "--at", "x=1"], "unknown option '-x^2'"],
  ] as [string[], string][])("%j", async (args, message) => {
    const { code, out, err } = await call(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`error: ${message}`);
    const russian = await call([...args, "--lang=ru"]);
    if (args.includes("--lang")) return;
    expect(russian.code).toBe(2);
    expect(russian.err).toMatch(/^ошибка: .*[а-я]/);
  });
});

describe("the language", () => {
  it.each([
    [{ LANG: "ru_RU.UTF-8" }, true],
    [{ LANG: "en_US.UTF-8" }, false],
    [{ LC_ALL: "C", LANG: "ru_RU.UTF-8" }, false],
    [{ LC_ALL: "", LC_MESSAGES: "ru", LANG: "en_US" }, true],
    [{ LANG: "rus" }, false],
    [{}, false],
  ] as [Record<string, string>, boolean][])("follows the locale %j", async (env, russian) => {
    const { out } = await call(["explain", "x^2", "--at", "x=1"], { env });
    expect(out.includes("Градиент")).toBe(russian);
  });

  it("--lang goes before it, wherever it stands", async () => {
    const env = { LANG: "ru_RU.UTF-8" };
    expect((await call(["--lang", "en", "explain", "x", "--at", "x=1"], { env })).out).toContain(
      "Gradient",
    );
    expect((await call(["explain", "x", "--at", "x=1", "--lang=en"], { env })).out).toContain(
      "Gradient",
    );
  });
});

describe("colours", () => {
  const colored = async (around: Surroundings, ...more: string[]): Promise<boolean> => {
    const { out } = await call(["explain", "x^2", "--at", "x=3", ...more], around);
    return out.includes("\u001b[");
  };

  it("are for terminals, unless NO_COLOR, TERM=dumb or --no-color say otherwise", async () => {
    expect(await colored({})).toBe(false);
    expect(await colored({ tty: true })).toBe(true);
    expect(await colored({ tty: true, env: { NO_COLOR: "1" } })).toBe(false);
    expect(await colored({ tty: true, env: { NO_COLOR: "" } })).toBe(true);
    expect(await colored({ tty: true, env: { TERM: "dumb" } })).toBe(false);
    expect(await colored({ tty: true }, "--no-color")).toBe(false);
  });

  it("FORCE_COLOR asks for them anywhere", async () => {
    expect(await colored({ env: { FORCE_COLOR: "1" } })).toBe(true);
    expect(await colored({ env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).toBe(true);
    expect(await colored({ env: { FORCE_COLOR: "0" }, tty: true })).toBe(false);
    expect(await colored({ env: { FORCE_COLOR: "1" } }, "--no-color")).toBe(false);
  });

  it("stay out of files and of errors that nobody sees in colour", async () => {
    const { err } = await call(["explain", "x +"]);
    expect(err).not.toContain("\u001b");
    expect((await call(["explain", "x +"], { tty: true })).err).toContain("\u001b[");
    expect((await call(["explain", "x +", "--no-color"], { tty: true })).err).not.toContain(
      "\u001b",
    );
  });
});

describe("--verbose", () => {
  it("tells version and time on standard error", async () => {
    const { out, err } = await call(["grad", "x", "--at", "x=1", "-v"]);
    expect(out).toBe("1\n");
    expect(err).toMatch(/^cotangent \d.*, Node \d.*, \d+ ms\n$/);
  });

  it("shows where an error of the library came from", async () => {
    const stdin = "x,y\n1,2\n2,3\n";
    const args = ["train", "-", "--until-gradient", "-1"];
    const plain = await call(args, { stdin });
    expect(plain.code).toBe(2);
    expect(plain.err).toContain("untilGradient of at least 0");
    expect(plain.err).not.toContain("settings.ts");
    expect((await call([...args, "-v"], { stdin })).err).toContain("settings.ts");
  });
});

describe("completions", () => {
  it.each(["bash", "zsh", "fish"])("for %s name every command and option", async (shell) => {
    const { code, out } = await call(["completions", shell]);
    expect(code).toBe(0);
    for (const name of commands) expect(out).toContain(name);
    for (const option of ["until-loss", "no-standardize", "samples", "format"])
      expect(out).toContain(option);
    expect(out).toContain("identity sigmoid tanh relu exp");
  });
});

it("demo tells the lecture's numbers in both languages", async () => {
  for (const lang of ["en", "ru"]) {
    const { code, out, err } = await call(["demo", "--lang", lang]);
    expect([code, err]).toEqual([0, ""]);
    for (const text of [
      "f = 8100",
      "∂f/∂h = 2·h = −180",
      "∂h/∂u = v = −5",
      "∂h/∂v = u = 18",
      "∂f/∂a = 900",
      "∂f/∂b = −3240",
      "∂f/∂d = 3240",
      "16200",
      "−81000",
      "450 + 450 = 900",
      "∂f/∂h += −90   → −180",
    ])
      expect(out).toContain(text);
    expect(out.includes("Цепное правило")).toBe(lang === "ru");
    const [found, exact] = [...out.matchAll(/θ = (\S+), b = (\d+\.\d{9})/g)].map((m) => m.slice(1));
    expect(found).toEqual(exact);
    expect(Math.abs(Number(found?.[0]) - 2)).toBeLessThan(0.2);
  }
});

it("a terminal that says it has no columns has 80", () => {
  expect([0, undefined, 120].map((columns) => columnsOf({ columns, write: () => {} }))).toEqual([
    80, 80, 120,
  ]);
});
