import { isFloat } from "../../core/dtype.js";
import { elementIndex, project } from "../../core/leaves.js";
import type { Node } from "../../core/node.js";
import { nodesBetween } from "../../core/order.js";
import { elementTypes, type Type } from "../../core/type.js";
import { zero } from "../../core/zero.js";
import {
  type Analysis,
  countOf,
  type Dependence,
  type Ids,
  type MaybeIds,
  type Reached,
} from "./analysis.js";
import { throughControl } from "./control.js";
import type { IndexSets } from "./index-sets.js";
import { Known } from "./known.js";
import { throughLinear } from "./linear.js";
import { throughContraction, throughFold, throughView } from "./lowered.js";
import { throughRule } from "./rule.js";

/**
 * Which inputs each element of a graph depends on: where a derivative may be other than 0 for some values. Exact for
 * operations that act element by element, move elements, add up or multiply along axes; for those with a rule for
 * forward mode as exact as the rule; for loops and branches as their bodies. All results of any other operation
 * depend on all of its inputs.
 */
export function analysisWith(sets: IndexSets): Analysis {
  const joins = new WeakMap<Ids, WeakMap<Ids, Ids>>();
  const analysis: Analysis = {
    sets,
    following: new Set(),
    through(outputs, inputs, known, minDepth) {
      const found = new Map<Node, Dependence>();
      const starts: Node[] = [];
      for (const [node, ids] of inputs) {
        starts.push(node);
        if (ids !== undefined) found.set(node, [ids]);
      }
      for (const node of nodesBetween(starts, outputs, minDepth)) {
        const own = ofNode(analysis, node, found, known);
        if (own !== undefined) found.set(node, own);
      }
      return outputs.map((output) => found.get(output)?.[0]);
    },
    throughBody(body, inputs, values) {
      const known = new Known(body.inputs.map((input, i) => [input, values[i]]));
      const given = body.inputs.map((input, i) => [input, inputs[i]] as const);
      return {
        ids: analysis.through(body.outputs, given, known, 1),
        values: body.outputs.map((output) => known.of(output)),
      };
    },
    join(a, b) {
      if (a === undefined || a === b) return b;
      if (b === undefined) return a;
      const byFirst = joins.get(a) ?? new WeakMap<Ids, Ids>();
      let result = byFirst.get(b);
      if (result === undefined) {
        result = new Int32Array(a.length);
        for (let i = 0; i < a.length; i++) result[i] = sets.union(a[i] as number, b[i] as number);
        joins.set(a, byFirst.set(b, result));
      }
      return result;
    },
    total(all) {
      const each = all.map((ids) => (ids === undefined ? 0 : sets.unionOf(ids, 0, ids.length)));
      return sets.unionOf(Int32Array.from(each), 0, each.length);
    },
  };
  return analysis;
}

function ofNode(
  analysis: Analysis,
  node: Node,
  found: ReadonlyMap<Node, Dependence>,
  known: Known,
): Dependence | undefined {
  if (node.primitive === project) {
    const index = elementIndex(node);
    const ids = found.get(node.inputs[0] as Node)?.[index];
    return ids === undefined ? undefined : [ids];
  }
  const inputs = node.inputs.map((input) => found.get(input)?.[0]);
  if (inputs.every((ids) => ids === undefined)) return undefined;
  const own = ofOperation(analysis, { node, inputs, known });
  const types = elementTypes(node.type);
  return own?.map((ids, i) => (carries(types[i] as Type) ? ids : undefined));
}

function ofOperation(analysis: Analysis, reached: Reached): Dependence | undefined {
  const { node, inputs } = reached;
  const { derivative, lower } = node.primitive;
  if (derivative.kind === "none") return undefined;
  if (derivative.kind === "elementwise") {
    const { partials } = derivative;
    return [
      joined(
        analysis,
        inputs.filter((_, at) => partials[at] !== zero),
      ),
    ];
  }
  if (derivative.kind === "general" && derivative.flow !== undefined)
    return throughControl(analysis, reached) ?? onAll(analysis, reached);
  switch (lower.kind) {
    case "scalar":
      return [joined(analysis, inputs)];
    case "view":
      return [throughView(reached, lower)];
    case "reduce":
    case "scan":
      return [throughFold(analysis.sets, reached, lower)];
    case "contraction":
      return [throughContraction(analysis.sets, reached, lower)];
  }
  const exact =
    derivative.kind === "linear"
      ? throughLinear(analysis, reached, derivative)
      : throughRule(analysis, reached, derivative);
  return exact ?? onAll(analysis, reached);
}

function joined({ join }: Analysis, all: readonly MaybeIds[]): MaybeIds {
  return all.reduce(join, undefined);
}

/** Every result on every input. */
function onAll({ total }: Analysis, { node, inputs }: Reached): Dependence {
  const all = total(inputs);
  return elementTypes(node.type).map((type) => new Int32Array(countOf(type)).fill(all));
}

function carries(type: Type): boolean {
  return type.kind !== "tensor" || isFloat(type.dtype);
}
