import { exp, relu, sigmoid, type Tensor, tanh } from "../index.js";

/** ψ of the notes: μ = ψ(p). */
export interface Link {
  readonly name: LinkName;
  /** On tensors, differentiable. */
  apply(p: Tensor): Tensor;
  /** The same on numbers, and its derivative by hand: for the closed form. */
  value(p: number): number;
  slope(p: number): number;
}

export type LinkName = "identity" | "sigmoid" | "tanh" | "relu" | "exp";

function logistic(p: number): number {
  const t = Math.exp(-Math.abs(p));
  return p >= 0 ? 1 / (1 + t) : t / (1 + t);
}

export const links: Readonly<Record<LinkName, Link>> = {
  identity: {
    name: "identity",
    apply: (p) => p,
    value: (p) => p,
    slope: () => 1,
  },
  sigmoid: {
    name: "sigmoid",
    apply: (p) => sigmoid(p) as Tensor,
    value: logistic,
    slope: (p) => logistic(p) * logistic(-p),
  },
  tanh: {
    name: "tanh",
    apply: (p) => tanh(p) as Tensor,
    value: Math.tanh,
    // 1 − tanh² = 4σ(2p)σ(−2p), which keeps its digits far out
    slope: (p) => 4 * logistic(2 * p) * logistic(-2 * p),
  },
  relu: {
    name: "relu",
    apply: (p) => relu(p) as Tensor,
    value: (p) => Math.max(p, 0),
    slope: (p) => (p > 0 ? 1 : 0),
  },
  exp: {
    name: "exp",
    apply: (p) => exp(p) as Tensor,
    value: Math.exp,
    slope: Math.exp,
  },
};
