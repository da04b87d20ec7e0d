import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Broadcast, Promote, SameAs, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { cast, promote } from "./cast.js";
import { describe } from "./describe.js";
import { elementwise } from "./elementwise.js";
import { bare } from "./latex.js";
import { logicalNot } from "./logic.js";
import { broadcastTogether } from "./shape.js";

const small = { low: -2, high: 2, edges: [0] };
const truth = { low: 0, high: 1 };

export const maskOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "mask",
  predicates: 1,
  evaluate: (c, x) => (c !== 0 ? x : 0),
  partials: [zero, ([c]) => ({ where: c, value: 1 })],
});

export const describedMask: Primitive = /* @__PURE__ */ describe(maskOp, {
  spoken: () => ({ call: "where", of: [0, 1, { data: 0 }] }),
  doc: "x where the condition holds, exactly 0 elsewhere (also for x = ∞ or NaN): how derivatives leave out a branch not taken.",
  latex: ([c, x]) => `\\left[${bare(c)}\\right] ${x}`,
  domain: [truth, small],
});

/** `x` where `condition` holds, exactly 0 elsewhere; both broadcast together. */
export function mask(condition: TensorLike, x: TensorLike): Tensor {
  const inputs = [cast(condition, "bool") as Tensor, asTensor(x, "mask")];
  return bindTensor(maskOp, broadcastTogether("mask", inputs), undefined);
}

export const whereOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "where",
  predicates: 1,
  evaluate: (c, x, y) => (c !== 0 ? x : y),
  partials: [
    zero,
    ([c]) => ({ where: c, value: 1 }),
    ([c]) => ({ where: logicalNot(c), value: 1 }),
  ],
  instruction: "select",
});

export const describedWhere: Primitive = /* @__PURE__ */ describe(whereOp, {
  doc: "x where the condition holds, y elsewhere. The branch not taken contributes exactly 0 to derivatives, also where its own derivative is infinite.",
  latex: ([c, x, y]) =>
    `\\begin{cases} ${bare(x)} & ${bare(c)} \\\\ ${bare(y)} & \\text{otherwise} \\end{cases}`,
  domain: [truth, small, small],
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

/**
 * The choice beside the first condition that holds, `otherwise` where none does; all broadcast together. Throws
 * ValueError unless there are as many choices as conditions, and at least one.
 */
export function select(
  conditions: readonly TensorLike[],
  choices: readonly TensorLike[],
  otherwise: TensorLike = 0,
): Tensor {
  if (conditions.length !== choices.length || conditions.length === 0) {
    throw new ValueError("select", {
      expected: "as many choices as conditions, at least one",
      received: `${conditions.length} conditions and ${choices.length} choices`,
    });
  }
  const last = asTensor(otherwise, "select");
  const given = choices.map((choice) => asTensor(choice, "select"));
  const [fallback, ...branches] = promote([last, ...given], false) as [Tensor, ...Tensor[]];
  return conditions.reduceRight<Tensor>(
    (rest, condition, i) => where(condition, branches[i] as Tensor, rest) as Tensor,
    fallback,
  );
}
