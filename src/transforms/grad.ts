import { scalarNode } from "../core/bind.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, NotDifferentiableError, ShapeError, ValueError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { describeValue, flatten } from "../core/tree.js";
import { formatType } from "../core/type.js";
import { rules } from "./bodies.js";
import { type Arguments, extract, flattenArguments, present, traceFunction } from "./functions.js";
import { reverse } from "./pullback.js";
import { instantiate } from "./tangent.js";
import type { AcceptsAll, GradientOf, ScalarResult, TreeFunction } from "./typing.js";

export interface GradOptions<N extends number | readonly number[] = number | readonly number[]> {
  /** Which argument or arguments to differentiate by, counted from 0; the first unless given. */
  readonly argnums?: N;
}

export interface AuxOptions<N extends number | readonly number[] = number | readonly number[]>
  extends GradOptions<N> {
  /** The function returns `[value, aux]`: only `value` is differentiated, `aux` (any tree) is handed out. */
  readonly hasAux: true;
}

type Chosen<Args extends readonly unknown[], N> = N extends readonly number[]
  ? { -readonly [K in keyof N]: N[K] extends number ? GradientOf<Args[N[K]]> : never }
  : N extends number
    ? number extends N
      ? GradientOf<Args[0]>
      : GradientOf<Args[N]>
    : never;

type AuxOf<F extends TreeFunction> =
  ReturnType<F> extends readonly [unknown, infer Aux] ? Aux : never;

/**
 * Gradient of a scalar function: `grad(f)(x)` is the tree of partial derivatives of `f` by its first argument
 * (or `argnums`), of the structure, shapes and dtypes of that argument; a number for a number.
 *
 * Throws ShapeError if `f` does not return a scalar, DTypeError if an argument to differentiate by is not float,
 * NotDifferentiableError where an operation has no derivative.
 */
export function grad<F extends TreeFunction, const N extends number | readonly number[] = 0>(
  f: F,
  options: AuxOptions<N>,
): <const A extends AcceptsAll<Parameters<F>>>(...args: A) => [Chosen<A, N>, AuxOf<F>];
export function grad<F extends TreeFunction, const N extends number | readonly number[] = 0>(
  f: F,
  options?: GradOptions<N>,
): <A extends AcceptsAll<Parameters<F>>>(...args: A) => Chosen<A, N>;
export function grad(f: TreeFunction, options: GradOptions & { readonly hasAux?: boolean } = {}) {
  return (...args: unknown[]): unknown => {
    const { gradient, aux } = differentiate("grad", f, args, options);
    return options.hasAux === true ? [gradient, aux] : gradient;
  };
}

/**
 * Value and gradient in one pass: `[f(x), grad(f)(x)]`; with `hasAux`, `[[value, aux], gradient]`.
 * Errors as for `grad`.
 */
export function valueAndGrad<
  F extends TreeFunction,
  const N extends number | readonly number[] = 0,
>(
  f: F,
  options: AuxOptions<N>,
): <A extends AcceptsAll<Parameters<F>>>(...args: A) => [[ScalarResult<A>, AuxOf<F>], Chosen<A, N>];
export function valueAndGrad<
  F extends TreeFunction,
  const N extends number | readonly number[] = 0,
>(
  f: F,
  options?: GradOptions<N>,
): <A extends AcceptsAll<Parameters<F>>>(...args: A) => [ScalarResult<A>, Chosen<A, N>];
export function valueAndGrad(
  f: TreeFunction,
  options: GradOptions & { readonly hasAux?: boolean } = {},
) {
  return (...args: unknown[]): unknown => {
    const { value, gradient, aux } = differentiate("valueAndGrad", f, args, options);
    return options.hasAux === true ? [[value, aux], gradient] : [value, gradient];
  };
}

