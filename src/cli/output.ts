import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { exitCodes, Failure } from "./failure.js";
import { messages } from "./words/errors.js";

/** The file's text. Throws Failure (exit 4). */
export function readText(path: string, cwd: string): string {
  return readBytes(path, cwd).toString("utf8");
}

/** What stands in the file. Throws Failure (exit 4). */
export function readBytes(path: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, path));
  } catch (error) {
    throw new Failure(exitCodes.file, messages.cannotRead(path, reasonOf(error)));
  }
}

/**
 * Writes the file whole or not at all: into another one beside it, which then takes its name. What is no plain file
 * (/dev/stdout, a pipe) is written as it is. Throws Failure (exit 4).
 */
export function writeWhole(path: string, text: string, cwd: string): void {
  const named = resolve(cwd, path);
  const found = statSync(named, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile() && !found.isDirectory()) {
    writeFileSync(named, text);
    return;
  }
  const target = found === undefined ? named : realpathSync(named);
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    writeFileSync(draft, text, { flag: "wx" });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Failure(exitCodes.file, messages.cannotWrite(path, reasonOf(error)));
  }
}

/** Throws Failure (exit 4) where `writeWhole` could not write: better known before hours of work than after. */
export function refuseUnwritable(path: string, cwd: string): void {
  const named = resolve(cwd, path);
  try {
    const found = statSync(named, { throwIfNoEntry: false });
    if (found === undefined) accessSync(dirname(named), constants.W_OK);
    else if (found.isFile()) accessSync(dirname(realpathSync(named)), constants.W_OK);
    else if (found.isDirectory()) openSync(named, "r+");
  } catch (error) {
    throw new Failure(exitCodes.file, messages.cannotWrite(path, reasonOf(error)));
  }
}

/** What the operating system says, without the path it repeats. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const said = /^[A-Z]+: ([^,]+),/.exec(message ?? "")?.[1];
  return said ?? code ?? String(message);
}
