import type { Location } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import { project } from "../../core/leaves.js";
import type { Node } from "../../core/node.js";
import { sizeOf } from "../../core/shape.js";
import { denseArray, sizeOfNode, tensorOf } from "../../ops/kernels/location.js";
import { bytesOf } from "../../program/elements.js";
import { entry } from "../../program/entry.js";
import type { Buffer } from "../../program/types.js";

/** Whose memory is whose in one body: where results are wanted, and what may be written over. */
export class Ownership {
  private readonly wanted = new Map<Node, ArrayPlace>();
  /** The same of elements of tuples. */
  private readonly wantedParts = new Map<Node, Map<number, ArrayPlace>>();
  /** What lies in memory that the body may write over, by buffer. */
  private readonly residents = new Map<Buffer, Node[]>();
  /** What a loop carries, by what becomes of it. */
  private readonly before = new Map<Node, Node>();
  private readonly isDone: (node: Node) => boolean;

  /** `isDone`: whether nothing reads a node after what is being computed. */
  constructor(isDone: (node: Node) => boolean) {
    this.isDone = isDone;
  }

  /** Notes where the result of a node had better be. */
  want(node: Node, target: ArrayPlace): void {
    this.wanted.set(node, target);
    if (node.primitive !== project) return;
    const [tuple] = node.inputs as [Node];
    const parts = entry(this.wantedParts, tuple, () => new Map<number, ArrayPlace>());
    parts.set((node.params as { index: number }).index, target);
  }

  wantedAt(node: Node): ArrayPlace | undefined {
    return this.wanted.get(node);
  }

  wantedPart(node: Node, index: number): ArrayPlace | undefined {
    return this.wantedParts.get(node)?.get(index);
  }

  /** Notes that a loop carries `input`, which becomes `output`. */
  carry(input: Node, output: Node): void {
    this.before.set(output, input);
  }

  carriedInto(node: Node): Node | undefined {
    return this.before.get(node);
  }

  /** Notes that the body may write over this memory once what lies there has been read. */
  own({ place: { buffer } }: ArrayPlace): void {
    if (buffer !== undefined && !this.residents.has(buffer)) this.residents.set(buffer, []);
  }

  /** Notes where a node lies. */
  settle(node: Node, location: Location): void {
    if (location.kind === "tuple") for (const part of location.parts) this.settle(node, part);
    if (location.kind !== "array") return;
    const { buffer } = location.array.place;
    if (buffer !== undefined) this.residents.get(buffer)?.push(node);
  }

  /** What lies in a buffer of the body's own. */
  residentsOf(buffer: Buffer): readonly Node[] {
    return this.residents.get(buffer) ?? [];
  }

  /** The whole memory of an array for the result of `node`: where it is the body's own, and nothing reads it any more. */
  takeOver(node: Node, array: ArrayPlace): ArrayPlace | undefined {
    const { buffer, at, offset } = array.place;
    if (this.wanted.has(node) || buffer === undefined || at !== undefined) return undefined;
    const size = sizeOf(array.shape);
    const fits = sizeOfNode(node) === size && tensorOf(node).dtype === array.dtype;
    if (!fits || buffer.bytes !== size * bytesOf(array.dtype)) return undefined;
    const residents = this.residents.get(buffer);
    if (residents?.every((one) => one === node || this.isDone(one)) !== true) return undefined;
    return denseArray(buffer, tensorOf(node), undefined, offset);
  }
}
