import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { scenes } from "../lecture/sections.js";
import { pack, unpack } from "./packed.js";
import { decodeState, encodeState, initial, type State } from "./state.js";

const chosenLanguage = "cotangent.lang";
const defaults: State = { ...initial, lang: preferredLanguage() };

const missed = signal<readonly string[]>([]);

/** Parts of the link that opened what is shown and could not be followed. */
export const ignored: ReadonlySignal<readonly string[]> = missed;

/** Whether the state is a link's, of which it is not known yet what can be followed. */
let linked = false;

const current = signal<State>(read(isPacked(fragment()) ? "" : fragment(), defaults));

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
  if (change.expr !== undefined || change.tab !== undefined) forgetIgnored();
  current.value = { ...current.peek(), ...change };
  // at once: Back may come before the address would have followed
  if (keep) writeLink();
}

/** Changes the language, also for the next visit. */
export function chooseLanguage(lang: State["lang"]): void {
  localStorage.setItem(chosenLanguage, lang);
  update({ lang });
}

export function forgetIgnored(): void {
  linked = false;
  missed.value = [];
}

/** Characters of a link that is still left as it reads. */
const longest = 1500;

/** The address of this very state; a long one is packed. */
export async function link(): Promise<string> {
  const plain = encodeState(truth());
  const escaped = encodeURI(plain);
  const short = escaped.length <= longest ? plain : `z=${await pack(plain)}`;
  return `${location.href.split("#")[0]}#${short}`;
}

/** Opens the state of a packed address, if it is one. */
export async function unpackAddress(): Promise<void> {
  const given = fragment();
  if (!isPacked(given)) return;
  const plain = await unpack(given.slice(2));
  // another address may have come meanwhile
  if (fragment() !== given) return;
  if (plain !== undefined) current.value = read(plain, { ...defaults, lang: current.peek().lang });
  else {
    missed.value = [given];
    writeLink();
  }
}

/** What of the state can be followed; undefined as long as nobody knows. */
type Truth = (state: State) => State | undefined;

let follow: Truth = () => undefined;
let written = "";
/** The fragment as the page last read or wrote it; another one is a link that has come and will be read. */
let seen = fragment();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the address in step with what is shown, at most ten times a second (browsers limit it). */
export function followAddress(shown: Truth): void {
  follow = shown;
  effect(() => {
    const { value } = current;
    const known = shown(value);
    if (known !== undefined) checkLink(value, known);
    timer ??= setTimeout(writeLink, 100);
  });
  addEventListener("popstate", readLink);
  addEventListener("hashchange", readLink);
}

/** Notes what a link asked for and is not there. */
function checkLink(asked: State, known: State): void {
  if (!linked) return;
  linked = false;
  const parts = (["wrt", "of", "step", "pin"] as const).flatMap((key) =>
    (asked[key] ?? "") === "" || asked[key] === known[key] ? [] : [`${key}=${asked[key]}`],
  );
  const inputs = Object.entries(asked.inputs).flatMap(([name, value]) =>
    Object.hasOwn(known.inputs, name) ? [] : [`${name}=${JSON.stringify(value)}`],
  );
  if (parts.length + inputs.length > 0) missed.value = [...missed.peek(), ...parts, ...inputs];
}

/** The state, as far as it can be followed. */
function truth(): State {
  return follow(current.peek()) ?? current.peek();
}

function writeLink(): void {
  clearTimeout(timer);
  timer = undefined;
  const next = encodeState(truth());
  if (fragment() !== seen) return;
  if (next === written && !isPacked(seen)) return;
  written = next;
  history.replaceState(null, "", `#${next}`);
  seen = fragment();
}

function readLink(): void {
  const given = fragment();
  seen = given;
  if (isPacked(given)) {
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
  const { state: found, ignored: wrong } = decodeState(given, usual);
  missed.value = wrong;
  linked = true;
  const bare = found.tab === "lecture" && !/(^|&)x=/.test(given);
  return bare ? { ...found, ...scenes[found.section] } : found;
}

function isPacked(given: string): boolean {
  return given.startsWith("z=");
}

function fragment(): string {
  return location.hash.slice(1);
}

/** A choice made before, or the first language of the browser that the page has. */
function preferredLanguage(): State["lang"] {
  const asked = [
    new URLSearchParams(location.search).get("lang"),
    localStorage.getItem(chosenLanguage),
    ...navigator.languages,
  ];
  const known = asked.map((tag) => tag?.toLowerCase().split("-")[0]);
  return known.find((lang) => lang === "en" || lang === "ru") ?? "en";
}
