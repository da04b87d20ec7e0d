import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatNumber } from "../../../../src/explain/numbers.js";
import { state } from "../../state/store.js";
import type { Frame } from "../messages.js";
import { keep } from "../run.js";
import { trainWords } from "../words/words.js";
import { type Colours, coloursNow, useSize, useTheme } from "./canvas.js";

/** Losses over the epochs, of training and of testing. */
export function LossPlot({ frame }: { readonly frame: Frame }) {
  const say = trainWords.value;
  const { lang } = state.value;
  const log = state.value.train.log === "1";
  const { place, size } = useSize<HTMLDivElement>();
  const theme = useTheme();
  const plot = useRef<uPlot>(null);
  const test = frame.curve.test !== undefined;
  const data = (): uPlot.AlignedData => {
    const { epochs, loss, test: tested } = frame.curve;
    return tested === undefined ? [epochs, loss] : [epochs, loss, tested];
  };
  useEffect(() => {
    if (place.current === null || size.width === 0) return;
    const made = new uPlot(optionsOf(size, log, test, coloursNow(), say), data(), place.current);
    plot.current = made;
    return () => {
      made.destroy();
      plot.current = null;
    };
  }, [size, theme, log, test, lang]);
  useEffect(() => plot.current?.setData(data()), [frame]);
  return (
    <figure class="plot">
      <figcaption>
        <h2>{say.curve}</h2>
        <span class="legend">
          <span class="key line" /> {say.train}
          {test && (
            <>
              <span class="key dashed" /> {say.test}
            </>
          )}
          <label class="check">
            <input
              type="checkbox"
              checked={log}
              onChange={({ currentTarget }) => keep("log", currentTarget.checked ? "1" : "")}
            />
            {say.log}
          </label>
        </span>
      </figcaption>
      <div
        class="sheet"
        ref={place}
        role="img"
        aria-label={say.curveLabel(frame.report.epoch, formatNumber(frame.report.loss))}
      />
    </figure>
  );
}

function optionsOf(
  size: { readonly width: number; readonly height: number },
  log: boolean,
  test: boolean,
  colours: Colours,
  say: { readonly train: string; readonly test: string },
): uPlot.Options {
  const axis = {
    stroke: colours.soft,
    font: "12px system-ui, sans-serif",
    grid: { stroke: colours.hair, width: 1 },
    ticks: { stroke: colours.hair, width: 1, size: 4 },
    values: (_: uPlot, values: (number | null)[]) =>
      values.map((value) => (value === null ? "" : formatNumber(value))),
  };
  return {
    ...size,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, low, high) => [low ?? 0, Math.max(high ?? 0, (low ?? 0) + 10)] },
      y: log ? { distr: 3 } : { range: (_, _low, high) => [0, (high ?? 1) * 1.05 || 1] },
    },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 52 },
    ],
    series: [
      {},
      { label: say.train, stroke: colours.forward, width: 2, points: { show: false } },
      ...(test
        ? [
            {
              label: say.test,
              stroke: colours.backward,
              width: 2,
              dash: [6, 4],
              points: { show: false },
            },
          ]
        : []),
    ],
  };
}
