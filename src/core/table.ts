import type { Node } from "./node.js";
import { paramsKey } from "./params.js";
import type { Primitive } from "./primitive.js";
import type { TensorType } from "./type.js";

const identities = new WeakMap<Primitive, number>();
let nextIdentity = 0;

export function identityOf(primitive: Primitive): number {
  let identity = identities.get(primitive);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(primitive, identity);
  }
  return identity;
}

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
export class NodeTable {
  /**
   * Operations without parameters, most nodes of large graphs: a hash table with linear probing, at most half full,
   * that compares operations and inputs. A map by texts takes several times as long.
   */
  private slots: (Node | undefined)[] = new Array<undefined>(256).fill(undefined);
  private count = 0;
  private readonly others = new Map<string, Node>();
  /** Inputs that were sought last, and the text: what is not found is taken in next. */
  private sought: readonly Node[] | undefined;
  private text = "";
  /** Scalar constants by type and number; those of −0 apart, because it equals 0. */
  private readonly numbers = new Map<string, Map<number, Node>>();

  /** The node that does this, if there is one. */
  find(primitive: Primitive, inputs: readonly Node[], params: unknown): Node | undefined {
    if (params === undefined) return this.slots[this.slotOf(primitive, inputs)];
    this.sought = inputs;
    this.text = textOf(primitive, inputs, params);
    return this.others.get(this.text);
  }

  /** Takes a node in, in place of an equal one. */
  add(node: Node): void {
    const { primitive, inputs, params } = node;
    if (params !== undefined) {
      const text = this.sought === inputs ? this.text : textOf(primitive, inputs, params);
      this.sought = undefined;
      this.others.set(text, node);
      return;
    }
    const slot = this.slotOf(primitive, inputs);
    if (this.slots[slot] === undefined) this.count++;
    this.slots[slot] = node;
    if (2 * this.count >= this.slots.length) this.grow();
  }

  /** Where a node is, or belongs. */
  private slotOf(primitive: Primitive, inputs: readonly Node[]): number {
    const { slots } = this;
    const last = slots.length - 1;
    let at = hashOf(inputs) & last;
    for (let found = slots[at]; found !== undefined; found = slots[at]) {
      if (found.primitive === primitive && sameNodes(found.inputs, inputs)) return at;
      at = (at + 1) & last;
    }
    return at;
  }

  private grow(): void {
    const full = this.slots;
    this.slots = new Array<undefined>(4 * full.length).fill(undefined);
    for (let i = 0; i < full.length; i++) {
      const node = full[i];
      if (node !== undefined) this.slots[this.slotOf(node.primitive, node.inputs)] = node;
    }
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
