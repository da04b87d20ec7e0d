/** Whether every node keeps its line. */
export let debugging = false;

/**
 * Keeps the user's line with every node made from now on (`explainNaN` and errors then name it). Costs a few
 * microseconds an operation; off at the start.
 */
export function setDebug(on: boolean): void {
  debugging = on;
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

/** The stack here, or that of the node a rule is for. */
export function captureOrigin(): Origin {
  if (current !== undefined) return current;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = debugging ? limit : frames;
  const origin = new Error();
  Error.stackTraceLimit = limit;
  return origin;
}
