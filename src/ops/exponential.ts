import type { Primitive } from "../core/primitive.js";
import { exp2Sequence, expm1Sequence, expSequence } from "../math/exp.js";
import { log1pSequence, log2Sequence, log10Sequence, logSequence } from "../math/log.js";
import { add, divide, multiply } from "./arithmetic.js";
import { describe } from "./describe.js";
import { type RealUnary, realUnary } from "./elementwise.js";
import { applied, bare } from "./latex.js";
import * as exponential from "./numerics/exp.js";
import * as logarithm from "./numerics/log.js";

const exponent = { low: -3, high: 3, edges: [-Infinity, -800, 0, 800] };
const positive = { low: 0.1, high: 4, edges: [0, Infinity] };

/** e to the power x. */
export const exp: RealUnary = /* @__PURE__ */ realUnary({
  name: "exp",
  evaluate: Math.exp,
  partials: [(_, output) => output],
  instruction: expSequence,
});

export const describedExp: Primitive = /* @__PURE__ */ describe(exp, {
  doc: "e to the power x.",
  latex: ([x]) => `e^{${bare(x)}}`,
  domain: exponent,
});

/** 2 to the power x. */
export const exp2: RealUnary = /* @__PURE__ */ realUnary({
  name: "exp2",
  evaluate: exponential.exp2,
  partials: [(_, output) => multiply(Math.LN2, output)],
  instruction: exp2Sequence,
});

export const describedExp2: Primitive = /* @__PURE__ */ describe(exp2, {
  doc: "2 to the power x.",
  latex: ([x]) => `2^{${bare(x)}}`,
  domain: { low: -3, high: 3, edges: [-Infinity, -1100, 0, 1100] },
});

/** exp(x) − 1, accurate near 0. */
export const expm1: RealUnary = /* @__PURE__ */ realUnary({
  name: "expm1",
  evaluate: Math.expm1,
  partials: [([x]) => exp(x)],
  instruction: expm1Sequence,
});

export const describedExpm1: Primitive = /* @__PURE__ */ describe(expm1, {
  doc: "exp(x) − 1, accurate near 0.",
  latex: ([x]) => `\\left(e^{${bare(x)}} - 1\\right)`,
  domain: exponent,
});

/** The natural logarithm: −∞ at 0, NaN below. */
export const log: RealUnary = /* @__PURE__ */ realUnary({
  name: "log",
  evaluate: Math.log,
  partials: [([x]) => divide(1, x)],
  instruction: logSequence,
});

export const describedLog: Primitive = /* @__PURE__ */ describe(log, {
  doc: "The natural logarithm: −∞ at 0, NaN below.",
  latex: ([x]) => applied("\\ln", x),
  domain: positive,
});

/** log(1 + x), accurate near 0: −∞ at −1, NaN below. */
export const log1p: RealUnary = /* @__PURE__ */ realUnary({
  name: "log1p",
  evaluate: Math.log1p,
  partials: [([x]) => divide(1, add(1, x))],
  instruction: log1pSequence,
});

export const describedLog1p: Primitive = /* @__PURE__ */ describe(log1p, {
  doc: "log(1 + x), accurate near 0: −∞ at −1, NaN below.",
  latex: ([x]) => `\\ln\\left(1 + ${x}\\right)`,
  domain: { low: -0.9, high: 4, edges: [-1, 0, Infinity] },
});

/** The logarithm to base 2: −∞ at 0, NaN below. */
export const log2: RealUnary = /* @__PURE__ */ realUnary({
  name: "log2",
  evaluate: logarithm.log2,
  partials: [([x]) => divide(Math.LOG2E, x)],
  instruction: log2Sequence,
});

export const describedLog2: Primitive = /* @__PURE__ */ describe(log2, {
  doc: "The logarithm to base 2, exact at powers of 2: −∞ at 0, NaN below.",
  latex: ([x]) => applied("\\log_{2}", x),
  domain: positive,
});

/** The logarithm to base 10: −∞ at 0, NaN below. */
export const log10: RealUnary = /* @__PURE__ */ realUnary({
  name: "log10",
  evaluate: logarithm.log10,
  partials: [([x]) => divide(Math.LOG10E, x)],
  instruction: log10Sequence,
});

export const describedLog10: Primitive = /* @__PURE__ */ describe(log10, {
  doc: "The logarithm to base 10, exact at powers of 10: −∞ at 0, NaN below.",
  latex: ([x]) => applied("\\log_{10}", x),
  domain: positive,
});
