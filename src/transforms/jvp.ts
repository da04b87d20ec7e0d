import { parameterNode } from "../core/bind.js";
import { inlineBody } from "../core/close.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { withTrace } from "../core/trace.js";
import { checkSameTree, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, sameType } from "../core/type.js";
import { type Zero, zero } from "../core/zero.js";
import { cast } from "../ops/cast.js";
import { carriesTangent, refuseSevered } from "./activity.js";
import { withAux } from "./argnums.js";
import { type Arguments, extract, flattenArguments, present, traceFunction } from "./functions.js";
import { pushforward } from "./pushforward.js";
import { split } from "./split.js";
import { instantiate, type MaybeTangent, tangentOf, zerosOf } from "./tangent.js";
import type { AcceptsAll, AuxOf, ResultOf, TreeFunction, ValueOf } from "./typing.js";

/**
 * Forward mode: `[f(…primals), derivative of f at primals along tangents]`. `primals` and `tangents` are the
 * lists of arguments and of their tangents (same structure, shapes and dtypes; those of integers are ignored).
 * With `hasAux`, `f` returns `[value, aux]` and the result is `[value, derivative, aux]`.
 * Throws TreeError, ShapeError or DTypeError where they differ.
 */
export function jvp<F extends TreeFunction, A extends AcceptsAll<Parameters<F>>>(
  f: F,
  primals: readonly [...A],
  tangents: Readonly<AcceptsAll<Parameters<F>>>,
  options: { readonly hasAux: true },
): [ResultOf<A, ValueOf<F>>, ResultOf<A, ValueOf<F>>, AuxOf<F>];
export function jvp<F extends TreeFunction, A extends AcceptsAll<Parameters<F>>>(
  f: F,
  primals: readonly [...A],
  tangents: Readonly<AcceptsAll<Parameters<F>>>,
): [ResultOf<A, ReturnType<F>>, ResultOf<A, ReturnType<F>>];
export function jvp(
  f: TreeFunction,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  options: { readonly hasAux?: boolean } = {},
): unknown {
  const pushed = pushAt("jvp", f, primals, tangents, options.hasAux);
  const asNumbers = pushed.args.numbers.every(Boolean);
  const tree = (leaves: readonly Tensor[]): unknown =>
    pushed.definition.unflatten(leaves.map((leaf) => present(leaf, asNumbers)));
  const results = [tree(pushed.values), tree(pushed.tangents)];
  return options.hasAux === true ? [...results, pushed.aux] : results;
}

export interface Pushed {
  readonly args: Arguments;
  readonly values: readonly Tensor[];
  readonly tangents: readonly Tensor[];
  /** The tree of values, and of tangents. */
  readonly definition: TreeDefinition;
  readonly aux: unknown;
}

/** Forward mode, flat: for transforms made of it. */
export function pushAt(
  operation: string,
  f: TreeFunction,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  hasAux: boolean | undefined,
): Pushed {
  const args = flattenArguments(operation, primals);
  const directions = matchTangents(operation, "tangents", args, tangents);
  const { nodes, rest } = extract(
    operation,
    (trace) => {
      const calls = withAux(operation, f, hasAux);
      const traced = traceFunction(operation, calls.main, args, trace);
      const seeds = new Map<Node, MaybeTangent>();
      traced.inputs.forEach((input, i) => {
        seeds.set(input, carriesTangent(input.type) ? { node: directions[i] as Tensor } : zero);
      });
      const live = traced.inputs.filter((input) => carriesTangent(input.type));
      refuseSevered(live, traced.outputs, trace.depth);
      const pushed = pushforward(traced.outputs, seeds, trace.depth);
      const results = pushed.map((tangent, i) =>
        instantiate(tangent, (traced.outputs[i] as Tensor).type),
      );
      const aux = calls.aux();
      return {
        inputs: traced.inputs,
        nodes: [...traced.outputs, ...results, ...aux.nodes],
        rest: { definition: traced.definition, aux },
      };
    },
    args.leaves,
  );
  const { size } = rest.definition;
  return {
    args,
    values: nodes.slice(0, size) as Tensor[],
    tangents: nodes.slice(size, 2 * size) as Tensor[],
    definition: rest.definition,
    aux: rest.aux.restore(nodes.slice(2 * size), args.numbers.every(Boolean)),
  };
}

