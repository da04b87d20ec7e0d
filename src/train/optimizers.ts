/** One parameter's numbers, or one of an optimiser's records of it. */
export type Numbers = Float64Array;

export type OptimizerName = "gd" | "momentum" | "adam";

/** What an optimiser remembers: records by name, each a list over the parameters. */
export type OptimizerState = Readonly<Record<string, readonly Numbers[]>>;

/** A way to go down: pure functions of numbers, so that a run can be continued from what it wrote down. */
export interface Optimizer {
  readonly name: OptimizerName;
  start(parameters: readonly Numbers[]): OptimizerState;
  /** Step number `count` (from 1). */
  step(
    parameters: readonly Numbers[],
    gradients: readonly Numbers[],
    state: OptimizerState,
    rate: number,
    count: number,
  ): { readonly parameters: readonly Numbers[]; readonly state: OptimizerState };
}

function zerosLike(parameters: readonly Numbers[]): Numbers[] {
  return parameters.map((values) => new Float64Array(values.length));
}

/** Element by element over three lists of arrays. */
function combine(
  a: readonly Numbers[],
  b: readonly Numbers[],
  of: (x: number, y: number) => number,
): Numbers[] {
  return a.map((values, i) => values.map((x, j) => of(x, (b[i] as Numbers)[j] as number)));
}

/** Share of the velocity that momentum keeps. */
export const beta = 0.9;
const decay = { first: 0.9, second: 0.999 };
const epsilon = 1e-8;

export const optimizers: Readonly<Record<OptimizerName, Optimizer>> = {
  /** θ ← θ − rate · g. */
  gd: {
    name: "gd",
    start: () => ({}),
    step: (parameters, gradients, state, rate) => ({
      parameters: combine(parameters, gradients, (x, g) => x - rate * g),
      state,
    }),
  },
  /** v ← 0.9 v + g, θ ← θ − rate · v (Polyak 1964). */
  momentum: {
    name: "momentum",
    start: (parameters) => ({ velocity: zerosLike(parameters) }),
    step: (parameters, gradients, state, rate) => {
      const velocity = combine(state.velocity as Numbers[], gradients, (v, g) => beta * v + g);
      return {
        parameters: combine(parameters, velocity, (x, v) => x - rate * v),
        state: { velocity },
      };
    },
  },
  /** Moments of the gradient, corrected for their start at 0 (Kingma and Ba 2015). */
  adam: {
    name: "adam",
    start: (parameters) => ({ first: zerosLike(parameters), second: zerosLike(parameters) }),
    step: (parameters, gradients, state, rate, count) => {
      const first = combine(
        state.first as Numbers[],
        gradients,
        (m, g) => decay.first * m + (1 - decay.first) * g,
      );
      const second = combine(
        state.second as Numbers[],
        gradients,
        (v, g) => decay.second * v + (1 - decay.second) * g * g,
      );
      const size = rate / (1 - decay.first ** count);
      const spread = 1 - decay.second ** count;
      const directions = combine(first, second, (m, v) => m / (Math.sqrt(v / spread) + epsilon));
      return {
        parameters: combine(parameters, directions, (x, direction) => x - size * direction),
        state: { first, second },
      };
    },
  },
};
