import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";
import * as library from "../../src/index.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** How many bytes each file of the built package leaves in a bundle of `source`. */
async function bundled(source: string): Promise<Map<string, number>> {
  const { metafile } = await bundle(source);
  const [output] = Object.values(metafile.outputs);
  return new Map(
    Object.entries(output?.inputs ?? {}).map(([file, { bytesInOutput }]) => [file, bytesInOutput]),
  );
}

function bundle(source: string): Promise<{ metafile: Metafile }> {
  return build({
    stdin: { contents: source, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    metafile: true,
    write: false,
  });
}

/** The file and everything it imports, directly or not. */
function closure(metafile: Metafile, start: string): Set<string> {
  const reached = new Set([start]);
  for (const file of reached) {
    for (const { path } of metafile.inputs[file]?.imports ?? []) reached.add(path);
  }
  return reached;
}

test("an operation nobody uses leaves no byte in a bundle", async () => {
  const bytes = await bundled('import { Tensor } from "cotangent"; console.log(Tensor);');
  const { metafile } = await bundle('import * as all from "cotangent"; console.log(all);');
  // the tensor's methods are the one side effect of the package, and need their operations
  const methods = "dist/ops/methods.js";
  const used = existsSync(join(root, methods)) ? closure(metafile, methods) : new Set<string>();
  const unused = Object.keys(metafile.inputs).filter(
    (file) => file.startsWith("dist/ops/") && !used.has(file),
  );
  expect(unused.length).toBeGreaterThan(0);
  expect(unused.filter((file) => (bytes.get(file) ?? 0) > 0)).toEqual([]);
});

test("a gradient brings neither the list of all operations nor what stands above the library", async () => {
  const bytes = await bundled('export { grad } from "cotangent";');
  const brought = [...bytes].filter(([, count]) => count > 0).map(([file]) => file);
  expect(brought).toContain("dist/transforms/grad.js");
  const above = /^dist\/(operations\.js|formula\/|explain\/|modules\/|train\/|testing\/|cli\/)/;
  expect(brought.filter((file) => above.test(file))).toEqual([]);
});

test("derivatives leave what only sparse Jacobians need out of a bundle", async () => {
  const sparse = /^dist\/transforms\/sparse\//;
  const brought = async (names: string): Promise<number> =>
    [...(await bundled(`export { ${names} } from "cotangent";`))]
      .filter(([file]) => sparse.test(file))
      .reduce((total, [, count]) => total + count, 0);
  expect(await brought("grad, jit, jacobian, hessian, vmap")).toBe(0);
  expect(await brought("sparseJacobian")).toBeGreaterThan(0);
});

test("what only people and tests read of operations is in no bundle without the list of them", async () => {
  const functions = Object.entries(library).flatMap(([name, value]) =>
    typeof value === "function" && "op" in value ? [name] : [],
  );
  expect(functions.length).toBeGreaterThan(50);
  const names = [...functions, "grad", "jit", "take", "scatterAdd", "scan", "customVjp", "topK"];
  const bytes = await bundled(`export { ${names.join(", ")} } from "cotangent";`);
  expect(bytes.get("dist/ops/gather.js")).toBeGreaterThan(0);
  expect(bytes.get("dist/ops/describe.js") ?? 0).toBe(0);
  for (const reader of [
    'export { operations } from "cotangent";',
    'export { explain } from "cotangent/explain";',
  ])
    expect((await bundled(reader)).get("dist/ops/describe.js")).toBeGreaterThan(0);
});

test("the compiler brings no code of operations that are not used", async () => {
  const code = /^dist\/(math\/|ops\/kernels\/|control\/emit\/|transforms\/bodies)/;
  const brought = async (names: string): Promise<string[]> =>
    [...(await bundled(`export { ${names} } from "cotangent";`))]
      .filter(([file, count]) => count > 0 && code.test(file))
      .map(([file]) => file);
  const unused = [
    "math/trigonometric.js",
    "ops/kernels/sort.js",
    "control/emit/steps.js",
    "transforms/bodies.js",
  ].map((file) => `dist/${file}`);
  expect(await brought("grad, jit")).not.toEqual(
    expect.arrayContaining([expect.stringMatching(unused.join("|"))]),
  );
  expect(await brought("grad, jit, sin, sort, scan")).toEqual(expect.arrayContaining(unused));
});
