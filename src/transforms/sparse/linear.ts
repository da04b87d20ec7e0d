// Linear operations: those that move or add up elements, and those that others compute.
import { parameterNode } from "../../core/bind.js";
import { readValue } from "../../core/evaluate.js";
import { constantNode } from "../../core/leaves.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Derivative, Inputs } from "../../core/primitive.js";
import { sizeOf } from "../../core/shape.js";
import { withTrace } from "../../core/trace.js";
import { type ArrayValue, type TensorType, tensorType } from "../../core/type.js";
import { zero } from "../../core/zero.js";
import type { Analysis, Dependence, Ids, MaybeIds, Reached } from "./analysis.js";
import { attempt, Known } from "./known.js";
import { grouped } from "./pattern.js";

type Linear = Extract<Derivative<unknown>, { kind: "linear" }>;

export function throughLinear(
  analysis: Analysis,
  reached: Reached,
  derivative: Linear,
): Dependence | undefined {
  const { node, inputs } = reached;
  const { lower } = node.primitive;
  if (lower.kind === "decompose") return throughOthers(analysis, reached, lower);
  // operations that say where they take a condition only move and add up
  if (derivative.support === undefined || node.type.kind !== "tensor") return undefined;
  let total: MaybeIds;
  for (const group of derivative.groups(node.inputs.length, node.params)) {
    if (group.every((at) => inputs[at] === undefined)) continue;
    const values = valuesOutside(reached, group);
    const ids =
      values &&
      attempt(
        () =>
          throughMoves(reached, group, values) ??
          throughSums(analysis, reached, derivative, group, values),
      );
    if (ids === undefined) return undefined;
    total = analysis.join(total, ids);
  }
  return total === undefined ? [] : [total];
}

/** Through the graph of the operations that compute this one. */
function throughOthers(
  analysis: Analysis,
  { node, inputs, known }: Reached,
  { decompose }: { decompose(inputs: Inputs<Tensor>, params: unknown): Node },
): Dependence {
  return withTrace("sparsity", (trace) => {
    const formal = node.inputs.map(({ type }) => parameterNode(type, trace));
    const result = decompose(formal as unknown as Inputs<Tensor>, node.params);
    return analysis.through(
      [result],
      formal.map((input, at) => [input, inputs[at]] as const),
      new Known(formal.map((input, at) => [input, known.of(node.inputs[at] as Node)] as const)),
      trace.depth,
    );
  });
}

/** Values of the inputs outside a group; undefined if one is not known. */
function valuesOutside(
  { node, known }: Reached,
  group: readonly number[],
): (ArrayValue | undefined)[] | undefined {
  const values = node.inputs.map((input, at) =>
    group.includes(at) ? undefined : (known.of(input) as ArrayValue | undefined),
  );
  return values.every((value, at) => value !== undefined || group.includes(at))
    ? values
    : undefined;
}

/** Where each element is at most one of the inputs of the group: the operation moves their numbers. */
function throughMoves(
  { node, inputs }: Reached,
  group: readonly number[],
  values: readonly (ArrayValue | undefined)[],
): Ids | undefined {
  const type = asNumbers(node.type as TensorType);
  const run = (of: (at: number) => ArrayValue): Float64Array => {
    const all = values.map((value, at) => value ?? of(at));
    const { primitive, params } = node;
    const result = primitive.evaluate(all as unknown as Inputs<ArrayValue>, params, type);
    return (result as ArrayValue).data as Float64Array;
  };
  const typeAt = (at: number): TensorType => (node.inputs[at] as Tensor).type;
  if (!atMostOne(run((at) => counting(typeAt(at), 1, 0)))) return undefined;
  const starts = new Map<number, number>();
  let next = 1;
  for (const at of group) {
    starts.set(at, next);
    next += sizeOf(typeAt(at).shape);
  }
  const sources = new Int32Array(next);
  for (const at of group) {
    const ids = inputs[at];
    if (ids !== undefined) sources.set(ids, starts.get(at) as number);
  }
  const moved = run((at) => counting(typeAt(at), starts.get(at) as number, 1));
  const ids = new Int32Array(moved.length);
  for (let i = 0; i < ids.length; i++) ids[i] = sources[moved[i] as number] as number;
  return ids;
}

/** Where each element of an input goes to at most one place: the transpose moves the numbers of the places. */
function throughSums(
  { sets }: Analysis,
  { node, inputs }: Reached,
  derivative: Linear,
  group: readonly number[],
  values: readonly (ArrayValue | undefined)[],
): Ids | undefined {
  const type = asNumbers(node.type as TensorType);
  const others = node.inputs.map((input, at) => {
    const value = values[at] ?? counting((input as Tensor).type, 0, 0);
    return constantNode(tensorType(value.shape, value.dtype), value);
  }) as unknown as Inputs<Tensor>;
  const sums = new Int32Array(sizeOf(type.shape));
  for (const at of group) {
    const ids = inputs[at];
    if (ids === undefined) continue;
    const back = (cotangent: ArrayValue): ArrayLike<number> | undefined => {
      const given = [constantNode(type, cotangent) as Tensor];
      const result = derivative.transpose(given, at, others, node.params);
      return result === zero ? undefined : (readValue(result) as ArrayValue).data;
    };
    const counts = back(counting(type, 1, 0));
    if (counts === undefined) continue;
    if (!atMostOne(counts)) return undefined;
    const places = Int32Array.from(back(counting(type, 1, 1)) as ArrayLike<number>);
    // by place; those that go nowhere come first
    const { starts, items } = grouped(places, ids, sums.length + 1);
    for (let to = 0; to < sums.length; to++) {
      const start = starts[to + 1] as number;
      const arriving = sets.unionOf(items, start, (starts[to + 2] as number) - start);
      sums[to] = sets.union(sums[to] as number, arriving);
    }
  }
  return sums;
}

function atMostOne(counts: ArrayLike<number>): boolean {
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 0 && counts[i] !== 1) return false;
  return true;
}

function asNumbers({ shape }: TensorType): TensorType {
  return tensorType(shape, "f64");
}

/** first, first + step, … */
function counting({ shape }: TensorType, first: number, step: number): ArrayValue {
  const data = new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = first + step * i;
  return { shape, dtype: "f64", data };
}
