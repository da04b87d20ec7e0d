import { type Code, catalogue, type Text, type Wording } from "./catalogue.js";
import type { Span } from "./source.js";

/** Text that mends the source once it stands in place of `span`. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** What to do about a problem; `replacement` where it can be done by itself. */
export type Fix = Text & { readonly replacement?: Replacement };

/** Another place that matters: the bracket left open, the first definition. */
export interface Related {
  readonly span: Span;
  readonly message: Text;
}

/** One mistake in a source text, in every language: plain data. */
export interface Problem {
  readonly code: Code;
  /** The place, in code points; empty where something is missing. */
  readonly span: Span;
  readonly message: Text;
  /** What to say at the place itself. */
  readonly label?: Text;
  readonly fix?: Fix;
  readonly related?: readonly Related[];
}

/** Where a problem stands and what mends it. */
export interface Place {
  readonly span: Span;
  readonly replacement?: Replacement | undefined;
  readonly related?: readonly Related[];
}

export function problem<C extends Code>(
  code: C,
  place: Place,
  ...details: Parameters<(typeof catalogue)[C]>
): Problem {
  const word = catalogue[code] as (...details: unknown[]) => Wording;
  const { message, label, fix } = word(...details);
  const { replacement } = place;
  return {
    code,
    span: place.span,
    message,
    ...(label === undefined ? {} : { label }),
    ...(fix === undefined
      ? {}
      : { fix: replacement === undefined ? fix : { ...fix, replacement } }),
    ...(place.related === undefined ? {} : { related: place.related }),
  };
}
