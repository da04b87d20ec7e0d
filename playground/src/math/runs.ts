/** A stretch of a formula's text in one style. */
export interface Run {
  readonly text: string;
  readonly italic: boolean;
}

/**
 * Letters of names are set in italics, as in print; their digits, operators and the names of functions upright.
 */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  const put = (part: string, italic: boolean): void => {
    const last = runs.at(-1);
    if (last !== undefined && last.italic === italic)
      runs[runs.length - 1] = { text: last.text + part, italic };
    else if (part !== "") runs.push({ text: part, italic });
  };
  for (const [part] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*|[^\p{L}_]+/gu)) {
    const [, letters, digits] = /^(\p{L}{1,2})([\p{N}_]*)$/u.exec(part) ?? [];
    if (letters === undefined) put(part, false);
    else {
      put(letters, true);
      put(digits ?? "", false);
    }
  }
  return runs;
}
