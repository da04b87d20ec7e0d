import type { Node } from "./node.js";
import { nodesBetween } from "./order.js";
import { activeTrace } from "./trace.js";

/**
 * The graph of a function: outputs over inputs, closed over constants only. Control flow holds bodies in its
 * parameters. Nodes of a body belong to a finished trace: they are read, replayed and evaluated, never extended.
 */
export class Body {
  readonly inputs: readonly Node[];
  readonly outputs: readonly Node[];
  /** Made in a trace that simplifies what is made. */
  readonly settled: boolean = activeTrace?.settle !== undefined;

  private walked: readonly Node[] | undefined;

  constructor(inputs: readonly Node[], outputs: readonly Node[]) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** All that the outputs need, inputs first, without the body's own inputs; found once. */
  get nodes(): readonly Node[] {
    this.walked ??= nodesBetween(this.inputs, this.outputs);
    return this.walked;
  }
}
