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

/** How a model of classes begins, and one of numbers. */
export const classTargets = { link: "sigmoid", loss: "cross-entropy" } as const;
export const numberTargets = { link: "identity", loss: "squares" } as const;

/** How each data set begins. */
const examples: Readonly<Record<Setup["data"], Partial<Setup>>> = {
  line: { rows: 60, noise: 0.4, bias: false, standardize: false, rate: 0.03, epochs: 200 },
  logistic: { rows: 80, noise: 0, link: "sigmoid", standardize: false, rate: 0.5, epochs: 500 },
  sine: { ...network, rows: 120, rate: 0.01, layers: "12-12" },
  xor: { ...network, ...classTargets, noise: 0.05, layers: "4", epochs: 500 },
  moons: { ...network, ...classTargets, noise: 0.12, layers: "8", epochs: 500 },
  spiral: { ...network, ...classTargets, rows: 400, noise: 0.02, layers: "16-16", epochs: 600 },
  own: {},
};

export const dataNames: readonly Setup["data"][] = [...datasetNames, "own"];

/** How training with these data begins. */
export function defaultsOf(data: Setup["data"]): Setup {
  return { ...usual, ...examples[data], data };
}

/** At most so many layers and neurons: what a page trains while one watches. */
export const layerLimits = { layers: 4, neurons: 64 } as const;

/** Numbers from one to another, both among them. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
}

/** What each number of a setup may be. */
export const ranges = {
  rows: { least: 4, most: 1000, whole: true },
  noise: { least: 0, most: 10 },
  seed: { least: 0, most: 999_999_999, whole: true },
  rate: { least: 1e-12, most: 1e6 },
  batch: { least: 1, most: 1e6, whole: true },
  testShare: { least: 0, most: 0.9 },
  epochs: { least: 1, most: 100_000, whole: true },
  untilLoss: { least: -1e300, most: 1e300 },
} as const satisfies Partial<Record<keyof Setup, NumberRange>>;

/** Parts that are typed in. */
export type EntryPart = Exclude<keyof typeof ranges, "testShare"> | "layers";

type Reader<T> = (text: string) => T | undefined;

const among =
  <T extends string>(known: readonly T[]): Reader<T> =>
  (text) =>
    known.find((one) => one === text);
const number =
  ({ least, most, whole = false }: NumberRange): Reader<number> =>
  (text) => {
    const value = numberIn(text.trim(), whole);
    return value >= least && value <= most && (!whole || Number.isInteger(value))
      ? value
      : undefined;
  };
const orNone =
  (read: Reader<number>): Reader<number | null> =>
  (text) =>
    text === "none" ? null : read(text);
const flag: Reader<boolean> = (text) => (text === "1" ? true : text === "0" ? false : undefined);

/** A number as people write it: 0,5 or 0.5, and whole ones as 10000, 10 000 or 10,000. NaN for what is none. */
function numberIn(text: string, whole: boolean): number {
  if (text === "") return Number.NaN;
  const plain = text.replace("−", "-");
  return Number(
    whole && /^\d{1,3}([\s.,]\d{3})+$/.test(plain)
      ? plain.replace(/[\s.,]/g, "")
      : plain.replace(",", "."),
  );
}

/** How each part stands in the link; what cannot be read is as in the example. */
const readers: { readonly [K in keyof Omit<Setup, "data" | "seed">]: Reader<Setup[K]> } = {
  rows: number(ranges.rows),
  noise: number(ranges.noise),
  target: (text) => text,
  features: readNames,
  layers: readLayers,
  activation: among(Object.keys(activations) as ActivationName[]),
  bias: flag,
  link: among(Object.keys(links) as LinkName[]),
  loss: among(Object.keys(losses) as LossName[]),
  optimizer: among(["gd", "momentum", "adam"]),
  rate: orNone(number(ranges.rate)),
  batch: orNone(number(ranges.batch)),
  testShare: number(ranges.testShare),
  standardize: flag,
  epochs: number(ranges.epochs),
  untilLoss: orNone(number(ranges.untilLoss)),
};

/** Layers as `16-16`, or nothing; undefined for what is neither or too large. */
function readLayers(text: string): string | undefined {
  const plain = text.trim().replace(/[\s,×x–-]+/g, "-");
  if (plain === "") return "";
  if (!/^[1-9]\d*(-[1-9]\d*)*$/.test(plain)) return undefined;
  const sizes = plain.split("-").map(Number);
  return sizes.length <= layerLimits.layers && sizes.every((size) => size <= layerLimits.neurons)
    ? plain
    : undefined;
}

/** A part as its text in the link; undefined where it cannot be read. */
function readPart<K extends keyof typeof readers>(key: K, text: string): Setup[K] | undefined {
  return readers[key](text) as Setup[K] | undefined;
}

/** A part as it is typed in; undefined where it cannot be used. */
export function readEntry<K extends EntryPart>(
  part: K,
  text: string,
  mayBeEmpty: boolean,
): Setup[K] | undefined {
  const plain = text.trim();
  if (plain === "") return mayBeEmpty ? (null as Setup[K]) : undefined;
  if (part === "seed") return number(ranges.seed)(plain) as Setup[K] | undefined;
  return readPart(part as Exclude<K, "seed">, plain) as Setup[K] | undefined;
}

function writePart(value: Setup[keyof Setup]): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "1" : "0";
  return Array.isArray(value) ? value.map(escaped).join() : String(value);
}

/** A name in a list of names with commas between them. */
function escaped(name: string): string {
  return name.replace(/[\\,]/g, "\\$&");
}

function readNames(text: string): string[] {
  const names = text.match(/(?:\\.|[^\\,])+/g) ?? [];
  return names.map((name) => name.replace(/\\(.)/g, "$1"));
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
