/** A stretch of a formula's text in one style; `below` is an index. */
export interface Run {
  readonly text: string;
  readonly style: "upright" | "italic" | "below";
  /** Part of a power. */
  readonly raised?: true;
}

/**
 * Letters of names are set in italics and their digits below, as in print; operators, numbers and the names of
 * functions upright. What stands behind `^` is raised.
 */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let rest = text;
  for (let at = rest.indexOf("^"); at > 0; at = rest.indexOf("^")) {
    const power = powerIn(rest.slice(at + 1));
    if (power === undefined) break;
    runs.push(...lineOf(rest.slice(0, at)));
    const inner = /^\(.*\)$/u.test(power) ? power.slice(1, -1) : power;
    for (const { text: part, style } of lineOf(inner))
      runs.push({ text: part, style: style === "below" ? "upright" : style, raised: true });
    rest = rest.slice(at + 1 + power.length);
  }
  return [...runs, ...lineOf(rest)];
}

/** The power a text begins with: a name, a number or a call, with its sign, or what is in brackets. */
function powerIn(text: string): string | undefined {
  const start = /^[−-]?(?:[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?)?/u.exec(text)?.[0] ?? "";
  let end = start.length;
  if (text[end] === "(") {
    let depth = 0;
    do {
      if (text[end] === "(") depth++;
      if (text[end] === ")") depth--;
      end++;
    } while (depth > 0 && end < text.length);
    if (depth > 0) return undefined;
  }
  // a power of a power keeps its caret
  if (text[end] === "^") {
    const above = powerIn(text.slice(end + 1));
    return above === undefined ? undefined : `${text.slice(0, end)}^${above}`;
  }
  return /[\p{L}\p{N})]$/u.test(text.slice(0, end)) ? text.slice(0, end) : undefined;
}

function lineOf(text: string): Run[] {
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
