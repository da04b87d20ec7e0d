import {
  continuesName,
  isDigit,
  isSpace,
  normalizeName,
  startsName,
  superscriptDigit,
} from "./characters.js";
import type { Operator } from "./operators.js";
import { type Problem, problem } from "./problem.js";
import { isLineEnd, type Source, type Span } from "./source.js";

/** The smallest parts of a formula. A `bad` one is reported when the parser reaches it. */
export type Token = Span &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "text"; readonly value: string }
    | { readonly kind: "superscript"; readonly value: number }
    | { readonly kind: "hole"; readonly index: number }
    | { readonly kind: "operator"; readonly operator: Operator }
    | { readonly kind: "root"; readonly name: "sqrt" | "cbrt" }
    | { readonly kind: "open"; readonly bracket: "(" | "[" }
    | { readonly kind: "close"; readonly bracket: ")" | "]" }
    | { readonly kind: "bar" | "comma" | "semicolon" | "newline" | "assign" | "end" }
    | { readonly kind: "bad"; readonly problem: Problem }
  );

type Part = Token extends infer T ? (T extends Span ? Omit<T, keyof Span> : never) : never;

/** Where the values of a `math` tag stand in its text: by start, the number and the end. */
export type Holes = ReadonlyMap<number, { readonly index: number; readonly end: number }>;

const operator = (of: Operator): Part => ({ kind: "operator", operator: of });
const plain = (kind: "bar" | "comma" | "semicolon" | "assign"): Part => ({ kind });

/** Everything written with fixed characters; longer ones first. */
const symbols: readonly (readonly [string, Part])[] = [
  ["**", operator("^")],
  ["<=", operator("<=")],
  [">=", operator(">=")],
  ["==", operator("==")],
  ["!=", operator("!=")],
  ["+", operator("+")],
  ["-", operator("-")],
  ["−", operator("-")],
  ["*", operator("*")],
  ["·", operator("*")],
  ["⋅", operator("*")],
  ["∙", operator("*")],
  ["∗", operator("*")],
  ["×", operator("*")],
  ["/", operator("/")],
  ["÷", operator("/")],
  ["∕", operator("/")],
  ["@", operator("@")],
  ["^", operator("^")],
  ["<", operator("<")],
  [">", operator(">")],
  ["≤", operator("<=")],
  ["≥", operator(">=")],
  ["≠", operator("!=")],
  ["√", { kind: "root", name: "sqrt" }],
  ["∛", { kind: "root", name: "cbrt" }],
  ["∞", { kind: "name", name: "inf" }],
  ["(", { kind: "open", bracket: "(" }],
  ["[", { kind: "open", bracket: "[" }],
  [")", { kind: "close", bracket: ")" }],
  ["]", { kind: "close", bracket: "]" }],
  ["|", plain("bar")],
  [",", plain("comma")],
  [";", plain("semicolon")],
  ["=", plain("assign")],
];

const symbolOf = new Map(symbols);

/** Operators of other languages, and what to write. */
const foreign: readonly (readonly [string, string])[] = [
  ["&&", "logicalAnd(a, b)"],
  ["//", "floor(a / b)"],
  ["<>", "!="],
  ["=<", "<="],
  ["=>", ">="],
  ["~=", "!="],
  [":=", "="],
  [".*", "*"],
  ["./", "/"],
  [".^", "^"],
  ["&", "logicalAnd(a, b)"],
  ["%", "remainder(a, b)"],
  [":", "/"],
];

/** Characters that are seldom meant, and what to write. */
const instead: Readonly<Record<string, string>> = {
  "–": "-",
  "—": "-",
  "‐": "-",
  "‑": "-",
  "“": '"',
  "”": '"',
  "«": '"',
  "»": '"',
  "{": "(",
  "}": ")",
  "∑": "sum(x)",
  "∏": "prod(x)",
  "∜": "x^(1/4)",
};

/** Splits a text into tokens; the last is `end`. */
export function tokenize(source: Source, holes: Holes = new Map()): Token[] {
  const tokens: Token[] = [];
  const { points } = source;
  let at = 0;
  while (at < points.length) {
    const point = points[at] as string;
    const hole = holes.get(at);
    if (hole !== undefined) {
      tokens.push({ kind: "hole", index: hole.index, start: at, end: hole.end });
      at = hole.end;
    } else if (isLineEnd(point)) {
      tokens.push({ kind: "newline", start: at, end: at + 1 });
      at++;
    } else if (isSpace(point)) {
      at++;
    } else if (point === "#") {
      while (at < points.length && !isLineEnd(points[at] as string) && !holes.has(at)) at++;
    } else {
      const token = readToken(source, at);
      tokens.push(token);
      at = token.end;
    }
  }
  tokens.push({ kind: "end", start: points.length, end: points.length });
  return tokens;
}

