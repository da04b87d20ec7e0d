import { bindTensor } from "../../core/bind.js";
import type { Tensor } from "../../core/node.js";
import type { Primitive } from "../../core/primitive.js";
import { sizeOf } from "../../core/shape.js";
import { tensorType } from "../../core/type.js";
import { zero } from "../../core/zero.js";
import { any } from "../predicates.js";
import { mask, whereOp } from "../select.js";
import { batchToFront, broadcastTo, restoreShape } from "../shape.js";

/*
 * A mapped loop or branch runs for all lanes while some of them need it. Lanes that do not need it borrow the
 * inputs of one that does, so that they compute nothing the program would not compute: no endless loop, no
 * error, no NaN. What they compute is left out by selects, whose derivative is exactly zero.
 */

export const firstWhereOp: Primitive<{ batch: number }> = {
  name: "firstWhere",
  doc: "The entry of x at the first place where the condition holds (the first of all if nowhere), along the axis after the first `batch`; derivative 0.",
  latex: ([c, x]) => `${x}_{\\min\\{i : ${c}_i\\}}`,
  domain: [
    { low: 0, high: 1 },
    { low: -2, high: 2 },
  ],
  cases: [
    { inputs: [{ shape: [3], dtype: "bool" }, { shape: [3, 2] }], params: { batch: 0 } },
    { inputs: [{ shape: [2, 3], dtype: "bool" }, { shape: [2, 3] }], params: { batch: 1 } },
    {
      inputs: [
        { shape: [2], dtype: "bool", values: [0, 0] },
        { shape: [2], dtype: "i32" },
      ],
      params: { batch: 0 },
    },
  ],
  type: ([, x], { batch }) =>
    tensorType(
      x.shape.filter((_, axis) => axis !== batch),
      x.dtype,
      x.weak,
    ),
  evaluate: ([condition, x], { batch }, type) => {
    const length = x.shape[batch] as number;
    const rows = sizeOf(x.shape.slice(0, batch));
    const size = sizeOf(type.shape.slice(batch));
    const data = x.data.slice(0, rows * size);
    for (let row = 0; row < rows && length > 0; row++) {
      const start = row * length;
      const at = condition.data.subarray(start, start + length).findIndex((c) => c !== 0);
      const from = (start + Math.max(at, 0)) * size;
      data.set(x.data.subarray(from, from + size), row * size);
    }
    return { shape: type.shape, dtype: x.dtype, data };
  },
  derivative: { kind: "linear", groups: () => [], transpose: () => zero },
  batch: ([condition, x], [conditionAxis, xAxis], { batch }, { size }) => ({
    output: bindTensor(
      firstWhereOp,
      [batchToFront(condition, conditionAxis, size), batchToFront(x, xAxis, size)],
      { batch: batch + 1 },
    ),
    axes: [0],
  }),
  lower: { kind: "kernel", kernel: "firstWhere" },
};

/** Whether any lane is live. */
export function anyLane(live: Tensor): Tensor {
  return any(live);
}

/** `x` where the lane is live, the values of a live lane elsewhere. */
export function borrowed(live: Tensor, x: Tensor): Tensor {
  const lent = bindTensor(firstWhereOp, [live, x], { batch: 0 });
  return selected(live, x, broadcastTo(lent, x.shape) as Tensor);
}

/** `x` where the lane is live, `y` elsewhere. */
export function selected(live: Tensor, x: Tensor, y: Tensor): Tensor {
  return bindTensor(whereOp, [overLanes(live, x), x, y], undefined);
}

/** `x` where the lane is live, zero elsewhere. */
export function masked(live: Tensor, x: Tensor): Tensor {
  return mask(overLanes(live, x), x);
}

function overLanes(live: Tensor, x: Tensor): Tensor {
  const ones = new Array<number>(x.ndim - 1).fill(1);
  return broadcastTo(restoreShape(live, [...live.shape, ...ones]), x.shape) as Tensor;
}
