import { scalarNode } from "../core/bind.js";
import { scalarConstant } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import type { Partial } from "../core/primitive.js";
import type { Type } from "../core/type.js";
import { type Zero, zero } from "../core/zero.js";
import { multiply, negative } from "../ops/arithmetic.js";
import { cast } from "../ops/cast.js";
import { logicalAnd, logicalOr } from "../ops/logic.js";
import { mask } from "../ops/select.js";
import { addNodes, zerosOf } from "../ops/tape.js";

/**
 * The vector space tangents and cotangents live in. A tangent is a node with, perhaps, its support: a condition
 * outside which it is zero by structure (put there by `where`, `max`, `clip`, …), so that an infinite partial
 * contributes nothing there. The support is built only if a partial asks for it.
 */
export interface Tangent {
  readonly node: Node;
  readonly support?: Support | undefined;
}

export type MaybeTangent = Tangent | Zero;

export class Support {
  private built: Tensor | undefined;
  private readonly sources: readonly Support[];
  private readonly build: (...conditions: Tensor[]) => Tensor;

  /** `build` makes the condition of those of `sources`. */
  constructor(sources: readonly Support[], build: (...conditions: Tensor[]) => Tensor) {
    this.sources = sources;
    this.build = build;
  }

  /** Built once, sources first, without recursion: a chain of masks may be as deep as the graph. */
  condition(): Tensor {
    const waiting: Support[] = [this];
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const missing =
        next.built !== undefined ? [] : next.sources.filter((s) => s.built === undefined);
      if (missing.length > 0) {
        for (const source of missing) waiting.push(source);
        continue;
      }
      next.built ??= next.build(...next.sources.map((source) => source.built as Tensor));
      waiting.pop();
    }
    return this.built as Tensor;
  }
}

export function tangentOf(node: Node | Zero): MaybeTangent {
  return node === zero ? zero : { node };
}

export function nodeOf(tangent: MaybeTangent): Tensor | Zero {
  return tangent === zero ? zero : (tangent.node as Tensor);
}

/** partial · tangent, by the chain rule; a structural zero of either stays exactly 0 beside ∞ and NaN. */
export function scale(partial: Partial, tangent: MaybeTangent): MaybeTangent {
  if (tangent === zero || partial === zero || partial === 0) return zero;
  if (typeof partial === "object" && !("primitive" in partial)) {
    const inner = scale(partial.value, tangent);
    if (inner === zero) return zero;
    const condition = partial.where;
    const outer = inner.support;
    const support =
      outer === undefined
        ? new Support([], () => condition)
        : new Support([outer], (around) => logicalAnd(condition, around));
    return { node: mask(condition, inner.node as Tensor), support };
  }
  if (partial === 1) return tangent;
  const { support } = tangent;
  const node = tangent.node as Tensor;
  const isUnit = scalarConstant(node) === 1;
  if (typeof partial === "number") return { node: times(node, partial, isUnit), support };
  if (isUnit) return { node: inTypeOf(node, partial), support };
  const product = multiply(partial, node) as Tensor;
  return { node: support === undefined ? product : mask(support.condition(), product), support };
}

function times(node: Tensor, factor: number, isUnit: boolean): Tensor {
  if (isUnit) return scalarNode(factor, node.type) as Tensor;
  return (factor === -1 ? negative(node) : multiply(node, factor)) as Tensor;
}

/** A partial that stands for its product with 1: it may be a weak number. */
function inTypeOf(one: Tensor, partial: Tensor): Tensor {
  return partial.type.weak && !one.type.weak ? (cast(partial, one.dtype) as Tensor) : partial;
}

/** Sum of two tangents; zero where both are zero by structure. */
export function addTangents(a: MaybeTangent, b: MaybeTangent): MaybeTangent {
  if (a === zero) return b;
  if (b === zero) return a;
  const node = addNodes(a.node, b.node);
  const [first, second] = [a.support, b.support];
  if (first === second) return { node, support: first };
  return { node, support: first && second && new Support([first, second], logicalOr) };
}

export { zerosOf };

export function instantiate(tangent: MaybeTangent, type: Type): Node {
  return tangent === zero ? zerosOf(type) : tangent.node;
}
