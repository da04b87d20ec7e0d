import { parameterNode } from "../core/bind.js";
import { tensorOf } from "../core/convert.js";
import { allocate, promoteDTypes } from "../core/dtype.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import type { Axis } from "../core/primitive.js";
import { sizeOf } from "../core/shape.js";
import { type Trace, withTrace } from "../core/trace.js";
import { type TensorType, tensorType } from "../core/type.js";
import { cast } from "../ops/cast.js";
import { moveBatchAxis, placeBatchAxis, restoreShape, withBatch } from "../ops/shape.js";
import { sliceAxis } from "../ops/slice.js";
import { activeNodes } from "./activity.js";
import {
  type AnyOptions,
  type Argnums,
  type AuxOptions,
  chooseArguments,
  type GradOptions,
  withAux,
} from "./argnums.js";
import { batchNodes } from "./batch.js";
import { extract, flattenArguments, present, traceFunction } from "./functions.js";
import { requireFloatOutput } from "./grad.js";
import { reverse } from "./pullback.js";
import { pushforward } from "./pushforward.js";
import { instantiate, type MaybeTangent, Support } from "./tangent.js";
import type { AcceptsAll, AuxOf, Chosen, JacobianOf, TreeFunction, ValueOf } from "./typing.js";

// The last signature is the one other transforms see: inside them every leaf is a tensor.
type JacobianFunction<F extends TreeFunction, N> = {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): JacobianOf<ReturnType<F>, Chosen<A, N>>;
  (...args: Parameters<F>): JacobianOf<ReturnType<F>, Chosen<Parameters<F>, N>>;
};
type JacobianWithAux<F extends TreeFunction, N> = {
  <A extends AcceptsAll<Parameters<F>>>(
    ...args: A
  ): [JacobianOf<ValueOf<F>, Chosen<A, N>>, AuxOf<F>];
  (...args: Parameters<F>): [JacobianOf<ValueOf<F>, Chosen<Parameters<F>, N>>, AuxOf<F>];
};

/**
 * The Jacobian by forward mode: one pass that carries all input directions at once; for functions with more
 * outputs than inputs. See `jacobian`.
 */
export function jacfwd<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): JacobianWithAux<F, N>;
export function jacfwd<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): JacobianFunction<F, N>;
export function jacfwd(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown => jacobianAt("jacfwd", "forward", f, args, options);
}

/**
 * The Jacobian by reverse mode: one backward pass that carries the directions of all outputs at once; for
 * functions with fewer outputs than inputs. See `jacobian`.
 */
export function jacrev<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): JacobianWithAux<F, N>;
export function jacrev<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): JacobianFunction<F, N>;
export function jacrev(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown => jacobianAt("jacrev", "reverse", f, args, options);
}

/**
 * The Jacobian of `f` by its first argument (or `argnums`): the tree of the result with, in place of each leaf, the
 * tree of the argument, whose leaves are blocks of shape [...result, ...input] in the dtype both promote to;
 * numbers for scalar results by numbers. With `hasAux`, `[jacobian, aux]`.
 *
 * Forward mode where the inputs have no more elements than the outputs, reverse mode otherwise: `jacfwd` and
 * `jacrev` choose by hand. Throws DTypeError if an argument to differentiate by is not float,
 * NotDifferentiableError if a result is not, or where an operation has no derivative.
 */
export function jacobian<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options: AuxOptions<N>,
): JacobianWithAux<F, N>;
export function jacobian<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): JacobianFunction<F, N>;
export function jacobian(f: TreeFunction, options: AnyOptions = {}) {
  return (...args: unknown[]): unknown => jacobianAt("jacobian", "smaller", f, args, options);
}

type Mode = "forward" | "reverse" | "smaller";

/** Which results are to be seen as numbers, beside the inputs: all of them, unless a caller knows better. */
type NumberRule = (output: number, numbers: readonly boolean[]) => boolean;

