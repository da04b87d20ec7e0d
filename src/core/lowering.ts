import type { Builder } from "../program/builder.js";
import type { MathSequence } from "../program/sequence.js";
import type { Operand } from "../program/types.js";
import type { Body } from "./body.js";
import { type DType, isFloat } from "./dtype.js";
import type { EmitContext, Location } from "./emit.js";
import type { KernelContext } from "./kernel.js";
import type { Node, Tensor } from "./node.js";
import type { Inputs } from "./primitive.js";
import type { Shape } from "./shape.js";
import type { TensorType } from "./type.js";

/**
 * How an operation becomes code: data that every emitter reads. No emitter knows an operation by name;
 * it knows these few kinds and the scalar instructions.
 */
export type Lowering<P> =
  /**
   * One scalar instruction per element, applied to the elements of the inputs in order: by a name, of real numbers
   * as a sequence of instructions, or as code of its own. Where there is none, by name or for the dtype, compiled
   * programs call `evaluate`.
   */
  | { readonly kind: "scalar"; readonly instruction: Instruction }
  /** Folds elements along `axes(params)` with an associative instruction, starting from its identity. */
  | { readonly kind: "reduce"; readonly combine: Combine; axes(params: P): readonly number[] }
  /** Running fold along one axis; by a sequence in floating point alone. */
  | {
      readonly kind: "scan";
      readonly combine: Combine | MathSequence;
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
  /** Runs the body on the inputs. */
  | { readonly kind: "call"; body(params: P): Body }
  /** Runs the branch that the first input names (bool, or i32: the nearest that there is) on the others. */
  | {
      readonly kind: "branch";
      branches(params: P): readonly Body[];
      readonly emit: Emit<readonly Body[]>;
    }
  /** Runs a body step by step over slices of the inputs behind the carries. */
  | { readonly kind: "steps"; steps(params: P): Steps; readonly emit: Emit<Steps> }
  /** Runs a body on what is carried while a condition over it holds. */
  | { readonly kind: "while"; loop(params: P): WhileSteps; readonly emit: Emit<WhileSteps> }
  /** A loop nest of its own (gather, scatter, sort, …). */
  | {
      readonly kind: "kernel";
      /** Unless given, and where `inline` says nothing, compiled programs call `evaluate`. */
      kernel?(context: KernelContext<P>): void;
      /** The kernel is for floating point alone. */
      readonly floats?: boolean;
      /** The input whose memory the result may take: the kernel then writes only what changes. */
      readonly inPlace?: number;
      /** Where a single element is easily told. */
      readonly inline?: Inline<P>;
    }
  /** A tape of no steps, or the number of steps of the longest of several. */
  | { readonly kind: "tape"; emit(body: EmitContext, node: Node): Location }
  /** Other operations compute it. */
  | {
      readonly kind: "decompose";
      /** Right for integers too, not for floating point alone. */
      readonly integers?: boolean;
      decompose(inputs: Inputs<Tensor>, params: P): Node;
    };

/** Builds the code that runs bodies; with the operation, so that only programs with loops bring it along. */
export type Emit<T> = (body: EmitContext, node: Node, parts: T) => Location;

/** A loop: inputs are constants, carries, then stacked slices or tapes; outputs carries, then slices. */
export interface Steps {
  readonly body: Body;
  readonly consts: number;
  readonly carries: number;
  /** Number of steps; null: the first input, before all others, tells it (i32). */
  readonly length: number | null;
  readonly reverse: boolean;
}

/** A loop of unknown length: inputs are constants of the condition, then of the body, then carries. */
export interface WhileSteps {
  readonly condition: Body;
  readonly conditionConsts: number;
  readonly body: Body;
  readonly consts: number;
  readonly carries: number;
}

/** What one element of the result is. */
export type Inline<P> =
  /** The first input moved by `low`, where that lies inside it; the second, a scalar, elsewhere. */
  | { readonly kind: "pad"; low(params: P): readonly number[]; applies(params: P): boolean }
  /** The index along an axis. */
  | { readonly kind: "iota"; axis(params: P): number }
  /** The inputs one after another along an axis. */
  | { readonly kind: "concatenate"; axis(params: P): number }
  /** Slices of the first input, at places that depend on the second. */
  | {
      readonly kind: "gather";
      /** None where a slice is not easily told. */
      taken(inputs: Inputs<TensorType>, params: P): Taken<P> | undefined;
    };

/** [outer…, indexed…, slice…] becomes [outer…, places…, slice…]. */
export interface Taken<P = never> {
  readonly outer: Shape;
  readonly indexed: Shape;
  readonly places: Shape;
  readonly slice: Shape;
  /** Writes the place of each slice, in slices. */
  find(context: KernelContext<P>): void;
}

export type Combine = "add" | "multiply" | "maximum" | "minimum" | "and" | "or";

/** What folding nothing gives: the number that leaves any other as it is. */
export function neutral(combine: Combine, dtype: DType): number {
  switch (combine) {
    case "maximum":
      return isFloat(dtype) ? -Infinity : dtype === "i32" ? -(2 ** 31) : 0;
    case "minimum":
      if (isFloat(dtype)) return Infinity;
      return dtype === "i32" ? 2 ** 31 - 1 : dtype === "u32" ? 2 ** 32 - 1 : 1;
    default:
      return Number(combine === "multiply" || combine === "and");
  }
}

export type Instruction = string | MathSequence | ElementCode;

/** Code of an operation's own for one element, written out wherever it is used. */
export interface ElementCode {
  readonly name: string;
  /** The result for elements of the inputs; undefined where there is no code for the dtype of the last. */
  code(b: Builder, args: readonly [Operand, Operand, Operand], dtype: DType): Operand | undefined;
  /** About as quick as a load: computed again rather than kept. */
  readonly cheap?: boolean;
}

const cheap: ReadonlySet<string> = /* @__PURE__ */ new Set(
  "add subtract multiply negative abs square select mask maximum minimum less lessEqual greater greaterEqual equal notEqual not and or xor cast sign".split(
    " ",
  ),
);

/** Whether an instruction costs about as much as a load. */
export function isCheap(instruction: Instruction): boolean {
  if (typeof instruction === "string") return cheap.has(instruction);
  return "code" in instruction && instruction.cheap === true;
}

export type AxisPairs = readonly (readonly [number, number])[];

export interface AffineMap {
  readonly offset: number;
  readonly strides: readonly number[];
}

export function scalar(instruction: Instruction): {
  readonly kind: "scalar";
  readonly instruction: Instruction;
} {
  return { kind: "scalar", instruction };
}

/** The graphs that an operation holds and runs. */
export function bodiesOf<P>(lower: Lowering<P>, params: P): readonly Body[] {
  switch (lower.kind) {
    case "call":
      return [lower.body(params)];
    case "branch":
      return lower.branches(params);
    case "steps":
      return [lower.steps(params).body];
    case "while": {
      const { condition, body } = lower.loop(params);
      return [condition, body];
    }
    default:
      return [];
  }
}

/** Whether the operation runs graphs that it holds. */
export function holdsBodies({ kind }: Lowering<never>): boolean {
  return kind === "call" || kind === "branch" || kind === "steps" || kind === "while";
}
