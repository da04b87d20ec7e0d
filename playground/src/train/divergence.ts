import { Trainer } from "../../../src/train/index.js";

/** Why a run left all bounds, and what helps. */
export type Divergence =
  /** Steps overshoot: take another learning rate, null for the one that the data give. */
  | { readonly cause: "rate"; readonly rate: number | null }
  /** They do because features are large: scale them. */
  | { readonly cause: "features"; readonly largest: number }
  /** The loss overflows at the start: a column's numbers are too large. */
  | { readonly cause: "size"; readonly column: string; readonly largest: number };

/** A loss of so many times what it was at the start does not come back to anything of use. */
const bound = 1e6;

/** Whether a loss has left all bounds, though a number still holds it. */
export function hasRunAway(start: number, now: number): boolean {
  return start !== 0 && now > bound * Math.abs(start);
}

/** With features beyond this, usual learning rates overshoot. */
const largeFeature = 30;

/** `chosen` says whether somebody chose the learning rate. */
export function divergenceOf(trainer: Trainer, chosen: boolean): Divergence {
  const { report, settings } = trainer;
  const columns = columnsOf(trainer);
  const worst = columns.reduce((a, b) => (b.largest > a.largest ? b : a));
  if (!Number.isFinite(report.loss) || !Number.isFinite(report.gradientNorm))
    return { cause: "size", ...worst };
  const largest = Math.max(...columns.slice(1).map((column) => column.largest));
  if (!settings.standardize && largest > largeFeature) return { cause: "features", largest };
  return { cause: "rate", rate: otherRate(trainer, chosen) };
}

/** The largest number of the target, and of each feature as the model sees it. */
function columnsOf({ split, examples }: Trainer): { column: string; largest: number }[] {
  const { features, target, y } = split.train;
  const largest = features.map(() => 0);
  Array.from(examples.x.data, Number).forEach((value, i) => {
    const j = i % features.length;
    largest[j] = Math.max(largest[j] as number, Math.abs(value));
  });
  return [
    { column: target, largest: y.reduce((most, value) => Math.max(most, Math.abs(value)), 0) },
    ...features.map((column, j) => ({ column, largest: largest[j] as number })),
  ];
}

/** The data know a rate for θx = p; else the first tenth, hundredth … with which a short run stays in bounds. */
function otherRate({ model, settings, split }: Trainer, chosen: boolean): number | null {
  const known = model.description.kind === "theta" && settings.optimizer !== "adam";
  if (known && chosen) return null;
  const tenths = Array.from({ length: 5 }, (_, i) =>
    Number((settings.rate / 10 ** (i + 1)).toPrecision(1)),
  );
  const stays = (rate: number): boolean => {
    const trial = new Trainer(model, split.train, { ...settings, testShare: 0, rate, epochs: 60 });
    const first = trial.report.loss;
    return trial.run(({ loss }) => !hasRunAway(first, loss)) === "epochs";
  };
  return tenths.find(stays) ?? (tenths.at(-1) as number);
}
