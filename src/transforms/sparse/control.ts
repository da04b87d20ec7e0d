// Operations that run bodies: calls, branches, loops.
import type { Steps } from "../../core/lowering.js";
import type { Node } from "../../core/node.js";
import { type ArrayValue, elementTypes, type Type } from "../../core/type.js";
import {
  type Analysis,
  countOf,
  type Dependence,
  type MaybeIds,
  type MaybeValue,
  type Reached,
} from "./analysis.js";

/** Undefined where the operation runs its bodies in another way than these. */
export function throughControl(analysis: Analysis, reached: Reached): Dependence | undefined {
  const { node, inputs, known } = reached;
  const { params, primitive } = node;
  const { lower } = primitive;
  switch (lower.kind) {
    case "call": {
      const values = node.inputs.map((input) => known.of(input));
      return analysis.throughBody(lower.body(params), inputs, values).ids;
    }
    case "branch": {
      const values = node.inputs.slice(1).map((input) => known.of(input));
      const branches = lower
        .branches(params)
        .map((body) => analysis.throughBody(body, inputs.slice(1), values).ids);
      return elementTypes(node.type).map((_, i) =>
        branches.map((ids) => ids[i]).reduce(analysis.join, undefined),
      );
    }
    case "steps": {
      const steps = lower.steps(params);
      const { length } = steps;
      return length === null
        ? throughAnyNumber(analysis, reached, steps, 1)
        : throughSteps(analysis, reached, steps, length);
    }
    case "while": {
      const { conditionConsts, ...loop } = lower.loop(params);
      return throughAnyNumber(analysis, reached, loop, conditionConsts);
    }
    default:
      return undefined;
  }
}

/** Step by step, as far as steps differ. */
function throughSteps(
  analysis: Analysis,
  { node, inputs, known }: Reached,
  { body, consts, carries, reverse }: Pick<Steps, "body" | "consts" | "carries" | "reverse">,
  length: number,
): Dependence {
  const first = consts + carries;
  const state = inputs.slice(0, first);
  const values: MaybeValue[] = node.inputs.map((input) => known.of(input));
  const types = body.inputs.map(({ type }) => type);
  const outputs = elementTypes(node.type).map((type) => ({
    ids: new Int32Array(countOf(type)),
    isTape: type.kind === "tape",
  }));
  const sliced = node.inputs.slice(first);
  // without indices that change from step to step and slices of their own, steps that begin alike are alike
  const alike = values.slice(consts).every((value) => value === undefined);
  for (let i = 0; i < length; i++) {
    const at = reverse ? length - 1 - i : i;
    const slices = sliced.map((xs, k) => sliceOf(inputs[first + k], xs, types[first + k], at));
    const read = sliced.map((_, k) => valueAt(values[first + k], types[first + k] as Type, at));
    const result = analysis.throughBody(
      body,
      [...state, ...slices],
      [...values.slice(0, first), ...read],
    );
    const settled =
      alike &&
      slices.every((ids) => ids === undefined) &&
      state.slice(consts).every((ids, k) => sameIds(ids, result.ids[k]));
    for (let k = 0; k < carries; k++) {
      state[consts + k] = result.ids[k];
      values[consts + k] = result.values[k];
    }
    const places = settled
      ? Array.from({ length: length - i }, (_, j) => (reverse ? at - j : at + j))
      : [at];
    outputs.slice(carries).forEach(({ ids, isTape }, y) => {
      const own = result.ids[carries + y];
      if (own === undefined) return;
      if (isTape) ids[0] = analysis.sets.union(ids[0] as number, analysis.total([own]));
      else for (const place of places) ids.set(own, place * own.length);
    });
    if (settled) break;
  }
  return outputs.map(({ ids }, y) => (y < carries ? state[consts + y] : ids));
}

/** Until another step adds nothing: steps whose number is not known, of all slices together. */
function throughAnyNumber(
  analysis: Analysis,
  { node, inputs, known }: Reached,
  { body, consts, carries }: Pick<Steps, "body" | "consts" | "carries">,
  before: number,
): Dependence {
  const first = consts + carries;
  const given = inputs.slice(before);
  const values = node.inputs.slice(before, before + consts).map((input) => known.of(input));
  const slices = body.inputs.slice(first).map(({ type }, k) => {
    const total = analysis.total([given[first + k]]);
    return total === 0 ? undefined : new Int32Array(countOf(type)).fill(total);
  });
  const state = given.slice(0, first);
  for (;;) {
    const { ids } = analysis.throughBody(body, [...state, ...slices], values);
    const next = state.slice(consts).map((own, k) => analysis.join(own, ids[k]));
    const settled = next.every((own, k) => sameIds(own, state[consts + k]));
    state.splice(consts, carries, ...next);
    if (!settled) continue;
    return elementTypes(node.type).map((type, y) => {
      if (y < carries) return next[y];
      const total = analysis.total([ids[y]]);
      return total === 0 ? undefined : new Int32Array(countOf(type)).fill(total);
    });
  }
}

function sameIds(a: MaybeIds, b: MaybeIds): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || a.every((id, i) => id === b[i]);
}

/** What belongs to one step of what is stacked; all of a tape. */
function sliceOf(ids: MaybeIds, xs: Node, type: Type | undefined, at: number): MaybeIds {
  if (ids === undefined) return undefined;
  const count = countOf(type as Type);
  if (xs.type.kind === "tape") return new Int32Array(count).fill(ids[0] as number);
  return ids.subarray(at * count, (at + 1) * count);
}

function valueAt(value: MaybeValue, type: Type, at: number): MaybeValue {
  if (value === undefined || type.kind !== "tensor" || !("data" in value)) return undefined;
  const { dtype, data } = value as ArrayValue;
  const count = countOf(type);
  return { shape: type.shape, dtype, data: data.subarray(at * count, (at + 1) * count) };
}
