import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import { argmax } from "../ops/extrema.js";
import { gatherOp } from "../ops/gather.js";
import type { GatherParams } from "../ops/places.js";
import { any } from "../ops/predicates.js";
import { mask, whereOp } from "../ops/select.js";
import { broadcastTo, restoreShape } from "../ops/shape.js";
import { stopGradient } from "../ops/stop.js";

/*
 * A mapped loop or branch runs for all lanes while some of them need it. Lanes that do not need it borrow the
 * inputs of one that does, so that they compute nothing the program would not compute: no endless loop, no
 * error, no NaN. What they compute is left out by selects, whose derivative is exactly zero.
 */

/** Whether any lane is live. */
export function anyLane(live: Tensor): Tensor {
  return any(live);
}

/** `x` where the lane is live, the values of a live lane elsewhere. */
export function borrowed(live: Tensor, x: Tensor): Tensor {
  if (x.size === 0) return x;
  const first = restoreShape(argmax(live) as Tensor, [1]);
  const params: GatherParams = { batch: 0, outer: 0, mode: "clip", operation: "vmap" };
  const lent = bindTensor(gatherOp, [stopGradient(x), first], params);
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
