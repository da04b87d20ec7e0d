import type { LinkName, LossName, Standardization, Trainer } from "../../../src/train/index.js";
import type { State } from "../state/state.js";

/** A formula with its numbers, as Explain takes it. */
export type Example = Pick<State, "expr" | "inputs" | "wrt">;

/** More features than this stand in one vector. */
const mostScalars = 6;

/**
 * The loss of one training example as a formula, with parameters as they are now. Features stand in the units of the
 * data; where the model sees them scaled, the formula scales them first.
 */
export function exampleOf(trainer: Trainer, row: number): Example {
  const { description, features } = trainer.model;
  const { x, y } = trainer.split.train;
  const from = row * features;
  const point = Array.from(x.subarray(from, from + features));
  const given = Object.entries(trainer.parameters).map(([name, value]) => {
    const { data, shape } = value;
    const numbers = Array.from(data, (number) => short(Number(number)));
    return [name, shape, numbers] as const;
  });
  const target = { y: short(y[row] as number) };
  const tail = lossText(description.loss, description.link);
  const scalars = description.kind === "theta" && features <= mostScalars;
  const suffix = (j: number): string => (features === 1 ? "" : String(j + 1));
  const scaled = scaling(trainer.standardization, scalars ? suffix : undefined);
  const values = scalars
    ? Object.fromEntries(point.map((value, j) => [`x${suffix(j)}`, value]))
    : { x: point };
  if (description.kind === "mlp") {
    const depth = description.sizes.length - 1;
    const lines: string[] = [];
    for (let i = 1; i <= depth; i++) {
      const product = `matmul(${i === 1 ? scaled.name : `h${i - 1}`}, w${i}) + b${i}`;
      lines.push(i === depth ? `p = ${product}` : `h${i} = ${description.activation}(${product})`);
    }
    const inputs = given.map(([name, shape, numbers]) => {
      // the last layer has one neuron: a vector and a number
      if (name === `w${depth}`) return [name, numbers];
      if (name === `b${depth}`) return [name, numbers[0] as number];
      return [name, shape.length === 2 ? rowsOf(numbers, shape[1] as number) : numbers];
    });
    return {
      expr: [...scaled.lines, ...lines, tail].join("; "),
      inputs: { ...values, ...scaled.inputs, ...Object.fromEntries(inputs), ...target },
      wrt: "w1",
    };
  }
  const theta = given.find(([name]) => name === "theta")?.[2] ?? [];
  const bias = given.find(([name]) => name === "bias")?.[2][0];
  const constant = bias === undefined ? "" : " + b";
  const product = scalars
    ? theta.map((_, j) => `θ${suffix(j)}*${scaled.name}${suffix(j)}`).join(" + ")
    : `matmul(${scaled.name}, θ)`;
  const weights = scalars
    ? Object.fromEntries(theta.map((value, j) => [`θ${suffix(j)}`, value]))
    : { θ: theta };
  return {
    expr: [...scaled.lines, `p = ${product}${constant}`, tail].join("; "),
    inputs: {
      ...weights,
      ...values,
      ...scaled.inputs,
      ...(bias === undefined ? {} : { b: bias }),
      ...target,
    },
    wrt: scalars ? `θ${suffix(0)}` : "θ",
  };
}

/** How features are scaled in a formula, and what they are called then: each by itself, or as a vector. */
function scaling(
  by: Standardization | undefined,
  suffix: ((j: number) => string) | undefined,
): {
  readonly name: "x" | "u";
  readonly lines: readonly string[];
  readonly inputs: Example["inputs"];
} {
  if (by === undefined) return { name: "x", lines: [], inputs: {} };
  const { means, scales } = by;
  // rounded so little that u keeps its six digits
  const middles = means.map((mean, j) => {
    const digits = 6 - Math.floor(Math.log10(scales[j] as number));
    return Number(mean.toFixed(Math.max(0, Math.min(100, digits))));
  });
  const widths = scales.map(short);
  const shifted = middles.some((middle) => middle !== 0);
  if (suffix === undefined)
    return shifted
      ? { name: "u", lines: ["u = (x - m)/s"], inputs: { m: middles, s: widths } }
      : { name: "u", lines: ["u = x/s"], inputs: { s: widths } };
  const lines = middles.map((middle, j) => {
    const x = `x${suffix(j)}`;
    const moved = middle === 0 ? x : `(${x} ${middle < 0 ? "+" : "-"} ${Math.abs(middle)})`;
    return `u${suffix(j)} = ${moved}/${widths[j]}`;
  });
  return { name: "u", lines, inputs: {} };
}

function lossText(loss: LossName, link: LinkName): string {
  if (loss === "cross-entropy") return "softplus(p) - y*p";
  if (loss === "poisson") return "exp(p) - y*p";
  return link === "identity" ? "d = y - p; d^2" : `μ = ${link}(p); d = y - μ; d^2`;
}

/** Six digits: what the page shows, and a link that can be read. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}

function rowsOf(numbers: readonly number[], width: number): number[][] {
  return Array.from({ length: numbers.length / width }, (_, i) =>
    numbers.slice(i * width, (i + 1) * width),
  );
}