/** Tangents of the structure and types of the arguments; numbers take the dtype of what they belong to. */
export function matchTangents(
  operation: string,
  what: string,
  expected: Pick<Arguments, "leaves" | "definition">,
  given: unknown,
): Tensor[] {
  checkSameTree(operation, what, expected.definition, flatten(given, operation).definition);
  return flattenArguments(operation, given as readonly unknown[]).leaves.map((leaf, i) => {
    const { type } = expected.leaves[i] as Tensor;
    const path = expected.definition.paths[i] ?? "";
    if (!carriesTangent(type)) return zerosOf(type);
    const tangent = leaf.type.weak ? (cast(leaf, type.dtype) as Tensor) : leaf;
    if (sameType(tangent.type, type)) return tangent;
    const complaint = {
      expected: `${what} of type ${formatType(type)}${path === "" ? "" : ` at ${path}`}`,
      received: formatType(leaf.type),
    };
    throw tangent.dtype === type.dtype
      ? new ShapeError(operation, complaint)
      : new DTypeError(operation, complaint);
  });
}

/**
 * `[f(…primals), df]` where `df(…tangents)` is the derivative of `f` there, a linear function. What depends on
 * the primals alone is computed once.
 */
export function linearize<F extends TreeFunction, A extends AcceptsAll<Parameters<F>>>(
  f: F,
  ...primals: A
): [
  ResultOf<A, ReturnType<F>>,
  <T extends AcceptsAll<Parameters<F>>>(...tangents: T) => ResultOf<T, ReturnType<F>>,
];
export function linearize(f: TreeFunction, ...primals: unknown[]): unknown {
  const args = flattenArguments("linearize", primals);
  const asNumbers = args.numbers.every(Boolean);
  const { nodes, rest } = extract(
    "linearize",
    (trace) => {
      const traced = traceFunction("linearize", f, args, trace);
      const linear = withTrace("linearize", (inner) => {
        const tangents = traced.inputs.map((input) =>
          carriesTangent(input.type) ? parameterNode(input.type, inner) : zero,
        );
        const seeds = new Map<Node, MaybeTangent>(
          traced.inputs.map((input, i) => [input, tangentOf(tangents[i] as Node | Zero)]),
        );
        const pushed = pushforward(traced.outputs, seeds, trace.depth);
        const results = pushed.map((tangent, i) =>
          instantiate(tangent, (traced.outputs[i] as Tensor).type),
        );
        return {
          tangents,
          ...split(
            results,
            tangents.filter((node) => node !== zero),
            inner,
            trace.depth,
          ),
        };
      });
      const { definition } = traced;
      return {
        inputs: traced.inputs,
        nodes: [...traced.outputs, ...linear.residuals],
        rest: { definition, tangents: linear.tangents, body: linear.body },
      };
    },
    args.leaves,
  );
  const { definition, tangents, body } = rest;
  const residuals = nodes.slice(definition.size);
  const apply = (...directions: unknown[]): unknown => {
    const given = matchTangents("linearize", "tangents", args, directions).filter(
      (_, i) => tangents[i] !== zero,
    );
    const numbers = flattenArguments("linearize", directions).numbers.every(Boolean);
    const results = inlineBody(body, [...residuals, ...given]);
    return definition.unflatten(results.map((node) => present(node as Tensor, numbers)));
  };
  const outputs = nodes.slice(0, definition.size).map((node) => present(node as Tensor, asNumbers));
  return [definition.unflatten(outputs), apply];
}
