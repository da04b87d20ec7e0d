import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import type { Tensor } from "../core/node.js";
import type { Masked, Primitive } from "../core/primitive.js";
import type { Broadcast, Promote, SameAs, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { cast, promote } from "./cast.js";
import { type Comparison, comparison, elementwise, type Operation } from "./elementwise.js";
import { broadcastTogether } from "./shape.js";

const small = { low: -2, high: 2, edges: [0] };
const truth = { low: 0, high: 1 };

/** x < y, bool. Derivative 0. */
export const less: Comparison = /* @__PURE__ */ comparison({
  name: "less",
  doc: "x < y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} < ${y}`,
  notation: { symbol: "<", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x < y),
  partials: [zero, zero],
  instruction: "less",
});

/** x > y, bool. Derivative 0. */
export const greater: Comparison = /* @__PURE__ */ comparison({
  name: "greater",
  doc: "x > y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} > ${y}`,
  notation: { symbol: ">", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x > y),
  partials: [zero, zero],
  instruction: "greater",
});

/** x = y, bool. Derivative 0. */
export const equal: Comparison = /* @__PURE__ */ comparison({
  name: "equal",
  doc: "x = y; false beside NaN. Derivative 0.",
  latex: ([x, y]) => `${x} = ${y}`,
  notation: { symbol: "==", precedence: 5 },
  domain: small,
  evaluate: (x, y) => Number(x === y),
  partials: [zero, zero],
  instruction: "equal",
});

export const maskOp: Primitive<undefined> = elementwise({
  name: "mask",
  doc: "x where the condition holds, exactly 0 elsewhere (also for x = ∞ or NaN): how derivatives leave out a branch not taken.",
  latex: ([c, x]) => `\\left[${c}\\right] ${x}`,
  domain: [truth, small],
  predicates: 1,
  evaluate: (c, x) => (c !== 0 ? x : 0),
  partials: [zero, ([c]) => ({ where: c, value: 1 })],
  instruction: "mask",
});

/** `x` where `condition` holds, exactly 0 elsewhere; both of one shape. */
export function mask(condition: Tensor, x: Tensor): Tensor {
  return bindTensor(maskOp, [condition, x], undefined);
}

export const notOp: Primitive<undefined> = elementwise({
  name: "logicalNot",
  doc: "Not x. Derivative 0.",
  latex: ([x]) => `\\lnot ${x}`,
  domain: truth,
  result: "bool",
  evaluate: (x) => Number(x === 0),
  partials: [zero],
  instruction: "not",
});

/** Not x, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalNot: Operation<(x: TensorLike) => Tensor> = /* @__PURE__ */ Object.assign(
  (x: TensorLike) => bindTensor(notOp, [cast(x, "bool")], undefined),
  { op: notOp },
);

export const orOp: Primitive<undefined> = elementwise({
  name: "logicalOr",
  doc: "x or y. Derivative 0.",
  latex: ([x, y]) => `${x} \\lor ${y}`,
  domain: truth,
  result: "bool",
  evaluate: (x, y) => Number(x !== 0 || y !== 0),
  partials: [zero, zero],
  instruction: "or",
});

/** x or y, bool. Derivative 0. */
export const logicalOr: Operation<(x: TensorLike, y: TensorLike) => Tensor> =
  /* @__PURE__ */ Object.assign(
    (x: TensorLike, y: TensorLike) =>
      bindTensor(
        orOp,
        broadcastTogether("logicalOr", [cast(x, "bool") as Tensor, cast(y, "bool") as Tensor]),
        undefined,
      ),
    { op: orOp },
  );

const unless = (condition: Tensor): Masked => ({ where: logicalNot(condition), value: 1 });

export const whereOp: Primitive<undefined> = elementwise({
  name: "where",
  doc: "x where the condition holds, y elsewhere. The branch not taken contributes exactly 0 to derivatives, also where its own derivative is infinite.",
  latex: ([c, x, y]) => `\\begin{cases} ${x} & ${c} \\\\ ${y} & \\text{otherwise} \\end{cases}`,
  domain: [truth, small, small],
  predicates: 1,
  evaluate: (c, x, y) => (c !== 0 ? x : y),
  partials: [zero, ([c]) => ({ where: c, value: 1 }), ([c]) => unless(c)],
  instruction: "select",
});

/**
 * `x` where `condition` holds, `y` elsewhere; all broadcast together. In derivatives the branch not taken
 * contributes exactly 0, also where its own derivative is infinite or NaN.
 */
export function where<C extends TensorLike, X extends TensorLike, Y extends TensorLike>(
  condition: C,
  x: X,
  y: Y,
): Tensor<Broadcast<SameAs<C>, Tensor<Broadcast<X, Y>>>, Promote<X, Y>> {
  const branches = promote([asTensor(x, "where"), asTensor(y, "where")], false);
  const inputs = broadcastTogether("where", [cast(condition, "bool") as Tensor, ...branches]);
  return bindTensor(whereOp, inputs, undefined) as never;
}
