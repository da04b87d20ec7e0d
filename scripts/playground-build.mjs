// Builds the page into dist/playground; what has not changed is not built again.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, tool } from "./prepare.mjs";

export const playgroundFolder = join(root, "dist", "playground");
const stamp = join(playgroundFolder, ".built");

export function buildPlayground() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  const vite = spawnSync(
    process.execPath,
    [tool("vite"), "build", "--config", join("playground", "vite.config.ts"), "--logLevel", "warn"],
    { cwd: root, stdio: ["ignore", 2, "inherit"] },
  );
  if (vite.status !== 0) {
    process.stderr.write("The page was not built: the messages above say where.\n");
    process.exit(vite.status ?? 1);
  }
  writeFileSync(stamp, now);
}

/** Paths, sizes and times of everything the page is made of. */
function fingerprint() {
  /** @type {string[]} */
  const lines = [];
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!path.endsWith(".test.ts")) {
        const { size, mtimeMs } = statSync(join(root, path));
        lines.push(`${path} ${size} ${mtimeMs}`);
      }
    }
  };
  for (const folder of ["src", "playground"]) walk(folder);
  return `${lines.sort().join("\n")}\n${readFileSync(join(root, "package-lock.json"), "utf8").length}`;
}
