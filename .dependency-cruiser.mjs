// Imports point down only. Type-only imports count: a layer that needs a type from above is
// not below it. Unit tests sit beside the sources and may reach anywhere.

const test = "\\.test\\.ts$";

/** A folder of `src` and the folders (or files) of `src` it may import besides itself. */
const layers = {
  program: ["core/dtype\\.ts"],
  core: ["program"],
  math: ["ops/numerics", "program", "core"],
  ops: ["math", "program", "core"],
  transforms: ["ops", "core"],
  control: ["simplify", "transforms", "ops", "program", "core"],
  simplify: ["ops", "core"],
  compile: ["simplify", "transforms", "ops", "math", "program", "core"],
  graph: ["simplify", "control", "transforms", "ops", "core"],
  formula: ["ops", "core"],
  explain: ["operations\\.ts", "formula", "graph", "simplify", "transforms", "ops", "core"],
  modules: ["index\\.ts"],
  train: ["index\\.ts"],
  testing: ["index\\.ts"],
  cli: ["index\\.ts", "[a-z]+/index\\.ts"],
};

/** The npm packages a folder may use; every other folder uses none. */
const packages = {
  explain: ["@dagrejs/dagre"],
  cli: ["commander", "cli-progress", "papaparse", "cli-table3"],
};

const installed = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-unknown", "npm-no-pkg"];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or share a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-type-cycles",
      comment:
        "Only in core and program may types name each other: nodes hold primitives, whose rules take nodes; instructions hold sequences, which builders emit.",
      severity: "error",
      from: { pathNot: "^src/(core|program)/" },
      to: { circular: true },
    },
    {
      name: "resolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    ...Object.entries(layers).map(([folder, below]) => ({
      name: `${folder}-imports-down`,
      comment: `src/${folder} may import ${below.join(", ") || "nothing outside itself"}.`,
      severity: "error",
      from: { path: `^src/${folder}/`, pathNot: test },
      to: {
        path: "^src/",
        pathNot: [folder, ...below].map((to) => `^src/${to}${to.endsWith("ts") ? "$" : "/"}`),
      },
    })),
    {
      name: "index-imports-the-library",
      comment: "The main entry is the library itself; what stands on it has an entry of its own.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: {
        path: "^src/",
        pathNot:
          "^src/((core|program|ops|transforms|control|simplify|compile|graph|formula)/|operations\\.ts$)",
      },
    },
    {
      name: "operations-is-a-list",
      comment: "The list of all operations knows the operations, and only they stand below it.",
      severity: "error",
      from: { path: "^src/operations\\.ts$" },
      to: { path: "^src/", pathNot: "^src/(core|ops|control)/" },
    },
    {
      name: "known-folder",
      comment: "A new folder of src needs its line in `layers`.",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: [
          test,
          `^src/(${Object.keys(layers).join("|")})/`,
          "^src/(index|operations)\\.ts$",
        ],
      },
      to: {},
    },
    {
      name: "numerics-is-pure",
      comment: "Numerical methods are plain functions of numbers and arrays.",
      severity: "error",
      from: { path: "^src/ops/numerics/", pathNot: test },
      to: { pathNot: "^src/ops/numerics/" },
    },
    {
      name: "library-below-playground",
      comment: "The page stands on the library, never the other way round.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^playground/" },
    },
    {
      name: "playground-packages",
      comment: "The page may use few packages.",
      severity: "error",
      from: { path: "^playground/src/" },
      to: {
        dependencyTypes: installed,
        pathNot: "node_modules/(preact|@preact/signals|katex|uplot)(/|$)",
      },
    },
    {
      name: "node-in-cli-only",
      comment: "The library runs in browsers.",
      severity: "error",
      from: { path: "^src/", pathNot: [test, "^src/cli/"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-packages",
      comment: "The library depends on nothing.",
      severity: "error",
      from: { path: "^src/", pathNot: [test, `^src/(${Object.keys(packages).join("|")})/`] },
      to: { dependencyTypes: installed },
    },
    ...Object.entries(packages).map(([folder, names]) => ({
      name: `${folder}-packages`,
      comment: `src/${folder} may use ${names.join(", ")}.`,
      severity: "error",
      from: { path: `^src/${folder}/`, pathNot: test },
      to: {
        dependencyTypes: installed,
        pathNot: names.map(
          (name) => `node_modules/(@types/)?${name.replace("@dagrejs/", "@?dagrejs/")}(/|$)`,
        ),
      },
    })),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.cli.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
