import { useEffect } from "preact/hooks";
import { helping, letters } from "../explain/keys.js";
import "./train.css";
import "./settings/settings.css";
import "./transport.css";
import "./plots/plots.css";
import "./pipeline.css";
import "./widths.css";
import { useDrop } from "./drop.js";
import { Pipeline } from "./Pipeline.js";
import { FitPlot } from "./plots/FitPlot.js";
import { LossPlot } from "./plots/LossPlot.js";
import { SurfacePlot } from "./plots/SurfacePlot.js";
import {
  chooseFile,
  followSetup,
  frame,
  problem,
  row,
  scene,
  setup,
  step,
  togglePlay,
  waiting,
} from "./run.js";
import { Settings } from "./settings/Settings.js";
import { Transport } from "./Transport.js";
import { trainWords } from "./words/words.js";

/** A model that is trained before one's eyes. */
export function TrainView() {
  useEffect(followSetup, []);
  useEffect(() => {
    noteFocus();
    addEventListener("focusin", noteFocus);
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("focusin", noteFocus);
      removeEventListener("keydown", onKey);
    };
  }, []);
  const say = trainWords.value;
  const shown = scene.value;
  const now = frame.value;
  const own = setup.value.data === "own";
  const { place, hovering } = useDrop(own, chooseFile);
  return (
    <div
      class={setup.value.layers === "" ? "training" : "training network"}
      data-running={waiting.value || (now?.running ?? problem.value === undefined)}
      data-epoch={now?.report.epoch}
    >
      <Settings />
      <Transport scene={shown} frame={now} />
      <div class={hovering ? "plots dropping" : "plots"} ref={place}>
        {shown === undefined && own && <p class="note">{say.fileHint}</p>}
        {shown !== undefined && now !== undefined && (
          <>
            <FitPlot scene={shown} frame={now} row={row.value} />
            <LossPlot frame={now} />
            {shown.surface !== undefined && (
              <SurfacePlot surface={shown.surface} frame={now} standardized={shown.standardized} />
            )}
          </>
        )}
      </div>
      {shown !== undefined && <Pipeline scene={shown} found={now?.coefficients} />}
    </div>
  );
}

/** Whether the reader's keyboard, not a click, brought the focus where it is. */
let reached = false;

function noteFocus(): void {
  reached = document.activeElement?.matches(":focus-visible") === true;
}

/**
 * Space plays and pauses, a point takes an epoch, a question mark shows the keys: outside fields. A control that was
 * clicked no longer waits for Space; one that the keyboard reached does.
 */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || helping.peek()) return;
  const target = event.target as HTMLElement;
  if (target.closest("textarea, input:not([type=checkbox], [type=file])") !== null) return;
  if (reached && target.closest("input, select") !== null) return;
  const pressed = target.closest("button, summary, [role=button], input, select") !== null;
  const plays = event.key === " " && !(pressed && reached);
  const action = plays ? togglePlay : letters.peek() ? keyed[event.key] : undefined;
  if (action === undefined) return;
  event.preventDefault();
  // some browsers press at the end of the key's way
  if (plays && pressed) target.blur();
  action();
}

const keyed: Readonly<Record<string, () => void>> = {
  ".": step,
  "?": () => {
    helping.value = true;
  },
};
