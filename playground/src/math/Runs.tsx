import { type Run, runsOf } from "./runs.js";

/** Size of an index or a power, and how far below or above its letter they stand, in pixels of the drawing. */
export const index = { size: 14, down: 3, up: 5 } as const;

/** A formula's text in a drawing. */
export function Runs({ text }: { readonly text: string }) {
  const runs = runsOf(text);
  return (
    <>
      {runs.map((run, i) => {
        const moved = levelOf(run) - levelOf(runs[i - 1]);
        const look = run.style === "italic" ? "it" : run.style;
        if (look === "upright" && moved === 0 && run.raised !== true) return run.text;
        return (
          <tspan
            key={`${i} ${run.text}`}
            class={run.raised === true ? `${look} raised` : look}
            dy={moved === 0 ? undefined : moved}
          >
            {run.text}
          </tspan>
        );
      })}
    </>
  );
}

function levelOf(run: Run | undefined): number {
  if (run?.raised === true) return -index.up;
  return run?.style === "below" ? index.down : 0;
}
