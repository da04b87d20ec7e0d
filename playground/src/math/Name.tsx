import { runsOf } from "./runs.js";

/** A name in running text: letters in italics, an index below. */
export function Name({ text }: { readonly text: string }) {
  return (
    <span class="name">
      {runsOf(text).map(({ text: part, style }, i) =>
        style === "italic" ? (
          <i key={`${i} ${part}`}>{part}</i>
        ) : style === "below" ? (
          <sub key={`${i} ${part}`}>{part}</sub>
        ) : (
          part
        ),
      )}
    </span>
  );
}
