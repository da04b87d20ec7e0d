import {
  divide,
  exp,
  label,
  multiply,
  softplus,
  square,
  subtract,
  sum,
  type Tensor,
  ValueError,
} from "../index.js";
import { type Link, type LinkName, links } from "./links.js";

/** What is minimised: squares (the notes), or the negative log-likelihood of the link's distribution. */
export type LossName = "squares" | "cross-entropy" | "poisson";

/** A loss of one example as a function of p, after the link. */
export interface Loss {
  readonly name: LossName;
  /** Links it goes with. */
  readonly links: readonly LinkName[];
  /** Targets it takes, for messages, and a test of one. */
  readonly targets: string;
  fits(y: number): boolean;
  /** Losses of all examples, from p; names its nodes as the notes do. */
  apply(p: Tensor, y: Tensor, link: Link): Tensor;
  /** Derivative of one example's loss by p, by hand: for the closed form. */
  slope(p: number, y: number, link: Link): number;
  /** A bound of the second derivative by p, near where p stays during training. */
  curvature(link: Link, largestTarget: number): number;
}

const anyNumber = { targets: "numbers", fits: (y: number) => Number.isFinite(y) };

export const losses: Readonly<Record<LossName, Loss>> = {
  squares: {
    name: "squares",
    links: ["identity", "sigmoid", "tanh", "relu", "exp"],
    ...anyNumber,
    apply: (p, y, link) => {
      const mu = label(link.apply(p), "μ");
      const d = label(subtract(y, mu) as Tensor, "d");
      return label(square(d) as Tensor, "z");
    },
    slope: (p, y, link) => 2 * (y - link.value(p)) * -1 * link.slope(p),
    // (d²)″ = 2ψ′² − 2dψ″ with the largest ψ′ and ψ″ of the link, |d| no more than targets and values allow
    curvature: ({ name }, largest) => {
      switch (name) {
        case "sigmoid":
          return 2 / 16 + 2 * (largest + 1) * 0.0963;
        case "tanh":
          return 2 + 2 * (largest + 1) * 0.77;
        case "exp":
          return 4 * Math.max(1, largest) ** 2;
        default:
          return 2;
      }
    },
  },
  // −y log μ − (1 − y) log(1 − μ) with μ = σ(p), written so that nothing overflows
  "cross-entropy": {
    name: "cross-entropy",
    links: ["sigmoid"],
    targets: "numbers from 0 to 1",
    fits: (y) => y >= 0 && y <= 1,
    apply: (p, y) => label(subtract(softplus(p), multiply(y, p)) as Tensor, "z"),
    slope: (p, y) => links.sigmoid.value(p) - y,
    curvature: () => 1 / 4,
  },
  // μ − y log μ with μ = exp(p), without the constant log y!
  poisson: {
    name: "poisson",
    links: ["exp"],
    targets: "numbers of at least 0",
    fits: (y) => y >= 0 && Number.isFinite(y),
    apply: (p, y) => label(subtract(exp(p), multiply(y, p)) as Tensor, "z"),
    slope: (p, y) => Math.exp(p) - y,
    curvature: (_link, largest) => Math.max(1, largest),
  },
};

/** The loss by name. Throws ValueError for a link it does not go with. */
export function lossFor(name: LossName, link: LinkName): Loss {
  const loss = losses[name];
  if (loss.links.includes(link)) return loss;
  throw new ValueError("train", {
    expected: `a link the loss ${name} goes with: ${loss.links.join(", ")}`,
    received: link,
  });
}

/** Σ z = S, S / N = L. */
export function average(z: Tensor): Tensor {
  const S = label(sum(z) as Tensor, "S");
  return label(divide(S, z.size) as Tensor, "L");
}

/** Throws ValueError naming the first row (counted from 1) whose target the loss does not take. */
export function checkTargets(loss: Loss, y: Float64Array): void {
  const row = y.findIndex((value) => !loss.fits(value));
  if (row < 0) return;
  throw new ValueError("train", {
    expected: `${loss.targets} as targets for the loss ${loss.name}`,
    received: `${y[row]} in row ${row + 1}`,
  });
}
