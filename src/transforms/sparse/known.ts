import { CotangentError } from "../../core/errors.js";
import type { Node } from "../../core/node.js";
import type { Inputs } from "../../core/primitive.js";
import type { ArrayValue, TensorType, Value } from "../../core/type.js";

/**
 * Values of a graph that are the same whatever the numbers are that one differentiates by: constants, the inputs
 * given, and what follows from these alone.
 */
export class Known {
  /** Which of the inputs were asked for. */
  readonly read: Set<Node> = new Set();
  private readonly values: Map<Node, Value | undefined>;
  private readonly given: ReadonlySet<Node>;

  constructor(given: Iterable<readonly [Node, Value | undefined]>) {
    this.values = new Map(given);
    this.given = new Set(this.values.keys());
  }

  /** The value of a node; undefined where it is not known. */
  of(node: Node): Value | undefined {
    const { values } = this;
    const waiting = [node];
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const missing = values.has(next) ? [] : next.inputs.filter((input) => !values.has(input));
      if (missing.length > 0) {
        for (const input of missing) waiting.push(input);
        continue;
      }
      if (!values.has(next)) values.set(next, this.compute(next));
      waiting.pop();
    }
    return this.get(node);
  }

  private get(node: Node): Value | undefined {
    if (this.given.has(node)) this.read.add(node);
    return this.values.get(node);
  }

  private compute(node: Node): Value | undefined {
    if (node.depth === 0 && node.value !== undefined) return node.value;
    if (node.inputs.length === 0) return undefined;
    const inputs = node.inputs.map((input) => this.get(input));
    if (inputs.includes(undefined)) return undefined;
    return attempt(() =>
      node.primitive.evaluate(
        inputs as unknown as Inputs<ArrayValue>,
        node.params,
        node.type as TensorType,
      ),
    );
  }
}

/** What `compute` gives; undefined where an operation refuses, as in a branch that is not meant to run. */
export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof CotangentError) return undefined;
    throw error;
  }
}
