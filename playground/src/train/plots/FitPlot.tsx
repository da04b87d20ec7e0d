import type { Frame, Points, Range, Scene } from "../messages.js";
import { keep } from "../run.js";
import { trainWords } from "../words/words.js";
import { drawAxes, frameOf, type Frame as Place } from "./axes.js";
import { type Sheet, useCanvas } from "./canvas.js";
import { isoline, paintField } from "./field.js";

interface Props {
  readonly scene: Scene;
  readonly frame: Frame;
  readonly row: number;
}

/** What the model predicts, and the examples: a curve over one feature, a field over two, else pairs. */
export function FitPlot({ scene, frame, row }: Props) {
  const say = trainWords.value;
  const { view } = scene;
  const up = upOf(scene);
  const across = acrossOf(scene, up);
  const { place, canvas, size } = useCanvas(
    (sheet) => drawFit(sheet, scene, frame, row, across, up),
    [scene, frame, row],
  );
  const choose = (event: MouseEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const at = frameOf(size, across, up);
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const dots = dotsOf(scene, frame, scene.train, 0, up).map(([a, b]) =>
      Math.hypot(at.x(a) - x, at.y(b) - y),
    );
    const nearest = dots.indexOf(Math.min(...dots));
    if ((dots[nearest] as number) < 24) keep("row", nearest === 0 ? "" : String(nearest));
  };
  const title =
    view.kind === "pairs"
      ? say.pairs
      : view.kind === "curve"
        ? say.fit
        : scene.classes
          ? say.boundary
          : say.prediction;
  return (
    <figure class="plot">
      <figcaption>
        <h2>{title}</h2>
        <span class="legend">
          <span class="key filled" /> {say.trainingDots}
          {scene.test !== undefined && (
            <>
              <span class="key hollow" /> {say.testDots}
            </>
          )}
        </span>
      </figcaption>
      <div class="sheet" ref={place}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={say.fitLabel(scene.train.y.length, scene.test?.y.length ?? 0)}
          title={say.chooseDot}
          onClick={choose}
        />
      </div>
    </figure>
  );
}

function upOf({ view, train, test }: Scene): Range {
  if (view.kind === "plane") return view.ranges[1];
  const all = [...train.y, ...(test?.y ?? [])];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = high > low ? 0.12 * (high - low) : 1;
  return [low - room, high + room];
}

function acrossOf({ view }: Scene, up: Range): Range {
  return view.kind === "plane" ? view.ranges[0] : view.kind === "curve" ? view.range : up;
}

/** Places of examples; of pairs, predictions stand beside targets. */
function dotsOf(
  { view }: Scene,
  { predicted }: Frame,
  { x, y }: Points,
  from: number,
  up: Range,
): (readonly [number, number])[] {
  return Array.from(y, (target, i) => {
    if (view.kind === "plane") return [x[2 * i] as number, x[2 * i + 1] as number];
    if (view.kind === "curve") return [x[i] as number, target];
    // what is predicted beyond the targets stands at the border
    const mu = predicted[from + i] as number;
    const room = 0.02 * (up[1] - up[0]);
    return [Math.max(up[0] + room, Math.min(up[1] - room, mu)), target];
  });
}

function drawFit(
  sheet: Sheet,
  scene: Scene,
  frame: Frame,
  row: number,
  across: Range,
  up: Range,
): void {
  const { context, colours, width, height } = sheet;
  const at = frameOf({ width, height }, across, up);
  const { view } = scene;
  context.save();
  context.beginPath();
  context.rect(at.left, at.top, at.right - at.left, at.bottom - at.top);
  context.clip();
  if (view.kind === "plane") drawField(sheet, scene, frame, at, view.cells);
  else {
    context.lineWidth = 2.5;
    context.strokeStyle = view.kind === "curve" ? colours.forward : colours.hair;
    context.beginPath();
    if (view.kind === "curve") {
      const count = frame.predicted.length;
      frame.predicted.forEach((value, i) => {
        const x = across[0] + ((across[1] - across[0]) * i) / (count - 1);
        context.lineTo(at.x(x), at.y(value));
      });
    } else {
      context.moveTo(at.x(up[0]), at.y(up[0]));
      context.lineTo(at.x(up[1]), at.y(up[1]));
    }
    context.stroke();
  }
  const { train, test } = scene;
  const radius = train.y.length > 300 ? 2.6 : 3.4;
  const dots = (points: Points, from: number, filled: boolean): void =>
    dotsOf(scene, frame, points, from, up).forEach(([x, y], i) => {
      const one = view.kind === "plane" && scene.classes ? points.y[i] === 1 : undefined;
      drawDot(sheet, at.x(x), at.y(y), radius, filled, one);
    });
  if (test !== undefined) dots(test, train.y.length, false);
  dots(train, 0, true);
  const chosen = dotsOf(scene, frame, train, 0, up)[row];
  if (chosen !== undefined) {
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(at.x(chosen[0]), at.y(chosen[1]), radius + 4.5, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
  const names =
    view.kind === "plane"
      ? ([scene.features[0], scene.features[1]] as [string, string])
      : view.kind === "curve"
        ? ([scene.features[0], scene.target] as [string, string])
        : (["μ", scene.target] as const);
  drawAxes(sheet, at, across, up, names);
}

function drawField(sheet: Sheet, scene: Scene, frame: Frame, at: Place, cells: number): void {
  const { context, colours } = sheet;
  const all = [...scene.train.y, ...(scene.test?.y ?? [])];
  const [low, high] = scene.classes ? [0, 1] : [Math.min(...all), Math.max(...all)];
  const values = frame.predicted.map((value) => (value - low) / (high - low || 1));
  const [across, down] = [at.right - at.left, at.bottom - at.top];
  context.imageSmoothingEnabled = true;
  context.drawImage(paintField(values, cells, colours), at.left, at.top, across, down);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const [x1, y1, x2, y2] of isoline(values, cells, 0.5)) {
    context.moveTo(at.left + (x1 / cells) * across, at.top + (y1 / cells) * down);
    context.lineTo(at.left + (x2 / cells) * across, at.top + (y2 / cells) * down);
  }
  context.stroke();
}

/** A disc, or by class a disc and a square; hollow for those set aside. */
function drawDot(
  { context, colours }: Sheet,
  x: number,
  y: number,
  radius: number,
  filled: boolean,
  one: boolean | undefined,
): void {
  const colour = one === undefined ? colours.backward : one ? colours.forward : colours.backward;
  context.beginPath();
  if (one === false) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = filled ? colour : colours.page;
  context.strokeStyle = filled ? colours.page : colour;
  context.lineWidth = filled ? 0.8 : 1.4;
  context.fill();
  context.stroke();
}
