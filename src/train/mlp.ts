import { add, label, matmul, reshape, type Tensor, tensor, ValueError, zeros } from "../index.js";
import { type ActivationName, activations } from "./activations.js";
import { type LinkName, links } from "./links.js";
import { average, type LossName, lossFor } from "./losses.js";
import type { Model, Parameters } from "./model.js";
import { randomKey } from "./random.js";

export interface MlpOptions {
  /** ψ after the last layer: sigmoid for cross-entropy, exp for poisson, else identity. */
  readonly link?: LinkName;
  readonly loss?: LossName;
  /** Between the layers; tanh unless given. */
  readonly activation?: ActivationName;
}

const naturalLink: Readonly<Record<LossName, LinkName>> = {
  squares: "identity",
  "cross-entropy": "sigmoid",
  poisson: "exp",
};

/**
 * A small network of full layers with an activation between them: `mlp([2, 8, 1])` or `mlp("2-8-1")`. Parameters `w1`,
 * `b1`, `w2`, …; weights start uniform within ±√(6/(in + out)) (Glorot and Bengio 2010). Throws ValueError for fewer
 * than two layers, sizes below 1, or a last layer that is not 1.
 */
export function mlp(sizes: string | readonly number[], options: MlpOptions = {}): Model {
  const layers = typeof sizes === "string" ? sizes.split("-").map(Number) : [...sizes];
  const sound = layers.every((size) => Number.isSafeInteger(size) && size >= 1);
  if (!sound || layers.length < 2 || layers.at(-1) !== 1) {
    throw new ValueError("mlp", {
      expected: "sizes of at least two layers, whole numbers from 1, the last one 1, such as 2-8-1",
      received: typeof sizes === "string" ? sizes : sizes.join("-"),
    });
  }
  const { loss = "squares", activation = "tanh" } = options;
  const bend = activations[activation];
  const link = options.link ?? naturalLink[loss];
  const psi = links[link];
  const rule = lossFor(loss, link);
  const score = (parameters: Parameters, x: Tensor): Tensor => {
    let values: Tensor = x;
    for (let i = 1; i < layers.length; i++) {
      if (i > 1) values = label(bend(values), `h${i - 1}`);
      const product = matmul(values, parameters[`w${i}`] as Tensor) as Tensor;
      values = add(product, parameters[`b${i}`] as Tensor) as Tensor;
    }
    return label(reshape(values, [x.shape[0] as number]) as Tensor, "p");
  };
  return {
    description: { kind: "mlp", sizes: layers, activation, link, loss },
    loss: rule,
    features: layers[0] as number,
    initialize: (seed) => {
      const parameters: Record<string, Tensor> = {};
      for (let i = 1; i < layers.length; i++) {
        const [from, to] = [layers[i - 1] as number, layers[i] as number];
        const limit = Math.sqrt(6 / (from + to));
        const drawn = randomKey(seed)
          .fold(0)
          .fold(i)
          .uniform(from * to);
        parameters[`w${i}`] = tensor(
          drawn.map((u) => limit * (2 * u - 1)),
          [from, to],
        );
        parameters[`b${i}`] = zeros([to]);
      }
      return parameters;
    },
    score,
    predict: (parameters, x) => psi.apply(score(parameters, x)),
    objective: (parameters, x, y) => average(rule.apply(score(parameters, x), y, psi)),
  };
}
