import {
  type ActivationName,
  activations,
  type LinkName,
  type LossName,
  links,
  losses,
  type OptimizerName,
} from "../../../src/train/index.js";
import { type DatasetName, datasetNames } from "./datasets.js";

/** What is trained and how: all of it stands in the link. */
export interface Setup {
  readonly data: DatasetName | "own";
  readonly rows: number;
  readonly noise: number;
  /** Columns of an own file; empty for the last one, and for all others. */
  readonly target: string;
  readonly features: readonly string[];
  /** Sizes of the layers between input and output, such as `16-16`; empty for p = θx. */
  readonly layers: string;
  readonly activation: ActivationName;
  readonly bias: boolean;
  readonly link: LinkName;
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  /** Learning rate; null lets the data decide. */
  readonly rate: number | null;
  /** Rows a step; null for all. */
  readonly batch: number | null;
  readonly testShare: number;
  readonly standardize: boolean;
  readonly epochs: number;
  readonly untilLoss: number | null;
  readonly seed: number;
}

const usual: Omit<Setup, "data"> = {
  rows: 200,
  noise: 0.1,
  target: "",
  features: [],
  layers: "",
  activation: "tanh",
  bias: true,
  link: "identity",
  loss: "squares",
  optimizer: "gd",
  rate: null,
  batch: null,
  testShare: 0.3,
  standardize: true,
  epochs: 1000,
  untilLoss: null,
  seed: 0,
};

const network = { optimizer: "adam", rate: 0.03 } as const;
const classes = { link: "sigmoid", loss: "cross-entropy" } as const;

/** How each data set begins. */
const examples: Readonly<Record<Setup["data"], Partial<Setup>>> = {
  line: { rows: 60, noise: 0.4, bias: false, standardize: false, rate: 0.03, epochs: 200 },
  logistic: { rows: 80, noise: 0, link: "sigmoid", standardize: false, rate: 0.5, epochs: 500 },
  sine: { ...network, rows: 120, rate: 0.01, layers: "12-12" },
  xor: { ...network, ...classes, noise: 0.05, layers: "4", epochs: 500 },
  moons: { ...network, ...classes, noise: 0.12, layers: "8", epochs: 500 },
  spiral: { ...network, ...classes, rows: 400, noise: 0.02, layers: "16-16", epochs: 600 },
  own: {},
};

export const dataNames: readonly Setup["data"][] = [...datasetNames, "own"];

/** How training with these data begins. */
export function defaultsOf(data: Setup["data"]): Setup {
  return { ...usual, ...examples[data], data };
}

/** At most so many rows, layers and neurons: what a page trains while one watches. */
const limits = { rows: 1000, layers: 4, neurons: 64, epochs: 100_000 } as const;

type Reader<T> = (text: string) => T | undefined;

const among =
  <T extends string>(known: readonly T[]): Reader<T> =>
  (text) =>
    known.find((one) => one === text);
const number =
  (least: number, most: number, whole = false): Reader<number> =>
  (text) => {
    const value =
      text.trim() === "" ? Number.NaN : Number(text.replace("−", "-").replace(",", "."));
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits ? value : undefined;
  };
const orNone =
  (read: Reader<number>): Reader<number | null> =>
  (text) =>
    text === "none" ? null : read(text);
const flag: Reader<boolean> = (text) => (text === "1" ? true : text === "0" ? false : undefined);

/** How each part stands in the link; what cannot be read is as in the example. */
const readers: { readonly [K in keyof Omit<Setup, "data" | "seed">]: Reader<Setup[K]> } = {
  rows: number(4, limits.rows, true),
  noise: number(0, 10),
  target: (text) => text,
  features: (text) => text.split(",").filter((name) => name !== ""),
  layers: readLayers,
  activation: among(Object.keys(activations) as ActivationName[]),
  bias: flag,
  link: among(Object.keys(links) as LinkName[]),
  loss: among(Object.keys(losses) as LossName[]),
  optimizer: among(["gd", "momentum", "adam"]),
  rate: orNone(number(1e-12, 1e6)),
  batch: orNone(number(1, 1e6, true)),
  testShare: number(0, 0.9),
  standardize: flag,
  epochs: number(1, limits.epochs, true),
  untilLoss: orNone(number(-1e300, 1e300)),
};

/** Layers as `16-16`, or nothing; undefined for what is neither or too large. */
export function readLayers(text: string): string | undefined {
  const plain = text.trim().replace(/[\s,×x–-]+/g, "-");
  if (plain === "") return "";
  if (!/^[1-9]\d*(-[1-9]\d*)*$/.test(plain)) return undefined;
  const sizes = plain.split("-").map(Number);
  return sizes.length <= limits.layers && sizes.every((size) => size <= limits.neurons)
    ? plain
    : undefined;
}

/** A part as its text in the link; undefined where it cannot be read. */
export function readPart<K extends keyof typeof readers>(
  key: K,
  text: string,
): Setup[K] | undefined {
  return readers[key](text) as Setup[K] | undefined;
}

function writePart(value: Setup[keyof Setup]): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "1" : "0";
  return String(value);
}

/** The setup of a link. A loss that its link ψ does not go with becomes squares. */
export function readSetup(train: Readonly<Record<string, string>>, seed: number): Setup {
  const data = dataNames.find((name) => name === train.data) ?? "line";
  const given = Object.keys(readers).flatMap((key) => {
    const text = train[key];
    const value = text === undefined ? undefined : readPart(key as keyof typeof readers, text);
    return value === undefined ? [] : [[key, value]];
  });
  const setup: Setup = { ...defaultsOf(data), ...Object.fromEntries(given), seed };
  return losses[setup.loss].links.includes(setup.link) ? setup : { ...setup, loss: "squares" };
}

/** What a link says of a setup: only what differs from its example. */
export function writeSetup(setup: Setup): Record<string, string> {
  const defaults = defaultsOf(setup.data);
  return Object.fromEntries([
    ["data", setup.data],
    ...(Object.keys(readers) as (keyof typeof readers)[]).flatMap((key) => {
      const text = writePart(setup[key]);
      return text === writePart(defaults[key]) ? [] : [[key, text]];
    }),
  ]);
}
