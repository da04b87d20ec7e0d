import { formatNumber } from "../../explain/index.js";
import { tensor } from "../../index.js";
import {
  coefficientsOf,
  type Dataset,
  gradientByGraph,
  gradientByPath,
  gradientInClosedForm,
  leastSquaresOf,
  randomKey,
  type ThetaGradient,
  Trainer,
  thetaModel,
} from "../../train/index.js";
import { drawCurve } from "../chart.js";
import type { Context } from "../context.js";
import { paint } from "../style.js";
import { columnsOf } from "../terminal.js";
import { title } from "./layout.js";
import { phrases } from "./phrases.js";

const rows = 24;

/** Points around the line y = 1 + 2x. */
function points(): Dataset {
  const x = randomKey(1)
    .uniform(rows)
    .map((u) => 4 * u - 1);
  const noise = randomKey(2).normal(rows);
  const y = x.map((value, i) => 1 + 2 * value + 0.3 * (noise[i] as number));
  return { features: ["x"], target: "y", x, y };
}

/** The notes' θ-model: its derivative in three ways, then trained; whether it came to the least-squares answer. */
export function tellModel(context: Context): boolean {
  const { print, say } = context;
  const data = points();
  title(phrases.model, context);
  print(`${say(phrases.modelText)}\n\n`);
  const agree = tellThreeWays(data, context);
  print("\n");
  return tellTraining(data, context) && agree;
}

function tellThreeWays(data: Dataset, { print, say }: Context): boolean {
  const model = thetaModel({ features: 1 });
  const parameters = { theta: tensor([0.5]), bias: tensor(0) };
  const x = tensor(data.x, [rows, 1]);
  const y = tensor(data.y, [rows]);
  const ways: readonly (readonly [string, ThetaGradient])[] = [
    [say(phrases.byPath), gradientByPath(model, parameters, x, y).gradient],
    [say(phrases.byGraph), gradientByGraph(model, parameters, x, y)],
    [say(phrases.inClosedForm), gradientInClosedForm(model, parameters, x, y)],
  ];
  print(`${say(phrases.threeWays)}\n\n`);
  const width = Math.max(...ways.map(([name]) => name.length));
  const slopes = ways.map(([, gradient]) => gradient.theta[0] as number);
  ways.forEach(([name], i) => {
    print(
      `  ${name.padEnd(width)}  ∂L/∂θ = ${(slopes[i] as number).toFixed(12).replace("-", "−")}\n`,
    );
  });
  const [first = 0] = slopes;
  return slopes.every((slope) => Math.abs(slope - first) <= 1e-12 * Math.max(1, Math.abs(first)));
}

function tellTraining(data: Dataset, { print, say, color, terminal }: Context): boolean {
  const trainer = new Trainer(thetaModel({ features: 1 }), data, { standardize: false });
  const rate = formatNumber(Number(trainer.settings.rate.toPrecision(4)));
  print(`${say(phrases.descent(rows, rate))}\n\n`);
  print(`  ${say(phrases.epoch(0))}  L = ${formatNumber(trainer.report.loss)}\n`);
  let next = 1;
  trainer.run(({ epoch, loss }) => {
    if (epoch !== next) return;
    next = next < 10 ? next + 3 : next * 2;
    print(`  ${say(phrases.epoch(epoch))}  L = ${formatNumber(loss)}\n`);
    return undefined;
  });
  const { epoch, loss } = trainer.report;
  print(`  ${say(phrases.epoch(epoch))}  L = ${formatNumber(loss)}\n\n`);
  const early = trainer.curve.points.slice(0, 40);
  print(`${drawCurve(early, Math.min(columnsOf(terminal.stdout), 60), paint(color))}\n\n`);
  const found = coefficientsOf(trainer.model, trainer.parameters, trainer.standardization);
  const exact = leastSquaresOf(data, true);
  if (found?.bias === undefined || exact?.bias === undefined) return false;
  const [theta = 0, best = 0] = [found.theta[0], exact.theta[0]];
  const line = (slope: number, bias: number): string =>
    `θ = ${slope.toFixed(9)}, b = ${bias.toFixed(9)}`;
  const width = Math.max(say(phrases.descentAnswer).length, say(phrases.exactAnswer).length);
  print(`  ${say(phrases.descentAnswer).padEnd(width)}  ${line(theta, found.bias)}\n`);
  print(`  ${say(phrases.exactAnswer).padEnd(width)}  ${line(best, exact.bias)}\n`);
  return Math.abs(theta - best) < 1e-8 && Math.abs(found.bias - exact.bias) < 1e-8;
}
