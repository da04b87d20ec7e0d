import { describe, expect, it } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  deg2rad,
  rad2deg,
  sechSquared,
  sin,
  sinc,
  sinh,
  tan,
  tanh,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const pi = Math.PI;

describe("trigonometric functions", () => {
  itHasEdges("sin", sin, [[0, 0, 1, -0]]);
  itHasEdges("cos", cos, [[0, 1, -0, -1]]);
  itHasEdges("tan", tan, [[0, 0, 1, 0]]);
  itHasEdges("asin", asin, [
    [-1, -pi / 2, inf, -inf],
    [0, 0, 1, 0],
    [1, pi / 2, inf, inf],
  ]);
  itHasEdges("acos", acos, [
    [-1, pi, -inf, inf],
    [0, pi / 2, -1, 0],
    [1, 0, -inf, -inf],
  ]);
  itHasEdges("atan", atan, [
    [0, 0, 1, 0],
    [1e8, 1.5707963167948966, 1e-16, -2e-24],
  ]);
  itHasEdges("atan2 by y", by(atan2 as never, 0, 0), [
    [0, 0, 0, 0],
    [2, pi / 2, 0, 0],
    [inf, pi / 2, 0, 0],
  ]);
  itHasEdges("atan2 by x", by(atan2 as never, 1, 0), [
    [0, 0, 0, 0],
    [-2, pi, 0, 0],
  ]);
  itHasEdges("atan2 by x at y = 1", by(atan2 as never, 1, 1), [
    [0, pi / 2, -1, 0],
    [1, pi / 4, -0.5, 0.5],
    [inf, 0, 0, 0],
    [1e-200, pi / 2, -1, 2e-200],
  ]);
  it("know the quadrants", () => {
    expect(atan2(1, -1).item()).toBe((3 * pi) / 4);
    expect(atan2(-1, -1).item()).toBe((-3 * pi) / 4);
    expect(atan2(-0, -1).item()).toBe(-pi);
    expect(deg2rad(180).item()).toBe(pi);
    expect(rad2deg(pi).item()).toBe(180);
  });
});

describe("hyperbolic functions", () => {
  itHasEdges("sinh", sinh, [
    [0, 0, 1, 0],
    [800, inf, inf, inf],
    [-inf, -inf, inf, -inf],
  ]);
  itHasEdges("cosh", cosh, [
    [0, 1, 0, 1],
    [-800, inf, -inf, inf],
  ]);
  itHasEdges("tanh", tanh, [
    [0, 0, 1, 0],
    [20, 1, 1.6993417021166355e-17, -3.398683404233271e-17],
    [-20, -1, 1.6993417021166355e-17, 3.398683404233271e-17],
    [1e4, 1, 0, 0],
    [-1e4, -1, 0, 0],
    [inf, 1, 0, 0],
    [-inf, -1, 0, 0],
  ]);
  itHasEdges("sechSquared", sechSquared, [
    [0, 1, 0, -2],
    [-inf, 0, 0, 0],
    [1e4, 0, 0, 0],
  ]);
  itHasEdges("asinh", asinh, [
    [0, 0, 1, 0],
    [1e10, 23.7189981105004, 1e-10, -1e-20],
    [1e200, 461.2101657793691, 1e-200, 0],
    [inf, inf, 0, 0],
    [-inf, -inf, 0, 0],
  ]);
  itHasEdges("acosh", acosh, [
    [1, 0, inf, -inf],
    [1.5, 0.9624236501192069, 0.8944271909999159, -1.0733126291998991],
    [1e10, 23.7189981105004, 1e-10, -1e-20],
    [1e200, 461.2101657793691, 1e-200, 0],
    [inf, inf, 0, 0],
  ]);
  itHasEdges("atanh", atanh, [
    [-1, -inf, inf, -inf],
    [0, 0, 1, 0],
    [1, inf, inf, inf],
  ]);
});

describe("sinc", () => {
  itHasEdges("sinc", sinc, [
    [0, 1, 0, (-pi * pi) / 3],
    [1e-9, 1, -3.289868133696453e-9, -3.289868133696453],
    [1, 0, -1, 2],
    [-1, 0, 1, 2],
    [inf, 0, 0, 0],
    [-inf, 0, 0, 0],
  ]);
});
