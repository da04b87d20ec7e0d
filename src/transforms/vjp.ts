import { parameterNode } from "../core/bind.js";
import { inlineBody } from "../core/close.js";
import { NotDifferentiableError } from "../core/errors.js";
import type { Tensor } from "../core/node.js";
import { withTrace } from "../core/trace.js";
import { formatType } from "../core/type.js";
import { zero } from "../core/zero.js";
import { carriesTangent } from "./activity.js";
import { extract, flattenArguments, present, traceFunction } from "./functions.js";
import { matchTangents } from "./jvp.js";
import { reverse } from "./pullback.js";
import { split } from "./split.js";
import { instantiate, zerosOf } from "./tangent.js";
import type { AcceptsAll, GradientOf, ResultOf, TreeFunction } from "./typing.js";

/**
 * Reverse mode: `[f(…primals), pull]` where `pull(ct)` takes a cotangent of the structure of the result and gives
 * the list of cotangents of the arguments (zeros for integers). The forward pass runs once; `pull` may be called
 * often. Throws TreeError, ShapeError or DTypeError for a cotangent that does not fit.
 */
export function vjp<F extends TreeFunction, A extends AcceptsAll<Parameters<F>>>(
  f: F,
  ...primals: A
): [
  ResultOf<A, ReturnType<F>>,
  (cotangent: AcceptsAll<[ReturnType<F>]>[0]) => { [K in keyof A]: GradientOf<A[K]> },
];
export function vjp(f: TreeFunction, ...primals: unknown[]): unknown {
  const { outputs, asNumbers, definition, pull } = backwards("vjp", f, primals);
  return [definition.unflatten(outputs.map((node) => present(node, asNumbers))), pull];
}

/**
 * The transpose of a linear function: `linearTranspose(f, …examples)(ct)` is the list of the arguments'
 * cotangents. `examples` give structure, shapes and dtypes only. Throws NotDifferentiableError if `f` is not
 * linear.
 */
export function linearTranspose<F extends TreeFunction, A extends AcceptsAll<Parameters<F>>>(
  f: F,
  ...examples: A
): (cotangent: AcceptsAll<[ReturnType<F>]>[0]) => { [K in keyof A]: GradientOf<A[K]> };
export function linearTranspose(f: TreeFunction, ...examples: unknown[]): unknown {
  const { residuals, pull } = backwards("linearTranspose", f, examples);
  const [reads] = residuals;
  if (reads !== undefined) {
    throw new NotDifferentiableError("linearTranspose", {
      expected: "a function linear in its arguments",
      received: `one whose derivative depends on them (it reads a ${formatType(reads.type)})`,
    });
  }
  return pull;
}

function backwards(operation: string, f: TreeFunction, primals: readonly unknown[]) {
  const args = flattenArguments(operation, primals);
  const asNumbers = args.numbers.every(Boolean);
  const { nodes, rest } = extract(
    operation,
    (trace) => {
      const traced = traceFunction(operation, f, args, trace);
      const wrt = traced.inputs.filter((input) => carriesTangent(input.type));
      const swept = reverse(traced.outputs, wrt, trace.depth);
      const second = withTrace(operation, (inner) => {
        const cotangents = traced.outputs.map((output) =>
          carriesTangent(output.type) ? parameterNode(output.type, inner) : zero,
        );
        const pulled = swept.pull(cotangents.map((node) => (node === zero ? zero : { node })));
        const results = pulled.map((tangent, i) => instantiate(tangent, (wrt[i] as Tensor).type));
        const given = cotangents.filter((node) => node !== zero);
        return {
          kept: cotangents.map((node) => node !== zero),
          ...split(results, given, inner, trace.depth),
        };
      });
      return {
        inputs: traced.inputs,
        nodes: [...swept.outputs, ...second.residuals],
        rest: { definition: traced.definition, kept: second.kept, body: second.body },
      };
    },
    args.leaves,
  );
  const { definition, kept, body } = rest;
  const outputs = nodes.slice(0, definition.size) as Tensor[];
  const residuals = nodes.slice(definition.size);
  const pull = (cotangent: unknown): unknown => {
    const expected = { leaves: outputs, definition };
    const given = matchTangents(operation, "a cotangent", expected, cotangent).filter(
      (_, i) => kept[i] === true,
    );
    const results = inlineBody(body, [...residuals, ...given]);
    let next = 0;
    const leaves = args.leaves.map((leaf, i) =>
      present(
        carriesTangent(leaf.type) ? (results[next++] as Tensor) : zerosOf(leaf.type),
        args.numbers[i] === true,
      ),
    );
    return args.definition.unflatten(leaves);
  };
  return { outputs, residuals, asNumbers, definition, pull };
}
