import { checkLength, longest } from "../../core/longest.js";
import type { Node } from "../../core/node.js";
import { stridesOf } from "../../core/shape.js";
import { tensorOf } from "../../ops/kernels/location.js";
import { entry } from "../../program/entry.js";
import { type Affine, positionOf, type Unknown, unplacedUnknown } from "./affine.js";
import { type Cone, collectCone, type Entry, wantedOf } from "./cone.js";
import type { PadPosition } from "./shapes.js";

/** One loop of a nest: axes of the domain that lie behind one another, as one. */
export interface Axis {
  readonly length: number;
  /** In elements of the domain. */
  readonly stride: number;
  /** The first axis of the domain in it. */
  readonly first: number;
  /** Where its range is cut, so that conditions hold in whole pieces. */
  readonly cuts: readonly number[];
}

/** So many pieces at most. */
const mostBoxes = 27;

/**
 * The loops of a nest, outermost first: as few as the accesses of all roots allow without divisions, the one that
 * most accesses follow without gaps innermost.
 */
export function chooseAxes(
  domain: readonly number[],
  roots: readonly Node[],
  isLeaf: (node: Node) => boolean,
): readonly Axis[] {
  const strides = stridesOf(domain);
  let axes: readonly Axis[] = domain.flatMap((length, first) =>
    length === 1 ? [] : [{ length, stride: strides[first] as number, first, cuts: [] }],
  );
  const summed = roots.map(({ primitive: { lower }, params }) =>
    lower.kind === "reduce" ? lower.axes(params) : [],
  );
  const togetherIn = (a: Axis, b: Axis): boolean =>
    summed.every((list) => list.includes(a.first) === list.includes(b.first));
  let best = tryAxes(axes, roots, isLeaf);
  for (let at = axes.length - 2; at >= 0; at--) {
    const [outer, inner] = [axes[at], axes[at + 1]] as [Axis, Axis];
    if (!togetherIn(outer, inner) || outer.length === 0 || inner.length === 0) continue;
    const length = outer.length * inner.length;
    if (length > longest) continue;
    const joined = { ...inner, length, first: outer.first };
    const fewer = [...axes.slice(0, at), joined, ...axes.slice(at + 2)];
    const tried = tryAxes(fewer, roots, isLeaf);
    if (tried.divisions > best.divisions || tried.conditions > best.conditions) continue;
    axes = fewer;
    best = tried;
  }
  for (const { node } of best.cone.entries)
    for (const length of tensorOf(node).shape) checkLength(node.primitive.name, length);
  return reorder(cutAxes(axes, best), best);
}

interface Trial {
  readonly divisions: number;
  /** Conditions that no counter decides alone. */
  readonly conditions: number;
  readonly cone: Cone;
  readonly counters: readonly Unknown[];
}

function tryAxes(
  axes: readonly Axis[],
  roots: readonly Node[],
  isLeaf: (node: Node) => boolean,
): Trial {
  const counters = axes.map(({ length }) => unplacedUnknown(0, length));
  const flat = positionOf(
    axes.map(({ stride }) => stride),
    counters,
  );
  let divisions = 0;
  const wanted = roots.map((node) => wantedOf(node, flat));
  const divided = (): void => {
    divisions++;
  };
  const cone = collectCone(wanted, isLeaf, { divided });
  const own = new Set(counters.map(({ id }) => id));
  const conditions = cone.entries.flatMap(conditionsOf).filter(({ index }) => {
    const term = stepOf(index);
    return term === undefined || !own.has(term[0].id);
  }).length;
  return { divisions, conditions, cone, counters };
}

/** The one unknown that an index follows step by step, up or down. */
function stepOf({ terms }: Affine): Affine["terms"][number] | undefined {
  const [term] = terms;
  return terms.length === 1 && term !== undefined && Math.abs(term[1]) === 1 ? term : undefined;
}

/** What decides which elements an entry reads. */
export function conditionsOf({ choices = [] }: Entry): PadPosition["conditions"] {
  return choices.flatMap(({ conditions }) => conditions);
}

/** The loop along which most elements lie side by side becomes the innermost. */
function reorder(axes: readonly Axis[], { cone, counters }: Trial): readonly Axis[] {
  if (axes.length < 2) return axes;
  const votes = counters.map(({ id }, at) => {
    let count = axes[at]?.stride === 1 ? 1.5 : 0;
    for (const { flat, inputs } of cone.entries)
      if (inputs.length === 0)
        for (const [unknown, by] of flat.terms) if (unknown.id === id && by === 1) count++;
    return (axes[at] as Axis).length < 4 ? 0 : count;
  });
  const most = Math.max(...votes);
  const last = axes.length - 1;
  if ((votes[last] as number) >= most) return axes;
  const at = votes.indexOf(most);
  return [...axes.filter((_, i) => i !== at), axes[at] as Axis];
}

function cutAxes(axes: readonly Axis[], { cone, counters }: Trial): readonly Axis[] {
  const cuts = new Map<number, Set<number>>();
  for (const one of cone.entries)
    for (const { index, high } of conditionsOf(one)) {
      const term = stepOf(index);
      if (term === undefined) continue;
      const [unknown, by] = term;
      const own = entry(cuts, unknown.id, () => new Set<number>());
      // low ≤ by·u + constant < high
      const ends =
        by === 1
          ? [-index.constant, high - index.constant]
          : [index.constant - high + 1, index.constant + 1];
      for (const end of ends) if (end > unknown.low && end < unknown.high) own.add(end);
    }
  let boxes = 1;
  for (const set of cuts.values()) boxes *= set.size + 1;
  if (boxes > mostBoxes) return axes;
  return axes.map((axis, at) => {
    const own = cuts.get((counters[at] as Unknown).id);
    return own === undefined ? axis : { ...axis, cuts: [...own].sort((a, b) => a - b) };
  });
}
