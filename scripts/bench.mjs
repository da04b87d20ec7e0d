// `npm run bench -- NAME` runs bench/NAME.bench.mjs; without a name it lists what there is.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, install, root, runNode } from "./prepare.mjs";

const folder = join(root, "bench");
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(".bench.mjs"))
      .map((file) => file.slice(0, -".bench.mjs".length))
  : [];
const [name, ...rest] = process.argv.slice(2);

if (name === undefined) {
  console.log(
    names.length > 0 ? `Benchmarks: ${names.join(", ")}` : "There are no benchmarks yet.",
  );
} else if (!names.includes(name)) {
  console.error(`No benchmark is called '${name}'. There are: ${names.join(", ") || "none"}`);
  process.exitCode = 2;
} else {
  install();
  build();
  installExtras();
  process.exitCode = await runNode([join(folder, `${name}.bench.mjs`), ...rest]);
}

/** What only benchmarks compare against lives in their own package. */
function installExtras() {
  if (!existsSync(join(folder, "package.json")) || existsSync(join(folder, "node_modules"))) return;
  process.stderr.write("Installing what the benchmarks compare against …\n");
  const npm = spawnSync("npm", ["install", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}
