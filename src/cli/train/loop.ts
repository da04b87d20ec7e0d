import { appendFileSync, closeSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { type Report, type StopReason, type Trainer, writeCheckpoint } from "../../train/index.js";
import type { Context } from "../context.js";
import { exitCodes, Failure } from "../failure.js";
import { toJsonText } from "../finite.js";
import { reasonOf, writeWhole } from "../output.js";
import { startProgress } from "../progress.js";
import { messages } from "../words/errors.js";
import type { TrainFlags } from "./flags.js";

/** Milliseconds of work between looks at the outside world (Ctrl-C). */
const slice = 20;

/** Milliseconds between checkpoints of a long run. */
const saveEvery = 10_000;

/** Runs until it stops or Ctrl-C; writes log and checkpoints. */
export async function runToEnd(
  trainer: Trainer,
  flags: TrainFlags,
  context: Context,
): Promise<StopReason | "interrupted"> {
  const { terminal } = context;
  let interrupted = false;
  const release = terminal.onInterrupt(() => {
    interrupted = true;
  });
  const log = openLog(flags, context);
  const progress = startProgress(context, trainer.report.epoch, trainer.settings.epochs);
  try {
    if (flags.resume === undefined) log.write(trainer.report);
    progress.tell(trainer.report);
    let saved = performance.now();
    while (trainer.stopped === undefined && !interrupted) {
      const start = performance.now();
      while (trainer.stopped === undefined && !interrupted && performance.now() - start < slice) {
        const report = trainer.runEpoch();
        log.write(report);
        if (trainer.diverged === undefined) progress.tell(report);
      }
      if (flags.save !== undefined && performance.now() - saved > saveEvery) {
        save(trainer, flags.save, context);
        saved = performance.now();
      }
      await new Promise((done) => setImmediate(done));
    }
  } finally {
    progress.end();
    log.close();
    release();
  }
  return trainer.stopped ?? "interrupted";
}

/** Writes the run down. Throws Failure (exit 4). */
export function save(trainer: Trainer, path: string, { terminal }: Context): void {
  writeWhole(path, writeCheckpoint(trainer.checkpoint()), terminal.cwd);
}

interface Log {
  write(report: Report): void;
  close(): void;
}

/** A continued run goes on in the same file. */
function openLog({ log: path, resume }: TrainFlags, { terminal }: Context): Log {
  if (path === undefined) return { write: () => {}, close: () => {} };
  const failure = (error: unknown): Failure =>
    new Failure(exitCodes.file, messages.cannotWrite(path, reasonOf(error)));
  let file: number;
  try {
    file = openSync(resolve(terminal.cwd, path), resume === undefined ? "w" : "a");
  } catch (error) {
    throw failure(error);
  }
  return {
    write: (report) => {
      try {
        appendFileSync(file, toJsonText({ schema: 1, ...report }));
      } catch (error) {
        throw failure(error);
      }
    },
    close: () => closeSync(file),
  };
}
