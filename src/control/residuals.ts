import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { holdsBodies } from "../core/lowering.js";
import type { Node } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { inputsRead, nodeMayFail, pick } from "./bodies.js";
import { partOfBody } from "./part.js";
import { byKind, inOrder, type Kinds, type Step } from "./step.js";

/**
 * Where the second of two loops finds what it reads of the first: the same for all steps, given to each, or kept
 * by each.
 */
export type Residual =
  | { readonly fixed: Node }
  | { readonly given: number }
  | { readonly kept: number };

export interface Residuals {
  readonly list: readonly Residual[];
  /** The nodes that are the same for all steps. */
  readonly fixed: readonly Node[];
  /** The step that also puts out what is to be kept, after all else. */
  readonly keeping: Step;
}

/**
 * `forward` gives the outputs of the step, then residuals. What depends on `consts` alone is computed here, once,
 * not kept by every step.
 */
export function findResiduals(step: Step, forward: Body, consts: readonly Node[]): Residuals {
  const { inputs, outputs } = forward;
  const count = step.body.outputs.length;
  const nodes = outputs.slice(count);
  const position = new Map(inputs.map((input, i) => [input, i]));
  const inside = byKind(step, inputs);
  const hoisted = independent(inside.consts, [...inside.carries, ...inside.xs], nodes);
  const once = pick(nodes, hoisted);
  const fixed = inlineBody(new Body(inside.consts, once), consts);
  const kept: Node[] = [];
  const list = nodes.map((node, i): Residual => {
    const at = position.get(node);
    if (hoisted[i] === true) return { fixed: fixed[once.indexOf(node)] as Node };
    if (at !== undefined && at >= step.consts + step.carries)
      return { given: at - step.consts - step.carries };
    kept.push(node);
    return { kept: kept.length - 1 };
  });
  const body = new Body(inputs, [...outputs.slice(0, count), ...kept]);
  return { list, fixed, keeping: { ...step, body } };
}

/** The residuals among the inputs of a second step. */
export function readResiduals(
  { list }: Residuals,
  fixed: readonly Node[],
  kept: readonly Node[],
  xs: readonly Node[],
): Node[] {
  let next = 0;
  return list.map((residual) => {
    if ("fixed" in residual) return fixed[next++] as Node;
    return ("given" in residual ? xs[residual.given] : kept[residual.kept]) as Node;
  });
}

/** What the keeping step puts out beside the outputs of the step itself. */
export function keptOf(step: Step, { keeping }: Residuals): readonly Node[] {
  return keeping.body.outputs.slice(step.body.outputs.length);
}

/** Which of `ends` depend on none of `varying` and can be computed outside the loop, whether it runs or not. */
function independent(
  consts: readonly Node[],
  varying: readonly Node[],
  ends: readonly Node[],
): boolean[] {
  const stay = new Set<Node>(varying);
  for (const node of nodesBetween([...consts, ...varying], ends, 1))
    if (mustStay(node) || node.inputs.some((input) => stay.has(input))) stay.add(node);
  return ends.map((node) => !stay.has(node));
}

/** Errors and endless loops must not come out of a loop that does not run. */
function mustStay(node: Node): boolean {
  return nodeMayFail(node) || holdsBodies(node.primitive.lower);
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