export function jacobianAt(
  operation: string,
  mode: Mode,
  f: TreeFunction,
  values: readonly unknown[],
  options: AnyOptions,
  numberOutput: NumberRule = () => true,
): unknown {
  const args = flattenArguments(operation, values);
  const wanted = chooseArguments(operation, options.argnums, args, values);
  const { nodes, rest } = extract(
    operation,
    (trace) => {
      const calls = withAux(operation, f, options.hasAux);
      const traced = traceFunction(operation, calls.main, args, trace);
      traced.outputs.forEach(requireFloatOutput);
      const wrt = wanted.positions.map((at) => traced.inputs[at] as Tensor);
      const forward =
        mode === "forward" || (mode === "smaller" && elements(wrt) <= elements(traced.outputs));
      const build = forward ? forwardBlocks : reverseBlocks;
      const blocks = build(operation, traced.outputs, wrt, trace);
      const aux = calls.aux();
      return {
        inputs: traced.inputs,
        nodes: [...blocks, ...aux.nodes],
        rest: { definition: traced.definition, aux },
      };
    },
    args.leaves,
  );
  const columns = wanted.positions.length;
  const rows = Array.from({ length: rest.definition.size }, (_, i) => {
    const row = nodes.slice(i * columns, (i + 1) * columns);
    const asNumber = numberOutput(i, wanted.numbers);
    return wanted.definition.unflatten(
      row.map((node, j) => present(node as Tensor, asNumber && wanted.numbers[j] === true)),
    );
  });
  const result = rest.definition.unflatten(rows);
  if (options.hasAux !== true) return result;
  const auxNodes = nodes.slice(rows.length * columns);
  return [result, rest.aux.restore(auxNodes, args.numbers.every(Boolean))];
}

function elements(tensors: readonly Tensor[]): number {
  return tensors.reduce((total, { size }) => total + size, 0);
}

/** So many directions fill vectors: of a result they then lie side by side, as in the Jacobian. */
const sideBySide = 16;

/** Of so many inputs at most is asked what each reaches; apart, they may visit so many times the nodes of all. */
const mostApart = 16;
const meetingLate = 1.25;

/** Blocks row by row, from tangents along every basis direction of the inputs. */
function forwardBlocks(
  operation: string,
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  trace: Trace,
): Node[] {
  if (wrt.length > 1 && goApart(outputs, wrt, trace.depth)) {
    const columns = wrt.map((x) => forwardBlocks(operation, outputs, [x], trace));
    return outputs.flatMap((_, i) => columns.map((column) => column[i] as Node));
  }
  const build = (tangents: readonly MaybeTangent[]): Node[] => {
    const seeds = new Map<Node, MaybeTangent>();
    wrt.forEach((x, i) => {
      seeds.set(x, tangents[i] as MaybeTangent);
    });
    return pushforward(outputs, seeds, trace.depth).map((tangent, i) =>
      instantiate(tangent, (outputs[i] as Tensor).type),
    );
  };
  const last = elements(wrt) >= sideBySide;
  const pushed = alongBasis(operation, wrt, build, last).map((directions) =>
    last ? directions : moveBatchAxis(directions, 0, true),
  );
  return outputs.flatMap((y, i) => {
    return partsOf(pushed[i] as Tensor, y.ndim, wrt).map((part, j) =>
      block(part, y, wrt[j] as Tensor),
    );
  });
}

/** Whether inputs meet late, if at all: the tangents of each are then not carried through what the others reach. */
function goApart(outputs: readonly Tensor[], wrt: readonly Tensor[], depth: number): boolean {
  if (wrt.length > mostApart) return false;
  const nodes = nodesBetween(wrt, outputs, depth);
  const reached = (from: readonly Tensor[]): number => {
    const active = activeNodes(from, nodes);
    return nodes.filter((node) => active.has(node)).length;
  };
  const each = wrt.reduce((sum, x) => sum + reached([x]), 0);
  return each <= meetingLate * reached(wrt);
}

