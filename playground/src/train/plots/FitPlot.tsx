import { useRef } from "preact/hooks";
import type { Frame, Points, Range, Scene } from "../messages.js";
import { keep } from "../run.js";
import { trainWords } from "../words/words.js";
import { drawAxes, frameOf, type Frame as Place } from "./axes.js";
import { type Sheet, sheetOf, useCanvas } from "./canvas.js";
import { isoline, paintField } from "./field.js";
import { Key } from "./Key.js";

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
  const layer = useRef<Layer>(null);
  const { place, canvas, size } = useCanvas(
    (sheet) => drawFit(sheet, scene, frame, row, across, up, layer),
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
  // there, colours tell classes apart; else rows for training from those for testing, as in the other plots
  const told = view.kind === "plane" && scene.classes;
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
          <Key kind={told ? "filled plain" : "filled"}>{say.trainingDots}</Key>
          {scene.test !== undefined && (
            <Key kind={told ? "hollow plain" : "hollow"}>{say.testDots}</Key>
          )}
          {told && (
            <>
              <Key kind="one">{classNames(scene.target)[0]}</Key>
              <Key kind="zero">{classNames(scene.target)[1]}</Key>
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

/** What 1 and 0 say of a target: one that is a question already, or y. Of long names only the value. */
function classNames(target: string): readonly [string, string] {
  const at = target.lastIndexOf(" = ");
  if (at < 0) return [`${target} = 1`, `${target} = 0`];
  const [column, value] = [target.slice(0, at), target.slice(at + 3)];
  if (target.length <= 16) return [target, `${column} ≠ ${value}`];
  const short = value.length <= 16 ? value : `${value.slice(0, 15)}…`;
  return [`= ${short}`, `≠ ${short}`];
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
  layer: { current: Layer | null },
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
    context.strokeStyle = view.kind === "curve" ? colours.ink : colours.hair;
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
  if (view.kind === "pairs") drawDots(sheet, scene, frame, row, at, up);
  else {
    // examples stay where they are while the model learns
    const kept = layer.current;
    if (kept?.scene !== scene || kept.row !== row || !alike(kept.sheet, sheet)) {
      const own = sheetOf(document.createElement("canvas"), sheet, colours);
      drawDots(own, scene, frame, row, at, up);
      layer.current = { scene, row, sheet: own };
    }
    const { canvas } = (layer.current as Layer).sheet.context;
    context.drawImage(canvas, 0, 0, width, height);
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
  context.drawImage(
    paintField(values, cells, colours.page, [colours.zero, colours.one]),
    at.left,
    at.top,
    across,
    down,
  );
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const [x1, y1, x2, y2] of isoline(values, cells, 0.5)) {
    context.moveTo(at.left + (x1 / cells) * across, at.top + (y1 / cells) * down);
    context.lineTo(at.left + (x2 / cells) * across, at.top + (y2 / cells) * down);
  }
  context.stroke();
}

/** The examples, drawn once. */
interface Layer {
  readonly scene: Scene;
  readonly row: number;
  readonly sheet: Sheet;
}

function alike(a: Sheet, b: Sheet): boolean {
  return (
    a.width === b.width && a.height === b.height && a.colours === b.colours && a.sharp === b.sharp
  );
}

/** Test examples, training examples over them, and a ring around the one chosen. */
function drawDots(
  sheet: Sheet,
  scene: Scene,
  frame: Frame,
  row: number,
  at: Place,
  up: Range,
): void {
  const { context, colours } = sheet;
  const { train, test, view, classes } = scene;
  const radius = train.y.length > 300 ? 2.6 : 3.4;
  const dots = (points: Points, from: number, filled: boolean): void => {
    const places = dotsOf(scene, frame, points, from, up);
    for (const one of view.kind === "plane" && classes ? [false, true] : [undefined]) {
      const own = places.filter((_, i) => one === undefined || (points.y[i] === 1) === one);
      drawAlike(
        sheet,
        own.map(([x, y]) => [at.x(x), at.y(y)]),
        radius,
        filled,
        one,
      );
    }
  };
  if (test !== undefined) dots(test, train.y.length, false);
  dots(train, 0, true);
  const chosen = dotsOf(scene, frame, train, 0, up)[row];
  if (chosen === undefined) return;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(at.x(chosen[0]), at.y(chosen[1]), radius + 4.5, 0, 2 * Math.PI);
  context.stroke();
}

/** Discs, or for a class squares; hollow for those set aside. */
function drawAlike(
  { context, colours }: Sheet,
  places: readonly (readonly [number, number])[],
  radius: number,
  filled: boolean,
  one: boolean | undefined,
): void {
  const colour =
    one === undefined ? colours[filled ? "forward" : "backward"] : colours[one ? "one" : "zero"];
  context.beginPath();
  for (const [x, y] of places) {
    if (one === false) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  context.fillStyle = filled ? colour : colours.page;
  context.strokeStyle = filled ? colours.page : colour;
  context.lineWidth = filled ? 0.8 : 1.4;
  context.fill();
  context.stroke();
}
