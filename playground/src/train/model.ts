import { exitCodes, Failure } from "../../../src/cli/failure.js";
import { trainMessages } from "../../../src/cli/words/train.js";
import { type Dataset, type Model, mlp, Trainer, thetaModel } from "../../../src/train/index.js";
import { makeDataset } from "./datasets.js";
import type { Setup } from "./setup.js";
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";

/** The run that a setup describes, on its own data or on those of a file. Throws Failure where they do not go together. */
export function trainerOf(setup: Setup, own: Dataset | undefined): Trainer {
  const data = setup.data === "own" ? own : undefined;
  const dataset =
    data ??
    makeDataset(setup.data === "own" ? "line" : setup.data, setup.rows, setup.noise, setup.seed);
  const { rate, batch, untilLoss, optimizer, testShare, standardize, epochs, seed } = setup;
  const model = modelOf(setup, dataset.features.length);
  checkTargets(model, dataset);
  checkShare(setup.testShare, dataset.y.length);
  return new Trainer(model, dataset, {
    optimizer,
    testShare,
    standardize,
    epochs,
    seed,
    ...(rate === null ? {} : { rate }),
    ...(batch === null ? {} : { batch }),
    ...(untilLoss === null ? {} : { untilLoss }),
  });
}

function modelOf({ layers, activation, bias, link, loss }: Setup, features: number): Model {
  return layers === ""
    ? thetaModel({ features, link, loss, bias })
    : mlp(`${features}-${layers}-1`, { link, loss, activation });
}

function checkTargets({ loss }: Model, { y }: Dataset): void {
  const row = y.findIndex((value) => !loss.fits(value));
  if (row < 0) return;
  const { name } = loss;
  const text = trainMessages.badTarget(row + 1, String(y[row]), name, trainMessages.targets[name]);
  throw new Failure(exitCodes.usage, text);
}

function checkShare(share: number, rows: number): void {
  if (share > 0 && Math.max(1, Math.round(share * rows)) >= rows)
    throw new Failure(exitCodes.usage, {
      en: en.noTrainingRows(rows),
      ru: ru.noTrainingRows(rows),
    });
}
