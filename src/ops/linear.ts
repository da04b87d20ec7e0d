import type { Tensor } from "../core/node.js";
import type { Derivative, Inputs } from "../core/primitive.js";

/** What an operation that is linear in some of its inputs says of that. */
export interface LinearSpec<P> {
  /** Inputs that it is jointly linear in; the first alone unless given. */
  groups?(count: number): readonly (readonly number[])[];
  /** The cotangent of input `at`. */
  transpose(cotangent: Tensor, at: number, inputs: Inputs<Tensor>, params: P): Tensor;
  /** Where that is zero by structure; found as the cotangent is unless given. */
  support?(condition: Tensor, at: number, inputs: Inputs<Tensor>, params: P): Tensor;
}

/** The derivative of a linear operation with one result, which takes cotangents back and the conditions they stand under. */
export function linear<P>(spec: LinearSpec<P>): Derivative<P> {
  const { groups = () => [[0]], transpose, support = transpose } = spec;
  return {
    kind: "linear",
    groups,
    transpose: ([cotangent], ...rest) => transpose(cotangent as Tensor, ...rest),
    support,
  };
}
