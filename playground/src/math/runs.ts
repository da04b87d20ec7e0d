/** A stretch of a formula's text in one style. */
export interface Run {
  readonly text: string;
  readonly italic: boolean;
}

/** Names of one letter, with or without an index, are set in italics, as in print; names of functions upright. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const [part] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*|[^\p{L}_]+/gu)) {
    const italic = /^\p{L}(\p{N}*|_.*)$/u.test(part) || /^[a-z][a-z]$/.test(part);
    const last = runs.at(-1);
    if (last !== undefined && last.italic === italic)
      runs[runs.length - 1] = { text: last.text + part, italic };
    else runs.push({ text: part, italic });
  }
  return runs;
}
