import type { EmitContext } from "../../core/emit.js";
import type { ArrayPlace } from "../../core/kernel.js";
import type { Node } from "../../core/node.js";
import type { TensorType } from "../../core/type.js";
import type { Operand } from "../../program/types.js";
import type { ProgramState } from "./program-state.js";

/** What code for single operations asks of the body they belong to. */
export interface BodyContext extends EmitContext {
  readonly state: ProgramState;
  /** One element, in a register. */
  elementOf(node: Node, at: number): Operand;
  /** Memory for the result of a node: where it is wanted, or fresh. */
  targetOf(node: Node, type?: TensorType): ArrayPlace;
  /** The memory of `input` for the result of `node`, if nothing reads it any more. */
  takeOver(node: Node, input: Node): ArrayPlace | undefined;
  isInlineView(node: Node): boolean;
  /** Emits before the loop around what depends on a node at `array` alone, if that is the same in all its steps. */
  beforeLoop<T>(node: Node, array: ArrayPlace, build: () => T): T | undefined;
}
