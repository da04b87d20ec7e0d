/** A fenced code block of a Markdown file. */
export interface Block {
  /** The first word after the fence: `ts`, `sh`, `text`, … */
  readonly language: string;
  /** The words after the language; `name=value` words give a value, others `""`. */
  readonly options: ReadonlyMap<string, string>;
  /** The lines between the fences. */
  readonly lines: readonly string[];
  /** The line number (from 1) of the first of `lines`. */
  readonly line: number;
  /** Whether only blank lines stand between the block before and this one. */
  readonly adjoins: boolean;
}

/** Every fenced block, in order. An unclosed fence is an error, as the rest of the page would be code. */
export function codeBlocks(markdown: string): Block[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: Block[] = [];
  let adjoins = false;
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(lines[i] ?? "");
    if (fence === null) {
      if ((lines[i] ?? "").trim() !== "") adjoins = false;
      continue;
    }
    const [, indent = "", ticks = "", language = "", info = ""] = fence;
    const start = i + 1;
    let end = start;
    while (end < lines.length && (lines[end] ?? "").trim() !== ticks) end++;
    if (end === lines.length)
      throw new Error(`The code block opened on line ${i + 1} never closes.`);
    blocks.push({
      language,
      options: new Map(
        info
          .split(/\s+/)
          .filter((word) => word !== "")
          .map((word) => {
            const [name = "", value = ""] = word.split("=", 2);
            return [name, value];
          }),
      ),
      lines: lines
        .slice(start, end)
        .map((l) => (l.startsWith(indent) ? l.slice(indent.length) : l)),
      line: start + 1,
      adjoins,
    });
    adjoins = true;
    i = end;
  }
  return blocks;
}
