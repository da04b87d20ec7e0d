import type { Body } from "../../core/body.js";
import type { Node } from "../../core/node.js";
import type { Primitive } from "../../core/primitive.js";
import { sizeOf } from "../../core/shape.js";
import type { Type, Value } from "../../core/type.js";
import type { IndexSets } from "./index-sets.js";
import type { Known } from "./known.js";

/** Of each element of a tensor the set of inputs it depends on differentiably; of a tape one, of all it holds. */
export type Ids = Int32Array;

export type MaybeIds = Ids | undefined;

/** For each element of a tuple, or for a tensor alone; undefined: on none. */
export type Dependence = readonly MaybeIds[];

/** What the rules of an operation are given: its node, and what its inputs depend on. */
export interface Reached {
  readonly node: Node;
  readonly inputs: readonly MaybeIds[];
  readonly known: Known;
}

/** What is the same for all operations of an analysis. */
export interface Analysis {
  readonly sets: IndexSets;
  /** Operations whose rules are being followed: one that needs itself again depends on all of its inputs. */
  readonly following: Set<Primitive>;
  /** From inputs to outputs; nodes shallower than `minDepth` depend on none. */
  through(
    outputs: readonly Node[],
    inputs: Iterable<readonly [Node, MaybeIds]>,
    known: Known,
    minDepth: number,
  ): MaybeIds[];
  /** Through a body, given the values of its inputs that are known. */
  throughBody(body: Body, inputs: readonly MaybeIds[], values: readonly MaybeValue[]): BodyResult;
  /** Element by element of both. */
  join(a: MaybeIds, b: MaybeIds): MaybeIds;
  /** The union of all sets. */
  total(all: readonly MaybeIds[]): number;
}

export type MaybeValue = Value | undefined;

/** What the outputs of a body depend on, and their values where they are known. */
export interface BodyResult {
  readonly ids: readonly MaybeIds[];
  readonly values: readonly MaybeValue[];
}

/** How many sets stand for a value of this type. */
export function countOf(type: Type): number {
  return type.kind === "tensor" ? sizeOf(type.shape) : 1;
}
