import { isFloat, isInteger } from "../core/dtype.js";
import type { Primitive } from "../core/primitive.js";
import { zero } from "../core/zero.js";
import { describe } from "./describe.js";
import { type Accepted, type Binary, binary, type SameUnary, sameUnary } from "./elementwise.js";
import { bits, shiftLeft, shiftRight } from "./kernels/bits.js";
import { named } from "./latex.js";

/** How the tests' random numbers become integers says the cast; floats are not accepted. */
const integers = { low: 0, high: 31 };
const cases = /* @__PURE__ */ (["i32", "u32"] as const).map((dtype) => ({
  inputs: [
    { shape: [2, 3], dtype, values: [0, 1, 5, 6, 31, 12] },
    { shape: [2, 3], dtype, values: [3, 0, 31, 2, 1, 40] },
  ],
  params: undefined,
}));
const unary = /* @__PURE__ */ cases.map(({ inputs, params }) => ({
  inputs: inputs.slice(0, 1),
  params,
}));

const integerTypes: Accepted = { expected: "i32 or u32", fix: 'cast(x, "i32")', has: isInteger };
const bitSets: Accepted = {
  expected: "i32, u32 or bool",
  fix: 'cast(x, "i32")',
  has: (dtype) => !isFloat(dtype),
};

/** The bits set in both x and y; integers and bool. */
export const bitwiseAnd: Binary = /* @__PURE__ */ binary({
  name: "bitwiseAnd",
  accepts: bitSets,
  evaluate: (x, y) => x & y,
  partials: [zero, zero],
  instruction: /* @__PURE__ */ bits("and"),
});

export const describedBitwiseAnd: Primitive = /* @__PURE__ */ describe(bitwiseAnd, {
  doc: "The bits set in both x and y; integers and bool.",
  latex: ([x, y]) => `${x} \\mathbin{\\&} ${y}`,
  domain: integers,
  cases,
});

/** The bits set in x or y; integers and bool. */
export const bitwiseOr: Binary = /* @__PURE__ */ binary({
  name: "bitwiseOr",
  accepts: bitSets,
  evaluate: (x, y) => x | y,
  partials: [zero, zero],
  instruction: /* @__PURE__ */ bits("or"),
});

export const describedBitwiseOr: Primitive = /* @__PURE__ */ describe(bitwiseOr, {
  doc: "The bits set in x or y; integers and bool.",
  latex: ([x, y]) => `${x} \\mathbin{|} ${y}`,
  domain: integers,
  cases,
});

/** The bits set in one of x and y; integers and bool. */
export const bitwiseXor: Binary = /* @__PURE__ */ binary({
  name: "bitwiseXor",
  accepts: bitSets,
  evaluate: (x, y) => x ^ y,
  partials: [zero, zero],
  instruction: /* @__PURE__ */ bits("xor"),
});

export const describedBitwiseXor: Primitive = /* @__PURE__ */ describe(bitwiseXor, {
  doc: "The bits set in one of x and y; integers and bool.",
  latex: ([x, y]) => `${x} \\oplus ${y}`,
  domain: integers,
  cases,
});

/** The bits not set in x; integers and bool. */
export const bitwiseNot: SameUnary = /* @__PURE__ */ sameUnary({
  name: "bitwiseNot",
  accepts: bitSets,
  evaluateFor: (_params, dtype) => (dtype === "bool" ? (x: number) => 1 - x : (x: number) => ~x),
  partials: [zero],
  instruction: /* @__PURE__ */ bits("not", false),
});

export const describedBitwiseNot: Primitive = /* @__PURE__ */ describe(bitwiseNot, {
  doc: "The bits not set in x; integers and bool.",
  latex: ([x]) => named("not", x),
  domain: integers,
  cases: unary,
});

const whole = (shift: number): boolean => shift >= 0 && shift < 32;

/** x with its bits moved left by y; 0 for y outside 0 … 31. Integers. */
export const leftShift: Binary = /* @__PURE__ */ binary({
  name: "leftShift",
  accepts: integerTypes,
  evaluate: (x, y) => (whole(y) ? x << y : 0),
  partials: [zero, zero],
  instruction: shiftLeft,
});

export const describedLeftShift: Primitive = /* @__PURE__ */ describe(leftShift, {
  doc: "x with its bits moved left by y; 0 for y outside 0 … 31. Integers.",
  latex: ([x, y]) => `${x} \\ll ${y}`,
  domain: integers,
  cases,
});

/**
 * x with its bits moved right by y: floor(x / 2^y), so that i32 keep their sign; y outside 0 … 31 moves out every bit
 * (0, or −1 for negative i32). Integers.
 */
export const rightShift: Binary = /* @__PURE__ */ binary({
  name: "rightShift",
  accepts: integerTypes,
  evaluateFor: (_params, dtype) =>
    dtype === "u32"
      ? (x: number, y: number) => (whole(y) ? x >>> y : 0)
      : (x: number, y: number) => x >> (whole(y) ? y : 31),
  partials: [zero, zero],
  instruction: shiftRight,
});

export const describedRightShift: Primitive = /* @__PURE__ */ describe(rightShift, {
  doc: "floor(x / 2^y), so that i32 keep their sign; y outside 0 … 31 moves out every bit (0, or −1 for negative i32). Integers.",
  latex: ([x, y]) => `${x} \\gg ${y}`,
  domain: integers,
  cases,
});
