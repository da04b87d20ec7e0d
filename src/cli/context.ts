import type { Language, Text } from "../formula/index.js";
import { colors, type Terminal } from "./terminal.js";

/** Options every command has. */
export interface CommonOptions {
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal;
  readonly lang: Language;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether results are coloured. */
  readonly color: boolean;
  say(text: Text): string;
  /** Puts out results. */
  print(text: string): void;
  /** Tells about the work: standard error, unless `--quiet`. */
  note(text: string): void;
}

export function contextOf(terminal: Terminal, lang: Language, options: CommonOptions): Context {
  const quiet = options.quiet === true;
  return {
    terminal,
    lang,
    quiet,
    verbose: options.verbose === true,
    color: options.color && colors(terminal.stdout, terminal.env),
    say: (text) => text[lang],
    print: (text) => terminal.stdout.write(text),
    note: (text) => {
      if (!quiet) terminal.stderr.write(`${text}\n`);
    },
  };
}
