import { describe, expect, it } from "vitest";
import { itHasEdges } from "../../test/support/edges.js";
import {
  celu,
  elu,
  gelu,
  glu,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  softSign,
  squareplus,
  type Tensor,
  tensor,
  threshold,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describe("piecewise linear activations", () => {
  itHasEdges("relu", relu, [
    [0, 0, 0, 0],
    [2, 2, 1, 0],
    [-inf, 0, 0, 0],
    [inf, inf, 1, 0],
    [nan, nan, 0, 0],
  ]);
  itHasEdges("relu6", relu6, [
    [0, 0, 0, 0],
    [6, 6, 0.5, 0],
    [inf, 6, 0, 0],
  ]);
  itHasEdges("leakyRelu", (x) => leakyRelu(x, { negativeSlope: 0.25 }), [
    [0, 0, 0.25, 0],
    [-2, -0.5, 0.25, 0],
    [inf, inf, 1, 0],
    [-inf, -inf, 0.25, 0],
  ]);
  itHasEdges("hardTanh", hardTanh, [
    [-1, -1, 0.5, 0],
    [0, 0, 1, 0],
    [1, 1, 0.5, 0],
    [inf, 1, 0, 0],
  ]);
  itHasEdges("hardSigmoid", hardSigmoid, [
    [-3, 0, 0, 0],
    [0, 0.5, 1 / 6, 0],
    [3, 1, 1 / 12, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("hardSilu", hardSilu, [
    [-3, 0, 0, 0],
    [0, 0, 0.5, 1 / 3],
    [3, 3, 1.25, 1 / 6],
    [4, 4, 1, 0],
    [-inf, 0, 0, 0],
    [inf, inf, 1, 0],
  ]);
  itHasEdges("threshold", (x) => threshold(x, 1, -5), [
    [1, -5, 0, 0],
    [2, 2, 1, 0],
  ]);
});

describe("exponential linear units", () => {
  itHasEdges("elu", (x) => elu(x, { alpha: 2 }), [
    [0, 0, 2, 2],
    [1, 1, 1, 0],
    [inf, inf, 1, 0],
    [-inf, -2, 0, 0],
  ]);
  itHasEdges("celu", (x) => celu(x, { alpha: 2 }), [
    [0, 0, 1, 0.5],
    [inf, inf, 1, 0],
    [-inf, -2, 0, 0],
  ]);
  itHasEdges("selu", selu, [
    [1, 1.0507009873554805, 1.0507009873554805, 0],
    [-inf, -1.7580993408473766, 0, 0],
  ]);
});

describe("smooth activations", () => {
  itHasEdges("gelu in its tanh form", (x) => gelu(x, { approximate: true }), [
    [0, 0, 0.5, 0.7978845608028654],
    [-5, -2.291796196629506e-7, -1.5463619875325946e-6, -9.934132224996203e-6],
    [5, 4.999999770820381, 1.0000015463619876, -9.934132224996203e-6],
    [1e4, 1e4, 1, 0],
    [-1e4, 0, 0, 0],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("mish", mish, [
    [0, 0, 0.6, 0.64],
    [-40, -1.6993417021166355e-16, -1.6568581595637197e-16, -1.6143746170108038e-16],
    [40, 40, 1, -5.631136330077695e-33],
    [1e4, 1e4, 1, 0],
    [-1e4, 0, 0, 0],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("softSign", softSign, [
    [0, 0, 1, 0],
    [1, 0.5, 0.25, -0.25],
    [-1e8, -0.99999999, 9.9999998e-17, 1.99999994e-24],
    [inf, 1, 0, 0],
    [-inf, -1, 0, 0],
  ]);
  itHasEdges("squareplus", squareplus, [
    [0, 1, 0.5, 0.25],
    [-1e4, 9.999999900000002e-5, 9.99999970000001e-9, 1.999999880000006e-12],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
});

it("relu keeps integers, glu halves the axis", () => {
  const whole = tensor([-2, 3], { dtype: "i32" });
  expect([relu(whole).dtype, relu(whole).toArray()]).toEqual(["i32", [0, 3]]);
  const x = tensor([
    [1, 2, 0, 1],
    [3, 4, 2, 3],
  ]) as Tensor;
  const gated = [0, 1, 2, 3].map((b) => (b + 1) * sigmoid(b).item());
  expect(glu(x).data).toEqual(Float64Array.from(gated));
  expect(glu(x, { axis: 0 }).shape).toEqual([1, 4]);
  expect(() => glu(tensor([1, 2, 3]))).toThrow();
});
