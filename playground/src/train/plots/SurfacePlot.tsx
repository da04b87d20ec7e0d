import { brief } from "../../math/numbers.js";
import type { Frame, Range, Surface } from "../messages.js";
import { trainWords } from "../words/words.js";
import { drawAxes, frameOf, type Frame as Place } from "./axes.js";
import { type Sheet, useCanvas } from "./canvas.js";
import { isoline, paintField } from "./field.js";

interface Props {
  readonly surface: Surface;
  readonly frame: Frame;
  /** Whether its θ and b are those of scaled features. */
  readonly standardized: boolean;
}

/** The loss over one or two parameters, and the way that training takes down it. */
export function SurfacePlot({ surface, frame, standardized }: Props) {
  const say = trainWords.value;
  const { names } = surface;
  const width = names.length;
  const { place, canvas } = useCanvas(
    (sheet) => drawSurface(sheet, surface, frame),
    [surface, frame],
  );
  const now = names
    .map((name, i) => `${name} = ${brief(frame.trail.at(i - width) ?? Number.NaN)}`)
    .join(", ");
  return (
    <figure class="plot">
      <figcaption>
        <h2>{say.surface(names.join(", "))}</h2>
        {standardized && <span class="legend">{say.scaled}</span>}
        <span class="legend now">{now}</span>
      </figcaption>
      <div class="sheet" ref={place}>
        <canvas ref={canvas} role="img" aria-label={say.surfaceLabel(names.join(", "), now)} />
      </div>
    </figure>
  );
}

function drawSurface(sheet: Sheet, surface: Surface, frame: Frame): void {
  const { names, ranges, loss } = surface;
  const finite = loss.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const [first, second] = ranges as [Range, Range | undefined];
  const up: Range = second ?? [low - 0.06 * (high - low), high];
  const at = frameOf(sheet, first, up);
  const { context } = sheet;
  context.save();
  context.beginPath();
  context.rect(at.left, at.top, at.right - at.left, at.bottom - at.top);
  context.clip();
  if (second === undefined) drawProfile(sheet, surface, at);
  else drawLevels(sheet, surface, at, [low, high]);
  drawTrail(sheet, surface, frame, at);
  context.restore();
  drawAxes(sheet, at, first, up, [names[0] as string, names[1] ?? "L"]);
}

function drawProfile({ context, colours }: Sheet, { ranges, loss }: Surface, at: Place): void {
  const [low, high] = ranges[0] as Range;
  context.strokeStyle = colours.forward;
  context.lineWidth = 2;
  context.beginPath();
  loss.forEach((value, i) => {
    context.lineTo(at.x(low + ((high - low) * i) / (loss.length - 1)), at.y(value));
  });
  context.stroke();
}

/** Lines of equal loss, closer together where it is low. */
function drawLevels(
  { context, colours }: Sheet,
  { loss, cells }: Surface,
  at: Place,
  [low, high]: Range,
): void {
  // the root shows the valley: far up, losses are all much the same to the eye
  const heights = loss.map((value) => Math.sqrt(Math.max(0, value - low) / (high - low || 1)));
  const [across, down] = [at.right - at.left, at.bottom - at.top];
  const half = heights.map((height) => 1 - height * 0.75);
  context.imageSmoothingEnabled = true;
  context.drawImage(
    paintField(
      half.map((value) => 0.5 + value / 2),
      cells,
      colours.page,
      [colours.page, colours.forward],
    ),
    at.left,
    at.top,
    across,
    down,
  );
  context.strokeStyle = colours.soft;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.beginPath();
  for (let level = 0.06; level < 1; level += 0.08)
    for (const [x1, y1, x2, y2] of isoline(heights, cells, level)) {
      context.moveTo(at.left + (x1 / cells) * across, at.top + (y1 / cells) * down);
      context.lineTo(at.left + (x2 / cells) * across, at.top + (y2 / cells) * down);
    }
  context.stroke();
  context.globalAlpha = 1;
}

function drawTrail(
  { context, colours }: Sheet,
  { names, ranges, loss }: Surface,
  { trail, report }: Frame,
  at: Place,
): void {
  const width = names.length;
  const places = Array.from({ length: trail.length / width }, (_, i): [number, number] => {
    const first = trail[i * width] as number;
    if (width === 2) return [at.x(first), at.y(trail[2 * i + 1] as number)];
    return [at.x(first), at.y(along(first, ranges[0] as Range, loss))];
  });
  context.strokeStyle = colours.ink;
  context.fillStyle = colours.ink;
  context.lineWidth = 1.8;
  context.beginPath();
  places.forEach(([x, y], i) => {
    const [fromX, fromY] = places[i - 1] ?? [x, y];
    // far away, a canvas cannot count pixels: lines end on their way there
    const length = Math.hypot(x - fromX, y - fromY);
    const share = Math.min(1, farthest / length || 1);
    if (Math.hypot(fromX, fromY) > farthest) return;
    context.moveTo(fromX, fromY);
    context.lineTo(fromX + share * (x - fromX), fromY + share * (y - fromY));
  });
  if (width === 2) context.stroke();
  for (const [x, y] of places.slice(0, 400)) {
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }
  const last = places.at(-1);
  if (last === undefined) return;
  drawHere(context, colours, at, [last[0], width === 2 ? last[1] : at.y(report.loss)]);
}

/** Pixels beyond which lines are cut. */
const farthest = 1e5;

/** Where training is: a disc, or at the border an arrow to where it is beyond. */
function drawHere(
  context: CanvasRenderingContext2D,
  colours: Sheet["colours"],
  at: Place,
  [x, y]: readonly [number, number],
): void {
  const room = 9;
  const within = (value: number, low: number, high: number): number =>
    Math.max(low + room, Math.min(high - room, value));
  const [nearX, nearY] = [within(x, at.left, at.right), within(y, at.top, at.bottom)];
  const beyond = x < at.left || x > at.right || y < at.top || y > at.bottom;
  context.save();
  context.translate(nearX, nearY);
  context.beginPath();
  if (beyond) {
    context.rotate(Math.atan2(y - nearY, x - nearX));
    context.moveTo(8, 0);
    context.lineTo(-6, 6.5);
    context.lineTo(-6, -6.5);
    context.closePath();
  } else context.arc(x - nearX, y - nearY, 5.5, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = colours.page;
  context.stroke();
  context.restore();
}

/** The loss between grid places. */
function along(value: number, [low, high]: Range, loss: Float64Array): number {
  const place = ((value - low) / (high - low)) * (loss.length - 1);
  const before = Math.max(0, Math.min(loss.length - 2, Math.floor(place)));
  const share = place - before;
  return (loss[before] as number) * (1 - share) + (loss[before + 1] as number) * share;
}
