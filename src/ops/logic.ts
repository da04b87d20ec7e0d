import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import type { Primitive } from "../core/primitive.js";
import type { Broadcast, ShapeOf, TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { cast } from "./cast.js";
import { describe } from "./describe.js";
import { type Comparison, elementwise, type Operation } from "./elementwise.js";
import { broadcastTogether } from "./shape.js";

const truth = { low: 0, high: 1 };

/** An operation on truth values: whatever comes is cast to bool (x ≠ 0 counts as true). */
function connective(
  name: string,
  instruction: string,
  evaluate: (x: number, y: number) => number,
): Comparison {
  const op: Primitive<undefined> = elementwise({
    name,
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
export const logicalAnd: Comparison = /* @__PURE__ */ connective("logicalAnd", "and", (x, y) =>
  Number(x !== 0 && y !== 0),
);

export const describedLogicalAnd: Primitive = /* @__PURE__ */ describe(logicalAnd, {
  doc: "x and y; x ≠ 0 counts as true. Derivative 0.",
  latex: ([x, y]) => `${x} \\land ${y}`,
  domain: truth,
});

/** x or y, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalOr: Comparison = /* @__PURE__ */ connective("logicalOr", "or", (x, y) =>
  Number(x !== 0 || y !== 0),
);

export const describedLogicalOr: Primitive = /* @__PURE__ */ describe(logicalOr, {
  doc: "x or y; x ≠ 0 counts as true. Derivative 0.",
  latex: ([x, y]) => `${x} \\lor ${y}`,
  domain: truth,
});

/** Either x or y, not both, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalXor: Comparison = /* @__PURE__ */ connective("logicalXor", "xor", (x, y) =>
  Number((x !== 0) !== (y !== 0)),
);

export const describedLogicalXor: Primitive = /* @__PURE__ */ describe(logicalXor, {
  doc: "Either x or y, not both; x ≠ 0 counts as true. Derivative 0.",
  latex: ([x, y]) => `${x} \\oplus ${y}`,
  domain: truth,
});

const notOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "logicalNot",
  result: "bool",
  evaluate: (x) => Number(x === 0),
  partials: [zero],
  instruction: "not",
});

export const describedLogicalNot: Primitive = /* @__PURE__ */ describe(notOp, {
  doc: "Not x; x ≠ 0 counts as true. Derivative 0.",
  latex: ([x]) => `\\lnot ${x}`,
  domain: truth,
});

/** Not x, bool (x ≠ 0 counts as true). Derivative 0. */
export const logicalNot: Operation<<T extends TensorLike>(x: T) => Tensor<ShapeOf<T>, "bool">> =
  /* @__PURE__ */ Object.assign(
    <T extends TensorLike>(x: T) =>
      bindTensor(notOp, [cast(x, "bool")], undefined) as Tensor as Tensor<ShapeOf<T>, "bool">,
    { op: notOp },
  );
