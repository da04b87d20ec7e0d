import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import { substituted } from "./replay.js";
import { activeTrace, type Trace } from "./trace.js";

/**
 * What `replay` gives, without a copy: the nodes behind `outputs` leave `inner`, which has just finished, for the
 * trace around it, with `actual` in place of the inputs. Undefined where they have to be copied: if an argument is
 * not an input of that trace itself, comes twice, or something equal has been computed there.
 */
export function adopt(
  inner: Trace,
  outputs: readonly Node[],
  inputs: readonly Node[],
  actual: readonly Node[],
): Node[] | undefined {
  const outer = activeTrace;
  if (outer === null || outer !== inner.outer || inner.kind !== "plain") return undefined;
  if (new Set(actual).size < actual.length) return undefined;
  if (actual.some((node) => node.trace !== outer || node.inputs.length > 0)) return undefined;
  const known = new Map(inputs.map((input, i) => [input, actual[i] as Node]));
  const nodes = nodesBetween(inputs, outputs, inner.depth);
  const readers: Mutable<Node>[] = [];
  const reads: (readonly Node[])[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Node;
    if (node.trace !== inner) return undefined;
    const now = substituted(node.inputs, known);
    if (now === node.inputs) continue;
    if (outer.table.find(node.primitive, now, node.params) !== undefined) return undefined;
    readers.push(node);
    reads.push(now);
  }
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as Mutable<Node>;
    node.trace = outer;
    node.depth = outer.depth;
  }
  for (let i = 0; i < readers.length; i++) {
    const node = readers[i] as Mutable<Node>;
    node.inputs = reads[i] as readonly Node[];
    outer.table.add(node);
  }
  return outputs.map((output) => known.get(output) ?? output);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
