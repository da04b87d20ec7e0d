import { tensorOf } from "../../core/convert.js";
import { type DType, isFloat, promoteDTypes } from "../../core/dtype.js";
import { ValueError } from "../../core/errors.js";
import { valuesReachable } from "../../core/evaluate.js";
import type { Tensor } from "../../core/node.js";
import type { Trace } from "../../core/trace.js";
import { type ArrayValue, formatType } from "../../core/type.js";
import { cast } from "../../ops/cast.js";
import { zeros } from "../../ops/creation.js";
import { refuseSevered } from "../activity.js";
import { type Argnums, chooseArguments, type GradOptions } from "../argnums.js";
import { type Arguments, extract, flattenArguments, traceFunction } from "../functions.js";
import { requireFloatOutput } from "../grad.js";
import type { AcceptsAll, TreeFunction } from "../typing.js";
import { alongWeights, checkEntries } from "./check.js";
import { entries, type Method, type Plan, planOf } from "./compress.js";
import { detect, elements } from "./detect.js";
import { Known } from "./known.js";
import { type Pattern, patternFrom, type Sparsity } from "./pattern.js";

/**
 * A sparse matrix by rows, under the names of `scipy.sparse.csr_array` and `jax.experimental.sparse.BCSR`: row r has
 * the entries `data[i]` in the columns `indices[i]` for i from `indptr[r]` to `indptr[r + 1] − 1`, columns ascending.
 */
export interface SparseMatrix<D extends DType = DType> {
  readonly data: Tensor<readonly [number], D>;
  readonly indices: Tensor<readonly [number], "i32">;
  /** One more number than there are rows. */
  readonly indptr: Tensor<readonly [number], "i32">;
  /** Rows, columns. */
  readonly shape: readonly [number, number];
}

export interface SparseJacobianOptions<N extends Argnums = Argnums> extends GradOptions<N> {
  /**
   * Where entries may be: by rows or by places; detected unless given. It must hold every entry that is not 0: those
   * left out falsify others (see `check`).
   */
  readonly sparsity?: Sparsity;
  /** Forward mode with columns coloured, reverse mode with rows coloured, or (default) what takes fewer colours. */
  readonly method?: Method | "auto";
  /** Compare with one more derivative, along a direction without zeros, and throw ValueError if `sparsity` is too small. */
  readonly check?: boolean;
}

type SparseJacobianFunction<F extends TreeFunction> = {
  <A extends AcceptsAll<Parameters<F>>>(...args: A): SparseMatrix;
  (...args: Parameters<F>): SparseMatrix;
};

/**
 * The Jacobian of `f` by its first argument (or `argnums`) as a sparse matrix: rows are the elements of the result,
 * columns those of the argument, leaf after leaf in tree order and row-major in each; entries are in the dtype all
 * promote to. As many derivatives are taken at once as there are colours: columns (forward mode) or rows (reverse
 * mode) that never meet share one (Curtis, Powell and Reid 1974; Coleman and Moré 1983; Gebremedhin, Manne and
 * Pothen 2005). `jacobian` takes one for each column or row.
 *
 * Where entries may be is found from the graph of `f`, once for each structure of arguments, and kept with the
 * colours by the function returned: `jit` it, or keep it. The pattern holds for all values. Indices must be known
 * when it is found: constants or, outside `jit` and `vmap`, integer arguments; those unknown may be any. An operation
 * that cannot be followed element by element depends on all its inputs.
 *
 * Inside `f` tensors have no values, as under `jit`. Errors as for `jacobian`; ShapeError or ValueError for `sparsity` that does
 * not fit, ValueError where `check` finds it too small.
 */
export function sparseJacobian<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: SparseJacobianOptions<N>,
): SparseJacobianFunction<F>;
export function sparseJacobian(f: TreeFunction, options: SparseJacobianOptions = {}) {
  const { method = "auto" } = options;
  if (method !== "auto" && method !== "forward" && method !== "reverse")
    throw new ValueError("sparseJacobian", {
      expected: 'method "auto", "forward" or "reverse"',
      received: String(method),
    });
  const plans = new Plans(options.sparsity, method);
  return (...values: unknown[]): SparseMatrix => {
    const args = flattenArguments("sparseJacobian", values);
    const { nodes, rest: plan } = extract(
      "sparseJacobian",
      (trace) => {
        const problem = traceProblem("sparseJacobian", f, args, values, options, trace);
        const { inputs, outputs, wrt } = problem;
        const found = plans.for(problem);
        const data = cast(valuesOf(found, problem, trace), dtypeOf(problem)) as Tensor;
        const along =
          options.check === true ? [alongWeights(found, outputs, wrt, trace.depth)] : [];
        return { inputs, nodes: [data, ...along], rest: found };
      },
      args.leaves,
    );
    const [data, along] = nodes as Tensor[] as [Tensor, Tensor | undefined];
    if (along !== undefined) checkEntries(plan, data, requireValues(along));
    const { rows, columns, indptr, indices } = plan.pattern;
    return {
      data: data as SparseMatrix["data"],
      indices: tensorOf(indices, [indices.length], "i32"),
      indptr: tensorOf(indptr, [rows + 1], "i32"),
      shape: [rows, columns],
    };
  };
}

/** Where the entries of a Jacobian may be. */
export interface JacobianSparsity {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly shape: readonly [number, number];
}

