let enabled = false;

/**
 * Keeps the user's line with every node made from now on (`explainNaN` and errors then name it). Costs a few
 * microseconds an operation; off at the start.
 */
export function setDebug(on: boolean): void {
  enabled = on;
}

/** Where a node was made: engines write the text of a stack only when it is read. */
export interface Origin {
  readonly stack?: string | undefined;
}

/** Frames from an operation up to the user's code. */
const frames = 16;

let current: Origin | undefined;

/** Runs a rule: what it makes comes from where the node comes from that it is a rule for. */
export function madeFor<T>(origin: Origin | undefined, rule: () => T): T {
  if (origin === undefined) return rule();
  const before = current;
  current = origin;
  try {
    return rule();
  } finally {
    current = before;
  }
}

/** The stack here, where it may be asked for. */
export function captureOrigin(canFail: boolean): Origin | undefined {
  if (!enabled && !canFail) return undefined;
  if (current !== undefined) return current;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = enabled ? limit : frames;
  const origin = new Error();
  Error.stackTraceLimit = limit;
  return origin;
}
