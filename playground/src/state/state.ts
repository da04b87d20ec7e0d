import { escapeFragment } from "../../../src/explain/link.js";
import type { Language } from "../../../src/formula/index.js";

/** A number, or nested lists for a tensor. */
export type InputValue = number | readonly InputValue[];

export type Tab = "explain" | "train" | "lecture";
export type Pane = "graph" | "table" | "code";
export type Theme = "auto" | "light" | "dark";

/** Everything a link carries; all else on the page follows from it. */
export interface State {
  readonly tab: Tab;
  readonly expr: string;
  readonly inputs: Readonly<Record<string, InputValue>>;
  /** The node that the chain rule is written for. */
  readonly wrt: string;
  /** The node that is differentiated; empty for the formula's result. */
  readonly of: string;
  /** Steps taken, forward then backward; null for all. */
  readonly step: number | null;
  /** Whether first and second derivatives grow on the canvas. */
  readonly order: 0 | 1 | 2;
  readonly pane: Pane;
  /** Squares as Prod(s, s). */
  readonly twice: boolean;
  /** What is pinned: `node:h`, `edge:u→h#0`, `path:0`. */
  readonly pin: string;
  /** Section of the lecture, from 0. */
  readonly section: number;
  readonly seed: number;
  readonly lang: Language;
  readonly theme: Theme;
  /** What Train keeps in the link, by its own names. */
  readonly train: Readonly<Record<string, string>>;
}

export const lecture = {
  expr: "((a+e)*(b-d))^2",
  inputs: { a: 23, b: 2, e: -5, d: 7 },
} as const;

export const initial: State = {
  tab: "explain",
  expr: lecture.expr,
  inputs: lecture.inputs,
  wrt: "a",
  of: "",
  step: null,
  order: 0,
  pane: "graph",
  twice: false,
  pin: "",
  section: 0,
  seed: 0,
  lang: "en",
  theme: "auto",
  train: {},
};

/** The state as a readable fragment, without `#`: `x=((a+e)*(b-d))^2&at=a=23,b=2&wrt=a&step=11`. */
export function encodeState(state: State): string {
  const parts: [string, string][] = [];
  const put = (key: string, value: string, usual: string): void => {
    if (value !== usual) parts.push([key, value]);
  };
  put("tab", state.tab, initial.tab);
  parts.push(["x", state.expr], ["at", encodeInputs(state.inputs)]);
  put("wrt", state.wrt, "");
  put("of", state.of, "");
  put("step", state.step === null ? "" : String(state.step), "");
  put("order", String(state.order), "0");
  put("pane", state.pane, initial.pane);
  put("twice", state.twice ? "1" : "", "");
  put("pin", state.pin, "");
  put("section", String(state.section), "0");
  put("seed", String(state.seed), "0");
  parts.push(["lang", state.lang]);
  put("theme", state.theme, initial.theme);
  for (const [key, value] of Object.entries(state.train)) parts.push([`t.${key}`, value]);
  return parts.map(([key, value]) => `${key}=${escapeFragment(value)}`).join("&");
}

/** The state that a link asks for, and the parts of the link that say nothing that could be done. */
export interface Decoded {
  readonly state: State;
  readonly ignored: readonly string[];
}

/** Reads a fragment; what is missing or wrong is taken from `defaults`. */
export function decodeState(fragment: string, defaults: State = initial): Decoded {
  const given = new Map<string, string>();
  const ignored: string[] = [];
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) given.set(part.slice(0, at), unescaped(part.slice(at + 1)));
    else if (part !== "") ignored.push(part);
  }
  const taken = new Set<string>();
  /** What a part says, as far as it can be read. */
  const read = <T>(key: string, reader: (text: string) => T | undefined): T | undefined => {
    const text = given.get(key);
    if (text === undefined) return undefined;
    taken.add(key);
    const value = reader(text);
    if (value === undefined) ignored.push(`${key}=${text}`);
    return value;
  };
  const word = <T extends string>(key: string, allowed: readonly T[], usual: T): T =>
    read(key, (text) => allowed.find((one) => one === text)) ?? usual;
  const count = (key: string, most = 999_999_999): number | undefined =>
    read(key, (text) =>
      /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : undefined,
    );
  const plain = (key: string): string | undefined => read(key, (text) => text);
  const expr = plain("x");
  const own = expr !== undefined;
  const inputs = decodeInputs(plain("at") ?? "", ignored);
  const state: State = {
    tab: word("tab", ["explain", "train", "lecture"], defaults.tab),
    expr: expr ?? defaults.expr,
    inputs: own ? inputs : defaults.inputs,
    wrt: plain("wrt") ?? (own ? "" : defaults.wrt),
    of: plain("of") ?? "",
    step: count("step") ?? null,
    order: (count("order", 2) ?? 0) as State["order"],
    pane: word("pane", ["graph", "table", "code"], defaults.pane),
    twice: word("twice", ["0", "1"], "0") === "1",
    pin: plain("pin") ?? "",
    section: count("section", 7) ?? 0,
    seed: count("seed") ?? defaults.seed,
    lang: word("lang", ["en", "ru"], defaults.lang),
    theme: word("theme", ["auto", "light", "dark"], defaults.theme),
    train: Object.fromEntries(
      [...given].flatMap(([key, value]) => (key.startsWith("t.") ? [[key.slice(2), value]] : [])),
    ),
  };
  for (const [key, value] of given)
    if (!taken.has(key) && !key.startsWith("t.")) ignored.push(`${key}=${value}`);
  return { state, ignored };
}

function encodeInputs(inputs: State["inputs"]): string {
  return Object.entries(inputs)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(",");
}

/** Reads `a=23,x=[1,2]`; what is no number or list of numbers is left out and noted. */
function decodeInputs(text: string, ignored: string[]): Record<string, InputValue> {
  const found = new Map<string, InputValue>();
  for (const part of text.split(/,(?=[^,=[\]]+=)/)) {
    const at = part.indexOf("=");
    const value = at > 0 ? readValue(part.slice(at + 1)) : undefined;
    if (value !== undefined) found.set(part.slice(0, at), value);
    else if (part !== "") ignored.push(part);
  }
  return Object.fromEntries(found);
}

/**
 * A number or a list of numbers, as JSON writes them; undefined for anything else, a list of uneven lists too. A
 * number by itself may have a decimal comma.
 */
export function readValue(text: string): InputValue | undefined {
  const plain = text.trim().replaceAll("−", "-").replace(/^\+/, "");
  try {
    const value: unknown = JSON.parse(plain.replace(/^(-?\d+),(\d+)$/, "$1.$2"));
    return isInput(value) && shapeOf(value) !== undefined ? value : undefined;
  } catch {
    return undefined;
  }
}

function isInput(value: unknown): value is InputValue {
  return Array.isArray(value)
    ? value.every(isInput)
    : typeof value === "number" && Number.isFinite(value);
}

/** Lengths of lists in lists; undefined where they are uneven. */
function shapeOf(value: InputValue): string | undefined {
  if (typeof value === "number") return "";
  const inner = new Set(value.map(shapeOf));
  const [shape = ""] = inner;
  return inner.size > 1 || inner.has(undefined) ? undefined : `${value.length} ${shape}`;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
