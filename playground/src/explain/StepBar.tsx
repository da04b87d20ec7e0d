import type { Explanation } from "../../../src/explain/index.js";
import { refusal } from "../engine/client.js";
import { Name } from "../math/Name.js";
import { textPartial } from "../math/partial.js";
import { Icon } from "../parts/Icon.js";
import { update } from "../state/store.js";
import { words } from "../words/words.js";
import { playing, takeStep, togglePlay } from "./keys.js";
import type { Progress } from "./steps.js";

/** Moves through the two passes and says what each step does. */
export function StepBar({
  explanation,
  progress,
}: {
  readonly explanation: Explanation;
  readonly progress: Progress;
}) {
  const say = words.value;
  const { step, total, forward, phase, text } = progress;
  const pass = phase === "backward" ? say.backward : say.forward;
  const told =
    step === 0
      ? say.start
      : step === forward && text !== ""
        ? `${text}; ${say.seedStep(textPartial(explanation.output, explanation.output))}`
        : text;
  const share = total === 0 ? 0 : (forward / total) * 100;
  return (
    <section class={refusal.value === undefined ? "steps" : "steps stale"} aria-label={say.stepBar}>
      <div class="buttons">
        <button type="button" aria-label={say.first} onClick={() => takeStep(-total)}>
          <Icon name="first" />
        </button>
        <button type="button" aria-label={say.previous} onClick={() => takeStep(-1)}>
          <Icon name="previous" />
        </button>
        <button
          type="button"
          aria-label={playing.value ? say.pause : say.play}
          onClick={togglePlay}
        >
          <Icon name={playing.value ? "pause" : "play"} />
        </button>
        <button type="button" aria-label={say.next} onClick={() => takeStep(1)}>
          <Icon name="next" />
        </button>
        <button type="button" aria-label={say.last} onClick={() => takeStep(total)}>
          <Icon name="last" />
        </button>
      </div>
      <input
        type="range"
        class="passes"
        style={{ "--split": `${share}%` }}
        min={0}
        max={total}
        value={step}
        aria-label={say.stepBar}
        aria-valuetext={say.progress(step, total, pass)}
        onInput={({ currentTarget }) => {
          const wanted = Number(currentTarget.value);
          update({ step: wanted === total ? null : wanted });
        }}
      />
      <span class="progress">{say.progress(step, total, pass)}</span>
      <output class={`told ${phase}`} aria-live="polite" title={told}>
        {step === 0 ? told : <Name text={told} />}
      </output>
    </section>
  );
}
