import { bindTensor } from "../core/bind.js";
import type { Tensor } from "../core/node.js";
import { dotGeneralOp } from "./contraction.js";
import { permuteAxes, restoreShape } from "./shape.js";

/** A tensor with a name for each axis. */
export interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly number[];
}

/**
 * The product of two tensors of one dtype with named axes, summed over shared names not in `kept`. An axis of length 1
 * beside a longer one of its name is repeated. The result has its axes in any order.
 */
export function contractLabelled(x: Labelled, y: Labelled, kept: readonly number[]): Labelled {
  const [a, b] = [dropRepeated(x, y), dropRepeated(y, x)];
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const [batch, contract] = [true, false].map((stays) =>
    shared.filter((label) => kept.includes(label) === stays),
  ) as [number[], number[]];
  const pair = (label: number) => [a.labels.indexOf(label), b.labels.indexOf(label)] as const;
  const own = (labels: readonly number[]) => labels.filter((label) => !shared.includes(label));
  const params = { contract: contract.map(pair), batch: batch.map(pair) };
  return {
    tensor: bindTensor(dotGeneralOp, [a.tensor, b.tensor], params),
    labels: [...batch, ...own(a.labels), ...own(b.labels)],
  };
}

/** The axes in the order of `labels`, which are the same names. */
export function ordered({ tensor, labels: from }: Labelled, labels: readonly number[]): Labelled {
  return {
    tensor: permuteAxes(
      tensor,
      labels.map((label) => from.indexOf(label)),
    ),
    labels,
  };
}

/** Without axes of length 1 that `other` has longer. */
export function dropRepeated(x: Labelled, other: Labelled): Labelled {
  const keep = x.labels.map((label, axis) => {
    const at = other.labels.indexOf(label);
    return at < 0 || x.tensor.shape[axis] === other.tensor.shape[at] || x.tensor.shape[axis] !== 1;
  });
  if (keep.every(Boolean)) return x;
  return {
    tensor: restoreShape(
      x.tensor,
      x.tensor.shape.filter((_, axis) => keep[axis]),
    ),
    labels: x.labels.filter((_, axis) => keep[axis]),
  };
}
