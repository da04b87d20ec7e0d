import type { Quality } from "../../../src/train/index.js";
import { brief } from "../math/numbers.js";
import { Icon } from "../parts/Icon.js";
import { state } from "../state/store.js";
import type { Frame, Scene } from "./messages.js";
import { playing, problem, reset, setSpeed, speed, speeds, step, togglePlay } from "./run.js";
import { Standing } from "./Standing.js";
import type { TrainWords } from "./words/en.js";
import { trainWords } from "./words/words.js";

/** Starts, pauses and steps, and says how far training is. */
export function Transport({
  scene,
  frame,
}: {
  readonly scene: Scene | undefined;
  readonly frame: Frame | undefined;
}) {
  const say = trainWords.value;
  const running = playing.value;
  const stopped = frame?.stopped;
  const { lang } = state.value;
  const blocked = problem.value?.text[lang];
  return (
    <section class="transport" aria-label={say.transport}>
      <div class="buttons">
        <button
          type="button"
          aria-label={say.reset}
          title={say.reset}
          disabled={blocked !== undefined}
          onClick={reset}
        >
          <Icon name="first" />
        </button>
        <button
          type="button"
          class="main"
          aria-label={running ? say.pause : say.play}
          title={running ? say.pause : say.play}
          disabled={blocked !== undefined || stopped === "diverged"}
          onClick={togglePlay}
        >
          <Icon name={running ? "pause" : "play"} />
        </button>
        <button
          type="button"
          aria-label={say.step}
          title={say.step}
          disabled={blocked !== undefined || stopped !== undefined}
          onClick={step}
        >
          <Icon name="next" />
        </button>
      </div>
      <select
        class="quiet"
        aria-label={say.speed}
        value={speed.value}
        onChange={({ currentTarget }) => setSpeed(currentTarget.value)}
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {say.speeds[one]}
          </option>
        ))}
      </select>
      {scene !== undefined && frame !== undefined && (
        <>
          <span class="epoch">{say.epoch(frame.report.epoch, scene.epochs)}</span>
          <dl class="figures">
            <Figure
              name={`${say.lossIs}, ${say.train}`}
              value={brief(frame.report.loss)}
              kind="forward"
            />
            {frame.report.testLoss !== undefined && (
              <Figure
                name={`${say.lossIs}, ${say.test}`}
                value={brief(frame.report.testLoss)}
                kind="backward"
              />
            )}
            {qualityFigures(frame.quality, frame.testQuality, say)}
          </dl>
        </>
      )}
      <Standing blocked={blocked} scene={scene} frame={frame} />
    </section>
  );
}

function Figure(props: { readonly name: string; readonly value: string; readonly kind: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class={props.kind}>{props.value}</dd>
    </div>
  );
}

function qualityFigures(own: Quality, test: Quality | undefined, say: TrainWords) {
  const name = own.accuracy === undefined ? "R²" : say.accuracy;
  const tell = ({ accuracy, r2 }: Quality): string =>
    accuracy !== undefined
      ? `${(100 * accuracy).toFixed(1)} %`
      : r2 === undefined || !Number.isFinite(r2)
        ? "—"
        : Math.abs(r2) < 1000
          ? r2.toFixed(3).replace("-", "−")
          : brief(r2);
  return (
    <>
      <Figure name={`${name}, ${say.train}`} value={tell(own)} kind="forward" />
      {test !== undefined && (
        <Figure name={`${name}, ${say.test}`} value={tell(test)} kind="backward" />
      )}
    </>
  );
}
