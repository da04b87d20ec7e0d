import { CotangentError } from "../core/errors.js";
import type { Code } from "./catalogue.js";
import type { Problem } from "./problem.js";
import { renderError } from "./render.js";
import { type Location, Source, type Span } from "./source.js";

/**
 * A mistake in a formula or in a list of assignments. `message` shows it in English with a caret under the place;
 * `renderError(error.problem, error.source, "ru")` shows it in Russian.
 */
export class FormulaError extends CotangentError {
  override readonly name = "FormulaError";
  readonly problem: Problem;
  readonly source: string;

  constructor(problem: Problem, source: string, options: { readonly cause?: unknown } = {}) {
    super("formula", {
      expected: problem.label?.en ?? problem.message.en,
      received: new Source(source).slice(problem.span),
      ...(problem.fix === undefined ? {} : { fix: problem.fix.en }),
    });
    this.problem = problem;
    this.source = source;
    if (options.cause !== undefined) this.cause = options.cause;
    this.message = renderError(problem, source, "en");
    const frames = String(this.stack)
      .split("\n")
      .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
    this.stack = [this.message, ...frames].join("\n");
  }

  get code(): Code {
    return this.problem.code;
  }

  get span(): Span {
    return this.problem.span;
  }

  /** Line and column of the place, from 1. */
  get location(): Location {
    return new Source(this.source).locate(this.problem.span.start);
  }
}
