import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("src/index.ts", import.meta.url));

/**
 * The suites that need no built package run on the sources; size, docs and browser run on `dist`. What drives a browser
 * comes last and alone: it measures how fast the page answers.
 */
const alone = { sequence: { groupOrder: 1 }, maxWorkers: 1 } as const;

export default defineConfig({
  test: {
    passWithNoTests: false,
    maxWorkers: 2,
    projects: [
      {
        // benchmarks import the built package; the suites test the sources
        resolve: {
          alias: [{ find: /^.*\/dist\/node\/index\.js$/, replacement: source }],
        },
        test: {
          name: "node",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [
            "test/types/**",
            "test/docs/**",
            "test/browser/**",
            "test/size/**",
            "test/playground/**",
          ],
          testTimeout: 60_000,
        },
      },
      {
        test: { name: "types", include: ["test/types/**/*.test.ts"], testTimeout: 120_000 },
      },
      {
        test: { name: "size", include: ["test/size/**/*.test.ts"], testTimeout: 120_000 },
      },
      {
        test: {
          ...alone,
          name: "playground",
          include: ["test/playground/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "docs",
          include: ["test/docs/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...alone,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000, // the first launch may install the browser
        },
      },
    ],
  },
});
