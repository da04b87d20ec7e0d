import { type JitFunction, jit, type Tensor, tensor, ValueError, valueAndGrad } from "../index.js";
import type { Checkpoint } from "./checkpoint.js";
import { type Curve, emptyCurve, extendCurve } from "./curve.js";
import {
  checkDataset,
  checksum,
  type Dataset,
  type Examples,
  examplesOf,
  type Standardization,
  splitRows,
  standardizationOf,
  standardize,
  takeRows,
} from "./data.js";
import { checkTargets } from "./losses.js";
import type { Model, Parameters } from "./model.js";
import { type Numbers, type OptimizerState, optimizers } from "./optimizers.js";
import { randomKey } from "./random.js";
import { rateFor } from "./rate.js";
import type { Report } from "./report.js";
import { resolveSettings, type Settings, type TrainOptions } from "./settings.js";

/** Why training ended: the loss or the gradient wanted was reached, all epochs are done, or a number was not finite. */
export type StopReason = "loss" | "gradient" | "epochs" | "diverged";

interface State {
  readonly epoch: number;
  /** Steps of the optimiser so far. */
  readonly count: number;
  readonly parameters: readonly Numbers[];
  readonly optimizer: OptimizerState;
}

interface Measured extends Report {
  readonly gradients: readonly Numbers[];
}

type Objective = (parameters: Parameters, x: Tensor, y: Tensor) => Tensor;
type Derivative = (parameters: Parameters, x: Tensor, y: Tensor) => [Tensor, Parameters];

/** The same bits on every machine. */
const reproducible = { fma: "never" } as const;

/**
 * A training run, one epoch at a time. It depends on nothing but model, data, options and seed; continued from a
 * checkpoint it computes the same bits as without the interruption.
 */
export class Trainer {
  readonly model: Model;
  readonly settings: Settings;
  /** How features are scaled before they enter the model; undefined without standardisation. */
  readonly standardization: Standardization | undefined;
  /** Whether a checkpoint it continues was made with these data. */
  readonly sameData: boolean;
  /** The training rows and the test rows, in the units they were given in. */
  readonly split: { readonly train: Dataset; readonly test: Dataset | undefined };
  private readonly scaled: Dataset;
  private readonly train: Examples;
  private readonly test: Examples | undefined;
  private readonly shapes: readonly (readonly [string, readonly number[]])[];
  private readonly objective: JitFunction<Objective>;
  private readonly derivative: JitFunction<Derivative>;
  private readonly hash: string;
  private state: State;
  private measured: Measured;
  private points: Curve;
  private lost: Report | undefined;

  /**
   * Throws ValueError for data that do not fit the model, targets its loss does not take, and options out of range.
   * `from` continues a run; of its settings `options` may change `epochs`, `rate`, `untilLoss` and `untilGradient`.
   */
  constructor(model: Model, data: Dataset, options: TrainOptions = {}, from?: Checkpoint) {
    checkDataset(data);
    checkTargets(model.loss, data.y);
    if (data.features.length !== model.features) {
      throw new ValueError("train", {
        expected: `${model.features} features`,
        received: `${data.features.length}: ${data.features.join(", ")}`,
      });
    }
    this.model = model;
    const given = resolveSettings(model, { ...from?.settings, ...options });
    this.hash = checksum(data);
    this.sameData = from === undefined || from.data.checksum === this.hash;
    this.split = splitRows(data, given.testShare, given.seed);
    const { train, test } = this.split;
    const { description } = model;
    const centered = description.kind !== "theta" || description.bias;
    const fresh = given.standardize ? standardizationOf(train, centered) : undefined;
    this.standardization = from === undefined ? fresh : from.standardization;
    const scale = (part: Dataset): Dataset =>
      this.standardization === undefined ? part : standardize(part, this.standardization);
    this.scaled = scale(train);
    this.train = examplesOf(this.scaled);
    this.test = test === undefined ? undefined : examplesOf(scale(test));
    const objective: Objective = (p, x, y) => model.objective(p, x, y);
    const derivative = (p: Parameters, x: Tensor, y: Tensor): unknown =>
      valueAndGrad((at: Parameters) => model.objective(at, x, y))(p);
    this.objective = jit(objective, reproducible);
    this.derivative = jit(derivative as Derivative, reproducible);
    const rate = given.rate ?? rateFor(model, this.scaled, given.optimizer, given.batch);
    this.settings = { ...resolveSettings(model, { ...given, rate }), rate };
    const initial = model.initialize(given.seed);
    this.shapes = Object.entries(initial).map(([name, value]) => [name, value.shape] as const);
    this.state = from === undefined ? this.begin(initial) : this.continueFrom(from);
    this.points = from?.curve ?? emptyCurve;
    this.measured = this.measure(this.state);
    if (from === undefined) this.points = extendCurve(this.points, this.report);
  }

