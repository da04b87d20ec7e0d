import type { Tensor } from "../core/node.js";
import type { TensorLike } from "../core/typing.js";
import * as operations from "../ops/index.js";
import { buildProgram, type Functions } from "./build.js";
import { type Names, namesOf } from "./names.js";
import { parseProgram } from "./program.js";
import type { Expression, Program } from "./syntax.js";
import { templateReader } from "./template.js";

/** Formulas over a set of functions. */
class Library {
  readonly names: Names;
  readonly functions: Functions;
  readonly readTemplate: (strings: TemplateStringsArray) => Program;

  constructor(functions: Functions) {
    this.functions = functions;
    this.names = namesOf(functions);
    this.readTemplate = templateReader(this.names);
  }
}

let standard: Library | undefined;

/** The library's own operations; with `extra` functions beside them. */
function libraryOf(extra: Functions | undefined): Library {
  if (extra !== undefined) return new Library({ ...operations, ...extra });
  standard ??= new Library(operations);
  return standard;
}

export interface ParseOptions {
  /** Names that are variables whatever else they may mean (`tau`, `gamma`, `mean`): those that get values. */
  readonly variables?: Iterable<string>;
  /** Your own functions, beside the operations of `cotangent` (and before them). */
  readonly functions?: Functions;
}

export interface BuildOptions {
  /** The functions `parse` was given. */
  readonly functions?: Functions;
  /** Told of every tensor on the way, with the expression it stands for. */
  readonly onTensor?: (value: Tensor, expression: Expression) => void;
}

/**
 * Reads a formula: `((a + e)*(b - d))^2`, or definitions and a value: `u = a + e; v = b - d; (u*v)^2`, separated by `;`
 * or line ends. Throws FormulaError for the first mistake.
 *
 * Operators from loose to tight: `< <= > >= == !=` (they do not chain), `+ -`, `* / @`, the minus sign (−x² is −(x²)),
 * `^` or `**` (aᵇᶜ is a^(b^c)); also `· × ÷ − ≤ ≥ ≠ ² ¹² ⁻¹ √x ∛x |x|`. Nothing is multiplied without a sign. Functions are
 * the operations of `cotangent` by name, with their options (`sum(x, axis=0)`), and textbook names (`ln`, `lg`, `tg`,
 * `arctg`, `sh`, `sgn`). Every other name is a variable, `e` and `i` too; `pi`, `tau` (and `π`, `τ`), `inf`, `nan`,
 * `true`, `false` are constants unless defined or named in `variables`. Spelled Greek letters such as `gamma` are
 * functions before a parenthesis and variables elsewhere. `[[1, 2], [3, 4]]` is a tensor; `#` starts a comment.
 */
export function parse(text: string, options: ParseOptions = {}): Program {
  const { names } = libraryOf(options.functions);
  return parseProgram(text, { names, variables: options.variables ?? [] });
}

/**
 * The value of a formula at values of its variables, as a tensor. Under a transform (`trace`, `grad`) every operation
 * becomes a node, and definitions name theirs: ``grad((v: { x: Tensor }) => build(program, v))``. Throws FormulaError
 * with the place in the text.
 */
export function build(
  program: Program,
  variables: Readonly<Record<string, TensorLike>> = {},
  options: BuildOptions = {},
): Tensor {
  const { functions, names } = libraryOf(options.functions);
  const { onTensor } = options;
  return buildProgram(program, {
    functions,
    signatures: names.functions,
    variables,
    ...(onTensor === undefined ? {} : { onTensor }),
  });
}

/**
 * A formula over tensors and numbers: ``math`((${a} + ${e}) * (${b} - ${d}))^2` ``. Read once per place in the code.
 * Throws FormulaError for a mistake in the text, also for a name that is neither a function nor a constant.
 */
export function math(strings: TemplateStringsArray, ...values: readonly TensorLike[]): Tensor {
  const { functions, names, readTemplate } = libraryOf(undefined);
  return buildProgram(readTemplate(strings), {
    functions,
    signatures: names.functions,
    holes: values,
  });
}
