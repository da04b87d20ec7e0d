import { bind, elementsOf, numberNode, scalarNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import { fitsInteger, isInteger } from "../core/dtype.js";
import { DTypeError, ShapeError, TreeError, ValueError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import { describeValue, type TreeDefinition } from "../core/tree.js";
import { formatType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { add, subtract } from "../ops/arithmetic.js";
import { cast } from "../ops/cast.js";
import { stack } from "../ops/concatenate.js";
import { max } from "../ops/extrema.js";
import { type Flat, flattenTensors, sliceType, traceCarrying } from "./carry.js";
import { scanOp } from "./scan.js";
import type { Given, Inside, SliceOf, Stacked } from "./typing.js";
import { traceCondition, whileLoopOp } from "./while.js";

export interface ScanOptions {
  /** Number of steps, where `xs` does not tell it. */
  readonly length?: number;
  /** From the last slice to the first. */
  readonly reverse?: boolean;
}

/**
 * Carries a tree through the slices of `xs` along axis 0: `f(carry, x)` gives `[carry, y]`; the result is the
 * last carry and the stacked `y`. All arguments are trees; `f` may read tensors of the function around it.
 * Differentiable in both modes. Throws TreeError, ShapeError or DTypeError where `f` changes the structure,
 * shape or dtype of what it carries (a number takes the dtype it meets), ShapeError where slices differ in number.
 */
export function scan<const C, const X, const Y>(
  f: (carry: Inside<C>, x: SliceOf<X>) => readonly [Given<C>, Y],
  init: C,
  xs: X,
  options: ScanOptions = {},
): [Inside<C>, Stacked<Y>] {
  const start = flattenTensors("scan", init);
  const slices = flattenTensors("scan", xs);
  const length = commonLength(slices, options.length);
  const types = slices.leaves.map(({ type }) => sliceType(type));
  let ys: TreeDefinition | undefined;
  const { closed, init: carries } = traceCarrying("scan", start, types, (carry, inputs) => {
    const pair: unknown = f(carry as never, slices.definition.unflatten(inputs) as never);
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TreeError("scan", {
        expected: "a body that returns [carry, y]",
        received: Array.isArray(pair) ? `a list of ${pair.length}` : describeValue(pair),
        fix: "return [carry, null] if nothing is to be stacked",
      });
    }
    const flat = flattenTensors("scan", pair[1]);
    ys = flat.definition;
    return { carry: pair[0], results: flat.leaves };
  });
  const results = elementsOf(
    bind(scanOp, [...closed.captured, ...carries, ...slices.leaves], {
      body: closed.body,
      consts: closed.captured.length,
      carries: carries.length,
      length,
      reverse: options.reverse === true,
    }),
  );
  return [
    start.definition.unflatten(results.slice(0, carries.length)),
    (ys as unknown as TreeDefinition).unflatten(results.slice(carries.length)),
  ] as never;
}

function commonLength({ leaves, definition }: Flat, given: number | undefined): number {
  if (given !== undefined && !(Number.isSafeInteger(given) && given >= 0)) {
    throw new ValueError("scan", {
      expected: "a length: a whole number ≥ 0",
      received: String(given),
    });
  }
  let length = given;
  leaves.forEach((leaf, i) => {
    const path = definition.paths[i] ?? "";
    const [own] = leaf.shape;
    if (own === undefined) {
      throw new ShapeError("scan", {
        expected: "tensors with a first axis to go along",
        received: `a scalar${path === "" ? "" : ` at ${path}`}`,
        fix: "wrap arrays of numbers: tensor([…])",
      });
    }
    if (length !== undefined && length !== own) {
      throw new ShapeError("scan", {
        expected: `${length} slices`,
        received: `${own} (${formatType(leaf.type)}${path === "" ? "" : ` at ${path}`})`,
      });
    }
    length = own;
  });
  if (length === undefined) {
    throw new ValueError("scan", { expected: "`xs` or `length`", received: "neither" });
  }
  return length;
}

/**
 * `body(body(… init))` while `condition` (one bool) holds of it. Differentiable in both modes, also where the
 * number of steps depends on values: reverse mode keeps what it needs of each step. Both functions may read
 * tensors of the function around them. Throws TreeError, ShapeError or DTypeError where `body` changes the
 * structure, shape or dtype (a number takes the dtype it meets) or `condition` gives no single truth value.
 */
export function whileLoop<const C>(
  condition: (carry: Inside<C>) => TensorLike,
  body: (carry: Inside<C>) => Given<C>,
  init: C,
): Inside<C> {
  const start = flattenTensors("whileLoop", init);
  const { closed, init: carries } = traceCarrying("whileLoop", start, [], (carry) => ({
    carry: body(carry as never),
    results: [],
  }));
  const test = traceCondition(
    carries.map(({ type }) => type),
    (inputs) => condition(start.definition.unflatten(inputs) as never),
  );
  const results = elementsOf(
    bind(whileLoopOp, [...test.captured, ...closed.captured, ...carries], {
      condition: test.body,
      conditionConsts: test.captured.length,
      body: closed.body,
      consts: closed.captured.length,
      carries: carries.length,
    }),
  );
  return start.definition.unflatten(results) as never;
}

/**
 * `body(i, x)` for i from `lower` up to, not including, `upper`; x starts at `init`. Bounds are whole numbers or
 * integer tensors, whose values need not be known. Differentiable in both modes. Errors as for `whileLoop`,
 * DTypeError for bounds that are not integers.
 */
export function forLoop<const C>(
  lower: TensorLike,
  upper: TensorLike,
  body: (i: Tensor<readonly [], "i32">, x: Inside<C>) => Given<C>,
  init: C,
): Inside<C> {
  const start = flattenTensors("forLoop", init);
  const index = tensorType([], "i32");
  const { closed, init: carries } = traceCarrying("forLoop", start, [index], (carry, [i]) => ({
    carry: body(i as never, carry as never),
    results: [add(i as Tensor, scalarNode(1, index) as Tensor) as Tensor],
  }));
  const known = typeof lower === "number" && typeof upper === "number";
  const first = boundOf(lower);
  const count = subtract(boundOf(upper), first) as Tensor;
  const params = {
    body: closed.body,
    consts: closed.captured.length,
    carries: carries.length + 1,
    reverse: false,
  };
  const inputs: Node[] = [...closed.captured, ...carries, first];
  const results = elementsOf(
    known
      ? bind(scanOp, inputs, { ...params, length: Math.max(upper - lower, 0) })
      : bind(scanOp, [max(stack([count, int(0)])), ...inputs], { ...params, length: null }),
  );
  return start.definition.unflatten(results.slice(0, -1)) as never;
}

function int(value: number): Tensor {
  return numberNode(value, "i32");
}

/** A bound as i32. */
function boundOf(bound: TensorLike): Tensor {
  if (typeof bound === "number" && fitsInteger(bound, "i32")) return int(bound);
  const tensor = asTensor(bound, "forLoop");
  if (!isInteger(tensor.dtype) || tensor.ndim > 0 || typeof bound === "number") {
    throw new DTypeError("forLoop", {
      expected: "bounds that are single integers",
      received: typeof bound === "number" ? String(bound) : formatType(tensor.type),
      fix: 'cast(…, "i32")',
    });
  }
  return cast(tensor, "i32") as Tensor;
}
