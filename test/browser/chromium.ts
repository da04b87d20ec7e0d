import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Carries its binary (Linux x64), so nothing is fetched but the package; later ones need Node 22. */
const carrier = "@sparticuz/chromium@147.0.0";
const folder = join(root, ".cache", "chromium");

/** A Chromium to launch, with what its process needs in the environment. */
export interface Chromium {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The system's Chromium (or the one `CHROMIUM` names), else the one from npm, installed on first use.
 */
export function findChromium(): Chromium {
  const system = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (system !== undefined) return { executablePath: system, env: process.env };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found: set CHROMIUM to the path of one.");
  }
  const executablePath = join(folder, "chromium");
  if (!existsSync(executablePath)) install();
  const runs = spawnSync(executablePath, ["--version"]).status === 0;
  const libraries = join(folder, "al2023", "lib");
  return {
    executablePath,
    env: runs ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries },
  };
}

/** Puts it together beside its folder: that is there whole or not at all. */
function install(): void {
  const draft = `${folder}-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const npm = ["install", "--prefix", draft, "--ignore-scripts", "--loglevel=error", carrier];
    step(draft, "npm", npm);
    const unpack = 'import c from "@sparticuz/chromium"; await c.executablePath();';
    step(draft, process.execPath, ["--input-type=module", "--eval", unpack], {
      TMPDIR: draft,
      // its way to be asked for the shared libraries a bare system lacks
      AWS_LAMBDA_JS_RUNTIME: "nodejs20.x",
    });
    rmSync(join(draft, "node_modules"), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function step(
  cwd: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): void {
  const { status, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) {
    throw new Error(`Setting up ${carrier} failed at '${command}': ${error?.message ?? stderr}`);
  }
}
