// `npm run bench -- NAME…`: workloads by name, or one of the series; see docs/benchmarks.md.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, install, root, runNode } from "./prepare.mjs";

const folder = join(root, "bench");

/** What is not a table of workloads has a script of its own, and needs no peers. */
const series = {
  accuracy: "accuracy/main.mjs",
  gradbench: "gradbench/bench.mjs",
  firstcall: "series/firstcall.mjs",
  memory: "series/memory.mjs",
};

const [name = "", ...rest] = process.argv.slice(2);
const own = Object.entries(series).find(([key]) => key === name)?.[1];

install();
build();
if (own === undefined) installPeers();
process.exitCode = await runNode(
  own === undefined
    ? [join(folder, "main.mjs"), ...process.argv.slice(2)]
    : [join(folder, own), ...rest],
);

/** Without a registry at hand the peers' columns say that they are not installed. */
function installPeers() {
  const wanted = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies;
  const missing = Object.entries(wanted).filter(([peer, version]) => {
    const manifest = join(folder, "node_modules", peer, "package.json");
    return !existsSync(manifest) || JSON.parse(readFileSync(manifest, "utf8")).version !== version;
  });
  if (missing.length === 0) return;
  process.stderr.write("Installing what the benchmarks compare with …\n");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) process.stderr.write("npm ci failed: the peers are left out.\n");
}
