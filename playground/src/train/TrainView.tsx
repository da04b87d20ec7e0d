import { useEffect } from "preact/hooks";
import "./train.css";
import { Pipeline } from "./Pipeline.js";
import { FitPlot } from "./plots/FitPlot.js";
import { LossPlot } from "./plots/LossPlot.js";
import { SurfacePlot } from "./plots/SurfacePlot.js";
import { followSetup, frame, row, scene, setup, step, togglePlay } from "./run.js";
import { Settings } from "./Settings.js";
import { Transport } from "./Transport.js";

/** A model that is trained before one's eyes. */
export function TrainView() {
  useEffect(followSetup, []);
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const shown = scene.value;
  const now = frame.value;
  return (
    <div
      class={setup.value.layers === "" ? "training" : "training network"}
      data-running={now?.running ?? true}
      data-epoch={now?.report.epoch}
    >
      <Settings />
      <Transport scene={shown} frame={now} />
      <div class="plots">
        {shown !== undefined && now !== undefined && (
          <>
            <FitPlot scene={shown} frame={now} row={row.value} />
            <LossPlot frame={now} />
            {shown.surface !== undefined && <SurfacePlot surface={shown.surface} frame={now} />}
          </>
        )}
      </div>
      {shown !== undefined && <Pipeline scene={shown} />}
    </div>
  );
}

/** Space plays and pauses, a point takes an epoch, outside fields. */
function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as Element;
  if (target.closest("input, textarea, select, button, summary, [role=button]") !== null) return;
  if (event.key !== " " && event.key !== ".") return;
  event.preventDefault();
  if (event.key === " ") togglePlay();
  else step();
}
