import type { Body } from "./body.js";
import type { Node, Tensor } from "./node.js";
import type { Inputs } from "./primitive.js";
import type { TensorType } from "./type.js";

/**
 * How an operation becomes code: data that every emitter reads. No emitter knows an operation by name;
 * it knows these few kinds and the scalar instructions.
 */
export type Lowering<P> =
  /** One scalar instruction per element, applied to the elements of the inputs in order. */
  | { readonly kind: "scalar"; readonly instruction: string }
  /** Folds elements along `axes(params)` with an associative instruction, starting from its identity. */
  | { readonly kind: "reduce"; readonly combine: Combine; axes(params: P): readonly number[] }
  /** Running fold along one axis. */
  | {
      readonly kind: "scan";
      readonly combine: Combine;
      axis(params: P): number;
      reverse(params: P): boolean;
    }
  /** Output element i reads input element `offset + Σ strides·i` (in elements of a dense input): costs nothing. */
  | {
      readonly kind: "view";
      map(inputs: Inputs<TensorType>, params: P, output: TensorType): AffineMap;
    }
  /** Sum over products of two inputs: axes shared and kept, shared and summed. */
  | {
      readonly kind: "contraction";
      axes(params: P): { readonly batch: AxisPairs; readonly contract: AxisPairs };
    }
  /** Runs the bodies its parameters hold. */
  | { readonly kind: "loop"; bodies(params: P): readonly Body[] }
  /** A loop nest of its own (gather, scatter, sort, …), named for the compiler's list of kernels. */
  | { readonly kind: "kernel"; readonly kernel: string }
  /** Other operations compute it. */
  | { readonly kind: "decompose"; decompose(inputs: Inputs<Tensor>, params: P): Node };

export type Combine = "add" | "multiply" | "maximum" | "minimum" | "and" | "or" | "logAddExp";

export type AxisPairs = readonly (readonly [number, number])[];

export interface AffineMap {
  readonly offset: number;
  readonly strides: readonly number[];
}

export function scalar(instruction: string): {
  readonly kind: "scalar";
  readonly instruction: string;
} {
  return { kind: "scalar", instruction };
}
