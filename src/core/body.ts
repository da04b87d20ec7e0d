import type { Node } from "./node.js";

/**
 * The graph of a function: outputs over inputs, closed over constants only. Control flow holds bodies in its
 * parameters. Nodes of a body belong to a finished trace: they are read, replayed and evaluated, never extended.
 */
export class Body {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];

  constructor(inputs: readonly Node[], outputs: readonly Node[]) {
    this.inputs = inputs;
    this.outputs = outputs;
  }
}