  get report(): Report {
    const { gradients: _, ...report } = this.measured;
    return report;
  }

  /** Losses over the epochs, thinned out evenly. */
  get curve(): Curve {
    return this.points;
  }

  /** Why it ended, or undefined while it goes on. */
  get stopped(): StopReason | undefined {
    const { loss, gradientNorm, epoch } = this.measured;
    const { untilLoss, untilGradient, epochs } = this.settings;
    if (this.lost !== undefined || !allFinite(this.measured)) return "diverged";
    if (untilLoss !== undefined && loss <= untilLoss) return "loss";
    if (gradientNorm <= untilGradient) return "gradient";
    return epoch >= epochs ? "epochs" : undefined;
  }

  /** The first epoch with a loss or gradient that is not finite: it was not kept, the run stands before it. */
  get diverged(): Report | undefined {
    return this.lost ?? (allFinite(this.measured) ? undefined : this.report);
  }

  get parameters(): Parameters {
    return this.tensors(this.state.parameters);
  }

  /** One pass over the training rows; does nothing once stopped. */
  runEpoch(): Report {
    if (this.stopped !== undefined) return this.report;
    const next = this.advance();
    const measured = this.measure(next);
    if (!allFinite(measured)) {
      const { gradients: _, ...report } = measured;
      this.lost = report;
      return report;
    }
    this.state = next;
    this.measured = measured;
    this.points = extendCurve(this.points, this.report);
    return this.report;
  }

  /** Runs until it stops; `onEpoch` hears of every epoch and may end the run by returning false. */
  run(onEpoch?: (report: Report) => boolean | undefined): StopReason | undefined {
    while (this.stopped === undefined) {
      const report = this.runEpoch();
      if (onEpoch?.(report) === false) break;
    }
    return this.stopped;
  }

  /** The mean loss over the training rows with other parameters of the same shapes: a point of the loss surface. */
  lossAt(parameters: Parameters): number {
    return this.lossOver(this.train, parameters);
  }

  /** The training rows as the model sees them: features scaled. */
  get examples(): Examples {
    return this.train;
  }

  /** μ for rows of features in the units of the data. */
  predict(x: Float64Array): Float64Array {
    const { features } = this.model;
    const names = this.split.train.features;
    const data: Dataset = {
      features: names,
      target: "",
      x,
      y: new Float64Array(x.length / features),
    };
    checkDataset(data);
    const scaled =
      this.standardization === undefined ? data : standardize(data, this.standardization);
    return Float64Array.from(this.model.predict(this.parameters, examplesOf(scaled).x).data);
  }

  /** Everything needed to continue: plain data, exact numbers. */
  checkpoint(): Checkpoint {
    const { features, target } = this.split.train;
    return {
      format: "cotangent-training",
      schema: 1,
      model: this.model.description,
      settings: this.settings,
      data: { features, target, rows: this.rows, checksum: this.hash },
      standardization: this.standardization,
      epoch: this.state.epoch,
      count: this.state.count,
      parameters: Object.fromEntries(
        this.shapes.map(([name, shape], i) => [
          name,
          { shape, data: this.state.parameters[i] as Numbers },
        ]),
      ),
      optimizer: this.state.optimizer,
      curve: this.points,
    };
  }

