import { describe, expect, it } from "vitest";
import { grad, hessian, slice, type Tensor, tensor } from "../index.js";
import {
  coefficientsOf,
  type Dataset,
  leastSquaresOf,
  mlp,
  modelOf,
  qualityOf,
  randomKey,
  readCheckpoint,
  Trainer,
  type TrainOptions,
  thetaModel,
  writeCheckpoint,
} from "./index.js";

/** Rows of features far from standardised (around 0, 10, …), and targets made of them with noise. */
function made(
  features: number,
  rows: number,
  target: (x: number[], u: number) => number,
  apart = 10,
): Dataset {
  const drawn = randomKey(11).normal(rows * features);
  const noise = randomKey(12).uniform(rows);
  const x = drawn.map((z, i) => (i % features) * apart + ((i % features) + 1) * z);
  return {
    features: Array.from({ length: features }, (_, j) => `x${j + 1}`),
    target: "y",
    x,
    y: noise.map((u, i) => target([...x.subarray(i * features, (i + 1) * features)], u)),
  };
}

const line = made(2, 40, ([a = 0, b = 0], u) => 3 + 2 * a - 0.5 * b + u);
const centred = made(2, 40, ([a = 0, b = 0], u) => 3 + 2 * a - 0.5 * b + u, 0);
const yesNo = made(2, 60, ([a = 0, b = 0], u) =>
  u < 1 / (1 + Math.exp(-(a - 0.3 * (b - 10)))) ? 1 : 0,
);
const counts = made(1, 50, ([a = 0], u) => Math.floor(Math.exp(0.5 * a) + 2 * u));

function close(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(tolerance);
  });
}

function answer(trainer: Trainer): number[] {
  const found = coefficientsOf(trainer.model, trainer.parameters, trainer.standardization);
  return [...(found?.theta ?? []), ...(found?.bias === undefined ? [] : [found.bias])];
}

describe("gradient descent reaches the least-squares answer", () => {
  const exact = leastSquaresOf(line, true);
  const expected = [...(exact?.theta ?? []), exact?.bias as number];

  it.each([
    ["gd", {}],
    ["momentum", { optimizer: "momentum" }],
    ["adam", { optimizer: "adam", epochs: 6000 }],
  ] as [string, TrainOptions][])("by %s", (_name, options) => {
    const trainer = new Trainer(thetaModel({ features: 2 }), line, options);
    trainer.run();
    close(answer(trainer), expected, 1e-6);
  });

  it("to the last digits by full-batch descent, which then stops by itself", () => {
    const trainer = new Trainer(thetaModel({ features: 2 }), line);
    expect(trainer.run()).toBe("gradient");
    expect(trainer.report.epoch).toBeLessThan(500);
    close(answer(trainer), expected, 1e-9);
  });

  it("without standardisation", () => {
    const trainer = new Trainer(thetaModel({ features: 2 }), centred, { standardize: false });
    expect(trainer.run()).toBe("gradient");
    const best = leastSquaresOf(centred, true);
    close(answer(trainer), [...(best?.theta ?? []), best?.bias as number], 1e-8);
  });

  it("without a bias too", () => {
    const trainer = new Trainer(thetaModel({ features: 2, bias: false }), line);
    trainer.run();
    close(answer(trainer), [...(leastSquaresOf(line, false)?.theta ?? [])], 1e-8);
  });
});

/** The maximum of the likelihood by Newton's method on the model's own objective. */
function newton(trainer: Trainer): number[] {
  const { model, split } = trainer;
  const { features } = model;
  const x = tensor(split.train.x, [split.train.y.length, features]);
  const y = tensor(split.train.y, [split.train.y.length]);
  const objective = (v: Tensor): Tensor => {
    const bias = slice(v, [features], [features + 1]).reshape([]);
    return model.objective({ theta: slice(v, [0], [features]), bias }, x, y);
  };
  let v = new Float64Array(features + 1);
  for (let i = 0; i < 30; i++) {
    const at = tensor(v, [features + 1]);
    const step = solve(
      hessian(objective)(at).toArray() as number[][],
      Array.from(grad(objective)(at).data),
    );
    v = v.map((value, j) => value - (step[j] as number));
  }
  return [...v];
}

