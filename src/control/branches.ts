import { bind, elementsOf } from "../core/bind.js";
import type { Body } from "../core/body.js";
import { type Closed, inlineBody, traceBody } from "../core/close.js";
import { asTensor } from "../core/convert.js";
import { isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError, ValueError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { checkSameTree, type TreeDefinition } from "../core/tree.js";
import { formatType, type TensorType, type Type } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { cast } from "../ops/cast.js";
import { makeBody, overInputs } from "./bodies.js";
import { flattenTensors, keepType } from "./carry.js";
import { condOp } from "./cond.js";
import type { Given, Inside, Results } from "./typing.js";

/** The operands as a branch sees them. */
type InsideAll<A extends readonly unknown[]> = { readonly [K in keyof A]: Inside<A[K]> };

/**
 * `onTrue(…operands)` where the one condition holds, else `onFalse(…operands)`; only that branch runs. Both give
 * trees of the same structure, shapes and dtypes (a number takes the dtype of the other), and may read tensors of
 * the function around them. Under `vmap` over the condition both run, and the branch a lane does not take
 * contributes exactly 0 to derivatives. Throws TreeError, ShapeError or DTypeError where the branches differ or
 * the condition is not a single value.
 */
export function cond<const A extends readonly unknown[], R>(
  condition: TensorLike,
  onTrue: (...operands: InsideAll<A>) => R,
  onFalse: (...operands: InsideAll<A>) => Given<R>,
  ...operands: A
): Results<R> {
  const chosen = asTensor(condition, "cond");
  if (chosen.ndim > 0) {
    throw new ShapeError("cond", {
      expected: "a condition that is a single value",
      received: formatType(chosen.type),
      fix: "use where(…) to choose element by element, or vmap",
    });
  }
  return choose("cond", cast(chosen, "bool"), [onFalse, onTrue] as never, operands) as never;
}

/**
 * `branches[index](…operands)`; only that branch runs. An index beyond the ends takes the first or the last
 * branch. Otherwise as `cond`. Throws DTypeError for an index that is not an integer, ValueError for no branches.
 */
export function switchCase<const A extends readonly unknown[], R>(
  index: TensorLike,
  branches: readonly ((...operands: InsideAll<A>) => R)[],
  ...operands: A
): Results<R> {
  const given = asTensor(index, "switchCase");
  const literal = typeof index === "number" && Number.isInteger(index);
  if ((!literal && !isInteger(given.dtype)) || given.ndim > 0) {
    throw new DTypeError("switchCase", {
      expected: "an index that is a single integer",
      received: formatType(given.type),
      fix: 'cast(…, "i32")',
    });
  }
  if (branches.length === 0) {
    throw new ValueError("switchCase", { expected: "at least one branch", received: "none" });
  }
  return choose("switchCase", cast(given, "i32"), branches as never, operands) as never;
}

function choose(
  operation: string,
  index: Tensor,
  branches: readonly ((...operands: unknown[]) => unknown)[],
  operands: readonly unknown[],
): unknown {
  const given = flattenTensors(operation, operands);
  const types = given.leaves.map(({ type }) => type);
  let definition: TreeDefinition | undefined;
  const traced = branches.map((branch) =>
    traceBody(operation, types, (inputs) => {
      const args = given.definition.unflatten(inputs) as unknown[];
      const flat = flattenTensors(operation, branch(...args));
      if (definition === undefined) definition = flat.definition;
      else checkSameTree(operation, "branches of one result", definition, flat.definition);
      return flat.leaves;
    }),
  );
  const { paths, unflatten } = definition as unknown as TreeDefinition;
  const results = (traced[0] as Closed).body.outputs.map((_, i) =>
    strongest(traced.map(({ body }) => (body.outputs[i] as Tensor).type)),
  );
  const captured = [...new Set(traced.flatMap((closed) => closed.captured))];
  const bodies = traced.map((closed) =>
    ofTypes(operation, overAll(closed, captured, types), results, paths),
  );
  const nodes = elementsOf(
    bind(condOp, [index, ...captured, ...given.leaves], { branches: bodies }),
  );
  return unflatten(nodes);
}

/** The type the branches are held to: that of the first which is no mere number. */
function strongest(types: readonly TensorType[]): TensorType {
  return types.find((type) => !type.weak) ?? (types[0] as TensorType);
}

/** The body of a branch over what any of the branches reads. */
function overAll(closed: Closed, captured: readonly Node[], types: readonly Type[]): Body {
  const outside = captured.map((node) => {
    const at = closed.captured.indexOf(node);
    return at < 0 ? node.type : at;
  });
  return overInputs(closed.body, [...outside, ...types.map((_, i) => closed.captured.length + i)]);
}

/** The branch with its results in these types. */
function ofTypes(
  operation: string,
  body: Body,
  types: readonly TensorType[],
  paths: readonly string[],
): Body {
  return makeBody(
    operation,
    body.inputs.map(({ type }) => type),
    (inputs) =>
      inlineBody(body, inputs).map((node, i) =>
        keepType(
          operation,
          node as Tensor,
          types[i] as TensorType,
          paths[i] as string,
          "as another branch gives",
        ),
      ),
  );
}
