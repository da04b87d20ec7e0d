import { formatNumber } from "../../../../src/explain/numbers.js";
import type { Frame, Range, Surface } from "../messages.js";
import { trainWords } from "../words/words.js";
import { drawAxes, frameOf, type Frame as Place } from "./axes.js";
import { type Sheet, useCanvas } from "./canvas.js";
import { isoline, paintField } from "./field.js";

interface Props {
  readonly surface: Surface;
  readonly frame: Frame;
}

/** The loss over one or two parameters, and the way that training takes down it. */
export function SurfacePlot({ surface, frame }: Props) {
  const say = trainWords.value;
  const { names } = surface;
  const width = names.length;
  const { place, canvas } = useCanvas(
    (sheet) => drawSurface(sheet, surface, frame),
    [surface, frame],
  );
  const now = names
    .map((name, i) => `${name} = ${formatNumber(frame.trail.at(i - width) ?? Number.NaN)}`)
    .join(", ");
  return (
    <figure class="plot">
      <figcaption>
        <h2>{say.surface(names.join(", "))}</h2>
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
      colours,
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
  context.strokeStyle = colours.backward;
  context.fillStyle = colours.backward;
  context.lineWidth = 1.8;
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  if (width === 2) context.stroke();
  for (const [x, y] of places.slice(0, 400)) {
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }
  const last = places.at(-1);
  if (last === undefined) return;
  const y = width === 2 ? last[1] : at.y(report.loss);
  context.beginPath();
  context.arc(last[0], y, 5.5, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = colours.page;
  context.stroke();
}

/** The loss between grid places. */
function along(value: number, [low, high]: Range, loss: Float64Array): number {
  const place = ((value - low) / (high - low)) * (loss.length - 1);
  const before = Math.max(0, Math.min(loss.length - 2, Math.floor(place)));
  const share = place - before;
  return (loss[before] as number) * (1 - share) + (loss[before + 1] as number) * share;
}
