import { formatNumber } from "../../explain/index.js";
import type { Trainer } from "../../train/index.js";
import type { Context } from "../context.js";
import { type ExitCode, exitCodes } from "../failure.js";
import { refuseUnwritable } from "../output.js";
import { messages } from "../words/errors.js";
import { trainMessages } from "../words/train.js";
import type { TrainFlags } from "./flags.js";
import { runToEnd, save } from "./loop.js";
import { reportRun } from "./report.js";
import { prepareRun } from "./setup.js";

/** Where Ctrl-C writes the run down if nothing else is said. */
const rescue = "cotangent-checkpoint.json";

/** `cotangent train`. */
export async function runTrain(
  file: string | undefined,
  flags: TrainFlags,
  context: Context,
): Promise<ExitCode> {
  const trainer = await prepareRun(file, flags, context);
  if (flags.save !== undefined) refuseUnwritable(flags.save, context.terminal.cwd);
  tellPlan(trainer, context);
  const stopped = await runToEnd(trainer, flags, context);
  const interrupted = stopped === "interrupted";
  const path = flags.save ?? (interrupted ? (flags.resume ?? rescue) : undefined);
  if (path !== undefined) {
    save(trainer, path, context);
    context.note(context.say(trainMessages.saved(path, trainer.report.epoch)));
  }
  reportRun(trainer, stopped, flags.json === true, context);
  if (interrupted) {
    const command = `cotangent train ${file ?? flags.data} --resume ${path}`;
    context.note(context.say(trainMessages.resumeWith(command)));
    return exitCodes.interrupted;
  }
  if (stopped === "diverged") {
    tellDivergence(trainer, context);
    return exitCodes.domain;
  }
  const missed = flags.untilLoss !== undefined && stopped !== "loss";
  if (missed) context.note(context.say(trainMessages.missed(String(flags.untilLoss))));
  return missed ? exitCodes.failed : exitCodes.ok;
}

function tellPlan(trainer: Trainer, { note, say }: Context): void {
  const { train } = trainer.split;
  const { description } = trainer.model;
  const { optimizer, rate } = trainer.settings;
  const model = description.kind === "mlp" ? `mlp:${description.sizes.join("-")}` : "theta";
  const digits = formatNumber(Number(rate.toPrecision(4)));
  const speed = say(trainMessages.rate(digits));
  const how = [model, description.link, description.loss, optimizer, speed].join(", ");
  note(say(trainMessages.plan(train.y.length, train.features.join(", "), train.target, how)));
}

function tellDivergence(trainer: Trainer, { say, terminal }: Context): void {
  const epoch = trainer.diverged?.epoch ?? trainer.report.epoch;
  terminal.stderr.write(
    `${say(messages.error)}: ${say(trainMessages.trainDiverged(epoch))}\n  ${say(
      trainMessages.smallerRate(String(Number(trainer.settings.rate.toPrecision(3)))),
    )}\n`,
  );
}
