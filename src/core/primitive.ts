import type { Body } from "./body.js";
import type { DType } from "./dtype.js";
import type { Lowering } from "./lowering.js";
import type { Node, Tensor } from "./node.js";
import type { Shape } from "./shape.js";
import type { ArrayValue, TensorType, Type, Value } from "./type.js";
import type { Zero } from "./zero.js";

/** Inputs of a rule: as many as the operation has; destructure those only. */
export type Inputs<T> = readonly [T, T, T, T, ...T[]];

/** An operation: one object that answers every question about itself. `P` is the type of its parameters. */
export interface Primitive<P = any> {
  /** The name it is exported, printed and serialised by. */
  readonly name: string;
  /** LaTeX of the result; each input comes as LaTeX that may stand as a factor. Unless given, name(x, y). */
  latex?(inputs: Inputs<string>, params: P): string;
  /** Infix, prefix or postfix notation in text, with its precedence (10 sums, 20 products, 30 prefix, 40 powers). */
  readonly notation?: Notation;
  /** How people call it, where that is not the name on the inputs: the public function, with parameters as it takes them. */
  spoken?(params: P, inputs: readonly Shape[]): Spoken;
  /** One sentence: meaning, conventions, source of the formula. */
  readonly doc?: string;
  /** Where generated tests draw each input from, edge points included. The last one serves any further input. */
  readonly domain?: readonly Interval[];
  /** Inputs and parameters the generated tests run, beside those made from the arity and `domain`; a function if they hold bodies. */
  readonly cases?: readonly Case<P>[] | (() => readonly Case<P>[]);
  /** Type of the result; throws ShapeError or DTypeError naming the operation. The only statement of it. */
  type(inputs: Inputs<TensorType>, params: P): Type;
  /** The meaning. Every backend is tested against it. */
  evaluate(inputs: Inputs<ArrayValue>, params: P, type: TensorType): Value;
  readonly derivative: Derivative<P>;
  /** How it is applied along an extra axis of some inputs. */
  readonly batch: BatchRule<P> | InFront<P>;
  readonly lower: Lowering<P>;
  /** Other operations that give the very same in special cases, at less cost. */
  simplify?(inputs: Inputs<Tensor>, params: P): Node | undefined;
  /** `total` plus the result, where that takes less than to add the two: what is 0 almost everywhere. */
  addedTo?(total: Tensor, inputs: Inputs<Tensor>, params: P): Node | undefined;
  /** For operations that hold bodies: the parameters with these rewritten, node by node, by `settle`. */
  settleBodies?(params: P, settle: (node: Node) => Node): P;
  /** The operation without some of its results, for operations that hold bodies. */
  part?(params: P, wanted: readonly boolean[]): Part<P>;
  /** True when evaluating can throw for some values (an index out of range): such nodes compute at once where they can. */
  readonly mayFail?: boolean | ((params: P) => boolean);
}

/** An operation that gives only some of the results of another. */
export interface Part<P> {
  readonly params: P;
  /** Which of the inputs it takes. */
  readonly inputs: readonly number[];
  /** Which of the results it gives: those wanted, perhaps more. */
  readonly elements: readonly number[];
}

/** A call of public functions, as data: an input by its position, a list, data, or a call of these. */
export type Spoken = number | readonly Spoken[] | { readonly data: unknown } | SpokenCall;

export interface SpokenCall {
  readonly call: string;
  readonly of: readonly Spoken[];
  readonly options?: Readonly<Record<string, unknown>>;
  /** For reading only: no public function takes just this. */
  readonly informal?: boolean;
}

export interface Notation {
  readonly symbol: string;
  readonly precedence: number;
  readonly prefix?: boolean;
  readonly postfix?: boolean;
}

/** A range tests sample uniformly, and exact points they add. Open at singular ends: put those in `edges`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Kinks, poles, limits: values and derivatives are checked there against the stated convention, not differences. */
  readonly edges?: readonly number[];
}

export interface CaseInput {
  readonly shape: Shape;
  /** f64 unless given. Tests run f64 cases in f32 too. */
  readonly dtype?: DType;
  /** Drawn from the primitive's domain unless given. */
  readonly interval?: Interval;
  readonly values?: readonly number[];
}

export interface Case<P> {
  readonly inputs: readonly CaseInput[];
  readonly params: P;
}

/** A local partial derivative ∂output/∂input of an elementwise operation. */
export type Partial = Tensor | number | Zero | Masked;

/**
 * A partial that is `value` where `where` holds and structurally zero elsewhere: what it masks contributes
 * exactly 0, also where `value` or the cotangent is infinite.
 */
