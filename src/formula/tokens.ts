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

/** Makes the token of a symbol at its place. */
type Make = (start: number, end: number) => Token;

/** Where the values of a `math` tag stand in its text: by start, the number and the end. */
export type Holes = ReadonlyMap<number, { readonly index: number; readonly end: number }>;

function operator(of: Operator): Make {
  return (start, end) => ({ kind: "operator", operator: of, start, end });
}

function plain(kind: "bar" | "comma" | "semicolon" | "assign"): Make {
  return (start, end) => ({ kind, start, end });
}

function open(bracket: "(" | "["): Make {
  return (start, end) => ({ kind: "open", bracket, start, end });
}

function close(bracket: ")" | "]"): Make {
  return (start, end) => ({ kind: "close", bracket, start, end });
}

function root(name: "sqrt" | "cbrt"): Make {
  return (start, end) => ({ kind: "root", name, start, end });
}

/** Everything written with fixed characters. */
const symbols: ReadonlyMap<string, Make> = new Map<string, Make>([
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
  ["⊙", operator("*")],
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
  ["√", root("sqrt")],
  ["∛", root("cbrt")],
  ["∞", (start, end) => ({ kind: "name", name: "inf", start, end })],
  ["(", open("(")],
  ["[", open("[")],
  [")", close(")")],
  ["]", close("]")],
  ["|", plain("bar")],
  [",", plain("comma")],
  [";", plain("semicolon")],
  ["=", plain("assign")],
]);

/** Operators of other languages, and what to write. */
const foreign: ReadonlyMap<string, string> = new Map([
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
]);

/** What the second character of a symbol can be. */
const endsPair = new Set(
  [...symbols.keys(), ...foreign.keys()].flatMap((written) => Array.from(written).slice(1)),
);

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
  "⊗": "outer(a, b)",
  "?": "where(x > 0, a, b)",
  "'": "transpose(x)",
  ᵀ: "transpose(x)",
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
  const point = source.points[start] as string;
  const next = source.points[start + 1];
  if (next !== undefined && endsPair.has(next)) {
    const span = { start, end: start + 2 };
    const meant = foreign.get(point + next);
    if (meant !== undefined)
      return bad(span, problem("E019", replaceable(span, meant), point + next, meant));
    const two = symbols.get(point + next);
    if (two !== undefined) return two(start, start + 2);
  }
  const span = { start, end: start + 1 };
  const one = symbols.get(point);
  if (one !== undefined) return one(start, start + 1);
  if (point === "!") {
    if (!followsValue(source, start))
      return bad(span, problem("E019", { span }, point, "logicalNot(x)"));
    const from = valueBefore(source, start);
    const text = `gamma(${source.slice({ start: from, end: start }).trim()} + 1)`;
    const replacement = { span: { start: from, end: start + 1 }, text };
    return bad(span, problem("E019", { span, replacement }, point, text));
  }
  const other = foreign.get(point);
  if (other !== undefined)
    return bad(span, problem("E019", replaceable(span, other), point, other));
  const meant =
    instead[point] ?? (point === "." ? afterPoint(source, start) : undefined) ?? compatible(point);
  return meant === undefined
    ? bad(span, problem("E001", { span }, point))
    : bad(span, problem("E001", replaceable(span, meant), point, meant));
}

/** `A.T` is transposed in other languages; other points between names are products. */
function afterPoint({ points }: Source, at: number): string | undefined {
  const [next, after] = [points[at + 1], points[at + 2]];
  if (next === "T" && (after === undefined || !continuesName(after))) return "transpose(x)";
  return next !== undefined && startsName(next) ? "a*b, a@b" : undefined;
}

/** Whether a value ends before `at`: then `!` is a factorial. */
function followsValue({ points }: Source, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isSpace(points[before] as string)) before--;
  const point = points[before];
  return point !== undefined && (continuesName(point) || point === ")" || point === "]");
}

/** Where the name, number or bracket that ends before `at` begins; a function's name with its bracket. */
function valueBefore({ points }: Source, at: number): number {
  let start = at;
  while (isSpace(points[start - 1] ?? "")) start--;
  let depth = 0;
  do {
    const point = points[start - 1] ?? "";
    if (point === ")" || point === "]") depth++;
    if (point === "(" || point === "[") depth--;
    if (depth > 0 || point === "(" || point === "[") start--;
  } while (depth > 0 && start > 0);
  while (start > 0 && (continuesName(points[start - 1] as string) || points[start - 1] === "."))
    start--;
  return start;
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
