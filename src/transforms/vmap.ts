import { parameterNode } from "../core/bind.js";
import { asTensor } from "../core/convert.js";
import type { TypedArray } from "../core/dtype.js";
import { ShapeError, TreeError, ValueError } from "../core/errors.js";
import type { Node, Tensor } from "../core/node.js";
import type { Axis } from "../core/primitive.js";
import { normalizeAxis, type Shape } from "../core/shape.js";
import { withTrace } from "../core/trace.js";
import { describeValue, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, tensorType } from "../core/type.js";
import type { TensorLike } from "../core/typing.js";
import { moveAxis } from "../ops/axes.js";
import { batchNodes, inFront } from "./batch.js";
import { flattenArguments } from "./functions.js";
import type { TreeFunction, VectorOf } from "./typing.js";

/** Axes of a tree: one number (or null: not mapped) for all leaves below it, or a tree of them. */
export type AxisTree = number | null | readonly AxisTree[] | { readonly [key: string]: AxisTree };

export interface VmapOptions {
  /** Mapped axis of each argument: a number or null for all, or a list with a number, null or tree per argument. Default 0. */
  readonly inAxes?: AxisTree;
  /**
   * Where the mapped axis goes in the results; null for results that do not depend on it. Default 0. With −1 for all
   * the mapped axis is the last one on the way there too, where operations can have it there.
   */
  readonly outAxes?: AxisTree;
  /** Length of the mapped axis, where no argument tells it. */
  readonly axisSize?: number;
}

/**
 * `f` over slices, all at once: `vmap(f)(xs)` is `f` of each slice of `xs` along axis 0, stacked. Inside, tensors
 * have no values. Throws ShapeError where the mapped axes differ in length, TreeError where `inAxes` or `outAxes`
 * do not fit the trees.
 */
export function vmap<F extends TreeFunction>(
  f: F,
  options?: VmapOptions & { readonly inAxes?: 0; readonly outAxes?: 0 },
): {
  (...args: SlicesOf<Parameters<F>>): StackOf<ReturnType<F>>;
  (...args: SlicesOf<Parameters<F>, never>): StackOf<ReturnType<F>>;
};
export function vmap<F extends TreeFunction>(
  f: F,
  options: VmapOptions,
): {
  (...args: AnyRank<Parameters<F>>): AnyRank<StackOf<ReturnType<F>>, never>;
  (...args: AnyRank<Parameters<F>, never>): AnyRank<StackOf<ReturnType<F>>, never>;
};
export function vmap(f: TreeFunction, options: VmapOptions = {}) {
  return (...values: unknown[]): unknown => {
    const args = flattenArguments("vmap", values);
    const inAxes = spreadAxes("inAxes", options.inAxes ?? 0, values, args.definition);
    const axes = args.leaves.map((leaf, i) => {
      const axis = inAxes[i] as number | null;
      return axis === null ? undefined : normalizeAxis("vmap", axis, leaf.ndim);
    });
    const size = mappedSize(args.leaves, axes, args.definition, options.axisSize);
    const { nodes, known, definition } = withTrace("vmap", (trace) => {
      const inputs = args.leaves.map((leaf, i) => {
        const shape = leaf.shape.filter((_, axis) => axis !== axes[i]);
        return parameterNode(
          tensorType(shape, leaf.dtype, leaf.type.weak),
          trace,
          args.definition.paths[i],
        ) as Tensor;
      });
      const flat = flatten(f(...(args.definition.unflatten(inputs) as never[])), "vmap");
      return {
        nodes: flat.leaves.map((leaf) => asTensor(leaf as TensorLike, "vmap")),
        definition: flat.definition,
        known: new Map<Node, { node: Node; axis: Axis }>(
          inputs.map((input, i) => [input, { node: args.leaves[i] as Node, axis: axes[i] }]),
        ),
      };
    });
    const batched = batchNodes(nodes, known, size, 0, options.outAxes === -1);
    const outAxes = spreadAxes(
      "outAxes",
      options.outAxes ?? 0,
      definition.unflatten(nodes),
      definition,
    );
    const results = batched.nodes.map((node, i) =>
      placeAxis(node as Tensor, batched.axes[i], outAxes[i] as number | null, size),
    );
    return definition.unflatten(results);
  };
}