export interface Masked {
  readonly where: Tensor;
  readonly value: Tensor | number;
}

/** Given inputs and output. `zero` in place of the function declares that the derivative vanishes everywhere. */
export type PartialRule<P> =
  | Zero
  | ((inputs: Inputs<Tensor>, output: Tensor, params: P) => Partial);

export type MaybeZero = Tensor | Zero;

/** What the rules of a tuple operation give and take: one entry per element. A tensor operation uses one entry. */
export type Tangents = readonly MaybeZero[];

export type Derivative<P> =
  /** Acts element by element. One rule per input; `zero` declares a derivative that vanishes everywhere. */
  | { readonly kind: "elementwise"; readonly partials: readonly PartialRule<P>[] }
  /**
   * Linear in each group of inputs, jointly within a group (`concatenate`: one group; `matmul`: two of one input).
   * `groups` may depend on the number of inputs. `transpose` returns the cotangent of input `at` (which is in a
   * group); of inputs in that group it may read the types only. Tuple operations get one cotangent per element.
   */
  | {
      readonly kind: "linear";
      groups(count: number, params: P): readonly (readonly number[])[];
      transpose(cotangents: Tangents, at: number, inputs: Inputs<Tensor>, params: P): MaybeZero;
      /** Where `transpose` gives a structural zero, given a condition outside which the cotangent is one. */
      support?(condition: Tensor, at: number, inputs: Inputs<Tensor>, params: P): Tensor;
    }
  /**
   * `jvp` gives the output tangents (never all-zero inputs), written in operations that are themselves
   * differentiable, linear in the tangents. `vjp`, where given, is used in reverse mode instead of transposing
   * `jvp`: it may replace the output by one that also keeps residuals.
   */
  | {
      readonly kind: "general";
      jvp?(
        inputs: Inputs<Tensor>,
        tangents: Tangents,
        outputs: Inputs<Tensor>,
        params: P,
      ): Tangents;
      vjp?(inputs: Inputs<Tensor>, active: readonly boolean[], params: P): Pullback;
      /** Why `jvp` is missing, for the error in forward mode. */
      readonly noJvp?: string;
      /** Inputs by position that never carry a derivative (indices, predicates); default: none. */
      inert?(count: number, params: P): readonly number[];
      /**
       * How a derivative flows to each output, for operations that hold bodies. Unless given it flows from every
       * input that is not inert to every float output.
       */
      flow?(inputs: readonly Flow[], params: P, through: BodyFlow): readonly Flow[];
    }
  /** Not differentiable, and why: integer or boolean results such as argmax. */
  | { readonly kind: "none"; readonly why: string };

/** Whether a value depends differentiably on what one differentiates by, or through an operation that cuts this. */
export type Flow = "active" | Severed | undefined;

/** A value that depends on the inputs through an operation without a derivative (argmax, …), and which. */
export interface Severed {
  readonly operation: string;
  readonly why: string;
}

/** How a derivative flows through a body. */
export type BodyFlow = (body: Body, inputs: readonly Flow[]) => Flow[];

export interface Pullback {
  /** The outputs again, perhaps computed by a node that keeps residuals. */
  readonly outputs: readonly Node[];
  /** Cotangents of the outputs to cotangents of the inputs (read where `active`). */
  pull(cotangents: Tangents): readonly Pulled[];
}

/** A cotangent that is zero by structure (a branch not taken) unless a condition holds: one bool. */
export interface Conditional {
  readonly value: Tensor;
  condition(): Tensor;
}

export type Pulled = MaybeZero | Conditional;

export type Axis = number | undefined;

/** Of inputs and their batch axes (`undefined`: the input has none). */
export type BatchRule<P> = {
  rule(inputs: Inputs<Tensor>, axes: Inputs<Axis>, params: P, context: BatchContext): Batched;
}["rule"];

/** The operation itself, with the batch axis in front of every input and of the results: by its parameters there. */
export interface InFront<P> {
  inFront(params: P, size: number): P;
  /** The same with the batch axis behind the others, where that can be. */
  behind?(params: P, size: number): P;
}

/** Result and batch axis; for tuple operations one axis per element, whose nodes may be given one by one. */
export interface Batched {
  readonly output: Node | readonly Node[];
  readonly axes: readonly Axis[];
}

export interface BatchContext {
  /** Length of the mapped axis. */
  readonly size: number;
  /** Where rules had better put the mapped axis: behind the others; in front unless given. */
  readonly last?: boolean;
}
