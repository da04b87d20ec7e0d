import { ValueError } from "../../index.js";
import {
  type Checkpoint,
  type Dataset,
  losses,
  type Model,
  mlp,
  modelOf,
  readCheckpoint,
  Trainer,
  type TrainOptions,
  thetaModel,
} from "../../train/index.js";
import type { Context } from "../context.js";
import { readCsv } from "../csv.js";
import { decodeData } from "../decode.js";
import { exitCodes, Failure } from "../failure.js";
import { readBytes, readText } from "../output.js";
import { readAll } from "../terminal.js";
import { messages } from "../words/errors.js";
import { trainMessages } from "../words/train.js";
import type { TrainFlags } from "./flags.js";

/** Reads data and checkpoint and prepares the run. Throws Failure. */
export async function prepareRun(
  file: string | undefined,
  flags: TrainFlags,
  context: Context,
): Promise<Trainer> {
  const from = flags.resume === undefined ? undefined : readRun(flags.resume, context);
  if (from !== undefined) refuseChanges(flags, from);
  const data = await readData(file, flags, from, context);
  const model = from === undefined ? modelFor(flags, data) : modelOf(from.model);
  checkTargets(model, data);
  const rows = data.y.length;
  const share = flags.testSplit ?? 0;
  if (share > 0 && Math.max(1, Math.round(share * rows)) >= rows)
    throw new Failure(exitCodes.usage, trainMessages.testSplitLeavesNothing(rows));
  const trainer = new Trainer(model, data, optionsOf(flags, from), from);
  if (!trainer.sameData)
    context.note(
      `${context.say(messages.warning)}: ${context.say(trainMessages.otherData(flags.resume as string))}`,
    );
  return trainer;
}

async function readData(
  file: string | undefined,
  flags: TrainFlags,
  from: Checkpoint | undefined,
  { terminal }: Context,
): Promise<Dataset> {
  if (file !== undefined && flags.data !== undefined && file !== flags.data)
    throw new Failure(exitCodes.usage, trainMessages.dataTwice(file, flags.data));
  const path = file ?? flags.data;
  if (path === undefined)
    throw new Failure(exitCodes.usage, trainMessages.noData, trainMessages.giveData);
  const text =
    path === "-" ? await readAll(terminal.stdin) : decodeData(readBytes(path, terminal.cwd), path);
  if (from === undefined)
    return readCsv(text, path, { target: flags.target, features: flags.features });
  const { target, features } = from.data;
  return readCsv(text, path, { target, features });
}

function readRun(path: string, { terminal }: Context): Checkpoint {
  const text = readText(path, terminal.cwd);
  try {
    return readCheckpoint(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { expected, received } = error.complaint;
    throw new Failure(exitCodes.file, trainMessages.badCheckpoint(path, expected, received));
  }
}

/** Options that a checkpoint already answers, otherwise. */
function refuseChanges(flags: TrainFlags, { model, settings, data }: Checkpoint): void {
  const features = flags.features.length === 0 ? undefined : flags.features.join();
  const fixed: readonly (readonly [string, unknown, unknown])[] = [
    ["--model", flags.model, model.kind === "mlp" ? `mlp:${model.sizes.join("-")}` : "theta"],
    ["--target", flags.target, data.target],
    ["--features", features, data.features.join()],
    ["--activation", flags.activation, model.kind === "mlp" && model.activation],
    ["--link", flags.link, model.link],
    ["--loss", flags.loss, model.loss],
    ["--no-bias", flags.bias ? undefined : false, model.kind === "theta" && model.bias],
    ["--no-standardize", flags.standardize ? undefined : false, settings.standardize],
    ["--optim", flags.optim, settings.optimizer],
    ["--batch", flags.batch, settings.batch],
    ["--seed", flags.seed, settings.seed],
    ["--test-split", flags.testSplit, settings.testShare],
  ];
  for (const [option, value, before] of fixed) {
    if (value === undefined || value === before) continue;
    throw new Failure(
      exitCodes.usage,
      trainMessages.fixedByCheckpoint(option),
      trainMessages.dropOption(option),
    );
  }
}

function modelFor(flags: TrainFlags, data: Dataset): Model {
  const { model = "theta", loss = "squares", bias, activation } = flags;
  const features = data.features.length;
  const sizes = /^mlp:([1-9]\d*(?:-[1-9]\d*)*-1)$/.exec(model)?.[1];
  if (model !== "theta" && sizes === undefined)
    throw new Failure(exitCodes.usage, trainMessages.unknownModel(model));
  const { links } = losses[loss];
  if (flags.link !== undefined && !links.includes(flags.link)) {
    const list = links.join(", ");
    throw new Failure(exitCodes.usage, trainMessages.lossLink(loss, flags.link, list));
  }
  const link = flags.link ?? (links[0] as (typeof links)[number]);
  if (sizes === undefined) {
    if (activation !== undefined)
      throw new Failure(exitCodes.usage, trainMessages.networkOnly("--activation"));
    return thetaModel({ features, link, loss, bias });
  }
  if (!bias) throw new Failure(exitCodes.usage, trainMessages.thetaOnly("--no-bias"));
  const network = mlp(sizes, { link, loss, ...(activation === undefined ? {} : { activation }) });
  if (network.features === features) return network;
  const given = `${features} (${data.features.join(", ")})`;
  throw new Failure(exitCodes.usage, trainMessages.modelSize(model, network.features, given));
}

function checkTargets({ loss }: Model, { y }: Dataset): void {
  const row = y.findIndex((value) => !loss.fits(value));
  if (row < 0) return;
  throw new Failure(
    exitCodes.file,
    trainMessages.badTarget(row + 1, String(y[row]), loss.name, trainMessages.targets[loss.name]),
  );
}

function optionsOf(flags: TrainFlags, from: Checkpoint | undefined): TrainOptions {
  const { epochs, lr, optim, batch, seed, untilLoss, untilGradient, testSplit } = flags;
  const given = {
    epochs,
    rate: lr,
    untilLoss,
    untilGradient,
    ...(from === undefined
      ? { optimizer: optim, batch, seed, testShare: testSplit, standardize: flags.standardize }
      : {}),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as TrainOptions;
}
