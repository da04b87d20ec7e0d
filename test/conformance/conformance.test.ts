import { afterAll, expect, it } from "vitest";
import { operations } from "../../src/index.js";
import { type CheckResult, conformance, formatReport } from "../../src/testing/index.js";
import { exceptions } from "./exceptions.js";

const results: CheckResult[] = [];
const checks = conformance(operations, { exceptions });

for (const check of checks) {
  it(check.name, () => {
    let tally: ReturnType<typeof check.run> | undefined;
    try {
      tally = check.run();
    } finally {
      results.push({ check, tally });
    }
    expect(tally.passed + tally.reasons.size, "situations or a reason").toBeGreaterThan(0);
  });
}

it("operations have names of their own", () => {
  const names = operations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

afterAll(() => {
  process.stdout.write(`\n${formatReport(results)}\n`);
});
