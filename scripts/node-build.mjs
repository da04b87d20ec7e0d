// Builds dist/node, what Node loads: the modules of `dist` in a few files, for Node finds, reads and links each of some
// 500 in turn. Functions that a first call runs are compiled while these files load (see node-build/eager.mjs).
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { rolldown } from "rolldown";
import { compiledOnLoad } from "./node-build/eager.mjs";
import { calledFunctions } from "./node-build/profile.mjs";
import { root } from "./prepare.mjs";

const folder = join(root, "dist", "node");
const draft = join(root, "node_modules", ".cache", `node-build-${process.pid}`);
const { bin, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What Node is offered by name, and the module of `dist` each is made of: "train" from "./dist/train/index.js". */
const named = Object.values(exports)
  .filter((entry) => entry.node !== undefined)
  .map((entry) => [nameOf(entry.node), entry.default]);
const program = [nameOf(bin.cotangent), `./dist/${nameOf(bin.cotangent)}.js`];

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries([...named, program]),
  external: (id) => /^[\w@]/.test(id) && !isAbsolute(id),
  platform: "node",
});
// what is shared lies in a folder beside, as src/core does: errors tell by it the library's lines from the user's
const { output } = await bundle.generate({ format: "esm", chunkFileNames: "core/[name].js" });
const files = output.filter((file) => file.type === "chunk");

try {
  for (const { fileName, code } of files) write(fileName, code);
  const called = await calledFunctions(draft);
  for (const { fileName, code } of files)
    write(fileName, compiledOnLoad(code, called.get(fileName) ?? new Set()));
  for (const [name, from] of named)
    write(`${name}.d.ts`, `export * from "${from.replace("./dist", "..")}";\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
} finally {
  rmSync(draft, { recursive: true, force: true });
}

/** @param {string} file @param {string} text */
function write(file, text) {
  const path = join(draft, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @param {string} file of the package, as "./dist/node/train.js" */
function nameOf(file) {
  return file.replace(/^(\.\/)?dist\/node\//, "").replace(/\.js$/, "");
}
