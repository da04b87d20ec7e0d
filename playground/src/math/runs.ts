/** A stretch of a formula's text in one style; `below` is an index. */
export interface Run {
  readonly text: string;
  readonly style: "upright" | "italic" | "below";
}

/**
 * Letters of names are set in italics and their digits below, as in print; operators, numbers and the names of
 * functions upright.
 */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  const put = (part: string, style: Run["style"]): void => {
    const last = runs.at(-1);
    if (last !== undefined && last.style === style)
      runs[runs.length - 1] = { text: last.text + part, style };
    else if (part !== "") runs.push({ text: part, style });
  };
  const tokens = /\d+(?:\.\d+)?(?:e[+−-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|[^\p{L}_\d]+/gu;
  for (const [part] of text.matchAll(tokens)) {
    const [, letters, rest = ""] = /^(\p{L}{1,2})([\p{N}_]*)$/u.exec(part) ?? [];
    if (letters === undefined) put(part, "upright");
    else {
      put(letters, "italic");
      const [, index] = /^_?(\d+)$/.exec(rest) ?? [];
      if (index === undefined) put(rest, "upright");
      else put(index, "below");
    }
  }
  return runs;
}
