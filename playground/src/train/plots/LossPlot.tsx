import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { brief } from "../../math/numbers.js";
import { state } from "../../state/store.js";
import type { Frame } from "../messages.js";
import { keep } from "../run.js";
import { trainWords } from "../words/words.js";
import { type Colours, coloursOf, useSize, useTheme } from "./canvas.js";
import { Key } from "./Key.js";

/** Losses over the epochs, of training and of testing. */
export function LossPlot({ frame }: { readonly frame: Frame }) {
  const say = trainWords.value;
  const { lang } = state.value;
  const { log: wanted = "" } = state.value.train;
  const shape = shapeOf(frame.curve);
  const log = shape.positive && (wanted === "1" || (wanted === "" && shape.explodes));
  const { place, size } = useSize<HTMLDivElement>();
  const theme = useTheme();
  const plot = useRef<uPlot>(null);
  const test = frame.curve.test !== undefined;
  const data = (): uPlot.AlignedData => {
    const { epochs, loss, test: tested } = frame.curve;
    const shown = (values: Float64Array): Float64Array =>
      log ? values : values.map((value) => Math.min(value, farthest * clip * shape.first));
    return tested === undefined ? [epochs, shown(loss)] : [epochs, shown(loss), shown(tested)];
  };
  useEffect(() => {
    if (place.current === null || size.width === 0) return;
    const made = new uPlot(
      optionsOf(size, log, test, coloursOf(theme), say),
      data(),
      place.current,
    );
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
          <Key kind="line">{say.train}</Key>
          {test && <Key kind="dashed">{say.test}</Key>}
          <label class="check" title={say.logHint}>
            <input
              type="checkbox"
              checked={log}
              disabled={!shape.positive}
              onChange={({ currentTarget: { checked } }) =>
                keep("log", checked === shape.explodes ? "" : checked ? "1" : "0")
              }
            />
            {say.log}
          </label>
        </span>
      </figcaption>
      <div
        class="sheet"
        ref={place}
        role="img"
        aria-label={say.curveLabel(frame.report.epoch, brief(frame.report.loss))}
      />
    </figure>
  );
}

/** A loss of so many times what it was at the start would flatten all else. */
const clip = 100;

/** So many times further out no dash of a line is drawn any more. */
const farthest = 20;

/** Whether all losses can stand on a logarithmic axis, and whether they need it. */
function shapeOf({ loss, test }: Frame["curve"]): {
  readonly first: number;
  readonly positive: boolean;
  readonly explodes: boolean;
} {
  const least = (values: Float64Array): number =>
    values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const first = Math.abs(loss[0] ?? 0) || Number.POSITIVE_INFINITY;
  return {
    first,
    positive: least(loss) >= 0 && (test === undefined || least(test) >= 0),
    explodes: loss.some((value) => value > clip * first),
  };
}

/** From 0, or from the least loss where that is below, to the largest that does not flatten all else. */
function rangeOf(plot: uPlot, low: number | null, high: number | null): [number, number] {
  const first = Math.abs((plot.data[1]?.[0] as number | undefined) ?? 0);
  const top = Math.min(high ?? 1, first > 0 ? clip * first : Number.POSITIVE_INFINITY);
  const bottom = Math.min(0, low ?? 0);
  const room = 0.05 * (top - bottom);
  return [bottom < 0 ? bottom - room : 0, top + room || 1];
}

/** Of a logarithmic axis over many decades, only the powers of ten. */
function decades(_: uPlot, splits: number[]): (number | null)[] {
  const [low, high] = [splits[0] ?? 1, splits.at(-1) ?? 1];
  if (high / low < 1000) return splits;
  return splits.map((value) => (Math.abs(Math.log10(value) % 1) < 1e-9 ? value : null));
}

function optionsOf(
  size: { readonly width: number; readonly height: number },
  log: boolean,
  test: boolean,
  colours: Colours,
  say: { readonly train: string; readonly test: string },
): uPlot.Options {
  const plain = { stroke: colours.hair, width: 1 };
  const filtered = log ? { ...plain, filter: decades } : plain;
  const axis = {
    stroke: colours.soft,
    font: "12px system-ui, sans-serif",
    values: (_: uPlot, values: (number | null)[]) =>
      values.map((value) => (value === null ? "" : brief(value, 3))),
  };
  // one epoch is no line yet
  const start = { show: ({ data }: uPlot) => data[0].length === 1, size: 7 };
  return {
    ...size,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: ({ data }) => [0, Math.max(data[0].at(-1) ?? 0, 10)] },
      y: log ? { distr: 3 } : { range: rangeOf },
    },
    axes: [
      { ...axis, grid: plain, ticks: { ...plain, size: 4 }, size: 28 },
      { ...axis, grid: filtered, ticks: { ...filtered, size: 4 }, size: 52 },
    ],
    series: [
      {},
      { label: say.train, stroke: colours.forward, width: 2, points: start },
      ...(test
        ? [
            {
              label: say.test,
              stroke: colours.backward,
              width: 2,
              dash: [6, 4],
              points: start,
            },
          ]
        : []),
    ],
  };
}
