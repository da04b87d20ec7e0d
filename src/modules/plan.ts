import { Graph, type Tensor, trace, treeFlatten, vjp, zeros } from "../index.js";

/** What goes through a module: a number or a tensor. */
export type Value = number | Tensor;

/** A function of tensors with one result or several: what a module wraps. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor | Tensor[];

/** How a module goes back for inputs of given types: what it keeps, and the graph over that. */
export interface Plan {
  /** Which inputs, then which outputs, the partials read. */
  readonly keepsInputs: readonly number[];
  readonly keepsOutputs: readonly number[];
  /** From what is kept (in that order) and the upstream cotangents to the list of downstream ones. */
  readonly backward: Graph;
}

/**
 * Traces the vjp of `f` for inputs of the types given and cuts it at inputs and outputs: what is left reads
 * some of these and the upstream cotangents only. `floats`: which outputs carry a derivative.
 */
export function planOf(
  f: TensorFunction,
  inputs: readonly Value[],
  outputs: readonly Tensor[],
  floats: readonly boolean[],
): Plan {
  const seeds = outputs
    .filter((_, i) => floats[i])
    .map(({ shape, dtype }) => zeros(shape, { dtype }));
  const backwards = (xs: Tensor[], upstream: Tensor[]): Tensor[][] => {
    const [, pull] = vjp((...args: Tensor[]) => listOf(f(...args)), ...xs);
    const ys = listOf(f(...xs));
    let next = 0;
    const cotangents = ys.map((y, i) =>
      floats[i] === true ? (upstream[next++] as Tensor) : zeros(y.shape, { dtype: y.dtype }),
    );
    return [[...ys], pull(cotangents)];
  };
  const whole = trace(backwards)([...inputs] as Tensor[], seeds);
  const formal = whole.inputs.slice(0, inputs.length);
  const upstream = whole.inputs.slice(inputs.length);
  const results = whole.outputs.slice(0, outputs.length);
  const downstream = whole.outputs.slice(outputs.length);
  const read = readBy(downstream, new Set([...whole.inputs, ...results]));
  const keepsInputs = positions(formal, read);
  // an output that is an input is kept once
  const keepsOutputs = positions(results, read).filter(
    (i) => !formal.includes(results[i] as Tensor),
  );
  const kept = [
    ...keepsInputs.map((i) => formal[i] as Tensor),
    ...keepsOutputs.map((i) => results[i] as Tensor),
  ];
  return {
    keepsInputs,
    keepsOutputs,
    backward: new Graph({
      inputs: [...kept, ...upstream],
      outputs: downstream,
      inputTree: treeFlatten([...kept, ...upstream]).definition,
      outputTree: treeFlatten(downstream).definition,
      trace: whole.trace,
    }),
  };
}

export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

function positions(nodes: readonly Tensor[], read: ReadonlySet<unknown>): number[] {
  return nodes.flatMap((node, i) => (read.has(node) ? [i] : []));
}

/** Which nodes of `border` the results read, going back no further than these. */
function readBy(results: readonly Tensor[], border: ReadonlySet<unknown>): Set<unknown> {
  const seen = new Set<Graph["nodes"][number]>();
  const stack: Graph["nodes"][number][] = [...results];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (!border.has(node)) stack.push(...node.inputs);
  }
  return new Set([...seen].filter((node) => border.has(node)));
}
