import type { Terminal } from "../../src/cli/terminal.js";

export interface Surroundings {
  /** What standard input holds; a terminal nobody types into unless given. */
  readonly stdin?: string | readonly Uint8Array[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether standard output and error are terminals. */
  readonly tty?: boolean;
  /** Hears everything written to standard error; calling `interrupt` is Ctrl-C. */
  readonly onError?: (text: string, interrupt: () => void) => void;
}

export interface Written {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line with streams of its own. */
export async function runWith(
  run: (args: readonly string[], terminal: Terminal) => Promise<number>,
  args: readonly string[],
  { stdin, env = {}, cwd = process.cwd(), tty = false, onError }: Surroundings = {},
): Promise<Written> {
  const written = { out: "", err: "" };
  const handlers = new Set<() => void>();
  const interrupt = (): void => {
    for (const handler of handlers) handler();
  };
  const chunks = typeof stdin === "string" ? [stdin] : (stdin ?? []);
  const code = await run(args, {
    stdout: { isTTY: tty, columns: 80, write: (text) => (written.out += text) },
    stderr: {
      isTTY: tty,
      columns: 80,
      write: (text) => {
        written.err += text;
        onError?.(text, interrupt);
      },
    },
    stdin: {
      isTTY: stdin === undefined,
      async *[Symbol.asyncIterator]() {
        yield* chunks;
      },
    },
    env,
    cwd,
    onInterrupt: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  });
  return { code, ...written };
}
