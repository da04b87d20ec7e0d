/** Where text goes. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** The world around the program, so that tests can make their own. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: AsyncIterable<string | Uint8Array> & { readonly isTTY?: boolean | undefined };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Calls `handler` for Ctrl-C instead of ending, until the function returned is called. */
  onInterrupt(handler: () => void): () => void;
}

/** Characters in a line; some pseudo-terminals say 0. */
export function columnsOf({ columns }: Output): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}

/** Whether to colour what goes there: FORCE_COLOR, then NO_COLOR, then whether a terminal shows it. */
export function colors(output: Output, env: Terminal["env"]): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = env;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return output.isTTY === true && term !== "dumb";
}

export async function readAll(stdin: Terminal["stdin"]): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stdin)
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
