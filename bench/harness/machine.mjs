import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

/**
 * On what and with which versions figures were taken.
 * @param {string | undefined} torch
 */
export function machine(torch) {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: `${cpu?.model.trim() ?? "unknown"}, ${cpus().length} cores`,
    /** How many processes want the cores: above their number, times are too long and only ratios mean something. */
    load: (loadavg()[0] ?? 0).toFixed(0),
    node: process.version,
    jax: versionOf("@jax-js/jax"),
    tfjs: versionOf("@tensorflow/tfjs"),
    torch: torch ?? "not used",
  };
}

/** @param {string} name */
function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return existsSync(file)
    ? String(JSON.parse(readFileSync(file, "utf8")).version)
    : "not installed";
}
