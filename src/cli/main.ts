#!/usr/bin/env node
import { constants } from "node:os";
import { exitCodes } from "./failure.js";
import { languageOf } from "./language.js";
import { reasonOf } from "./output.js";
import { run } from "./run.js";
import { messages } from "./words/errors.js";

for (const stream of [process.stdout, process.stderr]) {
  // the reader has gone (`… | head`): nobody is left to tell
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(128 + constants.signals.SIGPIPE);
    const name = stream === process.stdout ? "stdout" : "stderr";
    const lang = languageOf(process.argv.slice(2), process.env);
    const text = messages.cannotWrite(name, reasonOf(error))[lang];
    if (name === "stdout") process.stderr.write(`${messages.error[lang]}: ${text}\n`);
    process.exit(exitCodes.file);
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