function differentiate(
  operation: string,
  f: TreeFunction,
  values: readonly unknown[],
  options: GradOptions & { readonly hasAux?: boolean },
): { value: unknown; gradient: unknown; aux: unknown } {
  const args = flattenArguments(operation, values);
  const argnums = chosenArguments(operation, options.argnums ?? 0, values.length);
  const chosen = leavesOf(args, argnums);
  for (const at of chosen) requireFloatLeaf(operation, args, at);
  const allNumbers = args.numbers.every(Boolean);
  const { nodes, rest } = extract(
    operation,
    (trace) => {
      let aux: unknown;
      const main = (...inner: never[]): unknown => {
        const result = f(...inner);
        if (options.hasAux !== true) return result;
        if (!Array.isArray(result) || result.length !== 2) {
          throw new ValueError(operation, {
            expected: "[value, aux] (hasAux is set)",
            received: describeValue(result),
          });
        }
        aux = result[1];
        return result[0];
      };
      const traced = traceFunction(operation, main, args, trace);
      const output = scalarOutput(operation, traced.outputs);
      const wrt = chosen.map((at) => traced.inputs[at] as Tensor);
      const swept = reverse([output], wrt, trace.depth, rules);
      const pulled = swept.pull([{ node: scalarNode(1, { ...output.type, weak: false }) }]);
      const gradients = pulled.map((tangent, i) => instantiate(tangent, (wrt[i] as Tensor).type));
      const extra = flatten(aux, operation);
      const auxNodes = extra.leaves.map(
        (leaf) => (typeof leaf === "object" ? leaf : undefined) as Tensor | undefined,
      );
      return {
        inputs: traced.inputs,
        nodes: [...swept.outputs, ...gradients, ...auxNodes.filter((node) => node !== undefined)],
        rest: extra,
      };
    },
    args.leaves,
  );
  const [value, ...others] = nodes as [Tensor, ...Tensor[]];
  const gradients = others
    .slice(0, chosen.length)
    .map((node, i) => present(node, args.numbers[chosen[i] as number] === true));
  let nextAux = chosen.length;
  const auxLeaves = rest.leaves.map((leaf) =>
    typeof leaf === "object" ? present(others[nextAux++] as Tensor, allNumbers) : leaf,
  );
  return {
    value: present(value, allNumbers),
    gradient: rebuild(values, options.argnums ?? 0, gradients, operation),
    aux: rest.definition.unflatten(auxLeaves),
  };
}

function chosenArguments(
  operation: string,
  argnums: number | readonly number[],
  count: number,
): number[] {
  return (typeof argnums === "number" ? [argnums] : argnums).map((argnum) => {
    if (Number.isInteger(argnum) && argnum >= -count && argnum < count)
      return argnum < 0 ? argnum + count : argnum;
    throw new ValueError(operation, {
      expected: count === 0 ? "at least one argument" : `argnums from 0 to ${count - 1}`,
      received: String(argnum),
    });
  });
}

/** Positions of the leaves that belong to the chosen arguments, argument by argument. */
function leavesOf(args: Arguments, argnums: readonly number[]): number[] {
  const root = /^\[(\d+)\]/;
  return argnums.flatMap((argnum) =>
    args.definition.paths.flatMap((path, at) =>
      Number(root.exec(path)?.[1]) === argnum ? [at] : [],
    ),
  );
}

function rebuild(
  values: readonly unknown[],
  argnums: number | readonly number[],
  leaves: unknown[],
  operation: string,
) {
  const count = values.length;
  const one = (argnum: number, from: number) => {
    const { definition } = flatten(values[argnum < 0 ? argnum + count : argnum], operation);
    return {
      tree: definition.unflatten(leaves.slice(from, from + definition.size)),
      next: from + definition.size,
    };
  };
  if (typeof argnums === "number") return one(argnums, 0).tree;
  let from = 0;
  return argnums.map((argnum) => {
    const { tree, next } = one(argnum, from);
    from = next;
    return tree;
  });
}

function requireFloatLeaf(operation: string, args: Arguments, at: number): void {
  const leaf = args.leaves[at] as Tensor;
  if (isFloat(leaf.dtype)) return;
  throw new DTypeError(operation, {
    expected: "float tensors to differentiate by",
    received: `${formatType(leaf.type)} at argument ${args.definition.paths[at]}`,
    fix: 'choose other `argnums`, close over it, or cast it to "f32" or "f64"',
  });
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
  if (!isFloat(output.dtype)) {
    throw new NotDifferentiableError(output.primitive.name, {
      expected: "a float result to differentiate",
      received: `${formatType(output.type)} from ${output.primitive.name}`,
    });
  }
  return output;
}
