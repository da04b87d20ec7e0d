import { ValueError } from "../index.js";
import { activations } from "./activations.js";
import type { Curve, CurvePoint } from "./curve.js";
import type { Standardization } from "./data.js";
import { links } from "./links.js";
import { losses } from "./losses.js";
import { mlp } from "./mlp.js";
import type { Model, ModelDescription } from "./model.js";
import { type Numbers, type OptimizerState, optimizers } from "./optimizers.js";
import type { Settings } from "./settings.js";
import { thetaModel } from "./theta.js";

/** A training run written down, to be continued. `schema` grows when a field changes its meaning. */
export interface Checkpoint {
  readonly format: "cotangent-training";
  readonly schema: 1;
  readonly model: ModelDescription;
  readonly settings: Settings;
  readonly data: {
    readonly features: readonly string[];
    readonly target: string;
    readonly rows: number;
    readonly checksum: string;
  };
  readonly standardization: Standardization | undefined;
  readonly epoch: number;
  /** Steps of the optimiser. */
  readonly count: number;
  readonly parameters: Readonly<Record<string, StoredParameter>>;
  readonly optimizer: OptimizerState;
  readonly curve: Curve;
}

export interface StoredParameter {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/** The checkpoint as JSON text. Every number comes back bit for bit: −0, infinities and NaN are strings. */
export function writeCheckpoint(checkpoint: Checkpoint): string {
  const encode = (_key: string, value: unknown): unknown => {
    if (value instanceof Float64Array) return Array.from(value);
    if (typeof value !== "number") return value;
    return Number.isFinite(value) && !Object.is(value, -0) ? value : numberText(value);
  };
  return `${JSON.stringify(checkpoint, encode, 1)}\n`;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Reads what `writeCheckpoint` wrote. Throws ValueError that names what is missing or wrong. */
export function readCheckpoint(text: string): Checkpoint {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw complaint("JSON", (error as Error).message);
  }
  const root = new Reader(parsed, "checkpoint");
  if (root.get("format").value !== "cotangent-training")
    throw complaint("format: cotangent-training", root.get("format").shown);
  if (root.get("schema").value !== 1) throw complaint("schema 1", root.get("schema").shown);
  const data = root.get("data");
  const standardization = root.optional("standardization");
  return {
    format: "cotangent-training",
    schema: 1,
    model: readModel(root.get("model")),
    settings: readSettings(root.get("settings")),
    data: {
      features: data.get("features").list((name) => name.text()),
      target: data.get("target").text(),
      rows: data.get("rows").number(),
      checksum: data.get("checksum").text(),
    },
    standardization:
      standardization === undefined
        ? undefined
        : {
            means: standardization.get("means").list((value) => value.number()),
            scales: standardization.get("scales").list((value) => value.number()),
          },
    epoch: root.get("epoch").number(),
    count: root.get("count").number(),
    parameters: root.get("parameters").record((parameter) => ({
      shape: parameter.get("shape").list((length) => length.number()),
      data: parameter.get("data").numbers(),
    })),
    optimizer: root.get("optimizer").record((part) => part.list((values) => values.numbers())),
    curve: {
      stride: root.get("curve").get("stride").number(),
      points: root.get("curve").get("points").list(readPoint),
    },
  };
}

/** The model of a checkpoint. */
export function modelOf(description: ModelDescription): Model {
  const { kind, link, loss } = description;
  if (kind === "mlp")
    return mlp(description.sizes, { link, loss, activation: description.activation });
  return thetaModel({ features: description.features, link, loss, bias: description.bias });
}

function readModel(at: Reader): ModelDescription {
  const link = at.get("link").oneOf(links);
  const loss = at.get("loss").oneOf(losses);
  if (at.get("kind").value === "mlp") {
    const sizes = at.get("sizes").list((size) => size.number());
    // older checkpoints do not say: there was one
    const activation = at.optional("activation")?.oneOf(activations) ?? "tanh";
    return { kind: "mlp", sizes, activation, link, loss };
  }
  if (at.get("kind").value !== "theta") throw complaint("kind theta or mlp", at.get("kind").shown);
  const features = at.get("features").number();
  return { kind: "theta", features, link, loss, bias: at.get("bias").boolean() };
}

function readSettings(at: Reader): Settings {
  const batch = at.optional("batch")?.number();
  const untilLoss = at.optional("untilLoss")?.number();
  return {
    optimizer: at.get("optimizer").oneOf(optimizers),
    rate: at.get("rate").number(),
    epochs: at.get("epochs").number(),
    seed: at.get("seed").number(),
    untilGradient: at.get("untilGradient").number(),
    testShare: at.get("testShare").number(),
    standardize: at.get("standardize").boolean(),
    ...(batch === undefined ? {} : { batch }),
    ...(untilLoss === undefined ? {} : { untilLoss }),
  };
}

function readPoint(at: Reader): CurvePoint {
  const testLoss = at.optional("testLoss")?.number();
  const point = { epoch: at.get("epoch").number(), loss: at.get("loss").number() };
  return testLoss === undefined ? point : { ...point, testLoss };
}

/** A value of a parsed text and the way to it, for messages. */
class Reader {
  readonly value: unknown;
  private readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  get shown(): string {
    return `${JSON.stringify(this.value)?.slice(0, 60) ?? "nothing"} at ${this.path}`;
  }

  get(key: string): Reader {
    const found = this.optional(key);
    if (found === undefined) throw complaint(`${this.path}.${key}`, "none");
    return found;
  }

  optional(key: string): Reader | undefined {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw complaint("an object", this.shown);
    if (!Object.hasOwn(value, key)) return undefined;
    return new Reader((value as Record<string, unknown>)[key], `${this.path}.${key}`);
  }

  number(): number {
    const { value } = this;
    if (typeof value === "number") return value;
    if (typeof value === "string" && ["-0", "NaN", "Infinity", "-Infinity"].includes(value))
      return Number(value);
    throw complaint("a number", this.shown);
  }

  text(): string {
    if (typeof this.value === "string") return this.value;
    throw complaint("a text", this.shown);
  }

  boolean(): boolean {
    if (typeof this.value === "boolean") return this.value;
    throw complaint("true or false", this.shown);
  }

  oneOf<K extends string>(known: Readonly<Record<K, unknown>>): K {
    if (typeof this.value === "string" && Object.hasOwn(known, this.value)) return this.value as K;
    throw complaint(Object.keys(known).join(", "), this.shown);
  }

  list<T>(read: (item: Reader) => T): T[] {
    if (!Array.isArray(this.value)) throw complaint("a list", this.shown);
    return this.value.map((item, i) => read(new Reader(item, `${this.path}[${i}]`)));
  }

  numbers(): Numbers {
    return Float64Array.from(this.list((item) => item.number()));
  }

  record<T>(read: (item: Reader) => T): Record<string, T> {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw complaint("an object", this.shown);
    return Object.fromEntries(Object.keys(value).map((key) => [key, read(this.get(key))]));
  }
}

function complaint(expected: string, received: string): ValueError {
  return new ValueError("checkpoint", { expected, received });
}
