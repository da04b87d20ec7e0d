import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { scenes } from "../lecture/sections.js";
import { pack, unpack } from "./packed.js";
import { decodeState, encodeState, initial, type State } from "./state.js";

const defaults: State = { ...initial, lang: preferredLanguage() };

const current = signal<State>(read(fragment(), defaults));

/** The page's state. */
export const state: ReadonlySignal<State> = current;

/**
 * Changes the state. With `keep` the state before becomes a step of the browser's history, so that Back undoes.
 */
export function update(change: Partial<State>, { keep = false } = {}): void {
  if (keep) {
    writeLink();
    history.pushState(null, "", location.href);
  }
  current.value = { ...current.peek(), ...change };
  // at once: Back may come before the address would have followed
  if (keep) writeLink();
}

/** Characters of a link that is still left as it reads. */
const longest = 1500;

/** The address of this very state; a long one is packed. */
export async function link(): Promise<string> {
  const plain = encodeState(current.peek());
  const escaped = encodeURI(plain);
  const short = escaped.length <= longest ? plain : `z=${await pack(plain)}`;
  return `${location.href.split("#")[0]}#${short}`;
}

/** Opens the state of a packed address, if it is one. */
export async function unpackAddress(): Promise<void> {
  const given = fragment();
  if (!given.startsWith("z=")) return;
  const plain = await unpack(given.slice(2));
  // another address may have come meanwhile
  if (plain !== undefined && fragment() === given)
    current.value = read(plain, { ...defaults, lang: current.peek().lang });
}

let written = "";
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the address in step, at most ten times a second (browsers limit it). */
export function followAddress(): void {
  effect(() => {
    encodeState(current.value);
    timer ??= setTimeout(writeLink, 100);
  });
  addEventListener("popstate", readLink);
  addEventListener("hashchange", readLink);
}

function writeLink(): void {
  clearTimeout(timer);
  timer = undefined;
  const next = encodeState(current.peek());
  if (next === written) return;
  written = next;
  history.replaceState(null, "", `#${next}`);
}

function readLink(): void {
  const given = fragment();
  if (given.startsWith("z=")) {
    unpackAddress();
    return;
  }
  // while a change waits to be written, the address may be asked for that stands there still
  if (timer === undefined && (given === written || given === encodeURI(written))) return;
  clearTimeout(timer);
  timer = undefined;
  written = given;
  current.value = read(given, { ...defaults, lang: current.peek().lang });
}

/** The state of a link; one that names a section of the lecture only shows the graph of that section. */
function read(given: string, usual: State): State {
  const found = decodeState(given, usual);
  const bare = found.tab === "lecture" && !/(^|&)x=/.test(given);
  return bare ? { ...found, ...scenes[found.section] } : found;
}

function fragment(): string {
  return location.hash.slice(1);
}

function preferredLanguage(): State["lang"] {
  const asked = new URLSearchParams(location.search).get("lang") ?? document.documentElement.lang;
  return asked === "ru" ? "ru" : "en";
}