function readToken(source: Source, start: number): Token {
  const point = source.points[start] as string;
  const next = source.points[start + 1];
  if (isDigit(point) || (point === "." && isDigit(next))) return readNumber(source, start);
  if (startsName(point)) return readName(source, start);
  if (superscriptDigit(point) !== undefined) return readSuperscript(source, start);
  const follows = start > 0 && continuesName(source.points[start - 1] as string);
  // after a name it is a prime, which is no part of a name
  if (point === '"' || (point === "'" && !follows)) return readText(source, start);
  return readSymbol(source, start);
}

function readSymbol(source: Source, start: number): Token {
  const pair = source.slice({ start, end: start + 2 });
  for (const [written, meant] of foreign) {
    if (written.length !== 2 || written !== pair) continue;
    const span = { start, end: start + 2 };
    return bad(span, problem("E019", replaceable(span, meant), written, meant));
  }
  const two = pair.length === 2 ? symbolOf.get(pair) : undefined;
  if (two !== undefined) return { ...two, start, end: start + 2 };
  const point = source.points[start] as string;
  const one = symbolOf.get(point);
  const span = { start, end: start + 1 };
  if (one !== undefined) return { ...one, ...span };
  if (point === "!") {
    const meant = followsValue(source, start) ? "gamma(n + 1)" : "logicalNot(x)";
    return bad(span, problem("E019", { span }, point, meant));
  }
  const other = foreign.find(([written]) => written === point);
  if (other !== undefined) {
    return bad(span, problem("E019", replaceable(span, other[1]), point, other[1]));
  }
  const meant = instead[point] ?? compatible(point);
  return meant === undefined
    ? bad(span, problem("E001", { span }, point))
    : bad(span, problem("E001", replaceable(span, meant), point, meant));
}

/** Whether a value ends before `at`: then `!` is a factorial. */
function followsValue({ points }: Source, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isSpace(points[before] as string)) before--;
  const point = points[before];
  return point !== undefined && (continuesName(point) || point === ")" || point === "]");
}

/** Fixes that are one symbol can be put in by themselves. */
function replaceable(span: Span, text: string) {
  return text.length <= 2 || text.startsWith("(1/")
    ? { span, replacement: { span, text } }
    : { span };
}

/** What a compatibility character (full width, ½, ⁿ) stands for, if that can be written. */
function compatible(point: string): string | undefined {
  const plainer = point.normalize("NFKC").replace("⁄", "/");
  if (plainer === point || !/^[!-~]+$/.test(plainer)) return undefined;
  if (plainer.includes("/")) return `(${plainer})`;
  return /\p{Lm}/u.test(point) ? `^${plainer}` : plainer;
}

function bad(span: Span, complaint: Problem): Token {
  return { kind: "bad", problem: complaint, ...span };
}

function readNumber(source: Source, start: number): Token {
  const { points } = source;
  let end = start;
  const digits = () => {
    const from = end;
    while (isDigit(points[end])) end++;
    return end > from;
  };
  digits();
  if (points[end] === ".") {
    end++;
    digits();
    if (points[end] === ".") {
      while (isDigit(points[end]) || points[end] === ".") end++;
      const span = { start, end };
      return bad(span, problem("E002", { span }, source.slice(span)));
    }
  }
  const mantissa = end;
  if (points[end] === "e" || points[end] === "E") {
    end++;
    if (points[end] === "+" || points[end] === "-") end++;
    if (!digits()) end = mantissa;
  }
  const span = { start, end };
  const written = source.slice(span);
  const value = Number(written);
  if (value === Number.POSITIVE_INFINITY)
    return bad(span, problem("E003", { span }, written, "large"));
  if (value === 0 && /[1-9]/.test(points.slice(start, mantissa).join("")))
    return bad(span, problem("E003", { span }, written, "small"));
  return { kind: "number", value, ...span };
}

function readName(source: Source, start: number): Token {
  const { points } = source;
  let end = start + 1;
  // πr is a product without its sign, not a name
  const product = points[start] === "π" && end < points.length && startsName(points[end] as string);
  while (!product && end < points.length && continuesName(points[end] as string)) end++;
  return { kind: "name", name: normalizeName(source.slice({ start, end })), start, end };
}

function readSuperscript(source: Source, start: number): Token {
  const { points } = source;
  let end = start;
  let digits = "";
  for (
    let digit = superscriptDigit(points[end]);
    digit !== undefined && (end === start || /\d/.test(digit));
    digit = superscriptDigit(points[++end])
  ) {
    digits += digit;
  }
  const span = { start, end };
  const value = Number(digits);
  if (digits === "+" || digits === "-")
    return bad(span, problem("E001", { span }, points[start] as string));
  if (!Number.isFinite(value)) return bad(span, problem("E003", { span }, digits, "large"));
  return { kind: "superscript", value, ...span };
}

function readText(source: Source, start: number): Token {
  const { points } = source;
  let end = start + 1;
  while (end < points.length && points[end] !== points[start] && !isLineEnd(points[end] as string))
    end++;
  if (points[end] !== points[start]) {
    const span = { start, end };
    return bad(span, problem("E004", { span }));
  }
  const value = source.slice({ start: start + 1, end });
  return { kind: "text", value, start, end: end + 1 };
}
