import { describe } from "vitest";
import { by, itHasEdges } from "../../test/support/edges.js";
import {
  logaddexp,
  logaddexp2,
  logit,
  logSigmoid,
  sigmoid,
  silu,
  softplus,
  type Tensor,
} from "../index.js";

const inf = Number.POSITIVE_INFINITY;
/** e^−40 */
const tail = 4.248354255291589e-18;

describe("the logistic family", () => {
  itHasEdges("sigmoid", sigmoid, [
    [0, 0.5, 0.25, 0],
    [-40, tail, tail, tail],
    [40, 1, tail, -tail],
    [-700, 9.85967654375977e-305, 9.85967654375977e-305, 9.85967654375977e-305],
    [1e4, 1, 0, 0],
    [-1e4, 0, 0, 0],
    [inf, 1, 0, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("softplus", softplus, [
    [0, Math.LN2, 0.5, 0.25],
    [-40, tail, tail, tail],
    [40, 40, 1, tail],
    [1e4, 1e4, 1, 0],
    [-1e4, 0, 0, 0],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("logSigmoid", logSigmoid, [
    [0, -Math.LN2, 0.5, -0.25],
    [40, -tail, tail, -tail],
    [-40, -40, 1, -tail],
    [1e4, 0, 0, 0],
    [-1e4, -1e4, 1, 0],
    [inf, 0, 0, 0],
    [-inf, -inf, 1, 0],
  ]);
  itHasEdges("silu", silu, [
    [0, 0, 0.5, 0.5],
    [-40, -1.6993417021166355e-16, -1.6568581595637197e-16, -1.6143746170108038e-16],
    [40, 40, 1, -1.6143746170108038e-16],
    [1e4, 1e4, 1, 0],
    [-1e4, 0, 0, 0],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("logit", logit, [
    [0, -inf, inf, -inf],
    [0.5, 0, 4, 0],
    [0.25, -1.0986122886681098, 5.333333333333333, -14.222222222222221],
    [1, inf, inf, inf],
  ]);
});

describe("logaddexp", () => {
  const beside = (y: number) => by(logaddexp as never, 0, y);
  itHasEdges("logaddexp(x, 0)", beside(0), [
    [0, Math.LN2, 0.5, 0.25],
    [-40, tail, tail, tail],
    [1000, 1000, 1, 0],
    [-1000, 0, 0, 0],
    [inf, inf, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("logaddexp(x, 1000)", beside(1000), [
    [-1000, 1000, 0, 0],
    [1000, 1000 + Math.LN2, 0.5, 0.25],
  ]);
  itHasEdges("logaddexp(x, −1000)", beside(-1000), [[1000, 1000, 1, 0]]);
  itHasEdges("logaddexp(x, −∞)", beside(-inf), [
    [-inf, -inf, 0, 0],
    [3, 3, 1, 0],
  ]);
  itHasEdges("logaddexp(x, x)", (x) => logaddexp(x, x) as Tensor, [
    [-inf, -inf, 0, 0],
    [1, 1 + Math.LN2, 1, 0],
  ]);
  itHasEdges("logaddexp2(x, 0)", by(logaddexp2 as never, 0, 0), [
    [0, 1, 0.5, Math.LN2 / 4],
    [1000, 1000, 1, 0],
    [-inf, 0, 0, 0],
  ]);
  itHasEdges("logaddexp2(x, −∞)", by(logaddexp2 as never, 0, -inf), [[-inf, -inf, 0, 0]]);
});
