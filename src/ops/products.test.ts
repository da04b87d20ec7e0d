import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import {
  cross,
  diag,
  diagonal,
  dot,
  inner,
  kron,
  linspace,
  matrixPower,
  matrixTrace,
  multiDot,
  multiply,
  outer,
  type Tensor,
  tensordot,
  trace,
  tril,
  triu,
  vander,
  vdot,
} from "../index.js";

type Two = (x: Tensor, y: Tensor) => Tensor;

const products: [string, Two, number[], number[]][] = [
  ["dot", dot, [2, 3], [2, 3, 2]],
  ["vdot", vdot, [2, 3], [3, 2]],
  ["inner", inner, [2, 3], [2, 2, 3]],
  ["outer", outer, [2, 2], [3]],
  [
    "tensordot",
    (x, y) =>
      tensordot(x, y, [
        [0, 2],
        [1, 0],
      ]),
    [2, 3, 2],
    [2, 2],
  ],
  ["kron", kron, [2, 2], [3]],
  ["cross", cross, [2, 3], [3]],
  ["cross along an axis", (x, y) => cross(x, y, { axis: 0 }), [3, 2], [3, 2]],
  ["cross of 2-vectors", cross, [2, 2], [2, 2]],
  ["cross of a 2- and a 3-vector", cross, [2], [3]],
  ["multiDot", (x, y) => multiDot([x, y, x]), [2, 3], [3, 2]],
  ["linspace between tensors", (x, y) => linspace(x, y, 4), [2], [3, 2]],
];

describe("products", () => {
  for (const [name, f, p, q] of products) {
    it(`${name} differentiates in both modes, twice, and maps`, () => {
      const xs = [sample(p, 1), sample(q, 2)];
      expectDerivatives((x, y) => f(x, y as Tensor), xs);
      expectBatches((x, y) => f(x, y as Tensor), xs);
    });
  }
  it("tensordot refuses axes that do not pair", () => {
    expect(() => tensordot(sample([2, 3]), sample([4, 2]), 1)).toThrow(
      /tensordot: expected paired axes of equal lengths, got axes \[1\] of f64\[2, 3\] with axes \[0\]/,
    );
    expect(() => tensordot(sample([2]), sample([2]))).toThrow(/at most 1 axes/);
    expect(() => tensordot(sample([2]), sample([2]), [[0, 0], [0]])).toThrow(/tensordot/);
  });
  it("dot names the axes that differ", () => {
    expect(() => dot(sample([2, 3]), sample([2, 3]))).toThrow(
      /dot: expected axis 1 of a as long as axis 0 of b/,
    );
  });
  it("cross refuses vectors of another length", () => {
    expect(() => cross(sample([4]), sample([4]))).toThrow(/cross: expected 2 or 3 elements/);
  });
  it("multiDot takes the cheaper order", () => {
    const chain = (x: Tensor, y: Tensor, z: Tensor): Tensor => multiDot([x, y, z]);
    const largest = (...xs: [Tensor, Tensor, Tensor]): number =>
      Math.max(...trace(chain)(...xs).nodes.map((node) => (node as Tensor).size));
    expect(largest(sample([9, 2]), sample([2, 9]), sample([9]))).toBe(18);
    expect(largest(sample([9]), sample([9, 2]), sample([2, 9]))).toBe(18);
    expect(() => multiDot([sample([2, 2]), sample([2]), sample([2, 2])])).toThrow(/factor 1/);
    expect(() => multiDot([])).toThrow(/at least one factor/);
  });
  it("matrixPower refuses what has no power", () => {
    expect(() => matrixPower(sample([2, 3]), 2)).toThrow(/square matrices/);
    expect(() => matrixPower(sample([2, 2]), -1)).toThrow(/invert/);
  });
});

const unary: [string, (x: Tensor) => Tensor, number[]][] = [
  ["diagonal", (x) => diagonal(x, { offset: -1, axis1: 2, axis2: 0 }), [3, 2, 4]],
  ["matrixTrace", (x) => matrixTrace(x, { offset: 1 }), [3, 4]],
  ["diag of a vector", (x) => diag(x, { k: -2 }), [3]],
  ["diag of a matrix", (x) => diag(x, { k: 1 }), [3, 4]],
  ["tril", (x) => tril(x, { k: -1 }), [2, 3, 3]],
  ["triu", (x) => triu(x), [3, 4]],
  ["matrixPower", (x) => matrixPower(x, 3), [2, 2]],
  ["vander", (x) => vander(x, 4), [3]],
];

describe("diagonals, triangles and powers", () => {
  for (const [name, f, shape] of unary) {
    it(`${name} differentiates in both modes, twice, and maps`, () => {
      expectDerivatives((x) => multiply(f(x), f(x)), [sample(shape)]);
      expectBatches(f, [sample(shape)]);
    });
  }
  it("refuse tensors of the wrong rank", () => {
    expect(() => diag(sample([2, 2, 2]))).toThrow(/diag: expected a vector or a matrix/);
    expect(() => diagonal(sample([2]))).toThrow(/at least two axes/);
    expect(() => diagonal(sample([2, 2]), { axis1: 1, axis2: -1 })).toThrow(/two different axes/);
    expect(() => triu(sample([2]))).toThrow(/triu: expected at least two axes/);
    expect(() => tril(sample([2, 2]), { k: 0.5 })).toThrow(/whole number k/);
  });
});
