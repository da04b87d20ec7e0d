import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("src/index.ts", import.meta.url));

/**
 * The suites that need no built package run on the sources; size, docs and browser run on `dist`. What drives a browser
 * comes after them, for it starts processes of its own; what measures how fast the page answers comes last and alone.
 */
const browsers = {
  globalSetup: ["test/browser/install.ts"],
  sequence: { groupOrder: 1 },
  testTimeout: 120_000,
  hookTimeout: 180_000,
};
const page = {
  ...browsers,
  globalSetup: [...browsers.globalSetup, "test/playground/build.ts"],
  isolate: false, // a process that has loaded the driver of the browser goes on to the next suite
  // on a busy machine the page takes seconds where it takes milliseconds on another
  expect: { poll: { timeout: 30_000 } },
};
const speed = "test/playground/speed.test.ts";

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
          ...page,
          name: "playground",
          include: ["test/playground/**/*.test.ts"],
          exclude: [speed],
        },
      },
      {
        test: {
          ...page,
          name: "speed",
          include: [speed],
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
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
          ...browsers,
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
        },
      },
    ],
  },
});
