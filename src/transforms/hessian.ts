import {
  type AnyOptions,
  type Argnums,
  type AuxOptions,
  chooseArguments,
  type GradOptions,
} from "./argnums.js";
import { present } from "./functions.js";
import { grad } from "./grad.js";
import { jacobianAt, jacrev } from "./jacobian.js";
import { pushAt } from "./jvp.js";
import type {
  AcceptsAll,
  AuxOf,
  Chosen,
  GradientOf,
  HessianOf,
  TreeFunction,
  ValueOf,
} from "./typing.js";

/**
 * Second derivatives of `f` by its first argument (or `argnums`): forward over reverse, all directions at once.
 * For a scalar `f` the tree of the argument twice, one inside the other, with blocks of shape
 * [...first, ...second] at its leaves (numbers where both are numbers); in place of each leaf of the result if
 * `f` has several. With `hasAux`, `[hessian, aux]`. Errors as for `jacobian`.
 */
export function hessian<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(
    ...args: A
  ): [HessianOf<ValueOf<F>, Chosen<A, N>>, AuxOf<F>];
  (...args: Parameters<F>): [HessianOf<ValueOf<F>, Chosen<Parameters<F>, N>>, AuxOf<F>];
};
export function hessian<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): HessianOf<ReturnType<F>, Chosen<A, N>>;
  (...args: Parameters<F>): HessianOf<ReturnType<F>, Chosen<Parameters<F>, N>>;
};
export function hessian(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown =>
    jacobianAt(
      "hessian",
      "forward",
      jacrev(f, options as GradOptions),
      args,
      options,
      (output, numbers) => numbers[output % numbers.length] === true,
    );
}

/**
 * Hessian times vector, without the Hessian: the derivative of the gradient of a scalar `f` by its first argument
 * (or `argnums`) along `tangents`, forward over reverse, at the cost of a few evaluations of `f`. `primals` and
 * `tangents` are the lists of all arguments and of their tangents. With `hasAux`, `[product, aux]`.
 * Errors as for `grad` and `jvp`.
 */
export function hvp<
  F extends TreeFunction,
  A extends AcceptsAll<Parameters<F>>,
  const N extends Argnums = 0,
>(
  f: F,
  primals: readonly [...A],
  tangents: Readonly<AcceptsAll<Parameters<F>>>,
  options: AuxOptions<N>,
): [GradientOf<Chosen<A, N>>, AuxOf<F>];
export function hvp<
  F extends TreeFunction,
  A extends AcceptsAll<Parameters<F>>,
  const N extends Argnums = 0,
>(
  f: F,
  primals: readonly [...A],
  tangents: Readonly<AcceptsAll<Parameters<F>>>,
  options?: GradOptions<N>,
): GradientOf<Chosen<A, N>>;
export function hvp(
  f: TreeFunction,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  options: AnyOptions = {},
): unknown {
  const gradient = grad(f, options as GradOptions) as TreeFunction;
  const pushed = pushAt("hvp", gradient, primals, tangents, options.hasAux);
  const { numbers } = chooseArguments("hvp", options.argnums, pushed.args, primals);
  const product = pushed.definition.unflatten(
    pushed.tangents.map((node, i) => present(node, numbers[i] === true)),
  );
  return options.hasAux === true ? [product, pushed.aux] : product;
}
