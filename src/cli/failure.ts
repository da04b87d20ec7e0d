import type { Text } from "../formula/index.js";

/** How the program ends. */
export const exitCodes = {
  ok: 0,
  /** A check failed, or a target was missed. */
  failed: 1,
  /** The command line or an expression cannot be understood. */
  usage: 2,
  /** A value is NaN or infinite: the logarithm of a negative number, 0/0. */
  domain: 3,
  /** A file cannot be read, written or understood. */
  file: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the program with a message. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly text: Text;
  /** What to do about it. */
  readonly fix: Text | undefined;

  constructor(exitCode: ExitCode, text: Text, fix?: Text) {
    super(text.en);
    this.exitCode = exitCode;
    this.text = text;
    this.fix = fix;
  }
}
