import { runsOf } from "./runs.js";

/** A name in running text: letters in italics, an index below. */
export function Name({ text }: { readonly text: string }) {
  return (
    <span class="name">
      {runsOf(text).map((run, i) =>
        run.italic ? (
          <i key={`${i} ${run.text}`}>{run.text}</i>
        ) : /^_?\d+$/.test(run.text) && i > 0 ? (
          <sub key={`${i} ${run.text}`}>{run.text.replace("_", "")}</sub>
        ) : (
          run.text
        ),
      )}
    </span>
  );
}
