import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Broadcast, FloatOf, Promote, TensorLike } from "../core/typing.js";
import { entrSequence, relEntrSequence, xlog1pySequence, xlogySequence } from "../math/entropy.js";
import { add, divide, negative, subtract } from "./arithmetic.js";
import { notEqual } from "./comparison.js";
import { describe } from "./describe.js";
import { type RealBinary, type RealUnary, realBinary, realUnary } from "./elementwise.js";
import { log, log1p } from "./exponential.js";
import { applied, bare } from "./latex.js";
import { logicalOr } from "./logic.js";
import * as entropy from "./numerics/entropy.js";
import { where } from "./select.js";

const positive = { low: 0.1, high: 3, edges: [0, 1] };

/** Everywhere but at x = y = 0, where 0·log 0 and all its derivatives are 0. */
function awayFromOrigin(x: Tensor, y: Tensor): Tensor {
  return logicalOr(notEqual(x, 0), notEqual(y, 0)) as Tensor;
}

/** x·log y, 0 at x = 0. Derivative by x there log y, but 0 at y = 0. */
export const xlogy: RealBinary = /* @__PURE__ */ realBinary({
  name: "xlogy",
  evaluate: entropy.xlogy,
  partials: [
    ([x, y]) => ({ where: awayFromOrigin(x, y), value: log(y) }),
    ([x, y]) => ({ where: awayFromOrigin(x, y), value: divide(x, y) }),
  ],
  instruction: xlogySequence,
});

export const describedXlogy: Primitive = /* @__PURE__ */ describe(xlogy, {
  doc: "x·log y, 0 at x = 0. Derivative by x there log y, but 0 at y = 0.",
  latex: ([x, y]) => `${x} ${applied("\\ln", y)}`,
  domain: [{ low: -2, high: 2, edges: [0, 1] }, positive],
});

/** x·log(1 + y), 0 at x = 0. Derivative by x there log(1 + y), but 0 at y = −1. */
export const xlog1py: RealBinary = /* @__PURE__ */ realBinary({
  name: "xlog1py",
  evaluate: entropy.xlog1py,
  partials: [
    ([x, y]) => ({ where: awayFromOrigin(x, add(1, y)), value: log1p(y) }),
    ([x, y]) => ({ where: awayFromOrigin(x, add(1, y)), value: divide(x, add(1, y)) }),
  ],
  instruction: xlog1pySequence,
});

export const describedXlog1py: Primitive = /* @__PURE__ */ describe(xlog1py, {
  doc: "x·log(1 + y), 0 at x = 0. Derivative by x there log(1 + y), but 0 at y = −1.",
  latex: ([x, y]) => `${x} \\ln\\left(1 + ${y}\\right)`,
  domain: [
    { low: -2, high: 2, edges: [0, 1] },
    { low: -0.9, high: 2, edges: [-1, 0] },
  ],
});

/** −x·log x: 0 at 0 with derivatives 0 there, −∞ below. */
export const entr: RealUnary = /* @__PURE__ */ realUnary({
  name: "entr",
  evaluate: entropy.entr,
  partials: [([x]) => ({ where: notEqual(x, 0), value: negative(add(log(x), 1)) })],
  instruction: entrSequence,
});

export const describedEntr: Primitive = /* @__PURE__ */ describe(entr, {
  doc: "−x·log x: 0 at 0 with derivatives 0 there, −∞ below.",
  latex: ([x]) => `-${x} ${applied("\\ln", x)}`,
  domain: positive,
});

/** log(x/y), accurate near x = y and where x/y over- or underflows. */
function logRatio(x: number, y: number): number {
  const ratio = x / y;
  if (ratio > 0.5 && ratio < 2) return Math.log1p((x - y) / y);
  return ratio === 0 || ratio === Infinity ? Math.log(x) - Math.log(y) : Math.log(ratio);
}

/**
 * x·log(x/y) for x, y > 0; 0 for x = 0 ≤ y; else ∞. The derivatives of x·log x count as 0 at x = 0, as of `entr`, so
 * that by x it is −log y there, and 0 at x = y = 0.
 */
export const relEntr: RealBinary = /* @__PURE__ */ realBinary({
  name: "relEntr",
  evaluate: (x, y) => {
    if (Number.isNaN(x + y)) return Number.NaN;
    if (x > 0 && y > 0) return x * logRatio(x, y);
    return x === 0 && y >= 0 ? 0 : Infinity;
  },
  partials: [
    ([x, y]) => {
      const slope = where(notEqual(x, 0), add(subtract(log(x), log(y)), 1), negative(log(y)));
      return { where: awayFromOrigin(x, y), value: slope as Tensor };
    },
    ([x, y]) => ({ where: awayFromOrigin(x, y), value: negative(divide(x, y)) }),
  ],
  instruction: relEntrSequence,
});

export const describedRelEntr: Primitive = /* @__PURE__ */ describe(relEntr, {
  doc: "x·log(x/y) for x, y > 0; 0 for x = 0 ≤ y; else ∞. Derivative by x at x = 0: −log y, and 0 at y = 0.",
  latex: ([x, y]) => `${x} \\ln\\frac{${bare(x)}}{${bare(y)}}`,
  domain: positive,
});

/** x·log(x/y) − x + y, as `relEntr` where x·log(x/y) is 0 or ∞. */
export function klDiv<A extends TensorLike, B extends TensorLike>(
  x: A,
  y: B,
): Tensor<Broadcast<A, B>, FloatOf<Promote<A, B>>> {
  return add(subtract(relEntr(x, y), x), y) as never;
}
