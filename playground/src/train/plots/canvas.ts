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
}

export function coloursNow(): Colours {
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
}

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

/** A canvas that fills its frame and is drawn again whenever something changes. */
export function useCanvas(draw: (sheet: Sheet) => void, changes: readonly unknown[]) {
  const { place, size } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined || size.width === 0) return;
    const { width, height } = size;
    const sharp = devicePixelRatio;
    const [across, down] = [Math.round(width * sharp), Math.round(height * sharp)];
    if (element.width !== across || element.height !== down) {
      element.width = across;
      element.height = down;
    }
    context.setTransform(sharp, 0, 0, sharp, 0, 0);
    context.clearRect(0, 0, width, height);
    draw({ context, width, height, colours: coloursNow() });
  }, [size, theme, ...changes]);
  return { place, canvas, size };
}
