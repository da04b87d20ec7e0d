import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { holdsBodies } from "../core/lowering.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { inputsRead, nodeMayFail, pick } from "./bodies.js";
import { leastKept, sourcesOf } from "./keep.js";
import { partOfBody } from "./part.js";
import { byKind, inOrder, type Kinds, type Step } from "./step.js";

/**
 * Where the second of two loops finds what it reads of the first: the same for all steps, given to each, or kept
 * by each.
 */
type Source = { readonly fixed: Node } | { readonly given: number } | { readonly kept: number };

export interface Residuals {
  readonly sources: readonly Source[];
  /** The residuals from the sources. */
  readonly again: Body;
  /** The nodes that are the same for all steps. */
  readonly fixed: readonly Node[];
  /** The step that also puts out what is to be kept, after all else. */
  readonly keeping: Step;
}

/**
 * `forward` gives the outputs of the step, then residuals. What depends on `consts` alone is computed here, once; of
 * the others the steps keep as little as possible, and the second loop computes again what is cheap.
 */
export function findResiduals(step: Step, forward: Body, consts: readonly Node[]): Residuals {
  const { inputs, outputs } = forward;
  const count = step.body.outputs.length;
  const nodes = outputs.slice(count);
  const inside = byKind(step, inputs);
  const varying = dependents(inside.consts, [...inside.carries, ...inside.xs], nodes);
  const isFree = (node: Node): boolean => !varying.has(node) || inside.xs.includes(node);
  const kept = leastKept(nodes, isFree);
  const basis = sourcesOf(nodes, kept, isFree);
  const once = basis.filter((node) => !varying.has(node));
  const fixed = inlineBody(new Body(inside.consts, once), consts);
  const sources = basis.map((node): Source => {
    const at = kept.indexOf(node);
    if (at >= 0) return { kept: at };
    return varying.has(node)
      ? { given: inside.xs.indexOf(node) }
      : { fixed: fixed[once.indexOf(node)] as Node };
  });
  return {
    sources,
    again: new Body(basis, nodes),
    fixed,
    keeping: { ...step, body: new Body(inputs, [...outputs.slice(0, count), ...kept]) },
  };
}

/** The residuals among the inputs of a second step. */
export function readResiduals(
  { sources, again }: Residuals,
  fixed: readonly Node[],
  kept: readonly Node[],
  xs: readonly Node[],
): Node[] {
  let next = 0;
  const basis = sources.map((source) => {
    if ("fixed" in source) return fixed[next++] as Node;
    return ("given" in source ? xs[source.given] : kept[source.kept]) as Node;
  });
  return inlineBody(again, basis);
}

/** What the keeping step puts out beside the outputs of the step itself. */
export function keptOf(step: Step, { keeping }: Residuals): readonly Node[] {
  return keeping.body.outputs.slice(step.body.outputs.length);
}

/** What of all that `ends` need depends on `varying`, or else has to be computed in the loop. */
function dependents(
  consts: readonly Node[],
  varying: readonly Node[],
  ends: readonly Node[],
): ReadonlySet<Node> {
  const stay = new Set<Node>(varying);
  for (const node of nodesBetween([...consts, ...varying], ends, 1))
    if (mustStay(node) || node.inputs.some((input) => stay.has(input))) stay.add(node);
  return stay;
}

/** Errors and endless loops must not come out of a loop that does not run; a view costs nothing where it is read. */
function mustStay(node: Node): boolean {
  const { lower } = node.primitive;
  return nodeMayFail(node) || holdsBodies(lower) || lower.kind === "view";
}

/**
 * The part of a step that some of its outputs need: the body over the inputs in `read`. `carried` are carries
 * needed in any case.
 */
export function partOf(
  step: Step,
  wanted: readonly boolean[],
  carried: readonly boolean[] = [],
): { step: Step; read: Kinds<boolean>; outputs: readonly boolean[] } {
  let carries = wanted.slice(0, step.carries).map((on, i) => on || carried[i] === true);
  const rest = wanted.slice(step.carries);
  for (;;) {
    const outputs = [...carries, ...rest];
    const body = partOfBody(step.body, outputs);
    const own = byKind(step, inputsRead(body));
    const next = carries.map((on, i) => on || own.carries[i] === true);
    if (next.every((on, i) => on === carries[i])) {
      const read = { ...own, carries };
      return {
        step: {
          body: new Body(pick(body.inputs, inOrder(read)), body.outputs),
          consts: read.consts.filter(Boolean).length,
          carries: read.carries.filter(Boolean).length,
        },
        read,
        outputs,
      };
    }
    carries = next;
  }
}
