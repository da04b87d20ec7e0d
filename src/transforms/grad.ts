import { scalarNode } from "../core/bind.js";
import { isFloat } from "../core/dtype.js";
import { NotDifferentiableError, ShapeError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { formatType } from "../core/type.js";
import {
  type AnyOptions,
  type Argnums,
  type AuxOptions,
  chooseArguments,
  type GradOptions,
  withAux,
} from "./argnums.js";
import { extract, flattenArguments, present, traceFunction } from "./functions.js";
import { reverse } from "./pullback.js";
import { instantiate } from "./tangent.js";
import type {
  AcceptsAll,
  AuxOf,
  Chosen,
  GradientOf,
  ScalarResult,
  TreeFunction,
} from "./typing.js";

/**
 * Gradient of a scalar function: `grad(f)(x)` is the tree of partial derivatives of `f` by its first argument
 * (or `argnums`), of the structure, shapes and dtypes of that argument; a number for a number (a tensor inside
 * another transform). With `hasAux`, `[gradient, aux]`.
 *
 * Throws ShapeError if `f` does not return a scalar, DTypeError if an argument to differentiate by is not float,
 * NotDifferentiableError where an operation has no derivative.
 */
export function grad<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): [GradientOf<Chosen<A, N>>, AuxOf<F>];
  (...args: Parameters<F>): [GradientOf<Chosen<Parameters<F>, N>>, AuxOf<F>];
};
export function grad<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): GradientOf<Chosen<A, N>>;
  (...args: Parameters<F>): GradientOf<Chosen<Parameters<F>, N>>;
};
export function grad(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown => {
    const { gradient, aux } = differentiate("grad", f, args, options, false);
    return options.hasAux === true ? [gradient, aux] : gradient;
  };
}

/**
 * Value and gradient in one pass: `[f(x), grad(f)(x)]`; with `hasAux`, `[[value, aux], gradient]`.
 * Errors as for `grad`.
 */
export function valueAndGrad<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(
    ...args: A
  ): [[ScalarResult<A>, AuxOf<F>], GradientOf<Chosen<A, N>>];
  (
    ...args: Parameters<F>
  ): [[ScalarResult<Parameters<F>>, AuxOf<F>], GradientOf<Chosen<Parameters<F>, N>>];
};
export function valueAndGrad<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): [ScalarResult<A>, GradientOf<Chosen<A, N>>];
  (...args: Parameters<F>): [ScalarResult<Parameters<F>>, GradientOf<Chosen<Parameters<F>, N>>];
};
export function valueAndGrad(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown => {
    const { value, gradient, aux } = differentiate("valueAndGrad", f, args, options, true);
    return options.hasAux === true ? [[value, aux], gradient] : [value, gradient];
  };
}

function differentiate(
  operation: string,
  f: TreeFunction,
  values: readonly unknown[],
  options: AnyOptions,
  withValue: boolean,
): { value: unknown; gradient: unknown; aux: unknown } {
  const args = flattenArguments(operation, values);
  const wanted = chooseArguments(operation, options.argnums, args, values);
  const { nodes, rest: aux } = extract(
    operation,
    (trace) => {
      const calls = withAux(operation, f, options.hasAux);
      const traced = traceFunction(operation, calls.main, args, trace);
      const output = scalarOutput(operation, traced.outputs);
      const wrt = wanted.positions.map((at) => traced.inputs[at] as Tensor);
      const swept = reverse([output], wrt, trace.depth);
      const pulled = swept.pull([{ node: scalarNode(1, { ...output.type, weak: false }) }]);
      const gradients = pulled.map((tangent, i) => instantiate(tangent, (wrt[i] as Tensor).type));
      const rest = calls.aux();
      return {
        inputs: traced.inputs,
        nodes: [...gradients, ...rest.nodes, ...(withValue ? swept.outputs : [])],
        rest,
      };
    },
    args.leaves,
  );
  const count = wanted.positions.length;
  const kept = count + aux.nodes.length;
  const gradients = nodes
    .slice(0, count)
    .map((node, i) => present(node as Tensor, wanted.numbers[i] === true));
  const allNumbers = args.numbers.every(Boolean);
  const value = nodes[kept];
  return {
    value: value === undefined ? undefined : present(value as Tensor, allNumbers),
    gradient: wanted.definition.unflatten(gradients),
    aux: aux.restore(nodes.slice(count, kept) as Tensor[], allNumbers),
  };
}

/** The one scalar float among the outputs, or an error that says what came. */
export function scalarOutput(operation: string, outputs: readonly Tensor[]): Tensor {
  const [output] = outputs;
  if (outputs.length !== 1 || output === undefined || output.shape.length !== 0) {
    throw new ShapeError(operation, {
      expected: "a function that returns one scalar",
      received:
        outputs.length === 1
          ? `one that returns ${formatType((output as Tensor).type)}`
          : `${outputs.length} results`,
      fix: "sum or average the result, use `hasAux` for further results, or jacobian for several outputs",
    });
  }
  requireFloatOutput(output);
  return output;
}

/** Throws NotDifferentiableError for an integer or boolean result. */
export function requireFloatOutput(output: Tensor): void {
  if (isFloat(output.dtype)) return;
  throw new NotDifferentiableError(output.primitive.name, {
    expected: "a float result to differentiate",
    received: `${formatType(output.type)} from ${output.primitive.name}`,
  });
}
