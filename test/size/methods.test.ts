import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

test("the methods of tensors survive bundling, though nobody imports them by name", async () => {
  const source = `import { grad, tensor } from "cotangent";
    export const result = grad((x) => x.mul(x).sum())(tensor([1, 2])).toArray();`;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  const { result } = await import(`data:text/javascript;base64,${code}`);
  expect(result).toEqual([2, 4]);
});
