import { describe, expect, it } from "vitest";
import { type Tensor, tensor, trace } from "../index.js";
import type { LinkName } from "./links.js";
import { type LossName, losses } from "./losses.js";
import { randomKey } from "./random.js";
import {
  gradientByGraph,
  gradientByPath,
  gradientInClosedForm,
  type ThetaGradient,
  thetaModel,
} from "./theta.js";

const combinations = Object.values(losses).flatMap((loss) =>
  loss.links.flatMap((link) => [true, false].map((bias) => [loss.name, link, bias] as const)),
);

function examples(features: number, loss: LossName): { x: Tensor; y: Tensor } {
  const rows = 12;
  const x = tensor(randomKey(1).normal(rows * features), [rows, features]);
  const drawn = randomKey(2).uniform(rows);
  const y = drawn.map((u) => (loss === "squares" ? 4 * u - 2 : loss === "poisson" ? 3 * u : u));
  return { x, y: tensor(y, [rows]) };
}

function agree(a: ThetaGradient, b: ThetaGradient): void {
  const numbers = (g: ThetaGradient) => [...g.theta, ...(g.bias === undefined ? [] : [g.bias])];
  expect(numbers(a)).toHaveLength(numbers(b).length);
  numbers(a).forEach((value, i) => {
    const other = numbers(b)[i] as number;
    expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(other)));
  });
}

describe("∂L/∂θ by path, by graph and by closed form agree to 1e-12", () => {
  it.each(combinations)("loss %s, link %s, bias %s", (loss, link, bias) => {
    for (const features of [1, 3]) {
      const model = thetaModel({ features, link, loss, bias });
      const { x, y } = examples(features, loss);
      const theta = tensor(randomKey(3).normal(features), [features]);
      const parameters = bias ? { theta, bias: tensor(0.25) } : { theta };
      const graph = gradientByGraph(model, parameters, x, y);
      expect(Math.hypot(...graph.theta)).toBeGreaterThan(1e-3);
      agree(gradientByPath(model, parameters, x, y).gradient, graph);
      agree(gradientInClosedForm(model, parameters, x, y), graph);
    }
  });
});

it("the path has the notes' factors: 1/N, 1, 2d, −1, ψ′(p)", () => {
  const model = thetaModel({ features: 1, link: "sigmoid", bias: false });
  const [x, y] = [tensor([[1], [-2]]), tensor([1, 0])];
  const path = gradientByPath(model, { theta: tensor([0]) }, x, y);
  expect(path.byS).toBe(0.5);
  expect(path.squares?.byMu).toBe(-1);
  expect([...(path.squares?.byD ?? [])]).toEqual([1, -1]);
  expect([...(path.squares?.slope ?? [])]).toEqual([0.25, 0.25]);
  expect(path.gradient.theta[0]).toBe(0.5 * (1 * -1 * 0.25 * 1 + -1 * -1 * 0.25 * -2));
});

it("the graph carries the notes' names", () => {
  const model = thetaModel({ features: 1 });
  const graph = trace(model.objective)(
    model.initialize(0),
    tensor([[1], [2]]),
    tensor([1, 2]) as Tensor,
  );
  const labels = graph.nodes.map((node) => node.label).filter((name) => name !== undefined);
  expect(labels).toEqual(expect.arrayContaining(["p", "d", "z", "S", "L"]));
});

it.each([
  ["poisson", "identity"],
  ["cross-entropy", "tanh"],
] as [LossName, LinkName][])("the loss %s is refused with the link %s", (loss, link) => {
  expect(() => thetaModel({ features: 1, link, loss })).toThrow(/a link the loss .* goes with/);
});

it("losses keep their digits far out, where exponentials overflow", () => {
  for (const [loss, link] of [
    ["cross-entropy", "sigmoid"],
    ["squares", "tanh"],
  ] as const) {
    const model = thetaModel({ features: 1, link, loss });
    const [x, y] = [tensor([[1000], [-1000]]), tensor([1, 0])];
    const parameters = { theta: tensor([1]), bias: tensor(0) };
    const value = model.objective(parameters, x, y).item();
    expect(value).toBe(loss === "squares" ? 0.5 : 0);
    expect(gradientByGraph(model, parameters, x, y).theta[0]).toBe(0);
  }
});
