import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { answer } from "../../playground/src/engine/engine.js";
import { brief } from "../../playground/src/math/numbers.js";
import { datasetNames, makeDataset } from "../../playground/src/train/datasets.js";
import { exampleOf } from "../../playground/src/train/example.js";
import { OwnFile } from "../../playground/src/train/own-file.js";
import { Session } from "../../playground/src/train/session.js";
import {
  dataNames,
  defaultsOf,
  readEntry,
  readSetup,
  type Setup,
  writeSetup,
} from "../../playground/src/train/setup.js";
import { run } from "../../src/cli/run.js";
import { formatNumber } from "../../src/explain/numbers.js";
import { activations, type Dataset, type LossName, losses } from "../../src/train/index.js";
import { runWith } from "../support/terminal.js";

const cwd = mkdtempSync(join(tmpdir(), "cotangent-session-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function csvOf({ features, target, x, y }: Dataset): string {
  const width = features.length;
  const rows = Array.from(y, (value, i) =>
    [...x.subarray(i * width, (i + 1) * width), value].join(),
  );
  return `${[...features, target].join()}\n${rows.join("\n")}\n`;
}

/** The losses that the command line logs for the same data and settings. */
async function logged(setup: Setup): Promise<{ epoch: number; loss: number; testLoss: number }[]> {
  const data = makeDataset(setup.data as "line", setup.rows, setup.noise, setup.seed);
  writeFileSync(join(cwd, "data.csv"), csvOf(data));
  const { layers, activation, bias, standardize, link, loss, optimizer, rate, batch } = setup;
  const { code } = await runWith(
    run,
    [
      ...["train", "data.csv", "--log", "run.jsonl", "-q"],
      ...(layers === ""
        ? []
        : ["--model", `mlp:${data.features.length}-${layers}-1`, "--activation", activation]),
      ...(bias || layers !== "" ? [] : ["--no-bias"]),
      ...(standardize ? [] : ["--no-standardize"]),
      ...["--link", link, "--loss", loss, "--optim", optimizer],
      ...(rate === null ? [] : ["--lr", String(rate)]),
      ...(batch === null ? [] : ["--batch", String(batch)]),
      ...["--test-split", String(setup.testShare), "--seed", String(setup.seed)],
      ...["--epochs", String(setup.epochs)],
    ],
    { cwd },
  );
  expect(code).toBe(0);
  const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

describe("the page's run", () => {
  it.each([
    { ...defaultsOf("line"), epochs: 60 },
    { ...defaultsOf("logistic"), epochs: 60, seed: 7 },
    { ...defaultsOf("spiral"), epochs: 150 },
    { ...defaultsOf("sine"), epochs: 60, activation: "relu", batch: 32, optimizer: "momentum" },
  ] as Setup[])("has the loss curve of the command line: $data", async (setup) => {
    const expected = await logged(setup);
    const session = new Session(setup, undefined);
    session.advance(setup.epochs, Number.POSITIVE_INFINITY);
    const { curve } = session.frame(false);
    expect(Array.from(curve.epochs)).toEqual(expected.map(({ epoch }) => epoch));
    const apart = expected.map(({ loss, testLoss }, i) =>
      Math.max(
        Math.abs(loss - (curve.loss[i] as number)),
        Math.abs(testLoss - (curve.test?.[i] as number)),
      ),
    );
    expect(Math.max(...apart)).toBeLessThanOrEqual(1e-12);
  });

  it("learns the spiral, whatever the seed: at least 95 % of the test rows", () => {
    for (const seed of [0, 1, 2]) {
      const session = new Session({ ...defaultsOf("spiral"), seed }, undefined);
      session.advance(1e9, Number.POSITIVE_INFINITY);
      const { testQuality, stopped } = session.frame(false);
      expect(stopped).toBe("epochs");
      expect(testQuality?.accuracy).toBeGreaterThanOrEqual(0.95);
    }
  });

  it("reaches the minimum that its loss surface shows", () => {
    const session = new Session(defaultsOf("line"), undefined);
    session.advance(1e9, Number.POSITIVE_INFINITY);
    const { surface } = session.scene;
    const { report, trail } = session.frame(false);
    const least = Math.min(...(surface?.loss ?? []));
    expect(report.loss).toBeLessThanOrEqual(least + 1e-12);
    expect(report.loss).toBeGreaterThan(least - 0.01);
    const { ranges } = surface as { ranges: readonly (readonly [number, number])[] };
    const [low, high] = ranges[0] as readonly [number, number];
    for (const value of trail) expect(value > low && value < high).toBe(true);
  });

  it("shows the loss surface over two parameters, lowest beside the end of the trail", () => {
    const session = new Session({ ...defaultsOf("line"), bias: true, epochs: 400 }, undefined);
    session.advance(1e9, Number.POSITIVE_INFINITY);
    const { surface } = session.scene;
    if (surface === undefined) throw new Error("no surface");
    expect(surface.names).toEqual(["θ", "b"]);
    const { cells, loss, ranges } = surface;
    const at = loss.indexOf(Math.min(...loss));
    const [across, up] = ranges as [[number, number], [number, number]];
    const place = ([low, high]: [number, number], share: number): number =>
      low + (high - low) * share;
    const found = [
      place(across, ((at % cells) + 0.5) / cells),
      place(up, 1 - (Math.floor(at / cells) + 0.5) / cells),
    ];
    const end = session.frame(false).trail.slice(-2);
    for (const i of [0, 1] as const) {
      const [low, high] = [across, up][i] as [number, number];
      const cell = (high - low) / cells;
      expect(Math.abs((found[i] as number) - (end[i] as number))).toBeLessThanOrEqual(cell);
    }
  });

  it("draws θx = p, ψ(p) = μ, y − μ = d, d² = z, Σ z = S, S / N = L", () => {
    const session = new Session(defaultsOf("logistic"), undefined);
    const { nodes, edges } = session.explanation();
    expect(nodes.map(({ id, text }) => (id === text ? id : `${id} = ${text}`))).toEqual([
      ...["θ", "b", "x", "y"],
      ...["p = x·θ + b", "μ = sigmoid(p)", "d = y − μ", "z = d²", "S = Σ z", "L = S/56"],
    ]);
    expect(edges.map(({ from, to }) => `${from}→${to}`).sort()).toEqual(
      ["S→L", "b→p", "d→z", "p→μ", "x→p", "y→d", "z→S", "θ→p", "μ→d"].sort(),
    );
    const layers = new Session(defaultsOf("sine"), undefined).explanation().nodes;
    expect(layers.map(({ text }) => text)).toContain("tanh(h1·w2 + b2)");
  });
});

/** Every link with every loss it goes with. */
const combinations = (Object.keys(losses) as LossName[]).flatMap((loss) =>
  losses[loss].links.map((link) => ({ loss, link })),
);

describe("whatever is chosen", () => {
  const bends = Object.keys(activations) as Setup["activation"][];
  const descents = [
    { optimizer: "gd", batch: null },
    { optimizer: "gd", batch: 7 },
    { optimizer: "momentum", batch: null },
    { optimizer: "momentum", batch: 7 },
    { optimizer: "adam", batch: null },
  ] as const;

  it.each(datasetNames)(
    "%s is trained within bounds, at the rate that the data give, and an example of it opens in Explain",
    (data) => {
      const small: Setup = { ...defaultsOf(data), rows: 24, rate: null, epochs: 60 };
      const { y } = makeDataset(data, small.rows, small.noise, small.seed);
      const fitting = combinations.filter(({ loss }) => y.every(losses[loss].fits));
      expect(fitting.length).toBeGreaterThanOrEqual(5);
      const setups = fitting.flatMap((model, i) => [
        ...descents.map((descent) => ({ layers: "", bias: i % 2 === 0, ...model, ...descent })),
        { layers: "4", activation: bends[i % bends.length] as "tanh", ...model },
      ]);
      for (const setup of setups as Partial<Setup>[]) {
        const name = JSON.stringify(setup);
        const session = new Session({ ...small, ...setup }, undefined);
        session.advance(60, Number.POSITIVE_INFINITY);
        const { stopped, report, curve, predicted, trail } = session.frame(false);
        expect(stopped, name).not.toBe("diverged");
        // batches jump about where there is nothing to gain
        expect(report.loss, name).toBeLessThan(1.1 * (curve.loss[0] as number) + 1e-9);
        expect(curve.test?.length, name).toBe(curve.loss.length);
        expect(predicted.every(Number.isFinite), name).toBe(true);
        const { surface, size } = session.scene;
        expect(surface?.loss.some(Number.isFinite), name).toBe(size <= 2 ? true : undefined);
        expect(trail.length > 0, name).toBe(size <= 2);
        expect(session.explanation().nodes.at(-1)?.id, name).toBe("L");
        expect(shownLoss(session, 3), name).toBeLessThan(1e-3);
      }
    },
  );
});

/** How far the loss that Explain shows of an example is from the example's own, as a share of it. */
function shownLoss({ trainer }: Session, row: number): number {
  const { split, model } = trainer;
  const example = exampleOf(trainer, row);
  const reply = answer({ ...example, of: "", order: 0, twice: false });
  if (reply.kind !== "answer") throw new Error(JSON.stringify(reply));
  const x = split.train.x.slice(row * model.features, (row + 1) * model.features);
  const mu = trainer.predict(x)[0] as number;
  const y = split.train.y[row] as number;
  const own = {
    squares: (y - mu) ** 2,
    poisson: mu - (y === 0 ? 0 : y * Math.log(mu)),
    "cross-entropy": -Math.log(y === 1 ? mu : 1 - mu),
  }[model.description.loss];
  return Math.abs((reply.explanation.value as number) - own) / Math.max(1, Math.abs(own));
}

describe("a run that diverges", () => {
  const grown = (setup: Partial<Setup>, own?: OwnFile) => {
    const session = new Session({ ...defaultsOf("line"), ...setup }, own);
    session.advance(1e9, Number.POSITIVE_INFINITY);
    return { session, frame: session.frame(false) };
  };
  const table = (x: (i: number) => number, y: (i: number) => number): OwnFile =>
    new OwnFile(
      `x,y\n${Array.from({ length: 20 }, (_, i) => `${x(i)},${y(i)}`).join("\n")}`,
      "t.csv",
    );

  it("stops while numbers still hold the loss, and is told to take the rate that the data give", () => {
    for (const setup of [
      { rate: 5 },
      { rate: 0.9, bias: true },
      { rate: 2, optimizer: "momentum" },
    ]) {
      const { session, frame } = grown(setup as Partial<Setup>);
      expect(frame.stopped).toBe("diverged");
      expect(frame.report.loss).toBeLessThan(1e12);
      expect(frame.divergence).toEqual({ cause: "rate", rate: null });
      // the surface shows the valley all the same
      const least = Math.min(...(session.scene.surface?.loss ?? []));
      const mended = grown({ ...(setup as Partial<Setup>), rate: null }).frame;
      expect(mended.stopped).not.toBe("diverged");
      expect(Math.abs(least - mended.report.loss)).toBeLessThan(0.02);
    }
  });

  it("is told a smaller rate where the data know none", () => {
    const setup = { ...defaultsOf("sine"), optimizer: "gd" } as const;
    const { divergence } = grown({ ...setup, rate: 50 }).frame;
    if (divergence?.cause !== "rate" || divergence.rate === null) throw new Error("no rate");
    expect(divergence.rate).toBeLessThanOrEqual(5);
    expect(grown({ ...setup, rate: divergence.rate }).frame.stopped).toBe("epochs");
  });

  it("is told to scale features where they are the cause", () => {
    const own = table(
      (i) => 50 * i,
      (i) => 7 * i,
    );
    const setup = { ...defaultsOf("own"), rate: 0.1, testShare: 0 };
    const { divergence } = grown({ ...setup, standardize: false }, own).frame;
    expect(divergence).toEqual({ cause: "features", largest: 950 });
    expect(grown({ ...setup, standardize: true }, own).frame.stopped).not.toBe("diverged");
  });

  it("is told the column whose numbers cannot be squared", () => {
    const own = { ...defaultsOf("own"), testShare: 0 };
    const large = table(
      (i) => i,
      (i) => i * 1e300,
    );
    const { divergence, report } = grown(own, large).frame;
    expect(report.epoch).toBe(0);
    expect(divergence).toEqual({ cause: "size", column: "y", largest: 1.9e301 });
    const wide = table(
      (i) => i * 1e200,
      (i) => i,
    );
    expect(grown(own, wide).frame.divergence).toMatchObject({ cause: "size", column: "x" });
  });
});

describe("one example in Explain", () => {
  it.each([
    { ...defaultsOf("line"), bias: true },
    defaultsOf("logistic"),
    { ...defaultsOf("moons"), layers: "" },
    { ...defaultsOf("moons"), loss: "squares", link: "sigmoid" },
    defaultsOf("spiral"),
  ] as Setup[])("has the example's loss: $data $layers $loss", (setup) => {
    const session = new Session(setup, undefined);
    session.advance(20, Number.POSITIVE_INFINITY);
    const { trainer } = session;
    const example = exampleOf(trainer, 3);
    const reply = answer({ ...example, of: "", order: 0, twice: false });
    if (reply.kind !== "answer") throw new Error(JSON.stringify(reply));
    const { split, model } = trainer;
    const row = split.train.x.slice(3 * model.features, 4 * model.features);
    const mu = trainer.predict(row)[0] as number;
    const y = split.train.y[3] as number;
    const expected =
      model.description.loss === "cross-entropy"
        ? -(y * Math.log(mu) + (1 - y) * Math.log(1 - mu))
        : (y - mu) ** 2;
    expect(Math.abs((reply.explanation.value as number) - expected)).toBeLessThan(1e-3);
    expect(reply.wrt).toBe(example.wrt);
  });
});

describe("a file whose features are scaled", () => {
  const line = Array.from({ length: 40 }, (_, i) => `${1000 + i},${3 * i + (i % 3)}`).join("\n");
  const setup = { ...defaultsOf("own"), testShare: 0 };
  const trainedOn = (columns: string, rows: string, more: Partial<Setup> = {}): Session => {
    const session = new Session({ ...setup, ...more }, new OwnFile(`${columns}\n${rows}`, "t.csv"));
    session.advance(1000, Number.POSITIVE_INFINITY);
    return session;
  };

  it("has θ and b in its own units, which come to the least-squares answer", () => {
    const session = trainedOn("x,y", line);
    const { coefficients, predicted } = session.frame(false);
    const { leastSquares, standardized, view } = session.scene;
    if (coefficients === undefined || !leastSquares || view.kind !== "curve") throw new Error();
    expect(standardized).toBe(true);
    // the line that is drawn, from end to end
    const [low, high] = view.range;
    const slope = ((predicted.at(-1) as number) - (predicted[0] as number)) / (high - low);
    expect(coefficients.theta[0]).toBeCloseTo(slope, 9);
    expect(coefficients.bias).toBeCloseTo((predicted[0] as number) - slope * low, 5);
    expect(coefficients.theta[0]).toBeCloseTo(leastSquares.theta[0] as number, 6);
    expect(coefficients.bias).toBeCloseTo(leastSquares.bias as number, 3);
    // 3 for each step, and hardly more of the remainders
    expect(leastSquares.theta[0]).toBeCloseTo(3, 1);
  });

  it("has no least-squares answer where columns depend on each other, nor with other models", () => {
    const twice = Array.from({ length: 20 }, (_, i) => `${i},${2 * i},${i % 7}`).join("\n");
    expect(trainedOn("u,v,y", twice).scene.leastSquares).toBeNull();
    expect(trainedOn("x,y", line, { layers: "2" }).scene.leastSquares).toBeUndefined();
    expect(trainedOn("x,y", line, { link: "tanh" }).scene.leastSquares).toBeUndefined();
  });

  it("is scaled in Explain before one's eyes, from the numbers of the file", () => {
    for (const [more, expr] of [
      [{}, /^u = \(x - 1019\.5\)\/11\.5434; p = θ\*u \+ b; /],
      [{ bias: false }, /^u = x\/1019\.57; p = θ\*u; /],
      [{ layers: "2" }, /^u = \(x - m\)\/s; h1 = tanh\(matmul\(u, w1\) \+ b1\); /],
    ] as const) {
      const session = trainedOn("x,y", line, more);
      const example = exampleOf(session.trainer, 3);
      expect(example.expr).toMatch(expr);
      expect([example.inputs.x].flat()).toEqual([1003]);
      expect(shownLoss(session, 3)).toBeLessThan(1e-3);
    }
  });

  it("with a column b has a constant b₀", () => {
    const session = trainedOn("b,y", line);
    expect(session.scene.surface?.names).toEqual(["θ", "b₀"]);
    expect(session.explanation().inputs.map(({ name }) => name)).toContain("b₀");
    expect(trainedOn("x,y", line).scene.surface?.names).toEqual(["θ", "b"]);
  });
});

describe("a link", () => {
  it("brings back every setup, and says only what differs", () => {
    for (const data of dataNames) {
      expect(writeSetup(defaultsOf(data))).toEqual({ data });
      const changed: Setup = {
        ...defaultsOf(data),
        layers: "3-2",
        rate: 0.25,
        batch: null,
        untilLoss: -1.5,
        bias: false,
        features: ["a", "b, c", "d\\"],
        seed: 4,
      };
      expect(readSetup(writeSetup(changed), 4)).toEqual(changed);
    }
  });

  it("with nonsense falls back to the example", () => {
    const nonsense = { data: "moons", rows: "-3", rate: "fast", layers: "0-x", link: "tan" };
    expect(readSetup(nonsense, 0)).toEqual(defaultsOf("moons"));
    expect(readSetup({ data: "nothing" }, 0)).toEqual(defaultsOf("line"));
    expect(readSetup({ data: "xor", link: "exp" }, 0).loss).toBe("squares");
  });

  it("takes layers as people write them", () => {
    const layers = (text: string) => readEntry("layers", text, false);
    expect(["8", "16, 16", "4x4", " 2–3 "].map(layers)).toEqual(["8", "16-16", "4-4", "2-3"]);
    expect(["", "0", "8-", "x", "65", "1-1-1-1-1"].map(layers)).toEqual(Array(6).fill(undefined));
  });

  it("takes numbers as people write them, within their range", () => {
    const epochs = (text: string) => readEntry("epochs", text, false);
    expect(["10000", "10 000", "10,000", "10\u202f000", " 1e4 "].map(epochs)).toEqual(
      Array(5).fill(10_000),
    );
    expect(["", "0", "-1", "10,5", "1.5", "1e6", "many"].map(epochs)).toEqual(
      Array(7).fill(undefined),
    );
    const rate = (text: string) => readEntry("rate", text, true);
    expect(["0,5", "0.5", "5e-1", "", "1,000"].map(rate)).toEqual([0.5, 0.5, 0.5, null, 1]);
    expect(["−1", "0", "x", "0,5,1"].map(rate)).toEqual(Array(4).fill(undefined));
    expect(readEntry("untilLoss", "−0,25", true)).toBe(-0.25);
  });
});

describe("a figure", () => {
  it("has few digits, and a power of ten where it would be long, as in Explain", () => {
    const figures = [0.25166, -1.5, 12345.6, 99999, 123456, -6.6e65, 0.00001234, 1e7, 0];
    expect(figures.map((value) => brief(value))).toEqual([
      ...["0.2517", "−1.5", "12350", "100000", "1.235e5", "−6.6e65", "1.234e−5", "1e7", "0"],
    ]);
    for (const value of [-6.6e65, 1.25e-9]) expect(brief(value)).toBe(formatNumber(value));
    expect([Number.NaN, Number.POSITIVE_INFINITY].map((value) => brief(value))).toEqual([
      "NaN",
      "∞",
    ]);
  });
});

describe("the page's data", () => {
  it("depend on the seed alone", () => {
    for (const name of datasetNames) {
      const one = makeDataset(name, 40, 0.1, 3);
      expect(makeDataset(name, 40, 0.1, 3)).toEqual(one);
      expect(makeDataset(name, 40, 0.1, 4).x).not.toEqual(one.x);
      expect(one.x.length).toBe(40 * one.features.length);
      expect([...one.x, ...one.y].every(Number.isFinite)).toBe(true);
    }
  });
});
