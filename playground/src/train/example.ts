import type { LinkName, LossName, Trainer } from "../../../src/train/index.js";
import type { State } from "../state/state.js";

/** A formula with its numbers, as Explain takes it. */
export type Example = Pick<State, "expr" | "inputs" | "wrt">;

/** More features than this stand in one vector. */
const mostScalars = 6;

/** The loss of one training example as a formula, with parameters and features as they are now. */
export function exampleOf(trainer: Trainer, row: number): Example {
  const { description, features } = trainer.model;
  const { x, y } = trainer.examples;
  const from = row * features;
  const point = Array.from(x.data.subarray(from, from + features), short);
  const given = Object.entries(trainer.parameters).map(([name, value]) => {
    const { data, shape } = value;
    const numbers = Array.from(data, (number) => short(Number(number)));
    return [name, shape, numbers] as const;
  });
  const target = { y: short(Number(y.data[row])) };
  const tail = lossText(description.loss, description.link);
  if (description.kind === "mlp") {
    const depth = description.sizes.length - 1;
    const lines: string[] = [];
    for (let i = 1; i <= depth; i++) {
      const product = `matmul(${i === 1 ? "x" : `h${i - 1}`}, w${i}) + b${i}`;
      lines.push(i === depth ? `p = ${product}` : `h${i} = ${description.activation}(${product})`);
    }
    const inputs = given.map(([name, shape, numbers]) => {
      // the last layer has one neuron: a vector and a number
      if (name === `w${depth}`) return [name, numbers];
      if (name === `b${depth}`) return [name, numbers[0] as number];
      return [name, shape.length === 2 ? rowsOf(numbers, shape[1] as number) : numbers];
    });
    return {
      expr: [...lines, tail].join("; "),
      inputs: { x: point, ...Object.fromEntries(inputs), ...target },
      wrt: "w1",
    };
  }
  const theta = given.find(([name]) => name === "theta")?.[2] ?? [];
  const bias = given.find(([name]) => name === "bias")?.[2][0];
  const constant = bias === undefined ? "" : " + b";
  const scalars = features <= mostScalars;
  const suffix = (j: number): string => (features === 1 ? "" : String(j + 1));
  const product = scalars
    ? theta.map((_, j) => `θ${suffix(j)}*x${suffix(j)}`).join(" + ")
    : "matmul(x, θ)";
  const inputs = scalars
    ? {
        ...Object.fromEntries(theta.map((value, j) => [`θ${suffix(j)}`, value])),
        ...Object.fromEntries(point.map((value, j) => [`x${suffix(j)}`, value])),
      }
    : { θ: theta, x: point };
  return {
    expr: `p = ${product}${constant}; ${tail}`,
    inputs: { ...inputs, ...(bias === undefined ? {} : { b: bias }), ...target },
    wrt: scalars ? `θ${suffix(0)}` : "θ",
  };
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