/** Blocks row by row, from cotangents along every basis direction of the outputs. */
function reverseBlocks(
  operation: string,
  outputs: readonly Tensor[],
  wrt: readonly Tensor[],
  trace: Trace,
): Node[] {
  const swept = reverse(outputs, wrt, trace.depth);
  const pulled = alongBasis(operation, outputs, (cotangents) =>
    swept.pull(cotangents).map((tangent, i) => instantiate(tangent, (wrt[i] as Tensor).type)),
  );
  const columns = pulled.map((directions, j) =>
    partsOf(directions, 0, outputs).map((part, i) =>
      block(part, outputs[i] as Tensor, wrt[j] as Tensor),
    ),
  );
  return outputs.flatMap((_, i) => columns.map((column) => column[i] as Tensor));
}

/** `build` applied to every basis direction of the space that `leaves` span together: see `alongDirections`. */
function alongBasis(
  operation: string,
  leaves: readonly Tensor[],
  build: (directions: readonly MaybeTangent[]) => Node[],
  last = false,
): Tensor[] {
  const count = elements(leaves);
  let from = 0;
  const directions = leaves.map(({ type, size }): Directions => {
    const first = from;
    from += size;
    const values = basis(type, count, first, last);
    const mask = (): Tensor => basis(tensorType(type.shape, "bool"), count, first, last);
    return count === 1 ? { values } : { values, mask };
  });
  return alongDirections(operation, leaves, directions, count, build, last);
}

/** Tangents of one leaf along several directions, as axis 0 or the last, and where they are not zero by structure. */
export interface Directions {
  readonly values: Tensor;
  mask?(): Tensor;
}

/**
 * `build` applied to tangents of `leaves` along `count` directions at once: its results with the directions as
 * axis 0, or the last. Outside its mask a direction is zero by structure, so that an infinite partial there contributes nothing.
 */
export function alongDirections(
  operation: string,
  leaves: readonly Tensor[],
  directions: readonly Directions[],
  count: number,
  build: (directions: readonly MaybeTangent[]) => Node[],
  last = false,
): Tensor[] {
  return withTrace(operation, (trace) => {
    const known = new Map<Node, { node: Node; axis: Axis }>();
    const tangents = leaves.map(({ type }, i): MaybeTangent => {
      const { values, mask } = directions[i] as Directions;
      const node = parameterNode(type, trace);
      const axis = last ? type.shape.length : 0;
      known.set(node, { node: values, axis });
      if (mask === undefined) return { node };
      const where = parameterNode(tensorType(type.shape, "bool"), trace) as Tensor;
      known.set(where, { node: mask(), axis });
      return { node, support: new Support([], () => where) };
    });
    const { nodes, axes } = batchNodes(build(tangents), known, count, trace.depth, last);
    return nodes.map((node, i) => placeBatchAxis(node as Tensor, axes[i], count, last));
  });
}

/** `count` tensors of a type, stacked along axis 0 or the last: 1 in one element, that of number `from` for the first element, else 0. */
function basis({ shape, dtype }: TensorType, count: number, from: number, last: boolean): Tensor {
  const size = sizeOf(shape);
  const data = allocate(dtype, count * size);
  for (let i = 0; i < size; i++) data[last ? i * count + from + i : (from + i) * size + i] = 1;
  return tensorOf(data, withBatch(shape, count, last), dtype);
}

/** The stretches of one axis that belong to each of `leaves`. */
function partsOf(x: Tensor, axis: number, leaves: readonly Tensor[]): Tensor[] {
  let from = 0;
  return leaves.map(({ size }) => {
    const part = sliceAxis(x, axis, from, size);
    from += size;
    return part;
  });
}

function block(part: Tensor, y: Tensor, x: Tensor): Tensor {
  return cast(
    restoreShape(part, [...y.shape, ...x.shape]),
    promoteDTypes(y.dtype, x.dtype),
  ) as Tensor;
}
