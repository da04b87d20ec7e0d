import { bind, elementsOf } from "../core/bind.js";
import { DTypeError, ShapeError, TreeError } from "../core/errors.js";
import { Node, type Tensor } from "../core/node.js";
import type { MaybeZero, Primitive } from "../core/primitive.js";
import { checkSameTree, describeValue, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, sameType, type TensorType, type Type } from "../core/type.js";
import { zero } from "../core/zero.js";
import { cast } from "../ops/cast.js";
import { zerosOf } from "../ops/tape.js";
import { carriesTangent } from "../transforms/activity.js";
import type { AcceptsAll, TreeFunction } from "../transforms/typing.js";
import { type Call, traceCall } from "./call.js";
import { flattenTensors } from "./carry.js";
import {
  type CustomParams,
  customJvpOp,
  customVjpOp,
  type KeptForward,
  type PullRule,
  type PushRule,
} from "./custom.js";
import { spread } from "./step.js";
import type { Results } from "./typing.js";

/**
 * `f` with a forward-mode derivative of its own: `rule(primals, tangents)` takes the lists of arguments and of
 * their tangents and gives `[value, tangent]`, the tangent linear in the tangents and of the structure of the
 * value; `f` itself gives the value. Reverse mode transposes the rule; the rule's own operations are
 * differentiated for higher orders. Integer arguments come with zeros as tangents.
 *
 * `f` may read tensors of the function around it, but not ones that are differentiated: NotDifferentiableError
 * names them. TreeError, ShapeError or DTypeError for a tangent that does not fit.
 */
export function customJvp<F extends TreeFunction>(
  f: F,
  rule: (primals: Parameters<F>, tangents: Parameters<F>) => readonly [unknown, unknown],
): (...args: AcceptsAll<Parameters<F>>) => ReturnType<F> {
  return (...args) => {
    const call = traceCall("customJvp", f, args);
    return callCustom(customJvpOp, call, pushRule(rule as never, call)) as ReturnType<F>;
  };
}

/**
 * `f` with a reverse-mode derivative of its own: `forward(…args)` gives `[value, residuals]` (residuals: any tree),
 * `backward(residuals, cotangent)` the list of cotangents of the arguments, null for an argument without one.
 * Higher derivatives go through the operations of `forward` and `backward`; forward mode is an error.
 *
 * NotDifferentiableError in forward mode and for differentiated tensors `f` reads besides its arguments; TreeError,
 * ShapeError or DTypeError for cotangents that do not fit.
 */
export function customVjp<F extends TreeFunction, R>(
  f: F,
  forward: (...args: Parameters<F>) => readonly [unknown, R],
  backward: (residuals: R, cotangent: Results<ReturnType<F>>) => readonly unknown[],
): (...args: AcceptsAll<Parameters<F>>) => ReturnType<F> {
  return (...args) => {
    const call = traceCall("customVjp", f, args);
    const own = pullRule(forward as never, backward as never, call);
    return callCustom(customVjpOp, call, own) as ReturnType<F>;
  };
}

function callCustom<Rule>(
  primitive: Primitive<CustomParams<Rule>>,
  { body, captured, inputs, outputTree }: Call,
  rule: Rule,
): unknown {
  return outputTree.unflatten(elementsOf(bind(primitive, inputs, { body, captured, rule })));
}

function pushRule(rule: (primals: unknown, tangents: unknown) => unknown, call: Call): PushRule {
  const { inputTree, outputTree, body } = call;
  const types = body.outputs.map(({ type }) => type);
  return {
    push: (primals, tangents) => {
      const pair = pairOf(
        "customJvp",
        "a rule that returns [value, tangent]",
        rule(inputTree.unflatten(primals), inputTree.unflatten(tangents)),
      );
      checkSameTree("customJvp", "the value of the rule", outputTree, flatten(pair[0]).definition);
      return fittingLeaves("customJvp", "a tangent", pair[1], outputTree, types);
    },
  };
}

function pullRule(
  forward: (...args: unknown[]) => unknown,
  backward: (residuals: unknown, cotangent: unknown) => unknown,
  { inputTree, outputTree, body }: Call,
): PullRule {
  const types = body.outputs.map(({ type }) => type);
  return {
    forward: (primals): KeptForward => {
      const args = inputTree.unflatten(primals) as unknown[];
      const pair = pairOf(
        "customVjp",
        "a forward rule that returns [value, residuals]",
        forward(...args),
      );
      const kept = flatten(pair[1], "customVjp");
      const tensors = kept.leaves.map((leaf) => leaf instanceof Node);
      return {
        outputs: fittingLeaves("customVjp", "a value", pair[0], outputTree, types),
        residuals: kept.leaves.filter((leaf) => leaf instanceof Node),
        pull: (residuals, cotangents) => {
          const leaves = spread(tensors, residuals).map((node, i) => node ?? kept.leaves[i]);
          const given = outputTree.unflatten(cotangents);
          return argumentCotangents(
            args,
            primals,
            backward(kept.definition.unflatten(leaves), given),
          );
        },
      };
    },
  };
}

/** One cotangent per leaf of the arguments; null stands for those of a whole argument. */
function argumentCotangents(
  args: readonly unknown[],
  primals: readonly Node[],
  result: unknown,
): MaybeZero[] {
  if (!Array.isArray(result) || result.length !== args.length) {
    throw new TreeError("customVjp", {
      expected: `a backward rule that returns the list of ${args.length} cotangents`,
      received: Array.isArray(result) ? `a list of ${result.length}` : describeValue(result),
    });
  }
  let next = 0;
  return args.flatMap((arg, i): MaybeZero[] => {
    const { definition } = flatten(arg);
    const types = primals.slice(next, next + definition.size).map(({ type }) => type as TensorType);
    next += definition.size;
    if (result[i] === null || result[i] === undefined) return types.map((): MaybeZero => zero);
    return fittingLeaves("customVjp", `a cotangent of argument ${i}`, result[i], definition, types);
  });
}

function pairOf(operation: string, expected: string, value: unknown): readonly [unknown, unknown] {
  if (Array.isArray(value) && value.length === 2) return value as [unknown, unknown];
  throw new TreeError(operation, {
    expected,
    received: Array.isArray(value) ? `a list of ${value.length}` : describeValue(value),
  });
}

/** The leaves of a tree that must have this structure and these types; numbers take the dtype. */
function fittingLeaves(
  operation: string,
  what: string,
  tree: unknown,
  definition: TreeDefinition,
  types: readonly Type[],
): Tensor[] {
  const given = flattenTensors(operation, tree);
  checkSameTree(operation, what, definition, given.definition);
  return given.leaves.map((leaf, i) => {
    const type = types[i] as TensorType;
    if (!carriesTangent(type) && what !== "a value") return zerosOf(type);
    const fitted = leaf.type.weak ? (cast(leaf, type.dtype) as Tensor) : leaf;
    if (sameType(fitted.type, type)) return fitted;
    const complaint = {
      expected: `${what} of type ${formatType(type)}`,
      received: formatType(leaf.type),
    };
    throw fitted.dtype === type.dtype
      ? new ShapeError(operation, complaint)
      : new DTypeError(operation, complaint);
  });
}
