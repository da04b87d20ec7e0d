/** The drawing as a file that opens alone: computed colours and fonts in its attributes, widths of texts fixed. */
export function drawingAsSvg(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll<SVGElement>("*");
  const copies = copy.querySelectorAll<SVGElement>("*");
  for (const [i, original] of originals.entries()) settle(original, copies[i] as SVGElement);
  for (const element of copy.querySelectorAll(".reach")) element.remove();
  const { width, height } = drawing.viewBox.baseVal;
  for (const { name } of [...copy.attributes]) if (name !== "viewBox") copy.removeAttribute(name);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const page = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  page.setAttribute("width", String(width));
  page.setAttribute("height", String(height));
  page.setAttribute("fill", pageColour());
  copy.prepend(page);
  return `${new XMLSerializer().serializeToString(copy)}\n`;
}

const kept = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "font-family",
  "font-size",
  "font-style",
  "text-anchor",
];

function settle(original: SVGElement, copy: SVGElement): void {
  const style = getComputedStyle(original);
  for (const name of ["class", "role", "tabindex", "aria-label", "aria-pressed"])
    if (name !== "class" || !original.classList.contains("reach")) copy.removeAttribute(name);
  for (const name of kept) {
    const value = style.getPropertyValue(name);
    const text = original.matches("text, tspan");
    if (value !== "" && (text || !/^(font|text)/.test(name))) copy.setAttribute(name, value);
  }
  if (original.matches(".head")) copy.setAttribute("fill", lineColour(original));
  if (original instanceof SVGTextElement && (original.textContent ?? "").length > 1) {
    copy.setAttribute("textLength", original.getComputedTextLength().toFixed(1));
    copy.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
}

function lineColour(head: SVGElement): string {
  return getComputedStyle(head).getPropertyValue("--line").trim();
}

function pageColour(): string {
  return getComputedStyle(document.documentElement).backgroundColor;
}

/**
 * The drawing as pixels, painted shape by shape: an image of the file would be refused by a page whose policy allows
 * its own origin only.
 */
export function drawingAsPng(drawing: SVGSVGElement, scale: number): Promise<Blob> {
  const { width, height } = drawing.viewBox.baseVal;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.scale(scale, scale);
  context.fillStyle = pageColour();
  context.fillRect(0, 0, width, height);
  for (const shape of drawing.querySelectorAll<SVGElement>("rect, path.way, text"))
    paint(context, shape);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no image")) : resolve(blob)));
  });
}

function paint(context: CanvasRenderingContext2D, shape: SVGElement): void {
  const style = getComputedStyle(shape);
  context.globalAlpha = Number(getComputedStyle(shape.parentElement as Element).opacity);
  context.lineWidth = Number.parseFloat(style.strokeWidth) || 1;
  context.setLineDash(
    style.strokeDasharray === "none"
      ? []
      : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
  );
  if (shape instanceof SVGTextElement) paintText(context, shape);
  else {
    const path =
      shape instanceof SVGPathElement
        ? new Path2D(shape.getAttribute("d") ?? "")
        : rectangle(shape as SVGRectElement);
    if (style.fill !== "none") {
      context.fillStyle = style.fill;
      context.fill(path);
    }
    if (style.stroke !== "none") {
      context.strokeStyle = style.stroke;
      context.stroke(path);
    }
    if (shape instanceof SVGPathElement) arrow(context, shape, style.stroke);
  }
}

function rectangle(rect: SVGRectElement): Path2D {
  const [x, y, width, height, rx] = [rect.x, rect.y, rect.width, rect.height, rect.rx].map(
    (length) => length.baseVal.value,
  ) as [number, number, number, number, number];
  const path = new Path2D();
  path.roundRect(x, y, width, height, rx);
  return path;
}

function paintText(context: CanvasRenderingContext2D, text: SVGTextElement): void {
  let y = Number(text.getAttribute("y"));
  let x = Number(text.getAttribute("x")) - text.getComputedTextLength() / 2;
  for (const part of text.childNodes) {
    const style = getComputedStyle(part instanceof Element ? part : text);
    if (part instanceof Element) y += Number(part.getAttribute("dy"));
    context.font = `${style.fontStyle} ${style.fontSize} ${style.fontFamily}`;
    context.fillStyle = style.fill;
    const content = part.textContent ?? "";
    context.fillText(content, x, y);
    x += context.measureText(content).width;
  }
}

/** The head of the arrow, in the direction the way ends in. */
function arrow(context: CanvasRenderingContext2D, way: SVGPathElement, colour: string): void {
  const length = way.getTotalLength();
  const end = way.getPointAtLength(length);
  const before = way.getPointAtLength(Math.max(0, length - 2));
  context.save();
  context.translate(end.x, end.y);
  context.rotate(Math.atan2(end.y - before.y, end.x - before.x));
  context.setLineDash([]);
  context.fillStyle = colour;
  context.fill(new Path2D("M-8.5 -3.6 .5 0 -8.5 3.6z"));
  context.restore();
}
