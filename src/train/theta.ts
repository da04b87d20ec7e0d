import { add, full, grad, jvp, label, matmul, ones, type Tensor, tensor } from "../index.js";
import { type LinkName, links } from "./links.js";
import { average, type LossName, lossFor } from "./losses.js";
import type { Model, Parameters } from "./model.js";

export interface ThetaOptions {
  /** Number of features: θ has one component for each. */
  readonly features: number;
  /** ψ; identity unless given. */
  readonly link?: LinkName;
  /** Squares unless given: `cross-entropy` goes with sigmoid, `poisson` with exp. */
  readonly loss?: LossName;
  /** Whether p = θx + b has the b; yes unless said otherwise. */
  readonly bias?: boolean;
}

/**
 * The notes' model: θx = p, ψ(p) = μ, y − μ = d, d² = z, Σ z = S, S / N = L. With other links it is logistic,
 * Poisson … regression. Parameters: `theta` of shape [features], and the scalar `bias`. Throws ValueError for a
 * loss that does not go with the link.
 */
export function thetaModel(options: ThetaOptions): Model {
  const { features, link = "identity", loss = "squares", bias = true } = options;
  const psi = links[link];
  const rule = lossFor(loss, link);
  // at 0 the derivative of relu is 0: it would never leave
  const start = link === "relu" ? 1 : 0;
  const score = ({ theta, bias: b }: Parameters, x: Tensor): Tensor => {
    const p = matmul(x, theta as Tensor) as Tensor;
    return label((b === undefined ? p : add(p, b)) as Tensor, "p");
  };
  return {
    description: { kind: "theta", features, link, loss, bias },
    loss: rule,
    features,
    initialize: () => ({
      theta: full([features], start / Math.sqrt(features)),
      ...(bias ? { bias: tensor(start) } : {}),
    }),
    score,
    predict: (parameters, x) => psi.apply(score(parameters, x)),
    objective: (parameters, x, y) => average(rule.apply(score(parameters, x), y, psi)),
  };
}

/** ∂L/∂θ and ∂L/∂b. */
export interface ThetaGradient {
  readonly theta: Float64Array;
  readonly bias?: number;
}

/** By the graph: one backward pass through the model's operations. */
export function gradientByGraph(
  model: Model,
  parameters: Parameters,
  x: Tensor,
  y: Tensor,
): ThetaGradient {
  const by = grad((given: Parameters) => model.objective(given, x, y))(parameters) as Parameters;
  return collected(by.theta as Tensor, by.bias);
}

/** Local partials along the path from L down to θ; those of examples as arrays over the rows. */
export interface ThetaPath {
  /** ∂L/∂S = 1/N. */
  readonly byS: number;
  /** ∂S/∂z of every example: 1. */
  readonly byZ: number;
  /** ∂z/∂p: for squares the product 2d · (−1) · ψ′(p), factor by factor in `squares`. */
  readonly byP: Float64Array;
  readonly squares?: {
    readonly byD: Float64Array;
    readonly byMu: number;
    readonly slope: Float64Array;
  };
  readonly gradient: ThetaGradient;
}

/**
 * By the path of the notes: the product ∂L/∂S · ∂S/∂z · ∂z/∂d · ∂d/∂μ · ∂μ/∂p · ∂p/∂θ for every example, each factor
 * from its own operation, summed over the examples.
 */
export function gradientByPath(
  model: Model,
  parameters: Parameters,
  x: Tensor,
  y: Tensor,
): ThetaPath {
  const { link: name, loss } = model.description;
  const link = links[name];
  const p = model.score(parameters, x);
  const along = (f: (t: Tensor) => Tensor, at: Tensor): Float64Array =>
    Float64Array.from((jvp(f, [at], [ones(at.shape)])[1] as Tensor).data);
  const byS = 1 / y.size;
  let byP: Float64Array;
  let squares: ThetaPath["squares"];
  if (loss === "squares") {
    const mu = link.apply(p);
    const byD = y.data.map((value, i) => 2 * (value - (mu.data[i] as number))) as Float64Array;
    const slope = along(link.apply, p);
    squares = { byD, byMu: -1, slope };
    byP = byD.map((value, i) => value * -1 * (slope[i] as number));
  } else byP = along((t) => model.loss.apply(t, y, link), p);
  return {
    byS,
    byZ: 1,
    byP,
    ...(squares === undefined ? {} : { squares }),
    gradient: weighted(
      byP.map((value) => byS * 1 * value),
      x,
      parameters.bias !== undefined,
    ),
  };
}

/** By the textbook formula, in plain numbers: for squares −(2/N) Σ (y − ψ(p)) ψ′(p) x, for likelihoods (1/N) Σ (μ − y) x. */
export function gradientInClosedForm(
  model: Model,
  parameters: Parameters,
  x: Tensor,
  y: Tensor,
): ThetaGradient {
  const link = links[model.description.link];
  const theta = (parameters.theta as Tensor).data;
  const bias = parameters.bias?.item() ?? 0;
  const width = theta.length;
  const weights = new Float64Array(y.size);
  for (let i = 0; i < weights.length; i++) {
    let p = Number(bias);
    for (let j = 0; j < width; j++) p += (theta[j] as number) * (x.data[i * width + j] as number);
    weights[i] = model.loss.slope(p, y.data[i] as number, link) / y.size;
  }
  return weighted(weights, x, parameters.bias !== undefined);
}

/** Σ weight · x over the rows: ∂p/∂θ = x, ∂p/∂b = 1. */
function weighted(weights: Float64Array, x: Tensor, bias: boolean): ThetaGradient {
  const width = x.shape[1] as number;
  const theta = new Float64Array(width);
  let total = 0;
  weights.forEach((weight, i) => {
    for (let j = 0; j < width; j++)
      theta[j] = (theta[j] as number) + weight * (x.data[i * width + j] as number);
    total += weight;
  });
  return bias ? { theta, bias: total } : { theta };
}

function collected(theta: Tensor, bias: Tensor | undefined): ThetaGradient {
  const data = Float64Array.from(theta.data);
  return bias === undefined ? { theta: data } : { theta: data, bias: Number(bias.item()) };
}
