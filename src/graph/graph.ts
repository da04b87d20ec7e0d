import { scalarNode } from "../core/bind.js";
import { Body } from "../core/body.js";
import { inlineBody } from "../core/close.js";
import { ShapeError, ValueError } from "../core/errors.js";
import { constantNode } from "../core/leaves.js";
import type { Node, Tensor } from "../core/node.js";
import { nodesBetween } from "../core/order.js";
import { runBody } from "../core/run-body.js";
import { activeTrace, reopenTrace, type Trace } from "../core/trace.js";
import { checkSameTree, flatten, type TreeDefinition } from "../core/tree.js";
import { formatType, sameType, type TensorType } from "../core/type.js";
import { cast } from "../ops/cast.js";
import { simplify } from "../simplify/index.js";
import { flattenArguments, present } from "../transforms/functions.js";
import { scalarOutput } from "../transforms/grad.js";
import { reverse } from "../transforms/pullback.js";
import { instantiate } from "../transforms/tangent.js";
import { type Cost, costOf } from "./cost.js";
import { dotOf } from "./dot.js";
import { type GraphJSON, toJSON } from "./json.js";
import { printGraph } from "./print.js";

/** What a graph is made of. */
export interface GraphParts {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  /** Structure of the list of arguments. */
  readonly inputTree: TreeDefinition;
  /** Structure of the result. */
  readonly outputTree: TreeDefinition;
  readonly trace: Trace;
}

/** Names an input or a node: its label, its position among the inputs, or the tensor itself. */
export type NodeName = string | number | Tensor;

/**
 * The computational graph of a function: printed, evaluated, differentiated. Its derivatives are graphs over the
 * same inputs, grown from the same nodes: what they share with the function is computed once.
 */
export class Graph {
  static {
    // Node's console.log asks for this method.
    Object.defineProperty(Graph.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value(this: Graph) {
        return this.toString();
      },
    });
  }

  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly inputTree: TreeDefinition;
  readonly outputTree: TreeDefinition;
  readonly trace: Trace;
  private readonly body: Body;

  constructor(parts: GraphParts) {
    this.inputs = parts.inputs;
    this.outputs = parts.outputs;
    this.inputTree = parts.inputTree;
    this.outputTree = parts.outputTree;
    this.trace = parts.trace;
    this.body = new Body(parts.inputs, parts.outputs);
  }

  /** Every node the outputs need, inputs of each before it; the graph's inputs first. */
  get nodes(): readonly Node[] {
    return [...this.inputs, ...nodesBetween(this.inputs, this.outputs)];
  }

  /** The graph as a program with types, one operation a line. */
  toString(): string {
    return printGraph(this);
  }

  /** The graph in Graphviz' DOT language. */
  toDot(): string {
    return dotOf(this);
  }

  /** The graph as JSON data, `version: 1`; `fromJSON` reads it back. */
  toJSON(): GraphJSON {
    return toJSON(this);
  }

  /** Scalar operations and operations one evaluation takes. */
  cost(): Cost {
    return costOf(this.body);
  }

  /**
   * The function's result at other arguments of the same structure, shapes and dtypes; differentiable.
   * Throws TreeError, ShapeError or DTypeError where they do not fit.
   */
  // biome-ignore lint/suspicious/noExplicitAny: the result tree is known at run time only
  evaluate(...args: unknown[]): any {
    const given = flattenArguments("evaluate", args);
    checkSameTree("evaluate", "arguments", this.inputTree, given.definition);
    const leaves = given.leaves.map((leaf, i) => this.fit(leaf, i));
    const allNumbers = given.numbers.every(Boolean);
    const nodes =
      activeTrace === null ? evaluateBody(this.body, leaves) : inlineBody(this.body, leaves);
    return this.outputTree.unflatten(nodes.map((node) => present(node as Tensor, allNumbers)));
  }

  private fit(leaf: Tensor, at: number): Tensor {
    const { type } = this.inputs[at] as Tensor;
    const fitted = leaf.type.weak ? (cast(leaf, type.dtype) as Tensor) : leaf;
    if (sameType(fitted.type, type)) return fitted;
    throw new ShapeError("evaluate", {
      expected: `${formatType(type)} for ${nameOf(this.inputs[at] as Tensor)}`,
      received: formatType(leaf.type),
      fix: "trace the function again for these types",
    });
  }

  /** The node of that name: an input's or labelled node's name, an input's position, or the tensor itself. */
  node(name: NodeName): Tensor {
    if (typeof name === "object") return name;
    const found =
      typeof name === "number"
        ? this.inputs[name]
        : this.nodes.find((node) => node.label === name || nameOf(node) === name);
    if (found !== undefined) return found as Tensor;
    throw new ValueError("Graph", {
      expected: `one of the inputs ${this.inputs.map(nameOf).join(", ")}, or a labelled node`,
      received: String(name),
    });
  }

  /**
   * The graph of the derivative of the (scalar) output by one input or node: over the same inputs, sharing the
   * nodes of this graph. Ask it again for higher derivatives. `of` picks another scalar node to differentiate.
   * Throws ShapeError for an output that is not scalar.
   */
  gradient(by: NodeName = 0, of?: NodeName): Graph {
    const wrt = this.node(by);
    const outputs = of === undefined ? this.outputs : [this.node(of)];
    const [gradient] = this.differentiate(scalarOutput("gradient", outputs), [wrt]);
    return this.with([gradient as Tensor], flatten(0).definition);
  }

  /**
   * The graph of the value and all partial derivatives at once, one backward pass: its result is
   * `[value, list of partials by the inputs]`.
   */
  valueAndGradients(): Graph {
    const output = scalarOutput("valueAndGradients", this.outputs);
    const gradients = this.differentiate(output, this.inputs);
    return this.with([output, ...gradients], flatten([0, this.inputs.map(() => 0)]).definition);
  }

  /** The same function by exact laws (x·1 = x, −(−x) = x, constants folded): every bit of the value stays. */
  simplify(): Graph {
    const outputs = reopenTrace(this.trace, () => simplify(this.inputs, this.outputs));
    return this.with(outputs as Tensor[], this.outputTree);
  }

  /** A graph over the same inputs with other outputs (nodes of this graph's trace). */
  with(outputs: readonly Tensor[], outputTree: TreeDefinition): Graph {
    return new Graph({
      inputs: this.inputs,
      outputs,
      inputTree: this.inputTree,
      outputTree,
      trace: this.trace,
    });
  }

  private differentiate(output: Tensor, wrt: readonly Tensor[]): Tensor[] {
    return reopenTrace(this.trace, () => {
      const seed = scalarNode(1, output.type);
      const pulled = reverse([output], wrt, this.trace.depth).pull([{ node: seed }]);
      return pulled.map((tangent, i) => instantiate(tangent, (wrt[i] as Tensor).type) as Tensor);
    });
  }
}

function evaluateBody(body: Body, leaves: readonly Tensor[]): Node[] {
  const values = runBody(
    body,
    leaves.map((leaf) => ({ shape: leaf.shape, dtype: leaf.dtype, data: leaf.data })),
  );
  return values.map((value, i) => {
    const { shape, dtype } = (body.outputs[i] as Tensor).type as TensorType;
    return constantNode({ kind: "tensor", shape, dtype, weak: false }, value);
  });
}

/** How a node is called: its label, or `n` and a number. */
function nameOf(node: Node): string {
  return node.label ?? `n${node.id}`;
}
