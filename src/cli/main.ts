#!/usr/bin/env node
import { constants } from "node:os";
import { run } from "./run.js";

for (const stream of [process.stdout, process.stderr]) {
  // the reader has gone (`… | head`): nobody is left to tell
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(128 + constants.signals.SIGPIPE);
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  onInterrupt: (handler) => {
    // once: a second Ctrl-C ends the program there and then
    process.once("SIGINT", handler);
    return () => process.off("SIGINT", handler);
  },
});
