import { type Closed, traceBody } from "../core/close.js";
import { asTensor } from "../core/convert.js";
import { type DType, fitsInteger, isFloat, isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import { scalarConstant } from "../core/leaves.js";
import type { Tensor } from "../core/node.js";
import { sameShape } from "../core/shape.js";
import { checkSameTree, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, type TensorType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { cast } from "../ops/cast.js";

/** A tree of tensors, taken apart. */
export interface Flat {
  readonly leaves: readonly Tensor[];
  readonly definition: TreeDefinition;
}

export function flattenTensors(operation: string, tree: unknown): Flat {
  const { leaves, definition } = flatten(tree, operation);
  return { leaves: leaves.map((leaf) => asTensor(leaf as TensorLike, operation)), definition };
}

/** A loop's body, traced. */
export interface Carrying {
  readonly closed: Closed;
  /** What is carried at the start, in the types it is carried in. */
  readonly init: readonly Tensor[];
}

/**
 * Traces a body that carries `init` on. `call` gives the tree to carry on and further results. A number takes
 * the dtype that the body gives back; what else changes its type is an error.
 */
export function traceCarrying(
  operation: string,
  init: Flat,
  xs: readonly TensorType[],
  call: (carry: unknown, xs: Tensor[]) => { carry: unknown; results: readonly Tensor[] },
): Carrying {
  let start = init.leaves;
  const { definition } = init;
  for (;;) {
    let met: readonly (DType | undefined)[] = [];
    const types = start.map(({ type }) => type);
    const closed = traceBody(operation, [...types, ...xs], (inputs) => {
      const carry = definition.unflatten(inputs.slice(0, start.length));
      const { carry: next, results } = call(carry, inputs.slice(start.length) as Tensor[]);
      const flat = flattenTensors(operation, next);
      checkSameTree(operation, "what is carried on", definition, flat.definition);
      met = start.map((tensor, i) => metBy(tensor, (flat.leaves[i] as Tensor).type));
      if (met.some((dtype) => dtype !== undefined)) return [];
      const carried = flat.leaves.map((leaf, i) =>
        keepType(operation, leaf, types[i] as TensorType, definition.paths[i] as string),
      );
      return [...carried, ...results];
    });
    if (met.every((dtype) => dtype === undefined)) return { closed, init: start };
    start = start.map((tensor, i) => {
      const dtype = met[i];
      return dtype === undefined ? tensor : (cast(tensor, dtype) as Tensor);
    });
  }
}

/** The dtype that a weak number takes where the body gives back `next` for it; undefined if it stays. */
function metBy(start: Tensor, { dtype, weak }: TensorType): DType | undefined {
  if (!start.type.weak || weak) return undefined;
  if (isFloat(dtype)) return dtype;
  const literal = scalarConstant(start);
  return isInteger(dtype) && literal !== undefined && fitsInteger(literal, dtype) ? dtype : "f64";
}

/** `x` if it has the type that is expected of it; numbers are converted. `what` says who expects it. */
export function keepType(
  operation: string,
  x: Tensor,
  type: TensorType,
  path: string,
  what = "as it started",
): Tensor {
  const complaint = {
    expected: `${formatType({ ...type, weak: false })}${path === "" ? "" : ` at ${path}`}, ${what}`,
    received: formatType({ ...x.type, weak: false }),
  };
  if (!sameShape(x.shape, type.shape)) {
    throw new ShapeError(operation, { ...complaint, fix: "broadcastTo(…) one of them" });
  }
  if (x.type.weak && !type.weak && convertible(x, type.dtype)) return cast(x, type.dtype) as Tensor;
  if (x.dtype === type.dtype) return x;
  throw new DTypeError(operation, {
    ...complaint,
    fix: `cast(…, "${type.dtype}")`,
  });
}

function convertible(x: Tensor, dtype: DType): boolean {
  const literal = scalarConstant(x);
  if (isInteger(dtype)) return literal !== undefined && fitsInteger(literal, dtype);
  return isFloat(dtype);
}

/** The type without its first axis. */
export function sliceType({ shape, dtype }: TensorType): TensorType {
  return tensorType(shape.slice(1), dtype);
}
