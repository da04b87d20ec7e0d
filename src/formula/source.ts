/** A stretch of source text in code points, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a code point stands, both counted from 1, columns in code points. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

/** Source text by code points. */
export class Source {
  readonly text: string;
  readonly points: readonly string[];
  /** Offset of the first code point of each line. */
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.points = Array.from(text);
    const starts = [0];
    this.points.forEach((point, i) => {
      if (isLineEnd(point) && !(point === "\r" && this.points[i + 1] === "\n")) starts.push(i + 1);
    });
    this.starts = starts;
  }

  slice(span: Span): string {
    return this.points.slice(span.start, span.end).join("");
  }

  locate(offset: number): Location {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }

  /** The span of line `line` (from 1) without what ends it. */
  lineSpan(line: number): Span {
    const start = this.starts[line - 1] ?? this.points.length;
    let end = this.starts[line] ?? this.points.length;
    while (end > start && isLineEnd(this.points[end - 1] as string)) end--;
    return { start, end };
  }
}

export function isLineEnd(point: string): boolean {
  return point === "\n" || point === "\r" || point === "\u2028" || point === "\u2029";
}
