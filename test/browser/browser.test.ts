import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type PageRun, runInBrowser } from "./page.js";

const entry = (name: string): string =>
  fileURLToPath(new URL(join("entries", name), import.meta.url));

// the checks' names are known once they have run, so they run while the tests are collected
const library: PageRun = await runInBrowser(entry("library.ts"));

describe("in a page under a strict content security policy", () => {
  test("the library loads without console errors, violations or outside requests", () => {
    expect(library.problems).toEqual([]);
    expect(library.outcomes.length).toBeGreaterThan(0);
  });

  for (const { name, failure } of library.outcomes) {
    test(name, () => expect(failure).toBeUndefined());
  }
});

describe("the conformance suite in a page", () => {
  test("agrees with the one in Node", async () => {
    const { outcomes, problems } = await runInBrowser(entry("conformance.ts"));
    expect(problems).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
  });
});

describe("compiled functions in a page", () => {
  test("run under the policy, every operation among them", async () => {
    const { outcomes, problems } = await runInBrowser(entry("compiled.ts"));
    expect(problems).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(150);
    expect(outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
  });
});

describe("the page runner", () => {
  test("notices a failed check, an error on the console and a violation of the policy", async () => {
    const { outcomes, problems } = await runInBrowser(entry("faulty.ts"));
    expect(outcomes).toEqual([
      { name: "right" },
      { name: "wrong", failure: expect.stringContaining("1 is not 2") },
      { name: "evaluates text", failure: expect.stringContaining("EvalError") },
      { name: "complains" },
      { name: "asks elsewhere", failure: expect.stringContaining("TypeError") },
    ]);
    expect(problems).toContainEqual("console: complaint");
    expect(problems).toContainEqual(expect.stringContaining("Content Security Policy"));
  });
});
