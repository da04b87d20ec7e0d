// What every other script starts with: dependencies present, `dist` up to date.
// Nothing here may import an npm package: it runs before there are any.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The script of an installed package's command, to be run with this same Node.
 * @param {string} packageName
 * @param {string} [command]
 */
export function tool(packageName, command = packageName) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/**
 * Run Node with the terminal handed through; resolves to the exit code (128 + n for signal n).
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  // the child gets Ctrl-C from the terminal itself; we stay to report its exit code
  const ignore = () => {};
  process.on("SIGINT", ignore);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", ignore);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** Install what `package-lock.json` asks for, unless it is already there. */
export function install() {
  const missing = missingPackage();
  if (missing === undefined) return;
  process.stderr.write(`Installing dependencies (${missing}) …\n`);
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    process.stderr.write("npm ci failed: the message above says why.\n");
    process.exit(npm.status ?? 1);
  }
}

/** Compile `src` to `dist`, and that to `dist/node`; what has not changed is not compiled again. */
export function build() {
  removeOrphans();
  buildWith([tool("typescript", "tsc"), "-b", "tsconfig.lib.json", "tsconfig.cli.json"]);
  if (isNodeBuildOld()) buildWith([join("scripts", "node-build.mjs")]);
}

/** @param {string[]} args */
function buildWith(args) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", 2, "inherit"],
  });
  if (status === 0) return;
  process.stderr.write("The build failed: the messages above say where.\n");
  process.exit(status ?? 1);
}

/** Whether something that `dist/node` is made of or by is newer. */
function isNodeBuildOld() {
  const changed = (/** @type {string[]} */ ...path) =>
    statSync(join(root, ...path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const scripts = readdirSync(join(root, "scripts", "node-build"));
  const newest = Math.max(
    changed("dist", "lib.tsbuildinfo"),
    changed("dist", "cli.tsbuildinfo"),
    changed("package.json"),
    changed("package-lock.json"),
    changed("scripts", "node-build.mjs"),
    ...scripts.map((name) => changed("scripts", "node-build", name)),
  );
  return changed("dist", "node", "index.js") < newest;
}

function missingPackage() {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return "first run";
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === "" || (optional && present[path] === undefined)) continue;
    if (present[path]?.version !== version) return `${path} ${version}`;
  }
  return undefined;
}

/** A renamed source leaves its old output behind, and the package would ship it. */
function removeOrphans(folder = "") {
  const output = join(root, "dist", folder);
  if (!existsSync(output)) return;
  for (const entry of readdirSync(output, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(join(root, "src", path))) removeOrphans(path);
      else if (!["playground", "node"].includes(path))
        rmSync(join(output, entry.name), { recursive: true });
    } else {
      const stem = path.replace(/(\.d\.ts|\.js)(\.map)?$/, "");
      if (stem !== path && !existsSync(join(root, "src", `${stem}.ts`))) {
        rmSync(join(output, entry.name));
      }
    }
  }
}
