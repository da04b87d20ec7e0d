import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { check } from "./check.js";

const cases = readdirSync(new URL("cases", import.meta.url)).sort();

describe.each(cases)("types in %s", (name) => {
  const { expectations, types, errors } = check(name);

  test.each(expectations)("line $line: $kind $expected", ({ line, kind, expected }) => {
    if (kind === "type") {
      expect(errors.get(line) ?? []).toEqual([]);
      expect(types.get(line)).toBe(expected);
    } else {
      expect((errors.get(line) ?? []).join("\n")).toContain(expected);
    }
  });

  test("nothing else is an error", () => {
    const expected = new Set(
      expectations.filter(({ kind }) => kind === "error").map(({ line }) => line),
    );
    expect([...errors].filter(([line]) => !expected.has(line))).toEqual([]);
  });
});

describe("the checker", () => {
  const header = 'import { tensor } from "../../../src/index.js";\n';

  test("notices a wrong type, a missing error and an unexpected one", () => {
    const { types, errors, expectations } = check(
      "probe.ts",
      `${header}const a: string = 1;\nconst b = 2; // type: string\n`,
    );
    expect(errors.get(2)).toEqual(["Type 'number' is not assignable to type 'string'."]);
    expect(types.get(3)).toBe("2");
    expect(expectations).toEqual([{ line: 3, kind: "type", expected: "string" }]);
  });

  // Work, not time: a hundred instantiations an expression keep an editor quick.
  test("500 tensor expressions take few type instantiations each", () => {
    const lines = Array.from({ length: 500 }, (_, i) => {
      const [m, k, n] = [2 + (i % 7), 3 + (i % 5), 4 + (i % 3)];
      return [
        `const a${i} = zeros([${m}, ${k}]);`,
        `const b${i} = zeros([${k}, ${n}]);`,
        `export const c${i} = add(matmul(a${i}, b${i}), multiply(sum(a${i}), sin(matmul(a${i}, b${i}))));`,
      ].join("\n");
    });
    const imports =
      'import { add, matmul, multiply, sin, sum, zeros } from "../../../src/index.js";\n';
    const empty = check(
      "many.ts",
      `${imports}export const used = [add, matmul, multiply, sin, sum, zeros];\n`,
    );
    const full = check("many.ts", imports + lines.join("\n"));
    expect([...full.errors]).toEqual([]);
    expect((full.instantiations - empty.instantiations) / 500).toBeLessThan(1000);
  });
});