function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  for (const [k, pivot] of rows.entries()) {
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[k] as number) / (pivot[k] as number);
      row.forEach((value, j) => {
        row[j] = value - factor * (pivot[j] as number);
      });
    }
  }
  return rows.map((row, i) => (row.at(-1) as number) / (row[i] as number));
}

describe("descent reaches the maximum of the likelihood", () => {
  it.each([
    ["logistic regression", yesNo, { link: "sigmoid", loss: "cross-entropy" }],
    ["Poisson regression", counts, { link: "exp", loss: "poisson" }],
  ] as const)("%s", (_name, data, options) => {
    const model = thetaModel({ features: data.features.length, ...options });
    const trainer = new Trainer(model, data, { epochs: 20_000 });
    expect(trainer.run()).toBe("gradient");
    close(answer(trainer), newton(trainer), 1e-7);
  });

  it.each(["tanh", "sigmoid", "exp", "relu"] as const)(
    "squares descend with the link %s",
    (link) => {
      const data = made(2, 30, ([a = 0, b = 0]) => Math.tanh(a - 0.1 * (b - 10)) / 2 + 0.5);
      const trainer = new Trainer(thetaModel({ features: 2, link }), data, { epochs: 300 });
      const start = trainer.report.loss;
      let before = start;
      trainer.run(({ loss }) => {
        // at the minimum only rounding is left
        expect(loss).toBeLessThanOrEqual(before * (1 + 1e-12));
        before = loss;
        return undefined;
      });
      expect(trainer.stopped).not.toBe("diverged");
      // relu starts on its kink, where its derivative is 0
      if (link !== "relu") expect(before).toBeLessThan(start / 2);
    },
  );
});

describe("batches stay near the minimum at the rate that the data give", () => {
  it.each([
    ["gd", "identity", "squares"],
    ["gd", "exp", "poisson"],
    ["momentum", "identity", "squares"],
    ["momentum", "exp", "poisson"],
    ["momentum", "sigmoid", "cross-entropy"],
  ] as const)("%s, %s, %s", (optimizer, link, loss) => {
    // targets that have nothing to do with the features: the start is as good as the minimum
    const data = made(2, 24, ([a = 0, b = 0]) => Math.abs(Math.round(7 * a + 13 * b)) % 2);
    const model = thetaModel({ features: 2, link, loss });
    const trainer = new Trainer(model, data, { optimizer, batch: 7, epochs: 150 });
    const start = trainer.report.loss;
    trainer.run(({ loss: now }) => {
      expect(now).toBeLessThan(1.5 * start);
      return undefined;
    });
    expect(trainer.stopped).not.toBe("diverged");
  });
});

