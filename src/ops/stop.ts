import { bindTensor } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import type { Primitive } from "../core/primitive.js";
import { treeMap } from "../core/tree.js";
import type { TensorLike } from "../core/typing.js";
import { zero } from "../core/zero.js";
import { describe } from "./describe.js";
import { elementwise } from "./elementwise.js";
import { named } from "./latex.js";

const stopGradientOp: Primitive<undefined> = /* @__PURE__ */ elementwise({
  name: "stopGradient",
  evaluate: (x) => x,
  partials: [zero],
  instruction: { name: "identity", code: (_b, [x]) => x, cheap: true },
});

export const describedStopGradient: Primitive = /* @__PURE__ */ describe(stopGradientOp, {
  doc: "x, taken as a constant: derivative 0.",
  latex: ([x]) => named("stop", x),
  domain: { low: -2, high: 2, edges: [0] },
});

/** `x` (a tensor, number or tree of them), taken as a constant: its derivative is 0. */
export function stopGradient<T>(x: T): T {
  return treeMap(
    (leaf) => bindTensor(stopGradientOp, [asTensor(leaf as TensorLike, "stopGradient")], undefined),
    x,
  ) as T;
}
