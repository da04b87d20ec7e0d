import { FormulaError } from "./error.js";
import type { Problem } from "./problem.js";
import type { Source, Span } from "./source.js";
import type { Token } from "./tokens.js";

/** Tokens read one after another; a mistake ends the reading. */
export class TokenStream {
  readonly source: Source;
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(source: Source, tokens: readonly Token[]) {
    this.source = source;
    this.tokens = tokens;
  }

  /** A token ahead; the last one (`end`) for all beyond. */
  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)] as Token;
  }

  /** The token read last, if any. */
  get previous(): Token | undefined {
    return this.tokens[this.position - 1];
  }

  /** The last token before here that is not a line's end. */
  get lastWritten(): Token | undefined {
    let at = this.position - 1;
    while (this.tokens[at]?.kind === "newline") at--;
    return this.tokens[at];
  }

  /** Reads a token; throws if it is a bad one. */
  next(): Token {
    const token = this.peek();
    if (token.kind === "bad") this.fail(token.problem);
    if (this.position < this.tokens.length - 1) this.position++;
    return token;
  }

  skip(...kinds: Token["kind"][]): void {
    while (kinds.includes(this.peek().kind)) this.next();
  }

  text(span: Span): string {
    return this.source.slice(span);
  }

  /** Right after what was read last: where something is missing. */
  get gap(): Span {
    const end = this.lastWritten?.end ?? 0;
    return { start: end, end };
  }

  fail(complaint: Problem): never {
    throw new FormulaError(complaint, this.source.text);
  }
}
