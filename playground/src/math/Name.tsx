import { runsOf } from "./runs.js";

/** A name in running text: letters in italics, an index below, a power above. */
export function Name({ text }: { readonly text: string }) {
  return (
    <span class="name">
      {runsOf(text).map(({ text: part, style, raised }, i) => {
        const key = `${i} ${part}`;
        const set = style === "italic" ? <i key={key}>{part}</i> : part;
        if (raised === true) return <sup key={key}>{set}</sup>;
        return style === "below" ? <sub key={key}>{part}</sub> : set;
      })}
    </span>
  );
}
