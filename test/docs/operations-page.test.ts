import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { operationsPage } from "../../scripts/operations-page.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

test("docs/operations.md says what the sources say", async () => {
  const page = readFileSync(join(root, "docs", "operations.md"), "utf8");
  expect(page, "run: node scripts/operations-page.mjs").toBe(await operationsPage());
});
