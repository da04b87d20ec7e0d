import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Layout } from "../../../src/explain/layout.js";

const chosen = signal<number | "whole" | null>(null);
const most = 4;
/** The scale shown, and the one at which all of the drawing is. */
let shown = 1;
let whole = 1;
let current: HTMLElement | undefined;
/** What of the drawing is to come to which place on the screen, once it has its new size. */
let anchor: { readonly point: Place; readonly to: Place } | undefined;

/** The scale that the reader chose, or all of the drawing; null for the first view, which can be read. */
export const zoom: ReadonlySignal<number | "whole" | null> = chosen;

/** The element that the drawing scrolls in. */
export interface Frame {
  readonly current: HTMLElement | null;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Larger or smaller by a factor; what is at the place given, or in the middle of what is seen, stays there. */
export function zoomBy(factor: number, at?: Place): void {
  if (current === undefined) return;
  const { left, right, top, bottom } = seen(current);
  const to = at ?? { x: (left + right) / 2, y: (top + bottom) / 2 };
  zoomTo(shown * factor, pointAt(to), to);
}

/** Shows all of the drawing. */
export function fit(): void {
  anchor = undefined;
  chosen.value = "whole";
  requestAnimationFrame(() => {
    // on a phone the frame may be behind what lies at the foot of the page
    const box = current?.getBoundingClientRect();
    if (box !== undefined) scrollBy({ top: Math.min(box.top, Math.max(0, box.bottom - foot())) });
  });
}

/** Back to the view that a graph opens with. */
export function resetView(): void {
  anchor = undefined;
  chosen.value = null;
}

function zoomTo(scale: number, point: Place | undefined, to: Place): void {
  anchor = point && { point, to };
  const next = Math.max(Math.min(0.1, whole), Math.min(most, scale));
  if (next === shown) place();
  else chosen.value = next;
}

const drawingIn = (frame: HTMLElement | undefined): Element | null | undefined =>
  frame?.querySelector("svg.graph");

/** What of the drawing is at a place of the screen, in shares of its width and height. */
function pointAt({ x, y }: Place): Place | undefined {
  const box = drawingIn(current)?.getBoundingClientRect();
  return box && { x: (x - box.left) / box.width, y: (y - box.top) / box.height };
}

/** Scrolls so that the point held comes to its place. */
function place(): void {
  const box = drawingIn(current)?.getBoundingClientRect();
  if (current === undefined || box === undefined || anchor === undefined) return;
  const { point, to } = anchor;
  anchor = undefined;
  current.scrollLeft += box.left + point.x * box.width - to.x;
  current.scrollTop += box.top + point.y * box.height - to.y;
}

/**
 * Moves the drawing in its frame: by dragging with a mouse, by the wheel with Ctrl (two fingers on a touchpad are told
 * as that), which zooms at the pointer, and by two fingers on a screen. One finger scrolls, which browsers do best.
 */
export function useView(frame: Frame, scale: number, scaleOfAll: number): void {
  shown = scale;
  whole = scaleOfAll;
  useLayoutEffect(place, [scale]);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    current = element;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
    };
    const onDown = (event: PointerEvent): void => {
      if (event.pointerType === "mouse" && event.button === 0) drag(element, event);
    };
    const onTouch = (event: TouchEvent): void => {
      if (event.touches.length === 2) pinch(element, event);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("touchstart", onTouch, { passive: false });
    return () => {
      current = undefined;
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("touchstart", onTouch);
    };
  }, [frame.current]);
}

/** Follows two fingers: what was between them stays between them. */
function pinch(element: HTMLElement, start: TouchEvent): void {
  const fingers = ({ touches }: TouchEvent): { readonly middle: Place; readonly apart: number } => {
    const [a, b] = touches as unknown as [Touch, Touch];
    return {
      middle: { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 },
      apart: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
    };
  };
  const from = { ...fingers(start), scale: shown };
  const point = pointAt(from.middle);
  start.preventDefault();
  const onMove = (event: TouchEvent): void => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const { middle, apart } = fingers(event);
    zoomTo((from.scale * apart) / from.apart, point, middle);
  };
  const onEnd = (): void => {
    element.removeEventListener("touchmove", onMove);
    for (const end of ["touchend", "touchcancel"]) element.removeEventListener(end, onEnd);
  };
  element.addEventListener("touchmove", onMove, { passive: false });
  for (const end of ["touchend", "touchcancel"]) element.addEventListener(end, onEnd);
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

/** A graph that is larger than its frame opens at the node it is about. */
export function useOpening(frame: Frame, drawing: Layout | undefined, id: string): void {
  useLayoutEffect(() => {
    const element = frame.current;
    const place = element?.querySelector(`[data-node="${CSS.escape(id)}"]`);
    if (drawing === undefined || !element || !place || chosen.peek() !== null) return;
    element.scrollTo(0, 0);
    const box = place.getBoundingClientRect();
    const own = element.getBoundingClientRect();
    const middle = (start: number, end: number, from: number, to: number): number =>
      outside(start, end, from, to) === 0 ? 0 : (start + end - from - to) / 2;
    element.scrollTo(
      middle(box.left, box.right, own.left, own.right),
      middle(box.top, box.bottom, own.top, own.bottom),
    );
  }, [drawing]);
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
    const { scrollTop, scrollHeight, clientHeight } = element;
    const wanted = scrollTop + outside(box.top, box.bottom, own.top, own.bottom);
    const down = Math.max(0, Math.min(scrollHeight - clientHeight, wanted)) - scrollTop;
    element.scrollBy({
      left: outside(box.left, box.right, own.left, own.right),
      top: down,
      behavior,
    });
    // on a phone the frame may be behind what lies at the foot of the page
    if (own.top >= 0 && own.bottom <= foot() + 1) return;
    scrollBy({ top: outside(box.top - down, box.bottom - down, 0, foot()), behavior });
  }, [id]);
}

/** The part of an element that is in the window. */
function seen(element: Element): Record<"left" | "right" | "top" | "bottom", number> {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top: Math.max(0, top), bottom: Math.min(bottom, foot()) };
}

/** Where the window ends, or on a phone what lies at its foot begins. */
function foot(): number {
  const tops = [...document.querySelectorAll(".derivation, .steps")]
    .filter((element) => getComputedStyle(element).position === "fixed")
    .map((element) => element.getBoundingClientRect().top);
  return Math.min(innerHeight, ...tops);
}

/** How far to scroll for a stretch to be inside another, with some room. */
function outside(start: number, end: number, from: number, to: number): number {
  const room = 24;
  if (start < from + room) return start - from - room;
  return end > to - room ? Math.min(end - to + room, start - from - room) : 0;
}
