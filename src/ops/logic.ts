import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Broadcast, ShapeOf, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { cast } from "./cast.js";
import { type Comparison, elementwise, type Operation } from "./elementwise.js";
import { broadcastTogether } from "./shape.js";

const truth = { low: 0, high: 1 };

/** An operation on truth values: whatever comes is cast to bool (x ≠ 0 counts as true). */
function connective(
  name: string,
  doc: string,
  sign: string,
  instruction: string,
  evaluate: (x: number, y: number) => number,
): Comparison {
  const op: Primitive<undefined> = elementwise({
    name,
    doc,
    latex: ([x, y]) => `${x} ${sign} ${y}`,
    domain: truth,
    result: "bool",
    evaluate: evaluate as (...inputs: number[]) => number,
    partials: [zero, zero],
    instruction,
  });
  const call = <A extends TensorLike, B extends TensorLike>(x: A, y: B) => {
    const inputs = [cast(x, "bool") as Tensor, cast(y, "bool") as Tensor];
    return bindTensor(op, broadcastTogether(name, inputs), undefined) as Tensor as Tensor<
      Broadcast<A, B>,
      "bool"
    >;
  };
  return Object.assign(call, { op });
}

/** x and y, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalAnd: Comparison = /* @__PURE__ */ connective(
  "logicalAnd",
  "x and y; x ≠ 0 counts as true. Derivative 0.",
  "\\land",
  "and",
  (x, y) => Number(x !== 0 && y !== 0),
);

/** x or y, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalOr: Comparison = /* @__PURE__ */ connective(
  "logicalOr",
  "x or y; x ≠ 0 counts as true. Derivative 0.",
  "\\lor",
  "or",
  (x, y) => Number(x !== 0 || y !== 0),
);

/** Either x or y, not both, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalXor: Comparison = /* @__PURE__ */ connective(
  "logicalXor",
  "Either x or y, not both; x ≠ 0 counts as true. Derivative 0.",
  "\\oplus",
  "xor",
  (x, y) => Number((x !== 0) !== (y !== 0)),
);

const notOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "logicalNot",
  doc: "Not x; x ≠ 0 counts as true. Derivative 0.",
  latex: ([x]) => `\\lnot ${x}`,
  domain: truth,
  result: "bool",
  evaluate: (x) => Number(x === 0),
  partials: [zero],
  instruction: "not",
});

/** Not x, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalNot: Operation<<T extends TensorLike>(x: T) => Tensor<ShapeOf<T>, "bool">> =
  /* @__PURE__ */ Object.assign(
    <T extends TensorLike>(x: T) =>
      bindTensor(notOp, [cast(x, "bool")], undefined) as Tensor as Tensor<ShapeOf<T>, "bool">,
    { op: notOp },
  );
