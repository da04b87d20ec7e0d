import { TraceError } from "./errors.js";
import type { Node } from "./node.js";
import { NodeTable } from "./table.js";

/**
 * What becomes of a trace's nodes: `body`, a body of control flow, which takes what it reads from outside as
 * inputs; `sealed`, a body that a rule makes, which may read nothing outside; `plain`, neither.
 */
export type TraceKind = "plain" | "body" | "sealed";

/** One run of a user's function over placeholder inputs. */
export class Trace {
  /** The transform it belongs to, for messages. */
  readonly name: string;
  /** The trace around it; null for the outermost. */
  readonly outer: Trace | null;
  readonly depth: number;
  /** Interned nodes; shared by the traces inside it and dropped with the outermost one. */
  readonly table: NodeTable;
  readonly kind: TraceKind;
  /** What a node becomes as soon as it is made, also in the traces inside: an equal one that is simpler, or itself. */
  settle: ((node: Node) => Node) | undefined;
  /** The nearest trace of kind `body` from here outwards, up to a sealed one. */
  readonly body: Trace | null;
  /** Of a body: what stands in it for a node that it reads. */
  lift: ((node: Node) => Node) | undefined = undefined;
  /** Of a body: what it read from outside, and the input that stands for it. */
  readonly lifted: Map<Node, Node> = new Map();
  open = true;

  constructor(name: string, outer: Trace | null, kind: TraceKind = "plain") {
    this.name = name;
    this.outer = outer;
    this.kind = kind;
    this.body = kind === "body" ? this : kind === "sealed" ? null : (outer?.body ?? null);
    this.depth = (outer?.depth ?? 0) + 1;
    this.table = outer?.table ?? new NodeTable();
    this.settle = outer?.settle;
  }
}

/** The innermost trace that runs. */
export let activeTrace: Trace | null = null;

/** Runs `body` in a new trace inside the current one; the trace is closed afterwards, also after an error. */
export function withTrace<T>(name: string, body: (trace: Trace) => T, kind?: TraceKind): T {
  const trace = new Trace(name, activeTrace, kind);
  try {
    return reopenTrace(trace, () => body(trace));
  } finally {
    trace.open = false;
  }
}

/** Runs `body` inside `trace` again: how a graph that is kept grows its own derivative. */
export function reopenTrace<T>(trace: Trace, body: () => T): T {
  const outer = activeTrace;
  const wasOpen = trace.open;
  trace.open = true;
  activeTrace = trace;
  try {
    return body();
  } finally {
    trace.open = wasOpen;
    activeTrace = outer;
  }
}

export function leakedError(operation: string, trace: Trace): TraceError {
  return new TraceError(operation, {
    expected: "tensors of this function",
    received: `a tensor made inside a ${trace.name} that has finished`,
    fix: "return it from that function (see `hasAux`), or read its `.item()` or `.data` inside",
  });
}
