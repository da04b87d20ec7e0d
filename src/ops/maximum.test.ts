import { describe, expect, it } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import { clip, fmax, fmin, maximum, minimum, type Tensor, tensor } from "../index.js";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describe("ties are shared equally", () => {
  itHasEdges("maximum(x, 1)", by(maximum as never, 0, 1), [
    [1, 1, 0.5, 0],
    [2, 2, 1, 0],
    [0, 1, 0, 0],
    [inf, inf, 1, 0],
    [nan, nan, 0, 0],
  ]);
  itHasEdges("maximum(1, x)", by(maximum as never, 1, 1), [
    [1, 1, 0.5, 0],
    [2, 2, 1, 0],
  ]);
  itHasEdges("minimum(x, 1)", by(minimum as never, 0, 1), [
    [1, 1, 0.5, 0],
    [2, 1, 0, 0],
    [-inf, -inf, 1, 0],
  ]);
  itHasEdges("minimum(1, x)", by(minimum as never, 1, 1), [[1, 1, 0.5, 0]]);
  itHasEdges("maximum(x, x)", (x) => maximum(x, x) as Tensor, [[3, 3, 1, 0]]);
  itHasEdges("clip(x, 0, 1)", (x) => clip(x, 0, 1), [
    [-1, 0, 0, 0],
    [0, 0, 0.5, 0],
    [0.5, 0.5, 1, 0],
    [1, 1, 0.5, 0],
    [inf, 1, 0, 0],
    [nan, nan, 0, 0],
  ]);
  itHasEdges("clip by its bound", (low) => clip(tensor(2, { dtype: low.dtype }), low), [
    [1, 2, 0, 0],
    [2, 2, 0.5, 0],
    [3, 3, 1, 0],
  ]);
});

describe("bounds", () => {
  const x = tensor([-2, 0.5, 2]);
  it("are arguments or options, and may be missing", () => {
    expect(clip(x, -1, 1).toArray()).toEqual([-1, 0.5, 1]);
    expect(clip(x, { min: -1 }).toArray()).toEqual([-1, 0.5, 2]);
    expect(clip(x, { max: 1 }).toArray()).toEqual([-2, 0.5, 1]);
    expect(clip(x, null, tensor([0, 0, 3])).toArray()).toEqual([-2, 0, 2]);
    expect(clip(x, -1).toArray()).toEqual([-1, 0.5, 2]);
    expect(clip(x, {}).toArray()).toEqual([-2, 0.5, 2]);
    expect(clip(tensor([300], { dtype: "i32" }), 0, 255).dtype).toBe("i32");
  });
});

describe("beside NaN", () => {
  it("fmax and fmin take the other, maximum and minimum do not", () => {
    const [x, y] = [tensor([nan, 1, nan]), tensor([2, nan, nan])];
    expect(fmax(x, y).toArray()).toEqual([2, 1, nan]);
    expect(fmin(x, y).toArray()).toEqual([2, 1, nan]);
    expect(maximum(x, y).toArray()).toEqual([nan, nan, nan]);
  });
  itHasEdges("fmax(x, NaN)", by(fmax as never, 0, nan), [[3, 3, 1, 0]]);
  itHasEdges("fmin(x, 2)", by(fmin as never, 0, 2), [
    [nan, 2, 0, 0],
    [2, 2, 0.5, 0],
  ]);
});
