import { useEffect, useRef, useState } from "preact/hooks";
import { state } from "../../state/store.js";

/** The page's colours, as `#rrggbb`. */
export interface Colours {
  readonly ink: string;
  readonly soft: string;
  readonly page: string;
  readonly hair: string;
  readonly forward: string;
  readonly backward: string;
  /** The classes 1 and 0. */
  readonly one: string;
  readonly zero: string;
}

let known: { readonly theme: string; readonly colours: Colours } | undefined;

/** The colours of a theme that `useTheme` told. */
export function coloursOf(theme: string): Colours {
  if (known?.theme !== theme) known = { theme, colours: readColours() };
  return known.colours;
}

function readColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  // read back as #rrggbb, however the style sheet writes it
  const of = (name: string): string => {
    probe.fillStyle = style.getPropertyValue(`--${name}`).trim();
    return probe.fillStyle;
  };
  return {
    ink: of("ink"),
    soft: of("soft"),
    page: of("page"),
    hair: of("hair"),
    forward: of("forward"),
    backward: of("backward"),
    one: of("one"),
    zero: of("zero"),
  };
}

/** Changes whenever the page's colours do. */
export function useTheme(): string {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const list = matchMedia("(prefers-color-scheme: dark)");
    const look = (): void => setSystem(list.matches);
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, []);
  return `${state.value.theme} ${system}`;
}

/** What to draw on, in CSS pixels. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly colours: Colours;
  /** Pixels of the canvas to a CSS pixel. */
  readonly sharp: number;
}

/** More pixels than this nobody tells apart, and they take time. */
const sharpest = 2;

/** The size of an element, as it changes. */
export function useSize<E extends HTMLElement>() {
  const place = useRef<E>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const look = (): void => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((before) =>
        before.width === width && before.height === height ? before : { width, height },
      );
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, size };
}

/** A canvas that fills its frame and is drawn again, in a task of its own, whenever something changes. */
export function useCanvas(draw: (sheet: Sheet) => void, changes: readonly unknown[]) {
  const { place, size } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const due = useRef<() => void>(null);
  useEffect(() => {
    // the newest is drawn, however many changes come meanwhile
    const waiting = due.current !== null;
    due.current = () => {
      const element = canvas.current;
      if (element !== null && size.width > 0) draw(sheetOf(element, size, coloursOf(theme)));
    };
    if (!waiting)
      setTimeout(() => {
        due.current?.();
        due.current = null;
      });
  }, [size, theme, ...changes]);
  return { place, canvas, size };
}

/** An empty sheet of a canvas, of a size in CSS pixels. */
export function sheetOf(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
  colours: Colours,
): Sheet {
  const sharp = Math.min(sharpest, devicePixelRatio);
  const [across, down] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, colours, sharp };
}
