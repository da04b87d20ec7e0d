import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runWith, type Surroundings } from "../../test/support/terminal.js";
import { randomKey } from "../train/index.js";
import { run } from "./run.js";

const rows = 40;

/** y = 3 + 2a − b and a little noise. */
function linear(): string {
  const u = randomKey(1).uniform(3 * rows);
  const lines = Array.from({ length: rows }, (_, i) => {
    const [a = 0, b = 0, noise = 0] = [10 * (u[3 * i] ?? 0), u[3 * i + 1], u[3 * i + 2]];
    return `${a},${b},${3 + 2 * a - b + noise}`;
  });
  return ["a,b,y", ...lines, ""].join("\n");
}

const xor = "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n";

/** A folder with the files given. */
function folder(files: Readonly<Record<string, string>> = { "line.csv": linear() }): string {
  const path = mkdtempSync(join(tmpdir(), "cotangent-train-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const train = (cwd: string, args: readonly string[], around: Surroundings = {}) =>
  runWith(run, ["train", ...args], { cwd, ...around });

async function trained(cwd: string, ...args: string[]) {
  const { code, out, err } = await train(cwd, [...args, "--json", "-q"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

describe("train", () => {
  it("reaches the least-squares answer and says so", async () => {
    const { code, out, err } = await train(folder(), ["line.csv"]);
    expect(code).toBe(0);
    expect(out).toContain("the gradient is as good as 0");
    expect(out).toMatch(/a +(?:1\.9|2\.0)\d+ +(?:1\.9|2\.0)\d+ +−?\de−\d\d/);
    expect(out).toContain("R² 0.99");
    expect(out).toContain("┤");
    expect(err).toContain("40 rows, a, b → y: theta, identity, squares, gd, learning rate");
    expect(err).toMatch(/epoch 0 {2}loss .*\nepoch \d+ {2}loss 0\.\d+\n$/);
  });

  it("as JSON gives exact coefficients beside the least-squares answer", async () => {
    const data = await trained(folder(), "line.csv");
    expect(data).toMatchObject({
      schema: 1,
      stopped: "gradient",
      target: "y",
      features: ["a", "b"],
    });
    for (const name of ["a", "b"]) {
      const distance = data.coefficients.theta[name] - data.leastSquares.theta[name];
      expect(Math.abs(distance)).toBeLessThan(1e-9);
    }
    expect(Math.abs(data.coefficients.bias - data.leastSquares.bias)).toBeLessThan(1e-9);
  });

  it("--activation bends the layers of a network, and a checkpoint keeps it", async () => {
    const cwd = folder({ "xor.csv": xor });
    const network = ["xor.csv", "--model", "mlp:2-4-1", "--epochs", "30"];
    const usual = await trained(cwd, ...network);
    expect((await trained(cwd, ...network, "--activation", "tanh")).loss).toBe(usual.loss);
    const relu = await trained(cwd, ...network, "--activation", "relu", "--save", "run.json");
    expect(relu.loss).not.toBe(usual.loss);
    const continued = await trained(cwd, "xor.csv", "--resume", "run.json");
    expect(continued.model.activation).toBe("relu");
    const { code, err } = await train(cwd, ["xor.csv", "--activation", "relu"]);
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      expect.stringContaining("--activation goes with a network only"),
    ]);
  });

  it("speaks Russian", async () => {
    const { out, err } = await train(folder(), ["line.csv", "--lang", "ru", "--epochs", "20"]);
    expect(out).toContain("наименьшие квадраты");
    expect(err).toContain("эпоха 20  потеря");
  });

  it("reads from standard input and from --data", async () => {
    const cwd = folder();
    const { code } = await train(cwd, ["-"], { stdin: linear() });
    expect(code).toBe(0);
    expect((await train(cwd, ["--data", "line.csv"])).code).toBe(0);
    expect((await train(cwd, ["-"])).out).toContain("Examples:");
  });

  it("--target and --features choose columns, --no-bias leaves the constant out", async () => {
    const data = await trained(
      folder(),
      "line.csv",
      "--target",
      "a",
      "--features",
      "y",
      "--no-bias",
    );
    expect([data.target, data.features]).toEqual(["a", ["y"]]);
    expect(data.coefficients.bias).toBeUndefined();
  });

  it("--optim, --lr, --batch, --seed, --epochs and --no-standardize are heard", async () => {
    const args = ["--optim", "momentum", "--lr", "1e-3", "--batch", "8", "--seed", "4"];
    const data = await trained(folder(), "line.csv", ...args, "--epochs", "7", "--no-standardize");
    expect(data.settings).toMatchObject({
      optimizer: "momentum",
      rate: 1e-3,
      batch: 8,
      seed: 4,
      epochs: 7,
      standardize: false,
    });
    expect([data.epoch, data.stopped]).toEqual([7, "epochs"]);
  });

  it("the seed decides: the same run twice, another with another", async () => {
    const once = (seed: string) =>
      trained(folder(), "line.csv", "--batch", "8", "--epochs", "5", "--seed", seed);
    const first = await once("1");
    expect(await once("1")).toEqual(first);
    expect((await once("2")).loss).not.toBe(first.loss);
  });

  it("--test-split sets rows aside and reports on them", async () => {
    const { out, err } = await train(folder(), ["line.csv", "--test-split", "0.25"]);
    expect(err).toContain("30 rows");
    expect(err).toMatch(/loss \S+ {2}test \S+/);
    expect(out).toMatch(/R² 0\.99\d*, test 0\.9/);
    expect(out).toContain("×");
  });

  it("logistic and Poisson regression by --loss", async () => {
    const cwd = folder({
      "yes.csv": "x,y\n-3,0\n-2,0\n-1,0\n0,1\n0.5,0\n1,1\n2,1\n3,1\n",
      "counts.csv": "x,n\n0,1\n1,2\n1,4\n2,8\n2,6\n3,21\n",
    });
    const logistic = await trained(cwd, "yes.csv", "--loss", "cross-entropy", "--epochs", "9000");
    expect(logistic.model.link).toBe("sigmoid");
    expect(logistic.quality.accuracy).toBeGreaterThanOrEqual(0.75);
    const counts = await trained(cwd, "counts.csv", "--loss", "poisson", "--epochs", "9000");
    expect(counts.model.link).toBe("exp");
    expect(Math.abs(counts.coefficients.theta.x - 1)).toBeLessThan(0.2);
  });

  it("a network by --model, to --until-loss", async () => {
    const cwd = folder({ "xor.csv": xor });
    const args = ["xor.csv", "--model", "mlp:2-8-1", "--loss", "cross-entropy"];
    const { code, out } = await train(cwd, [...args, "--until-loss", "1e-3"]);
    expect(code).toBe(0);
    expect(out).toContain("accuracy 100 %");
    expect(out).toContain("the loss wanted is reached");
  });

  it("exits 1 where --until-loss is missed", async () => {
    const { code, err } = await train(folder({ "xor.csv": xor }), [
      "xor.csv",
      "--until-loss",
      "0.1",
    ]);
    expect(code).toBe(1);
    expect(err).toContain("the loss wanted, 0.1, was not reached");
  });

  it("--log writes a line of JSON for every epoch", async () => {
    const cwd = folder();
    await train(cwd, ["line.csv", "--epochs", "5", "--test-split", "0.25", "--log", "run.jsonl"]);
    const lines = readFileSync(join(cwd, "run.jsonl"), "utf8").trimEnd().split("\n");
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual(["schema", "epoch", "loss", "testLoss", "gradientNorm"]);
      expect(entry.schema).toBe(1);
    }
  });

  it("elsewhere than on a terminal tells a line every so many epochs", async () => {
    const args = ["line.csv", "--epochs", "57", "--until-gradient", "0"];
    const { err } = await train(folder(), args);
    expect([...err.matchAll(/^epoch (\d+)/gm)].map(([, epoch]) => Number(epoch))).toEqual([
      0, 10, 20, 30, 40, 50, 57,
    ]);
  });

  it("on a terminal draws a bar", async () => {
    const { code, err } = await train(folder(), ["line.csv"], { tty: true });
    expect(code).toBe(0);
    expect(err).toMatch(/[█░]{24} epoch \d+\/2000 {2}loss/);
    expect((await train(folder(), ["line.csv", "-q"], { tty: true })).err).toBe("");
  });
});

describe("a run goes on where it stopped", () => {
  it.each([
    ["full batches", []],
    ["batches and momentum", ["--optim", "momentum", "--batch", "8", "--test-split", "0.2"]],
    ["adam", ["--optim", "adam", "--seed", "3"]],
  ] as [string, string[]][])("bit for bit: %s", async (_name, options) => {
    const cwd = folder();
    const log = (name: string) => ["--log", `${name}.jsonl`, "--save", `${name}.json`, "-q"];
    const read = (name: string) => readFileSync(join(cwd, name), "utf8");
    await train(cwd, ["line.csv", ...options, "--epochs", "30", ...log("whole")]);
    await train(cwd, ["line.csv", ...options, "--epochs", "11", ...log("part")]);
    const { code } = await train(cwd, [
      "line.csv",
      "--resume",
      "part.json",
      "--epochs",
      "30",
      ...log("part"),
    ]);
    expect(code).toBe(0);
    expect(read("part.json")).toBe(read("whole.json"));
    expect(read("part.jsonl")).toBe(read("whole.jsonl"));
  });

  it("Ctrl-C saves a checkpoint, exits 130 and tells how to go on", async () => {
    const cwd = folder();
    const endless = ["line.csv", "--until-gradient", "0", "--epochs", "1000000000"];
    const { code, err } = await train(cwd, [...endless, "--save", "run.json"], {
      onError: (_text, interrupt) => setTimeout(interrupt, 60),
    });
    expect(code).toBe(130);
    expect(err).toMatch(/saved run\.json at epoch (\d+)\n/);
    expect(err).toContain("to go on: cotangent train line.csv --resume run.json");
    const stopped = Number(/at epoch (\d+)/.exec(err)?.[1]);
    expect(stopped).toBeGreaterThan(0);
    const until = String(stopped + 5);
    const save = ["--save", "more.json", "-q"];
    await train(cwd, ["line.csv", "--resume", "run.json", "--epochs", until, ...save]);
    await train(cwd, [
      "line.csv",
      "--until-gradient",
      "0",
      "--epochs",
      until,
      "--save",
      "whole.json",
    ]);
    const [more, whole] = ["more.json", "whole.json"].map((name) =>
      readFileSync(join(cwd, name), "utf8"),
    );
    expect(more).toBe(whole);
  });

  it("Ctrl-C without --save writes beside the data's folder under a name of its own", async () => {
    const cwd = folder();
    const { code, err } = await train(
      cwd,
      ["line.csv", "--until-gradient", "0", "--epochs", "1000000000"],
      {
        onError: (_text, interrupt) => setTimeout(interrupt, 20),
      },
    );
    expect(code).toBe(130);
    expect(err).toContain("saved cotangent-checkpoint.json");
    expect(readdirSync(cwd).sort()).toEqual(["cotangent-checkpoint.json", "line.csv"]);
  });

  it("says before the first epoch that it cannot save", async () => {
    const { code, err } = await train(folder(), ["line.csv", "--save", "none/run.json"]);
    expect(code).toBe(4);
    expect(err).toBe("error: cannot write none/run.json: no such file or directory\n");
  });

  it("what the checkpoint fixes cannot change", async () => {
    const cwd = folder();
    await train(cwd, ["line.csv", "--epochs", "2", "--save", "run.json"]);
    for (const option of [
      ["--link", "tanh"],
      ["--batch", "4"],
      ["--no-bias"],
      ["--seed", "1"],
      ["--features", "a"],
    ]) {
      const { code, err } = await train(cwd, ["line.csv", "--resume", "run.json", ...option]);
      expect(code).toBe(2);
      expect(err).toContain(`${option[0]} cannot change in the middle of a run`);
    }
    expect((await train(cwd, ["line.csv", "--resume", "run.json", "--lr", "0.01"])).code).toBe(0);
    const same = ["--model", "theta", "--link", "identity", "--seed", "0", "--optim", "gd"];
    expect((await train(cwd, ["line.csv", "--resume", "run.json", ...same])).code).toBe(0);
  });

  it("says when the data are others", async () => {
    const cwd = folder({ "line.csv": linear(), "other.csv": linear().replace("\n", "\n0,0,0\n") });
    await train(cwd, ["line.csv", "--epochs", "2", "--save", "run.json"]);
    const { code, err } = await train(cwd, ["other.csv", "--resume", "run.json"]);
    expect(code).toBe(0);
    expect(err).toContain("warning: the data are not those run.json was made with");
    const renamed = folder({ "line.csv": linear().replace("a,b,y", "a,c,y") });
    writeFileSync(join(renamed, "run.json"), readFileSync(join(cwd, "run.json")));
    expect((await train(renamed, ["line.csv", "--resume", "run.json"])).err).toContain(
      "no column 'b'",
    );
  });

  it("a file that is no checkpoint exits 4", async () => {
    const cwd = folder({ "line.csv": linear(), "bad.json": '{"format":"x"}', "cut.json": '{"a":' });
    for (const name of ["bad.json", "cut.json"]) {
      const { code, err } = await train(cwd, ["line.csv", "--resume", name]);
      expect([code, err.includes(`${name} is not a checkpoint`)]).toEqual([4, true]);
    }
    expect((await train(cwd, ["line.csv", "--resume", "none.json"])).code).toBe(4);
  });
});

describe("a loss that is not finite", () => {
  it("stops with 3 and keeps the last good checkpoint", async () => {
    const cwd = folder();
    const args = ["line.csv", "--lr", "10", "--save", "run.json"];
    const { code, err } = await train(cwd, args);
    expect(code).toBe(3);
    const epoch = Number(/not finite after epoch (\d+)/.exec(err)?.[1]);
    expect(err).toContain("try a smaller --lr than 10");
    const saved = JSON.parse(readFileSync(join(cwd, "run.json"), "utf8"));
    expect(saved.epoch).toBe(epoch - 1);
    for (const value of saved.parameters.theta.data) expect(Number.isFinite(value)).toBe(true);
    expect((await train(cwd, ["line.csv", "--resume", "run.json", "--lr", "0.01"])).code).toBe(0);
  });
});

describe("what cannot be trained", () => {
  it.each([
    [["none.csv"], 4, "cannot read none.csv: no such file or directory"],
    [["bad.csv"], 4, "bad.csv, row 3, column 'b': 'x' is not a number"],
    [[], 2, "no data to train on\n  give a CSV file"],
    [["line.csv", "--data", "bad.csv"], 2, "two files of data"],
    [["line.csv", "--target", "z"], 2, "no column 'z'"],
    [["line.csv", "--model", "tree"], 2, "--model is theta or mlp:2-8-1"],
    [["line.csv", "--model", "mlp:2-8-3"], 2, "--model is theta or mlp:2-8-1"],
    [["line.csv", "--model", "mlp:3-1"], 2, "mlp:3-1 takes 3 features, the data have 2 (a, b)"],
    [["line.csv", "--model", "mlp:2-1", "--no-bias"], 2, "--no-bias goes with --model theta only"],
    [["line.csv", "--loss", "poisson", "--link", "tanh"], 2, "--loss poisson goes with --link exp"],
    [
      ["line.csv", "--loss", "cross-entropy"],
      4,
      "does not fit --loss cross-entropy (numbers from 0 to 1)",
    ],
    [["two.csv", "--test-split", "0.9"], 2, "--test-split leaves no rows"],
    [
      ["line.csv", "--save", "no/such/run.json", "--epochs", "1"],
      4,
      "cannot write no/such/run.json",
    ],
    [["line.csv", "--log", "no/such/run.jsonl"], 4, "cannot write no/such/run.jsonl"],
  ] as [string[], number, string][])("%j", async (args, expected, message) => {
    const cwd = folder({
      "line.csv": linear(),
      "bad.csv": "a,b\n1,2\n3,x\n",
      "two.csv": "a,y\n1,2\n3,4\n",
    });
    const { code, err } = await train(cwd, args);
    expect(code).toBe(expected);
    expect(err).toContain(message);
    const russian = await train(cwd, [...args, "--lang", "ru"]);
    expect([russian.code, /^ошибка: .*[а-я]/m.test(russian.err)]).toEqual([expected, true]);
  });
});
