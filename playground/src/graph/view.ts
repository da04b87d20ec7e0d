import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

const chosen = signal<number | null>(null);
const limits = { least: 0.1, most: 4 } as const;
/** The scale shown, and where the drawing was before it changes. */
let shown = 1;
let hold: ((at?: Place) => void) | undefined;

/** The scale that the reader chose; null to fill the frame. */
export const zoom: ReadonlySignal<number | null> = chosen;

/** The element that the drawing scrolls in. */
export interface Frame {
  readonly current: HTMLElement | null;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Larger or smaller by a factor; what is at the place given, or in the middle, stays there. */
export function zoomBy(factor: number, at?: Place): void {
  hold?.(at);
  chosen.value = Math.max(limits.least, Math.min(limits.most, shown * factor));
}

export function fit(): void {
  chosen.value = null;
}

/**
 * Moves the drawing in its frame: by dragging with a mouse, and by the wheel with Ctrl (two fingers on a touchpad are
 * told as that), which zooms at the pointer.
 */
export function useView(frame: Frame, scale: number): void {
  shown = scale;
  const held = useRef<
    { readonly at: Place; readonly box: DOMRect; readonly scale: number } | undefined
  >(undefined);
  useLayoutEffect(() => {
    const element = frame.current;
    const drawing = element?.querySelector("svg.graph");
    const was = held.current;
    held.current = undefined;
    if (!element || !drawing || was === undefined) return;
    const now = drawing.getBoundingClientRect();
    const factor = scale / was.scale;
    element.scrollLeft += now.left + (was.at.x - was.box.left) * factor - was.at.x;
    element.scrollTop += now.top + (was.at.y - was.box.top) * factor - was.at.y;
  }, [scale]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    hold = (at) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const drawing = element.querySelector("svg.graph");
      if (drawing === null) return;
      held.current = {
        at: at ?? { x: left + width / 2, y: top + height / 2 },
        box: drawing.getBoundingClientRect(),
        scale: shown,
      };
    };
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
    };
    const onDown = (event: PointerEvent): void => {
      if (event.pointerType === "mouse" && event.button === 0) drag(element, event);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    return () => {
      hold = undefined;
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
    };
  }, [frame.current]);
}

/** Pixels that a hand may shake in a click. */
const shake = 4;

/** Scrolls with the mouse until its button is let go; a click that ends a drag chooses nothing. */
function drag(element: HTMLElement, start: PointerEvent): void {
  const from = { left: element.scrollLeft, top: element.scrollTop };
  let dragged = false;
  const onMove = ({ clientX, clientY }: PointerEvent): void => {
    const by = { x: clientX - start.clientX, y: clientY - start.clientY };
    dragged ||= Math.hypot(by.x, by.y) > shake;
    if (!dragged) return;
    element.classList.add("dragged");
    element.scrollTo(from.left - by.x, from.top - by.y);
  };
  const onUp = (): void => {
    removeEventListener("pointermove", onMove);
    removeEventListener("pointerup", onUp);
    element.classList.remove("dragged");
    if (!dragged) return;
    const swallow = (event: Event): void => event.stopPropagation();
    element.addEventListener("click", swallow, { capture: true, once: true });
    // where the button is let go outside, no click comes
    setTimeout(() => element.removeEventListener("click", swallow, { capture: true }));
  };
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onUp);
}

/** Keeps a node in sight once it becomes the one that a step is about. */
export function useFollow(frame: Frame, id: string | undefined): void {
  const first = useRef(true);
  useLayoutEffect(() => {
    const opened = first.current;
    first.current = false;
    const element = frame.current;
    const place = id && element?.querySelector(`[data-node="${CSS.escape(id)}"]`);
    if (opened || !element || !place) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const box = place.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    const down = element.scrollHeight > element.clientHeight + 1;
    element.scrollBy({
      left: outside(box.left, box.right, own.left, own.right),
      top: down ? outside(box.top, box.bottom, own.top, own.bottom) : 0,
      behavior,
    });
    if (down) return;
    // on a phone the whole page scrolls, behind what lies at its foot
    const foot = document.querySelector(".derivation, .steps")?.getBoundingClientRect().top;
    scrollBy({ top: outside(box.top, box.bottom, 0, foot ?? innerHeight), behavior });
  }, [id]);
}

/** How far to scroll for a stretch to be inside another, with some room. */
function outside(start: number, end: number, from: number, to: number): number {
  const room = 24;
  if (start < from + room) return start - from - room;
  return end > to - room ? Math.min(end - to + room, start - from - room) : 0;
}