/** Arguments of a mapped function: tensors with one more axis, in front; typed arrays for vectors. */
type SlicesOf<T, Arrays = TypedArray> =
  T extends Tensor<infer S, infer D>
    ? Tensor<OneMore<S>, D> | (readonly [] extends S ? VectorOf<D> & Arrays : never)
    : T extends object
      ? { [K in keyof T]: SlicesOf<T[K], Arrays> }
      : T;

/** Results of a mapped function: tensors with one more axis, in front. */
type StackOf<R> =
  R extends Tensor<infer S, infer D>
    ? Tensor<OneMore<S>, D>
    : R extends number
      ? Tensor<readonly [number], "f64">
      : R extends boolean
        ? Tensor<readonly [number], "bool">
        : R extends object
          ? { [K in keyof R]: StackOf<R[K]> }
          : R;

type OneMore<S extends Shape> = number extends S["length"] ? Shape : readonly [number, ...S];

/** Tensors of any rank and, as arguments that are not mapped, numbers. */
type AnyRank<T, Others = number | boolean | TypedArray> =
  T extends Tensor<Shape, infer D>
    ? Tensor<Shape, D> | Others
    : T extends object
      ? { [K in keyof T]: AnyRank<T[K], Others> }
      : T;

function placeAxis(node: Tensor, axis: Axis, wanted: number | null, size: number): Tensor {
  if (wanted === null) {
    if (axis === undefined) return node;
    throw new ValueError("vmap", {
      expected: "a result that does not depend on the mapped axis (outAxes is null)",
      received: formatType(node.type),
      fix: "give outAxes a number",
    });
  }
  const given = axis === undefined ? inFront(node, axis, size) : node;
  const own = axis ?? 0;
  return moveAxis(given, own, normalizeAxis("vmap", wanted, given.ndim));
}

/** One axis per leaf from an axis tree that is a prefix of the tree of values. */
function spreadAxes(
  what: string,
  axes: AxisTree,
  values: unknown,
  definition: TreeDefinition,
): (number | null)[] {
  const result: (number | null)[] = [];
  const spread = (axis: AxisTree, value: unknown, path: string): void => {
    if (typeof axis === "number" || axis === null) {
      const { definition: part } = flatten(value, "vmap");
      for (let i = 0; i < part.size; i++) result.push(axis);
      return;
    }
    const children = entriesOf(value);
    const given = new Map(entriesOf(axis) ?? []);
    if (children === undefined || given.size === 0 || given.size !== children.length) {
      throw new TreeError("vmap", {
        expected: `${what}${path}: a number, null, or one entry per ${path === "" ? "argument" : "child"}`,
        received: describeValue(axis),
      });
    }
    for (const [key, child] of children)
      spread(given.get(key) as AxisTree, child, `${path}.${key}`);
  };
  spread(axes, values, "");
  if (result.length !== definition.size || result.includes(undefined as never)) {
    throw new TreeError("vmap", {
      expected: `${what} for ${definition.size} leaves`,
      received: `${result.length}`,
    });
  }
  return result;
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  return Array.isArray(value) ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function mappedSize(
  leaves: readonly Tensor[],
  axes: readonly Axis[],
  definition: TreeDefinition,
  given?: number,
): number {
  let size = given;
  leaves.forEach((leaf, i) => {
    const axis = axes[i];
    if (axis === undefined) return;
    const length = leaf.shape[axis] as number;
    if (size !== undefined && size !== length) {
      throw new ShapeError("vmap", {
        expected: `mapped axes of length ${size}`,
        received: `${length} at ${definition.paths[i]} (${formatType(leaf.type)}, axis ${axis})`,
      });
    }
    size = length;
  });
  if (size === undefined) {
    throw new ValueError("vmap", {
      expected: "an argument with a mapped axis, or `axisSize`",
      received: "none",
    });
  }
  return size;
}