  private get rows(): number {
    return this.split.train.y.length + (this.split.test?.y.length ?? 0);
  }

  private begin(initial: Parameters): State {
    const parameters = Object.values(initial).map((value) => Float64Array.from(value.data));
    return {
      epoch: 0,
      count: 0,
      parameters,
      optimizer: optimizers[this.settings.optimizer].start(parameters),
    };
  }

  private continueFrom({ epoch, count, parameters, optimizer }: Checkpoint): State {
    const found = this.shapes.map(([name, shape]) => {
      const stored = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      if (stored !== undefined && stored.shape.join() === shape.join()) return stored.data;
      throw new ValueError("checkpoint", {
        expected: `parameters ${name} of shape [${shape.join(", ")}]`,
        received: stored === undefined ? "none" : `shape [${stored.shape.join(", ")}]`,
      });
    });
    const layout = (state: OptimizerState): string =>
      Object.entries(state)
        .map(([name, records]) => `${name} ${records.map(({ length }) => length)}`)
        .join("; ");
    const expected = layout(optimizers[this.settings.optimizer].start(found));
    if (layout(optimizer) !== expected)
      throw new ValueError("checkpoint", { expected, received: layout(optimizer) || "nothing" });
    return { epoch, count, parameters: found, optimizer };
  }

  private advance(): State {
    const { batch, seed } = this.settings;
    const rows = this.scaled.y.length;
    if (batch === undefined || batch >= rows)
      return { ...this.step(this.state, this.measured.gradients), epoch: this.state.epoch + 1 };
    const order = randomKey(seed).fold(2).fold(this.state.epoch).permutation(rows);
    let state = this.state;
    for (let first = 0; first < rows; first += batch) {
      const part = takeRows(this.scaled, order.slice(first, first + batch));
      state = this.step(state, this.differentiate(state.parameters, examplesOf(part)).gradients);
    }
    return { ...state, epoch: this.state.epoch + 1 };
  }

  private step(state: State, gradients: readonly Numbers[]): State {
    const count = state.count + 1;
    const { optimizer, rate } = this.settings;
    const next = optimizers[optimizer].step(
      state.parameters,
      gradients,
      state.optimizer,
      rate,
      count,
    );
    return { epoch: state.epoch, count, parameters: next.parameters, optimizer: next.state };
  }

  private measure({ epoch, parameters }: State): Measured {
    const { loss, gradients } = this.differentiate(parameters, this.train);
    const squares = gradients.map((values) => values.reduce((sum, g) => sum + g * g, 0));
    const gradientNorm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    if (this.test === undefined) return { epoch, loss, gradientNorm, gradients };
    const testLoss = this.lossOver(this.test, this.tensors(parameters));
    return { epoch, loss, testLoss, gradientNorm, gradients };
  }

  private differentiate(
    parameters: readonly Numbers[],
    { x, y }: Examples,
  ): { loss: number; gradients: Numbers[] } {
    const [loss, gradients] = this.derivative(this.tensors(parameters), x, y) as unknown as [
      Tensor,
      Parameters,
    ];
    return {
      loss: Number(loss.item()),
      gradients: this.shapes.map(([name]) => (gradients[name] as Tensor).data as Numbers),
    };
  }

  private lossOver({ x, y }: Examples, parameters: Parameters): number {
    return Number((this.objective(parameters, x, y) as unknown as Tensor).item());
  }

  private tensors(parameters: readonly Numbers[]): Parameters {
    return Object.fromEntries(
      this.shapes.map(([name, shape], i) => [name, tensor(parameters[i] as Numbers, shape)]),
    );
  }
}

function allFinite({ loss, gradientNorm }: Report): boolean {
  return Number.isFinite(loss) && Number.isFinite(gradientNorm);
}
