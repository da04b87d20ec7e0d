import { runsOf } from "./runs.js";

/** A formula's text in a drawing. */
export function Runs({ text }: { readonly text: string }) {
  return (
    <>
      {runsOf(text).map((run, i) =>
        run.italic ? (
          <tspan key={`${i} ${run.text}`} class="it">
            {run.text}
          </tspan>
        ) : (
          run.text
        ),
      )}
    </>
  );
}
