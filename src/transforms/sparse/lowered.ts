// What the lowering of an operation says of its dependences.
import type { Lowering } from "../../core/lowering.js";
import type { Tensor } from "../../core/node.js";
import type { Inputs } from "../../core/primitive.js";
import { atAxes, type Shape, sameShape, sizeOf, stridesOf } from "../../core/shape.js";
import type { TensorType } from "../../core/type.js";
import { rowsAlong } from "../../ops/reduction.js";
import { gatherStrided } from "../../ops/strided.js";
import type { Ids, MaybeIds, Reached } from "./analysis.js";
import type { IndexSets } from "./index-sets.js";

type LoweringOf<K extends Lowering<unknown>["kind"]> = Extract<
  Lowering<unknown>,
  { readonly kind: K }
>;

/** Each element is one of the first input. */
export function throughView(
  { node, inputs: [ids] }: Reached,
  { map }: LoweringOf<"view">,
): MaybeIds {
  if (ids === undefined) return undefined;
  const types = node.inputs.map(({ type }) => type) as unknown as Inputs<TensorType>;
  const { shape } = node.type as TensorType;
  const { offset, strides } = map(types, node.params, node.type as TensorType);
  const isSame = ids.length === sizeOf(shape) && sameShape(strides, stridesOf(shape));
  return isSame ? ids : (gatherStrided(ids, "i32", shape, strides, offset) as Ids);
}

/** Of the first input all elements along some axes, or those up to the element along one. */
export function throughFold(
  sets: IndexSets,
  { node, inputs: [ids] }: Reached,
  lower: LoweringOf<"reduce"> | LoweringOf<"scan">,
): MaybeIds {
  if (ids === undefined) return undefined;
  const { shape } = (node.inputs[0] as Tensor).type;
  if (lower.kind === "reduce") return folded(sets, ids, shape, lower.axes(node.params));
  const axis = lower.axis(node.params);
  const length = shape[axis] as number;
  const step = sizeOf(shape.slice(axis + 1));
  const backwards = lower.reverse(node.params);
  const result = new Int32Array(ids.length);
  for (let start = 0; start < ids.length; start += length * step)
    for (let lane = start; lane < start + step; lane++) {
      let running = 0;
      for (let i = 0; i < length; i++) {
        const at = lane + step * (backwards ? length - 1 - i : i);
        running = sets.union(running, ids[at] as number);
        result[at] = running;
      }
    }
  return result;
}

/** Each element is a sum over products of a row of one input and a row of the other. */
export function throughContraction(
  sets: IndexSets,
  { node, inputs }: Reached,
  lower: LoweringOf<"contraction">,
): MaybeIds {
  const { batch, contract } = lower.axes(node.params);
  const pairs = sizeOf(batch.map(([axis]) => (node.inputs[0] as Tensor).shape[axis] as number));
  const sides = ([0, 1] as const).map((side) => {
    const { shape } = node.inputs[side] as Tensor;
    const summed = contract.map((pair) => pair[side]);
    const shared = batch.map((pair) => pair[side]);
    const free = [...shape.keys()].filter(
      (axis) => !summed.includes(axis) && !shared.includes(axis),
    );
    const order = [...shared, ...free, ...summed];
    const ids = inputs[side];
    const rows = ids && inOrder(ids, shape, order);
    const length = sizeOf(atAxes(shape, summed));
    const count = sizeOf(atAxes(shape, free));
    return { rows: rows && rowUnions(sets, rows, length, pairs * count), count };
  });
  const [x, y] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const result = new Int32Array(pairs * x.count * y.count);
  let to = 0;
  for (let pair = 0; pair < pairs; pair++)
    for (let i = 0; i < x.count; i++)
      for (let j = 0; j < y.count; j++) {
        const left = x.rows?.[pair * x.count + i] ?? 0;
        result[to++] = sets.union(left, y.rows?.[pair * y.count + j] ?? 0);
      }
  return result;
}

function folded(sets: IndexSets, ids: Ids, shape: Shape, axes: readonly number[]): Ids {
  const rows = rowsAlong({ shape, dtype: "i32", data: ids }, axes) as Ids;
  const length = sizeOf(atAxes(shape, axes));
  const count = sizeOf(shape.filter((_, axis) => !axes.includes(axis)));
  return rowUnions(sets, rows, length, count);
}

function rowUnions(sets: IndexSets, rows: Ids, length: number, count: number): Ids {
  const result = new Int32Array(count);
  for (let i = 0; i < count; i++) result[i] = sets.unionOf(rows, i * length, length);
  return result;
}

function inOrder(ids: Ids, shape: Shape, order: readonly number[]): Ids {
  const strides = stridesOf(shape);
  const lengths = atAxes(shape, order);
  const steps = atAxes(strides, order);
  return gatherStrided(ids, "i32", lengths, steps, 0) as Ids;
}
