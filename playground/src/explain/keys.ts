import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { answer } from "../engine/client.js";
import { fit, zoomBy } from "../graph/view.js";
import { state, update } from "../state/store.js";
import { makeOutput } from "./focus.js";
import { progressAt } from "./steps.js";

const running = signal(false);

/** Whether the steps play by themselves. */
export const playing: ReadonlySignal<boolean> = running;

/** Moves by so many steps, as far as there are any; the end is where every number is known. */
export function takeStep(by: number): void {
  const explanation = answer.peek()?.explanation;
  if (explanation === undefined) return;
  const { step, total } = progressAt(explanation, state.peek().step);
  const next = Math.max(0, Math.min(total, step + by));
  update({ step: next === total ? null : next });
}

const stored = "cotangent.letters";
const single = signal(localStorage.getItem(stored) !== "off");

/** Whether the keys are being shown. */
export const helping: Signal<boolean> = signal(false);

/** Whether keys of one character act: speech input may type them by mistake, so they can be switched off. */
export const letters: ReadonlySignal<boolean> = single;

export function setLetters(on: boolean): void {
  single.value = on;
  localStorage.setItem(stored, on ? "on" : "off");
}

let timer: ReturnType<typeof setInterval> | undefined;

/** Plays one step after the other, from the start where all are taken; or stops. */
export function togglePlay(): void {
  running.value = !running.value;
  clearInterval(timer);
  if (!running.value) return;
  if (state.peek().step === null) update({ step: 0 });
  timer = setInterval(() => {
    takeStep(1);
    if (state.peek().step === null) togglePlay();
  }, 900);
}

/** The page's keys, except where a field or control has a use for them. */
export function useKeys(): void {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || state.peek().tab === "train") return;
  const target = event.target as Element;
  if (meansThere(event.key, target)) return;
  if (helping.peek() || (event.key.length === 1 && event.key !== " " && !single.peek())) return;
  const action = keyed(latin(event), target);
  if (action === undefined) return;
  event.preventDefault();
  action();
}

/** Whether the control that has the focus does something with a key itself. */
function meansThere(key: string, target: Element): boolean {
  const control = target.closest("input, textarea, select, [contenteditable]");
  if (control === null) return false;
  // letters and digits look for an option
  if (control instanceof HTMLSelectElement)
    return /^(Arrow.*|Home|End|Enter|Escape| |[\p{L}\p{N}])$/u.test(key);
  if (!(control instanceof HTMLInputElement)) return true;
  switch (control.type) {
    case "checkbox":
    case "radio":
      return key === " ";
    case "range":
      return /^(Arrow.*|Home|End)$/.test(key);
    default:
      return true;
  }
}

/** Lets go of what is pinned, or else goes back to the formula's result. */
function letGo(): void {
  const { pin, of } = state.peek();
  if (pin === "" && of !== "") makeOutput("");
  else update({ pin: "" });
}

/** The character that a key has on a Latin keyboard, where the one in use has a letter of another script on it. */
function latin({ key, code }: KeyboardEvent): string {
  if (!/^\p{L}$/u.test(key) || /^\p{Script=Latin}$/u.test(key)) return key;
  return { KeyG: "g", Comma: ",", Period: "." }[code] ?? key;
}

function keyed(key: string, target: Element): (() => void) | undefined {
  const graph = target.closest(".canvas") !== null;
  const pressed = target.closest("button, [role=button], summary, a") !== null;
  switch (key) {
    case ",":
      return () => takeStep(-1);
    case ".":
      return () => takeStep(1);
    case "ArrowLeft":
      return graph ? undefined : () => takeStep(-1);
    case "ArrowRight":
      return graph ? undefined : () => takeStep(1);
    case "Home":
      return () => update({ step: 0 });
    case "End":
      return () => update({ step: null });
    case " ":
      return pressed ? undefined : togglePlay;
    case "/":
      return () => document.getElementById("formula")?.focus();
    case "+":
    case "=":
      return () => zoomBy(1.2);
    case "-":
      return () => zoomBy(1 / 1.2);
    case "0":
      return fit;
    case "g":
      return () => update({ order: state.peek().order === 1 ? 0 : 1 });
    case "?":
      return () => {
        helping.value = true;
      };
    case "Escape":
      return letGo;
    default:
      return undefined;
  }
}
