import { formatNumber } from "../../../src/explain/numbers.js";
import { answer } from "../engine/client.js";
import { progressAt } from "../explain/steps.js";
import { Canvas } from "../graph/Canvas.js";
import { Zoom } from "../graph/Zoom.js";
import { Found } from "./Found.js";
import type { Frame, Scene } from "./messages.js";
import { keep, openExample, row } from "./run.js";
import { trainWords } from "./words/words.js";

/** The model's loss as the graph it is, and the way from one of its examples into Explain. */
export function Pipeline({
  scene,
  found,
}: {
  readonly scene: Scene;
  readonly found: Frame["coefficients"];
}) {
  const say = trainWords.value;
  const given = answer.value;
  const rows = scene.train.y.length;
  return (
    <section class="pipeline">
      <header>
        <h2>{say.graph}</h2>
        <span class="legend">
          {say.parameters(scene.size)},{" "}
          {say.rateIs(formatNumber(Number(scene.rate.toPrecision(3))))}
          {scene.standardized && `, ${say.scaled}`}
        </span>
        <span class="gap" />
        <div class="tools">
          <label>
            {say.example}{" "}
            <input
              type="number"
              min={1}
              max={rows}
              value={row.value + 1}
              onChange={({ currentTarget }) => {
                const next = Math.max(
                  1,
                  Math.min(rows, Math.round(Number(currentTarget.value)) || 1),
                );
                currentTarget.value = String(next);
                keep("row", next === 1 ? "" : String(next - 1));
              }}
            />{" "}
            {say.ofRows(rows)}
          </label>
          <button
            type="button"
            class="more"
            title={scene.standardized ? say.explainScaled : say.explainHint}
            onClick={openExample}
          >
            {say.explain} →
          </button>
          <Zoom />
        </div>
      </header>
      {found !== undefined && <Found scene={scene} found={found} />}
      <div class="stage" data-settled="true">
        {given !== undefined && (
          <Canvas answer={given} progress={progressAt(given.explanation, null)} />
        )}
      </div>
    </section>
  );
}
