import { describe, expect, it } from "vitest";
import { expectBatches, expectDerivatives, sample } from "../../test/support/derivatives.js";
import { einsum, type Tensor, trace, zeros } from "../index.js";

const calls: [string, ...number[][]][] = [
  ["ij,jk->ki", [2, 3], [3, 2]],
  ["iij,j->ij", [2, 2, 3], [3]],
  ["ii", [3, 3]],
  ["ij->", [2, 3]],
  ["...ij,...jk", [2, 1, 2, 2], [3, 2, 1]],
  ["i,i->i", [3], [3]],
  ["i,ij,j->", [2], [2, 3], [3]],
  ["ij,kl->", [2, 2], [1, 2]],
];

describe("einsum", () => {
  for (const [subscripts, ...shapes] of calls) {
    it(`"${subscripts}" differentiates in both modes, twice, and maps`, () => {
      const xs = shapes.map((shape, i) => sample(shape, i + 1));
      const f = (...operands: Tensor[]): Tensor => einsum(subscripts, ...operands);
      expectDerivatives(f, xs);
      expectBatches(f, xs);
    });
  }
  it("contracts many operands, in any order, without making larger results than it must", () => {
    const letters = "abcdefgh";
    const ring = [...letters].map((l, i) => `${l}${letters[(i + 1) % letters.length]}`);
    const terms = [0, 4, 1, 6, 3, 7, 2, 5].map((i) => ring[i] as string);
    const graph = trace((...xs: Tensor[]) => einsum(`${terms.join()}->`, ...xs))(
      ...terms.map((_, i) => sample([5, 5], i + 1)),
    );
    const sizes = graph.nodes.map((node) => (node as Tensor).size);
    expect(Math.max(...sizes)).toBe(25);
  });
  it("names the offending subscript", () => {
    const x = sample([2, 3]);
    expect(() => einsum("ij,jk->ik", x, x)).toThrow(
      /einsum: expected one length for 'j' of "ij,jk->ik", got 3 in operand 0 and 2 in operand 1/,
    );
    expect(() => einsum("ijk->i", x)).toThrow(
      /einsum: expected 3 axes for 'ijk' of "ijk->i", got f64\[2, 3\] as operand 0/,
    );
    expect(() => einsum("ij->ix", x)).toThrow(/output letters that an operand has, got 'x'/);
    expect(() => einsum("ij->ii", x)).toThrow(/each output letter once, got 'i' twice/);
    expect(() => einsum("i2->i", x)).toThrow(/got '2' in 'i2'/);
    expect(() => einsum("ij,jk", x)).toThrow(/expected 2 operands, got 1/);
    expect(() => einsum("ij->i->j", x)).toThrow(/expected one ->/);
    expect(() => einsum("...j->j", x)).toThrow(/\.\.\. in the output/);
    expect(() => einsum("..j->j", x)).toThrow(/'\.'/);
    expect(() => einsum("...i,...i", sample([2, 3]), sample([3, 3]))).toThrow(/broadcast/);
    expect(() => einsum("...ijk", x)).toThrow(/at least 3 axes/);
  });
  it("gives zeros for empty sums", () => {
    expect(einsum("ij,jk->ik", zeros([2, 0]), zeros([0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});
