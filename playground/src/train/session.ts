import { type Explanation, explain } from "../../../src/explain/index.js";
import { type Tensor, tensor, trace } from "../../../src/index.js";
import {
  type Coefficients,
  coefficientsOf,
  type Dataset,
  leastSquaresOf,
  type Parameters,
  type Quality,
  qualityOf,
  type StopReason,
  Trainer,
} from "../../../src/train/index.js";
import { type Divergence, divergenceOf, hasRunAway } from "./divergence.js";
import type { Frame, Range, Scene, Surface, View } from "./messages.js";
import { dataOf, trainerOf } from "./model.js";
import type { OwnFile } from "./own-file.js";
import { pictured } from "./pictured.js";
import type { Setup } from "./setup.js";

const curveCells = 200;
const planeCells = 64;
const surfaceCells = { one: 161, two: 48 } as const;
const trailLength = 2000;

/** A run and all that the page shows of it. */
export class Session {
  readonly trainer: Trainer;
  readonly scene: Scene;
  /** Rows at which predictions are shown. */
  private readonly places: Float64Array;
  private readonly classes: boolean;
  private readonly rateChosen: boolean;
  private readonly firstLoss: number;
  private divergence: Divergence | undefined;
  private trail: number[] = [];
  private trailStride = 1;

  /** Throws Refusal for a setup that does not go with its data. */
  constructor(setup: Setup, own: OwnFile | undefined) {
    const { dataset, classes } = dataOf(setup, own);
    this.trainer = trainerOf(setup, dataset);
    this.classes = classes;
    this.rateChosen = setup.rate !== null;
    this.firstLoss = this.trainer.report.loss;
    const { train, test } = this.trainer.split;
    const width = train.features.length;
    const view = viewOf(width, [...train.x, ...(test?.x ?? [])]);
    this.places = placesOf(view, train, test);
    const size = Object.values(this.trainer.parameters).reduce((sum, { size: n }) => sum + n, 0);
    const columns = setup.data === "own" ? (own?.columns.numbers ?? []) : [];
    const constant = [...columns, train.target].includes("b") ? "b₀" : "b";
    this.scene = {
      features: train.features,
      target: train.target,
      train: { x: train.x, y: train.y },
      test: test && { x: test.x, y: test.y },
      classes: this.classes,
      size,
      rate: this.trainer.settings.rate,
      epochs: this.trainer.settings.epochs,
      standardized: this.trainer.standardization !== undefined,
      constant,
      leastSquares: leastSquaresAnswer(this.trainer),
      view,
      surface: size <= 2 ? surfaceOf(this.trainer, constant) : undefined,
    };
    this.leaveTrail();
  }

  /** Why training ended; also once the loss has left all bounds, before numbers fail. */
  get stopped(): StopReason | undefined {
    const { stopped, report } = this.trainer;
    if (stopped === undefined && hasRunAway(this.firstLoss, report.loss)) return "diverged";
    return stopped;
  }

  /** Up to so many epochs, ending early when `patience` ms are over; how many there were. */
  advance(epochs: number, patience: number): number {
    const end = performance.now() + patience;
    let done = 0;
    while (done < epochs && this.stopped === undefined) {
      this.trainer.runEpoch();
      this.leaveTrail();
      done++;
      if (performance.now() >= end) break;
    }
    return done;
  }

  frame(running: boolean): Frame {
    const { trainer, stopped } = this;
    const { train, test } = trainer.split;
    const { points } = trainer.curve;
    // the newest epoch too, where the curve is thinned out
    const last = points.at(-1)?.epoch === trainer.report.epoch ? [] : [trainer.report];
    const shown = [...points, ...last];
    return {
      report: trainer.report,
      running,
      stopped,
      divergence: stopped === "diverged" ? this.whyDiverged() : undefined,
      curve: {
        epochs: Float64Array.from(shown, ({ epoch }) => epoch),
        loss: Float64Array.from(shown, ({ loss }) => loss),
        test:
          test === undefined
            ? undefined
            : Float64Array.from(shown, ({ testLoss }) => testLoss ?? Number.NaN),
      },
      coefficients: coefficientsOf(trainer.model, trainer.parameters, trainer.standardization),
      quality: this.quality(train),
      testQuality: test && this.quality(test),
      predicted: trainer.predict(this.places),
      trail: Float64Array.from(this.trail),
    };
  }

  /** The graph of the loss over all training rows, with its values and derivatives as they are now. */
  explanation(): Explanation {
    const { model, parameters, examples } = this.trainer;
    const names = Object.keys(parameters);
    const objective = (...given: Tensor[]): Tensor =>
      model.objective(
        Object.fromEntries(names.map((name, i) => [name, given[i] as Tensor])),
        given[names.length] as Tensor,
        given[names.length + 1] as Tensor,
      );
    const args = [...Object.values(parameters), examples.x, examples.y];
    const shown = [...names.map((name) => letterOf(name, this.scene.constant)), "x", "y"];
    const graph = trace(objective, { names: shown })(...(args as never[]));
    const whole = explain(graph, args, { check: false, wrt: [shown[0] as string] });
    return pictured(whole);
  }

  private whyDiverged(): Divergence {
    this.divergence ??= divergenceOf(this.trainer, this.rateChosen);
    return this.divergence;
  }

  private quality({ x, y }: Dataset): Quality {
    const loss = this.classes ? "cross-entropy" : "squares";
    return qualityOf(loss, y, this.trainer.predict(x));
  }

