import { HashTable } from "../program/hash-table.js";
import type { Node } from "./node.js";
import { identityOf, paramsKey } from "./params.js";
import type { Primitive } from "./primitive.js";
import type { TensorType } from "./type.js";

/** Of operations with parameters: a text of all. */
function textOf(primitive: Primitive, inputs: readonly Node[], params: unknown): string {
  let text = `${identityOf(primitive)}`;
  for (let i = 0; i < inputs.length; i++) text += `,${(inputs[i] as Node).id}`;
  return `${text};${paramsKey(params)}`;
}

function hashOf(inputs: readonly Node[]): number {
  let hash = inputs.length;
  for (let i = 0; i < inputs.length; i++)
    hash = Math.imul(hash ^ (inputs[i] as Node).id, 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

/** The nodes of a trace by what they compute: what is equal is one node. */
export class NodeTable extends HashTable<Node> {
  /** Operations with parameters by text; those without, most nodes of large graphs, are in the hash table. */
  private readonly others = new Map<string, Node>();
  /** What was sought last: what is not found is taken in next. */
  private sought: readonly Node[] | undefined;
  private text = "";
  /** Scalar constants by type and number; those of −0 apart, because it equals 0. */
  private readonly numbers = new Map<string, Map<number, Node>>();

  /** The node that does this, if there is one. */
  find(primitive: Primitive, inputs: readonly Node[], params: unknown): Node | undefined {
    this.sought = inputs;
    if (params !== undefined) {
      this.text = textOf(primitive, inputs, params);
      return this.others.get(this.text);
    }
    this.hash = hashOf(inputs);
    const { slots } = this;
    const last = slots.length - 1;
    let at = this.hash & last;
    let found = slots[at];
    while (
      found !== undefined &&
      (found.primitive !== primitive || !sameNodes(found.inputs, inputs))
    ) {
      at = (at + 1) & last;
      found = slots[at];
    }
    this.slot = at;
    return found;
  }

  /** Takes a node in, in place of an equal one. */
  add(node: Node): void {
    const { primitive, inputs, params } = node;
    if (this.sought !== inputs) this.find(primitive, inputs, params);
    this.sought = undefined;
    if (params !== undefined) {
      this.others.set(this.text, node);
      return;
    }
    this.put(node);
  }

  /** The constant of a number, made by `make` the first time. */
  number(value: number, { dtype, weak }: TensorType, make: () => Node): Node {
    let kind: string = weak ? `${dtype}*` : dtype;
    if (Object.is(value, -0)) kind += "-";
    let known = this.numbers.get(kind);
    if (known === undefined) {
      known = new Map();
      this.numbers.set(kind, known);
    }
    let node = known.get(value);
    if (node === undefined) {
      node = make();
      known.set(value, node);
    }
    return node;
  }
}

function sameNodes(a: readonly Node[], b: readonly Node[]): boolean {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
}
