// Linear operations: those that move or add up elements, and those that others compute.
import { parameterNode } from "../../core/bind.js";
import { interpreter, readValue } from "../../core/evaluate.js";
import { constantNode } from "../../core/leaves.js";
import type { Node, Tensor } from "../../core/node.js";
import type { Derivative, Inputs } from "../../core/primitive.js";
import { sizeOf } from "../../core/shape.js";
import { withTrace } from "../../core/trace.js";
import { type ArrayValue, type TensorType, tensorType } from "../../core/type.js";
import { zero } from "../../core/zero.js";
import type { Analysis, Dependence, Ids, MaybeIds, Reached } from "./analysis.js";
import { attempt, Known } from "./known.js";

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
    const result = primitive.evaluate(
      all as unknown as Inputs<ArrayValue>,
      params,
      type,
      interpreter,
    );
    return (result as ArrayValue).data as Float64Array;
  };
  const typeAt = (at: number): TensorType => (node.inputs[at] as Tensor).type;
  if (!run((at) => filled(typeAt(at), () => 1)).every((count) => count === 0 || count === 1))
    return undefined;
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
  const moved = run((at) => filled(typeAt(at), (i) => (starts.get(at) as number) + i));
  return Int32Array.from(moved, (from) => sources[from] as number);
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
  const given = node.inputs.map((input, at) => {
    const value = values[at] ?? filled((input as Tensor).type, () => 0);
    return constantNode(tensorType(value.shape, value.dtype), value);
  }) as unknown as Inputs<Tensor>;
  const sums = new Int32Array(sizeOf(type.shape));
  for (const at of group) {
    const ids = inputs[at];
    if (ids === undefined) continue;
    const back = (of: (i: number) => number): ArrayLike<number> | undefined => {
      const cotangent = constantNode(type, filled(type, of)) as Tensor;
      const result = derivative.transpose([cotangent], at, given, node.params);
      return result === zero ? undefined : (readValue(result) as ArrayValue).data;
    };
    const counts = back(() => 1);
    if (counts === undefined) continue;
    if (!Array.prototype.every.call(counts, (count) => count === 0 || count === 1))
      return undefined;
    const places = back((i) => i + 1) as ArrayLike<number>;
    for (let i = 0; i < ids.length; i++) {
      const to = (places[i] as number) - 1;
      if (to >= 0) sums[to] = sets.union(sums[to] as number, ids[i] as number);
    }
  }
  return sums;
}

function asNumbers({ shape }: TensorType): TensorType {
  return tensorType(shape, "f64");
}

function filled({ shape }: TensorType, of: (i: number) => number): ArrayValue {
  const data = Float64Array.from({ length: sizeOf(shape) }, (_, i) => of(i));
  return { shape, dtype: "f64", data };
}
