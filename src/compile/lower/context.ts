import type { Body } from "../../core/body.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import type { TensorType } from "../../core/type.js";
import type { Builder } from "../../program/builder.js";
import type { Operand } from "../../program/types.js";
import type { Location } from "./location.js";
import type { ProgramState } from "./program-state.js";

/** What code for single operations asks of the body they belong to. */
export interface BodyContext {
  readonly state: ProgramState;
  readonly builder: Builder;
  locationOf(node: Node): Location;
  /** The node in memory, dense. */
  arrayOf(node: Node): ArrayPlace;
  /** One element, in a register. */
  elementOf(node: Node, at: number): Operand;
  /** A scalar operation applied. */
  compute(node: Node, args: readonly Operand[]): Operand;
  /** Memory for the result of a node: where it is wanted, or fresh. */
  targetOf(node: Node, type?: TensorType): ArrayPlace;
  /** Memory that this body may use and write over. */
  fresh(type: Pick<TensorType, "shape" | "dtype">, name?: string): ArrayPlace;
  /** The memory of `input` for the result of `node`, if nothing reads it any more. */
  takeOver(node: Node, input: Node): ArrayPlace | undefined;
  isInlineView(node: Node): boolean;
  storeElements(array: ArrayPlace, elements: readonly Operand[]): void;
  store(target: ArrayPlace, from: Location): void;
  /** Emits another body here. `targets`: where outputs had better be; `consumable`: inputs that may be written over. */
  run(
    body: Body,
    inputs: readonly Location[],
    targets?: readonly (ArrayPlace | undefined)[],
    consumable?: readonly boolean[],
  ): Location[];
}
