import { brief } from "../math/numbers.js";
import type { Divergence } from "./divergence.js";
import type { Frame, Scene } from "./messages.js";
import { change, reading } from "./run.js";
import type { Setup } from "./setup.js";
import type { TrainWords } from "./words/en.js";
import { trainWords } from "./words/words.js";

/** Why training cannot begin, or why it ended and what helps; else what is trained on. */
export function Standing(props: {
  readonly blocked: string | undefined;
  readonly scene: Scene | undefined;
  readonly frame: Frame | undefined;
}) {
  const say = trainWords.value;
  const { blocked, scene, frame } = props;
  const text = standing(props, say);
  const divergence = blocked === undefined ? frame?.divergence : undefined;
  const remedy = divergence && remedyFor(divergence, say);
  return (
    <div class="state">
      <output aria-live="polite">{text}</output>
      {text === "" && scene !== undefined && (
        <span class="rows">{say.split(scene.train.y.length, scene.test?.y.length ?? 0)}</span>
      )}
      {remedy !== undefined && (
        <button type="button" class="remedy" onClick={() => change(remedy.change)}>
          {remedy.name}
        </button>
      )}
    </div>
  );
}

function standing(
  { blocked, scene, frame }: Parameters<typeof Standing>[0],
  say: TrainWords,
): string {
  if (reading.value !== undefined) return say.reading(reading.value);
  if (blocked !== undefined) return scene === undefined ? blocked : say.notBegun;
  if (frame?.divergence !== undefined) return diverged(frame.divergence, frame.report.epoch, say);
  const reason = frame?.stopped;
  return reason === undefined || reason === "diverged" ? "" : say.stopped[reason];
}

function diverged(divergence: Divergence, epoch: number, say: TrainWords): string {
  switch (divergence.cause) {
    case "rate":
      return say.diverged.rate(epoch);
    case "features":
      return say.diverged.features(epoch, brief(divergence.largest, 3));
    case "size": {
      const { column, largest } = divergence;
      return say.diverged.size(
        column,
        brief(largest, 3),
        brief(10 ** Math.floor(Math.log10(largest))),
      );
    }
  }
}

/** The setting that helps, and what its button is called. */
function remedyFor(
  divergence: Divergence,
  say: TrainWords,
): { readonly name: string; readonly change: Partial<Setup> } | undefined {
  switch (divergence.cause) {
    case "rate": {
      const { rate } = divergence;
      const name = rate === null ? say.remedy.rateFromData : say.remedy.rate(brief(rate));
      return { name, change: { rate } };
    }
    case "features":
      return { name: say.remedy.standardize, change: { standardize: true } };
    case "size":
      return undefined;
  }
}
