// The built package, from one place: benchmarks measure what users install.
export * from "../dist/node/index.js";
