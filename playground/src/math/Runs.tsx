import { runsOf } from "./runs.js";

/** Size of an index and how far below its letter it stands, in pixels of the drawing. */
export const index = { size: 14, down: 3 } as const;

/** A formula's text in a drawing. */
export function Runs({ text }: { readonly text: string }) {
  const runs = runsOf(text);
  return (
    <>
      {runs.map(({ text: part, style }, i) => {
        const after = runs[i - 1]?.style === "below";
        if (style === "upright" && !after) return part;
        const dy = style === "below" ? index.down : after ? -index.down : undefined;
        const look = style === "italic" ? "it" : style;
        return (
          <tspan key={`${i} ${part}`} class={look} dy={dy}>
            {part}
          </tspan>
        );
      })}
    </>
  );
}