describe("runs repeat and continue", () => {
  const model = () => thetaModel({ features: 2 });

  it("batches depend on the seed alone", () => {
    const run = (seed: number) => {
      const trainer = new Trainer(model(), line, { batch: 7, seed, epochs: 5 });
      trainer.run();
      return trainer.checkpoint().parameters;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it.each([
    ["gd", {}],
    ["gd in batches", { batch: 7 }],
    ["momentum in batches", { optimizer: "momentum", batch: 5, testShare: 0.25 }],
    ["adam", { optimizer: "adam" }],
  ] as [string, TrainOptions][])("%s continues bit for bit from a checkpoint", (_name, options) => {
    const whole = new Trainer(model(), line, { ...options, epochs: 60, seed: 3 });
    whole.run();
    const first = new Trainer(model(), line, { ...options, epochs: 23, seed: 3 });
    first.run();
    const stored = readCheckpoint(writeCheckpoint(first.checkpoint()));
    expect(stored).toEqual(first.checkpoint());
    const second = new Trainer(modelOf(stored.model), line, { epochs: 60 }, stored);
    expect(second.report).toEqual(first.report);
    second.run();
    expect(second.checkpoint()).toEqual(whole.checkpoint());
    expect(second.report).toEqual(whole.report);
  });

  it("networks too", () => {
    const net = mlp("2-4-1", { loss: "cross-entropy" });
    const whole = new Trainer(net, yesNo, { epochs: 20, batch: 16, seed: 5 });
    whole.run();
    const first = new Trainer(net, yesNo, { epochs: 9, batch: 16, seed: 5 });
    first.run();
    const stored = readCheckpoint(writeCheckpoint(first.checkpoint()));
    const second = new Trainer(modelOf(stored.model), yesNo, { epochs: 20 }, stored);
    second.run();
    expect(second.checkpoint()).toEqual(whole.checkpoint());
  });

  it("notices other data", () => {
    const stored = new Trainer(model(), line).checkpoint();
    expect(new Trainer(model(), line, {}, stored).sameData).toBe(true);
    expect(new Trainer(model(), centred, {}, stored).sameData).toBe(false);
  });

  it("a checkpoint keeps −0, infinities and NaN", () => {
    const checkpoint = {
      ...new Trainer(model(), line).checkpoint(),
      parameters: {
        theta: { shape: [3], data: Float64Array.of(-0, Number.NaN, -Infinity) },
      },
    };
    expect(readCheckpoint(writeCheckpoint(checkpoint)).parameters).toEqual(checkpoint.parameters);
  });
});

describe("runs end", () => {
  it("at the loss wanted", () => {
    const trainer = new Trainer(thetaModel({ features: 2 }), line, { untilLoss: 1 });
    expect(trainer.run()).toBe("loss");
    expect(trainer.report.loss).toBeLessThanOrEqual(1);
  });

  it("after the epochs given, counted from 0", () => {
    const trainer = new Trainer(thetaModel({ features: 2 }), line, { epochs: 3 });
    const epochs: number[] = [];
    expect(trainer.run(({ epoch }) => void epochs.push(epoch))).toBe("epochs");
    expect(epochs).toEqual([1, 2, 3]);
    expect(trainer.runEpoch().epoch).toBe(3);
  });

  it("when the listener says so", () => {
    const trainer = new Trainer(thetaModel({ features: 2 }), line);
    expect(trainer.run(({ epoch }) => epoch < 4)).toBeUndefined();
    expect(trainer.report.epoch).toBe(4);
  });

  it("before a number that is not finite, and keeps the last good one", () => {
    const model = thetaModel({ features: 2, link: "exp" });
    const trainer = new Trainer(model, line, { rate: 10 });
    expect(trainer.run()).toBe("diverged");
    expect(trainer.diverged?.epoch).toBe(trainer.report.epoch + 1);
    expect(Number.isFinite(trainer.report.loss)).toBe(true);
    for (const { data } of Object.values(trainer.checkpoint().parameters))
      for (const value of data) expect(Number.isFinite(value)).toBe(true);
  });
});

it("test rows are set aside: never trained on, scaled like the others", () => {
  const trainer = new Trainer(thetaModel({ features: 2 }), line, { testShare: 0.25, epochs: 50 });
  const { train, test } = trainer.split;
  expect([train.y.length, test?.y.length]).toEqual([30, 10]);
  expect([...train.y, ...(test?.y ?? [])].sort()).toEqual([...line.y].sort());
  trainer.run();
  const { r2 } = qualityOf(
    "squares",
    test?.y as Float64Array,
    trainer.predict(test?.x as Float64Array),
  );
  expect(r2).toBeGreaterThan(0.9);
  const errors = trainer
    .predict(test?.x as Float64Array)
    .map((mu, i) => ((test?.y[i] as number) - mu) ** 2);
  const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
  expect(trainer.report.testLoss).toBeCloseTo(mean, 12);
});

it("a network learns what no line can: exclusive or", () => {
  const data: Dataset = {
    features: ["a", "b"],
    target: "y",
    x: Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1),
    y: Float64Array.of(0, 1, 1, 0),
  };
  const flat = new Trainer(
    thetaModel({ features: 2, link: "sigmoid", loss: "cross-entropy" }),
    data,
  );
  flat.run();
  expect(flat.report.loss).toBeCloseTo(Math.log(2), 6);
  const net = new Trainer(mlp("2-8-1", { loss: "cross-entropy" }), data, { untilLoss: 1e-3 });
  expect(net.run()).toBe("loss");
  const predicted = net.predict(data.x);
  expect(qualityOf("cross-entropy", data.y, predicted).accuracy).toBe(1);
});

it("a long run keeps a curve of bounded length", () => {
  const trainer = new Trainer(thetaModel({ features: 2 }), line, {
    epochs: 2500,
    rate: 1e-4,
    untilGradient: 0,
  });
  trainer.run();
  const { points, stride } = trainer.curve;
  expect(points.length).toBeLessThanOrEqual(1000);
  expect(stride).toBe(4);
  expect(points.map(({ epoch }) => epoch)).toEqual(points.map((_, i) => 4 * i));
  expect(points[0]?.loss).toBeGreaterThan(points.at(-1)?.loss as number);
});

describe("what cannot be trained is refused with the reason", () => {
  const model = thetaModel({ features: 2 });

  it.each([
    ["no rows", { ...line, x: new Float64Array(), y: new Float64Array() }, "at least one row"],
    ["too few features", { ...line, features: ["x1"], x: line.y }, "2 features"],
    ["NaN as a target", { ...line, y: line.y.map((y, i) => (i === 2 ? Number.NaN : y)) }, "row 3"],
  ])("%s", (_name, data, message) => {
    expect(() => new Trainer(model, data)).toThrow(message);
  });

  it.each([
    [{ rate: 0 }, "a rate above 0"],
    [{ epochs: 1.5 }, "whole number of epochs"],
    [{ batch: 0 }, "at least one row"],
    [{ seed: -1 }, "a seed"],
    [{ testShare: 1 }, "share"],
    [{ optimizer: "sgd" }, "gd, momentum, adam"],
  ] as [TrainOptions, string][])("%j", (options, message) => {
    expect(() => new Trainer(model, line, options)).toThrow(message);
  });

  it("targets a loss does not take, with the row", () => {
    const logistic = thetaModel({ features: 2, link: "sigmoid", loss: "cross-entropy" });
    expect(() => new Trainer(logistic, line)).toThrow(/from 0 to 1 .* in row 2/);
  });

  it("sizes that make no network", () => {
    for (const sizes of ["2", "2-0-1", "2-8-3", "2-x-1"]) expect(() => mlp(sizes)).toThrow("2-8-1");
  });

  it.each([
    ["{", "JSON"],
    ["[]", "an object"],
    ['{"format":"other"}', "cotangent-training"],
    ['{"format":"cotangent-training","schema":2}', "schema 1"],
    ['{"format":"cotangent-training","schema":1}', "checkpoint.data"],
  ])("a checkpoint like %s", (text, message) => {
    expect(() => readCheckpoint(text)).toThrow(message);
  });

  it("a checkpoint with anything taken out", () => {
    const stored = JSON.parse(writeCheckpoint(new Trainer(model, line).checkpoint()));
    const optional = ["standardization"];
    for (const key of Object.keys(stored).filter((name) => !optional.includes(name))) {
      const { [key]: _, ...rest } = stored;
      expect(() => readCheckpoint(JSON.stringify(rest)), key).toThrow(/checkpoint/);
      expect(() => readCheckpoint(JSON.stringify({ ...stored, [key]: null })), key).toThrow();
    }
  });

  it("a checkpoint of another model or optimiser", () => {
    const stored = new Trainer(model, line).checkpoint();
    const flat = thetaModel({ features: 2, bias: false });
    expect(new Trainer(flat, line, {}, stored).report.epoch).toBe(0);
    expect(() => new Trainer(mlp("2-1"), line, {}, stored)).toThrow("parameters w1");
    expect(() => new Trainer(model, line, { optimizer: "adam" }, stored)).toThrow("first");
  });
});
