import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { escapeFragment } from "../../explain/index.js";
import { parse } from "../../formula/index.js";
import type { Context } from "../context.js";
import { readPoint, refuseConstants, refuseUnused } from "../expression.js";
import { type ExitCode, exitCodes, Failure } from "../failure.js";
import { packageFolder } from "../package.js";
import { messages } from "../words/errors.js";
import { phrases } from "../words/help.js";
import { serveFolder } from "./serve.js";

export interface OpenFlags {
  readonly at: readonly string[];
  readonly wrt: readonly string[];
  /** False only prints the address. */
  readonly browser: boolean;
  readonly port?: number;
}

/** Where the built page lies. */
const page = fileURLToPath(new URL("dist/playground/", packageFolder));

/** `cotangent open`: serves the page on loopback until Ctrl-C. */
export async function runOpen(
  source: string,
  flags: OpenFlags,
  context: Context,
  folder: string = page,
): Promise<ExitCode> {
  const fragment = fragmentOf(source.trim(), flags, context);
  if (!existsSync(join(folder, "index.html")))
    throw new Failure(exitCodes.file, messages.noPage(folder), messages.buildPage);
  const served = await serveFolder(folder, { port: flags.port ?? 0 }).catch((error: Error) => {
    throw new Failure(exitCodes.file, messages.noServer(error.message));
  });
  const stopped = new Promise<void>((resolve) => {
    const release = context.terminal.onInterrupt(() => {
      release();
      resolve();
    });
  });
  const address = `${served.url}#${fragment}`;
  context.print(`${address}\n`);
  context.note(context.say(phrases.served));
  if (flags.browser) show(address, context);
  await stopped;
  served.close();
  return exitCodes.ok;
}

/** The link's fragment. Throws as `explain` does for mistakes; variables without a value get one on the page. */
function fragmentOf(source: string, { at, wrt }: OpenFlags, { lang }: Context): string {
  const point = readPoint(at);
  const { variables } = parse(source, { variables: Object.keys(point) });
  refuseConstants(variables);
  refuseUnused(point, variables);
  const values = Object.entries(point).map(([name, value]) => {
    const plain = typeof value === "number" ? value : value.toArray();
    return `${name}=${JSON.stringify(plain)}`;
  });
  const parts = [
    `x=${escapeFragment(source)}`,
    `at=${escapeFragment(values.join(","))}`,
    ...(wrt[0] === undefined ? [] : [`wrt=${escapeFragment(wrt[0])}`]),
    `lang=${lang}`,
  ];
  return parts.join("&");
}

/** Asks the system to open an address; where it cannot, the address is there to be copied. */
function show(address: string, { terminal }: Context): void {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address.replaceAll("&", "^&")]
        : ["xdg-open", address];
  const child = spawn(command as string, args, {
    cwd: terminal.cwd,
    detached: true,
    stdio: "ignore",
  });
  child.on("error", () => {});
  child.unref();
}
