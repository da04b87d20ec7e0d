/** What an error says beside the operation's name. */
export interface Complaint {
  readonly expected: string;
  readonly received: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** The first stack line outside this library, as `file:line:column`; undefined in a bundle of one file. */
export function userFrame(stack: string | undefined): string | undefined {
  const home = (import.meta.url ?? "").replace(/core\/[^/]*$/, "");
  // a program may have its stacks made into something else than text
  for (const line of String(stack ?? "")
    .split("\n")
    .slice(1)) {
    const frame =
      /(?:\(|at |@)((?:file:|https?:|\/|[A-Za-z]:\\)(?:[^()]|\([^()]*\))*:\d+:\d+)\)?$/.exec(
        line,
      )?.[1];
    if (frame === undefined || frame.startsWith("node:")) continue;
    const inside = frame.startsWith(home) || frame.startsWith(home.replace(/^file:\/\//, ""));
    if (!inside || /\.test\.[tj]s:/.test(frame)) return frame;
  }
  return undefined;
}

function describe(operation: string, complaint: Complaint, where: string | undefined): string {
  const lines = [`${operation}: expected ${complaint.expected}, got ${complaint.received}`];
  if (complaint.fix !== undefined) lines.push(`  fix: ${complaint.fix}`);
  if (where !== undefined) lines.push(`  at ${where}`);
  return lines.join("\n");
}

/** Every error the library throws on purpose: what was expected, what came, where, and what to do. */
export class CotangentError extends Error {
  override readonly name: string = "CotangentError";
  readonly operation: string;
  readonly complaint: Complaint;
  /** The user's line, `file:line:column`, where it could be told. */
  readonly where: string | undefined;

  constructor(operation: string, complaint: Complaint, where?: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 50; // deep enough to reach the user's line
    super();
    Error.stackTraceLimit = limit;
    this.operation = operation;
    this.complaint = complaint;
    this.where = where ?? userFrame(this.stack);
    const before = String(this.stack).split("\n").slice(1).join("\n");
    this.message = describe(operation, complaint, this.where);
    this.stack = `${this.message}\n${before}`;
  }
}

/** Shapes or axes that do not fit. */
export class ShapeError extends CotangentError {
  override readonly name = "ShapeError";
}

/** An element type an operation does not take. */
export class DTypeError extends CotangentError {
  override readonly name = "DTypeError";
}

/** An argument outside what the operation accepts (an index out of range, an unknown option). */
export class ValueError extends CotangentError {
  override readonly name = "ValueError";
}

/** A derivative that does not exist by declaration: through `argmax`, an integer, a `customVjp` in forward mode. */
export class NotDifferentiableError extends CotangentError {
  override readonly name = "NotDifferentiableError";
}

/** A tensor's value was asked for where there is none, or a traced tensor was used after its trace. */
export class TraceError extends CotangentError {
  override readonly name = "TraceError";
}

/** Trees (arrays and objects of tensors) that do not match, or hold what is not a leaf. */
export class TreeError extends CotangentError {
  override readonly name = "TreeError";
}
