import { TraceError } from "./errors.js";
import type { Node } from "./node.js";

/** One run of a user's function over placeholder inputs. */
export class Trace {
  /** The transform it belongs to, for messages. */
  readonly name: string;
  /** The trace around it; null for the outermost. */
  readonly outer: Trace | null;
  readonly depth: number;
  /** Interned nodes by key; shared by the traces inside it and dropped with the outermost one. */
  readonly table: Map<string, Node>;
  /** What is made here must be closed: it becomes a body of control flow that may run anywhere. */
  readonly sealed: boolean;
  open = true;

  constructor(name: string, outer: Trace | null, sealed = false) {
    this.name = name;
    this.outer = outer;
    this.sealed = sealed;
    this.depth = (outer?.depth ?? 0) + 1;
    this.table = outer?.table ?? new Map();
  }
}

let current: Trace | null = null;

export function currentTrace(): Trace | null {
  return current;
}

/** Runs `body` in a new trace inside the current one; the trace is closed afterwards, also after an error. */
export function withTrace<T>(name: string, body: (trace: Trace) => T, sealed = false): T {
  const trace = new Trace(name, current, sealed);
  try {
    return reopenTrace(trace, () => body(trace));
  } finally {
    trace.open = false;
  }
}

/** Runs `body` inside `trace` again: how a graph that is kept grows its own derivative. */
export function reopenTrace<T>(trace: Trace, body: () => T): T {
  const outer = current;
  const wasOpen = trace.open;
  trace.open = true;
  current = trace;
  try {
    return body();
  } finally {
    trace.open = wasOpen;
    current = outer;
  }
}

export function leakedError(operation: string, trace: Trace): TraceError {
  return new TraceError(operation, {
    expected: "tensors of this function",
    received: `a tensor made inside a ${trace.name} that has finished`,
    fix: "return it from that function (see `hasAux`), or read its `.item()` or `.data` inside",
  });
}
