import Table from "cli-table3";
import { formatNumber } from "../../explain/index.js";
import {
  type Coefficients,
  coefficientsOf,
  type Dataset,
  leastSquaresOf,
  type Quality,
  qualityOf,
  type StopReason,
  type Trainer,
} from "../../train/index.js";
import { drawCurve } from "../chart.js";
import type { Context } from "../context.js";
import { toJsonText } from "../finite.js";
import { paint } from "../style.js";
import { columnsOf } from "../terminal.js";
import { trainMessages as words } from "../words/train.js";

/** What a run came to. */
interface Outcome {
  readonly stopped: StopReason | "interrupted";
  readonly coefficients: Coefficients | undefined;
  /** The answer without iterating, where there is one. */
  readonly exact: Coefficients | undefined;
  readonly quality: Quality;
  readonly testQuality: Quality | undefined;
}

export function reportRun(
  trainer: Trainer,
  stopped: StopReason | "interrupted",
  json: boolean,
  context: Context,
): void {
  const outcome = outcomeOf(trainer, stopped);
  context.print(json ? asJson(trainer, outcome) : asText(trainer, outcome, context));
}

function outcomeOf(trainer: Trainer, stopped: StopReason | "interrupted"): Outcome {
  const { model, parameters, standardization, split } = trainer;
  const { description } = model;
  const quality = (data: Dataset): Quality =>
    qualityOf(description.loss, data.y, trainer.predict(data.x));
  const linear =
    description.kind === "theta" && description.link === "identity" ? description : undefined;
  return {
    stopped,
    coefficients: coefficientsOf(model, parameters, standardization),
    exact: linear === undefined ? undefined : leastSquaresOf(split.train, linear.bias),
    quality: quality(split.train),
    testQuality: split.test === undefined ? undefined : quality(split.test),
  };
}

function asJson(trainer: Trainer, outcome: Outcome): string {
  const { stopped, quality, testQuality } = outcome;
  const { features, target } = trainer.split.train;
  const named = (found: Coefficients | undefined): unknown =>
    found === undefined
      ? undefined
      : {
          theta: Object.fromEntries(features.map((name, j) => [name, found.theta[j]])),
          bias: found.bias,
        };
  return toJsonText({
    schema: 1,
    stopped,
    ...trainer.report,
    model: trainer.model.description,
    settings: trainer.settings,
    target,
    features,
    coefficients: named(outcome.coefficients),
    leastSquares: named(outcome.exact),
    quality,
    testQuality,
  });
}

function asText(trainer: Trainer, outcome: Outcome, context: Context): string {
  const { say, color, terminal } = context;
  const style = paint(color);
  const { epoch, loss, testLoss } = trainer.report;
  const curve = drawCurve(trainer.curve.points, columnsOf(terminal.stdout), style);
  const test =
    testLoss === undefined ? "" : `, ${say(words.test)} ${style.backward(formatNumber(testLoss))}`;
  return [
    ...(curve === "" ? [] : [curve, ""]),
    `${say(words.stoppedAt(epoch))}: ${say(words.stopped[outcome.stopped])}`,
    `${say(words.loss)} ${style.forward(formatNumber(loss))}${test}`,
    ...qualityLines(outcome, context),
    ...coefficientLines(trainer, outcome, context),
    "",
  ].join("\n");
}

function qualityLines({ quality, testQuality }: Outcome, { say }: Context): string[] {
  const tell = ({ accuracy, r2 }: Quality): string | undefined => {
    if (accuracy !== undefined) return `${formatNumber(round(100 * accuracy))} %`;
    return r2 === undefined ? undefined : formatNumber(round(r2));
  };
  const name = quality.accuracy === undefined ? "R²" : say(words.accuracy);
  const [own, test] = [tell(quality), testQuality === undefined ? undefined : tell(testQuality)];
  if (own === undefined) return [];
  return [`${name} ${own}${test === undefined ? "" : `, ${say(words.test)} ${test}`}`];
}

function coefficientLines(trainer: Trainer, outcome: Outcome, { say }: Context): string[] {
  const { coefficients, exact } = outcome;
  if (coefficients === undefined) return [];
  const rows = (found: Coefficients): number[] => [
    ...found.theta,
    ...(found.bias === undefined ? [] : [found.bias]),
  ];
  const names = [...trainer.split.train.features, say(words.bias)];
  const found = rows(coefficients);
  const best = exact === undefined ? undefined : rows(exact);
  const table = new Table({
    head: [
      "",
      "θ",
      ...(best === undefined ? [] : [say(words.leastSquares), say(words.difference)]),
    ],
    style: { head: [], border: [], "padding-left": 2, "padding-right": 0 },
    chars: Object.fromEntries(edges.map((edge) => [edge, ""])),
    colAligns: ["left", "right", "right", "right"],
  });
  found.forEach((value, i) => {
    const other = best?.[i];
    const difference = other === undefined ? [] : [formatNumber(other), distance(value, other)];
    table.push([names[i] as string, formatNumber(value), ...difference]);
  });
  return ["", table.toString()];
}

const edges = [
  "top",
  "top-mid",
  "top-left",
  "top-right",
  "bottom",
  "bottom-mid",
  "bottom-left",
  "bottom-right",
  "left",
  "left-mid",
  "mid",
  "mid-mid",
  "right",
  "right-mid",
  "middle",
] as const;

function distance(value: number, other: number): string {
  return value === other
    ? "0"
    : (value - other).toExponential(0).replace("-", "−").replace("e-", "e−"); // prettier-ignore
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