/**
 * Where the Jacobian of `f` by its first argument (or `argnums`) may have entries other than 0, as `sparseJacobian`
 * finds it: by rows, columns ascending. To be looked at, or given as its `sparsity` where that cannot know it: inside
 * `jit`, of indices that are arguments.
 */
export function jacobianSparsity<F extends TreeFunction, const N extends Argnums = 0>(
  f: F,
  options?: GradOptions<N>,
): (...args: AcceptsAll<Parameters<F>>) => JacobianSparsity;
export function jacobianSparsity(f: TreeFunction, options: GradOptions = {}) {
  return (...values: unknown[]): JacobianSparsity => {
    const args = flattenArguments("jacobianSparsity", values);
    const { rest } = extract(
      "jacobianSparsity",
      (trace) => {
        const problem = traceProblem("jacobianSparsity", f, args, values, options, trace);
        return { inputs: problem.inputs, nodes: [], rest: detectIn(problem).pattern };
      },
      args.leaves,
    );
    const { rows, columns, indptr, indices } = rest;
    return { indptr, indices, shape: [rows, columns] };
  };
}

interface Problem {
  readonly args: Arguments;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly wrt: readonly Tensor[];
  readonly depth: number;
}

/** `f` as a graph without values, so that it is the same for all arguments of these types. */
function traceProblem(
  operation: string,
  f: TreeFunction,
  args: Arguments,
  values: readonly unknown[],
  { argnums }: GradOptions,
  trace: Trace,
): Problem {
  const { positions } = chooseArguments(operation, argnums, args, values);
  const { inputs, outputs } = traceFunction(operation, f, args, trace, args.definition.paths);
  inputs.forEach((input, i) => {
    input.source = args.leaves[i];
  });
  outputs.forEach(requireFloatOutput);
  const wrt = positions.map((at) => inputs[at] as Tensor);
  return { args, inputs, outputs, wrt, depth: trace.depth };
}

/** The pattern, and the integer arguments that it holds for. */
function detectIn({ args, inputs, outputs, wrt, depth }: Problem): Detected {
  const given = inputs.flatMap((input, i) => {
    const leaf = args.leaves[i] as Tensor;
    return isFloat(leaf.dtype) || !valuesReachable(leaf) ? [] : [[input, arrayOf(leaf)] as const];
  });
  const known = new Known(given);
  const pattern = detect(outputs, wrt, known, depth);
  const read = inputs.map((input, i) =>
    known.read.has(input) ? arrayOf(args.leaves[i] as Tensor).data.slice() : undefined,
  );
  return { pattern, read };
}

interface Detected {
  readonly pattern: Pattern;
  readonly read: readonly (ArrayLike<number> | undefined)[];
}

function arrayOf({ shape, dtype, data }: Tensor): ArrayValue {
  return { shape, dtype, data };
}

/** Plans by the structure of the arguments and by the indices among them. */
class Plans {
  private readonly known = new Map<string, (Plan & Pick<Detected, "read">)[]>();
  private readonly sparsity: Sparsity | undefined;
  private readonly method: Method | "auto";

  constructor(sparsity: Sparsity | undefined, method: Method | "auto") {
    this.sparsity = sparsity;
    this.method = method;
  }

  for(problem: Problem): Plan {
    const { args, outputs, wrt } = problem;
    const key = [args.definition.text, ...args.leaves.map(signatureOf)].join(" ");
    const list = this.known.get(key) ?? [];
    const same = list.find(({ read }) =>
      read.every((data, i) => data === undefined || holds(args.leaves[i] as Tensor, data)),
    );
    if (same !== undefined) return same;
    const { pattern, read } =
      this.sparsity === undefined
        ? detectIn(problem)
        : { pattern: patternFrom(this.sparsity, elements(outputs), elements(wrt)), read: [] };
    const plan = { ...planOf(pattern, this.method), read };
    this.known.set(key, [plan, ...list].slice(0, keptPlans));
    return plan;
  }
}

/** The type of an argument; of integers also whether they are known. */
function signatureOf(leaf: Tensor): string {
  const isKnown = !isFloat(leaf.dtype) && valuesReachable(leaf);
  return `${formatType(leaf.type)}${isKnown ? "!" : ""}`;
}

/** How many plans are kept for arguments of one structure, whose indices differ. */
const keptPlans = 4;

function holds(leaf: Tensor, data: ArrayLike<number>): boolean {
  return valuesReachable(leaf) && leaf.data.every((value, i) => value === data[i]);
}

function valuesOf(plan: Plan, { outputs, wrt }: Problem, trace: Trace): Tensor {
  if (plan.places.length > 0) return entries("sparseJacobian", plan, outputs, wrt, trace);
  refuseSevered(wrt, outputs, trace.depth);
  return zeros([0]);
}

function dtypeOf({ outputs, wrt }: Problem): DType {
  const [first = "f64", ...others] = [...outputs, ...wrt].map(({ dtype }) => dtype);
  return others.reduce(promoteDTypes, first);
}

function requireValues(along: Tensor): ArrayLike<number> {
  if (valuesReachable(along)) return along.data;
  throw new ValueError("sparseJacobian", {
    expected: "values to check the sparsity with",
    received: "check inside jit, vmap or the body of a loop, where there are none",
    fix: "check once outside, and leave it out here",
  });
}
