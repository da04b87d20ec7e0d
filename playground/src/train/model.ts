import { trainMessages } from "../../../src/cli/words/train.js";
import { formatNumber } from "../../../src/explain/numbers.js";
import { type Dataset, type Model, mlp, Trainer, thetaModel } from "../../../src/train/index.js";
import { hasClasses, makeDataset } from "./datasets.js";
import type { OwnFile } from "./own-file.js";
import { Refusal } from "./refusal.js";
import type { Setup } from "./setup.js";
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";

/** What a setup learns from, and whether its targets are classes. Throws Refusal for a file that lacks it. */
export function dataOf(
  setup: Setup,
  own: OwnFile | undefined,
): { readonly dataset: Dataset; readonly classes: boolean } {
  const { data, rows, noise, seed } = setup;
  if (data !== "own")
    return { dataset: makeDataset(data, rows, noise, seed), classes: hasClasses(data) };
  if (own === undefined) throw new Refusal("file", { en: en.file, ru: ru.file });
  return { dataset: own.dataset(setup), classes: own.target(setup).value !== undefined };
}

/** The run that a setup describes. Throws Refusal where setup and data do not go together. */
export function trainerOf(setup: Setup, dataset: Dataset): Trainer {
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
  const targets = trainMessages.targets[loss.name];
  const value = formatNumber(y[row] as number);
  throw new Refusal("loss", {
    en: en.badTarget(en.losses[loss.name], targets.en, row + 1, value),
    ru: ru.badTarget(ru.losses[loss.name], targets.ru, row + 1, value),
  });
}

function checkShare(share: number, rows: number): void {
  if (share > 0 && Math.max(1, Math.round(share * rows)) >= rows)
    throw new Refusal("testShare", { en: en.noTrainingRows(rows), ru: ru.noTrainingRows(rows) });
}