  private leaveTrail(): void {
    if (this.scene.surface === undefined || this.trainer.report.epoch % this.trailStride !== 0)
      return;
    const point = flat(this.trainer.parameters);
    this.trail.push(...point);
    if (this.trail.length <= trailLength * point.length) return;
    this.trailStride *= 2;
    this.trail = this.trail.filter((_, i) => Math.floor(i / point.length) % 2 === 0);
  }
}

function letterOf(parameter: string, constant: string): string {
  return parameter === "theta" ? "θ" : parameter === "bias" ? constant : parameter;
}

/** What descent must reach, where there is such an answer. */
function leastSquaresAnswer({ model, split }: Trainer): Coefficients | null | undefined {
  const { description } = model;
  const linear = description.kind === "theta" && description.link === "identity";
  if (!linear || description.loss !== "squares") return undefined;
  return leastSquaresOf(split.train, description.bias) ?? null;
}

function flat(parameters: Parameters): number[] {
  return Object.values(parameters).flatMap(({ data }) => Array.from(data, Number));
}

function viewOf(width: number, x: readonly number[]): View {
  const range = (j: number): Range => {
    const column = x.filter((_, i) => i % width === j);
    const [low, high] = [Math.min(...column), Math.max(...column)];
    const room = high > low ? 0.08 * (high - low) : 1;
    return [low - room, high + room];
  };
  if (width === 1) return { kind: "curve", range: range(0) };
  if (width > 2) return { kind: "pairs" };
  return { kind: "plane", ranges: [range(0), range(1)], cells: planeCells };
}

function placesOf(view: View, train: Dataset, test: Dataset | undefined): Float64Array {
  if (view.kind === "pairs") return Float64Array.from([...train.x, ...(test?.x ?? [])]);
  if (view.kind === "curve") return grid(view.range, curveCells);
  const [across, up] = view.ranges.map((range) => centres(range, view.cells));
  return Float64Array.from(
    [...(up as number[])].reverse().flatMap((b) => (across as number[]).flatMap((a) => [a, b])),
  );
}

/** Places from end to end. */
function grid([low, high]: Range, cells: number): Float64Array {
  return Float64Array.from({ length: cells }, (_, i) => low + ((high - low) * i) / (cells - 1));
}

/** The middles of cells. */
function centres([low, high]: Range, cells: number): number[] {
  return Array.from({ length: cells }, (_, i) => low + ((high - low) * (i + 0.5)) / cells);
}

/** The way that a run takes, its best place and its trainer. */
interface Way {
  readonly scout: Trainer;
  readonly seen: readonly (readonly number[])[];
  readonly best: readonly number[];
  readonly ranAway: boolean;
}

function wayOf(scout: Trainer): Way {
  const start = flat(scout.parameters);
  const first = scout.report.loss;
  let best = start;
  let least = first;
  const seen = [start];
  let ranAway = false;
  const stopped = scout.run(({ loss }) => {
    const at = flat(scout.parameters);
    seen.push(at);
    if (loss < least) [best, least] = [at, loss];
    ranAway = hasRunAway(first, loss);
    return !ranAway;
  });
  return { scout, seen, best, ranAway: ranAway || stopped === "diverged" };
}

/** The loss around the way that training will take, which a run ahead finds out. */
function surfaceOf({ model, split, settings }: Trainer, constant: string): Surface {
  const { rate, batch: _, ...others } = settings;
  const ahead = { ...others, testShare: 0, epochs: Math.min(settings.epochs, 400) };
  const own = wayOf(new Trainer(model, split.train, { ...settings, ...ahead, rate }));
  // where that runs away, the valley is what a rate from the data finds
  const { scout, best, seen } = own.ranAway
    ? wayOf(new Trainer(model, split.train, { ...ahead, optimizer: "gd" }))
    : own;
  const start = seen[0] as readonly number[];
  const ranges = start.map((from, j): Range => {
    const reach = 4 * Math.max(Math.abs((best[j] as number) - from), 0.5);
    const values = seen
      .map((at) => at[j] as number)
      .filter((value) => Math.abs(value - (best[j] as number)) <= reach);
    const [low, high] = [Math.min(from, ...values), Math.max(from, ...values)];
    const room = Math.max(0.4 * (high - low), 0.3);
    return [low - room, high + room];
  });
  const shapes = Object.entries(scout.parameters).map(
    ([name, { shape, size }]) => [name, shape, size] as const,
  );
  const lossAt = (at: readonly number[]): number => {
    let from = 0;
    const parameters = shapes.map(([name, shape, size]) => {
      const values = Float64Array.from(at.slice(from, from + size));
      from += size;
      return [name, tensor(values, shape) as Tensor];
    });
    return scout.lossAt(Object.fromEntries(parameters));
  };
  const names = namesOf(scout.parameters, constant);
  const [first, second] = ranges as [Range, Range | undefined];
  if (second === undefined) {
    const places = Array.from(grid(first, surfaceCells.one));
    const loss = Float64Array.from(places, (value) => lossAt([value]));
    return { names, ranges, cells: surfaceCells.one, loss };
  }
  const [across, up] = [centres(first, surfaceCells.two), centres(second, surfaceCells.two)];
  const loss = Float64Array.from(up.reverse().flatMap((b) => across.map((a) => lossAt([a, b]))));
  return { names, ranges, cells: surfaceCells.two, loss };
}

/** θ and b, or θ₁ and θ₂. */
function namesOf(parameters: Parameters, constant: string): string[] {
  return Object.entries(parameters).flatMap(([name, { size }]) => {
    const letter = letterOf(name, constant);
    if (size === 1) return [letter];
    return Array.from({ length: size }, (_, i) => `${letter}${"₁₂"[i]}`);
  });
}
