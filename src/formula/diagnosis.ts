import { canonical, type Names } from "./names.js";
import type { Operand } from "./operand.js";
import { type Problem, problem } from "./problem.js";
import type { Span } from "./source.js";
import type { TokenStream } from "./stream.js";
import type { Token } from "./tokens.js";

/** Source longer than this is shortened in a suggestion. */
const longest = 20;

/** Two values side by side: `2x`, `(a)(b)`. `divided` is what the left one divides, as in `a/2x`. */
export function missingOperator(
  stream: TokenStream,
  left: Operand,
  divided: Operand | undefined,
): Problem {
  const last = stream.lastWritten as Token;
  const next = stream.peek();
  const right = factorAhead(stream);
  const product = `${shorten(stream, left)}*${right}`;
  const gap = { start: last.end, end: next.start };
  const span = { start: last.start, end: next.end };
  const sides = [stream.text(last), stream.text(next)] as const;
  if (last.kind === "name" && last.name === "if")
    return problem("E013", { span }, ...sides, { choice: "where(x > 0, a, b)" });
  if (next.kind === "name" && next.name === "if")
    return problem("E013", { span }, ...sides, { choice: conditional(stream, next) });
  if (next.kind === "open" && next.bracket === "[" && last.end === next.start) {
    const place = right.slice(1, -1);
    const index = /^-?\d+$/.test(place) ? place : "0";
    return problem("E013", { span }, ...sides, {
      element: `take(${shorten(stream, left)}, ${index})`,
    });
  }
  if (divided === undefined)
    return problem("E013", { span, replacement: { span: gap, text: "*" } }, ...sides, product);
  const before = shorten(stream, divided);
  return problem("E013", { span }, ...sides, `${before}/(${product})`, `${before}/${product}`);
}

/** `x if x > 0 else 0`, with the `if` ahead, as a call; an example where it is a part of something larger. */
function conditional(stream: TokenStream, from: Token): string {
  const example = "where(x > 0, a, b)";
  const rest = [...Array(longest).keys()].map((ahead) => stream.peek(ahead));
  const otherwise = rest.find((token) => token.kind === "name" && token.name === "else");
  const last = rest.find(
    ({ kind }) => kind === "end" || kind === "semicolon" || kind === "newline",
  );
  if (otherwise === undefined || last === undefined) return example;
  const before = stream.text({ start: 0, end: from.start }).trim();
  const condition = stream.text({ start: from.end, end: otherwise.start }).trim();
  const after = stream.text({ start: otherwise.end, end: last.start }).trim();
  const parts = [condition, before, after];
  const whole = parts.every((part) => part !== "" && !/[;\n\r]|(?<![<>=!])=(?!=)/.test(part));
  const balanced = parts.every((part) => part.split("(").length === part.split(")").length);
  return whole && balanced ? `where(${parts.join(", ")})` : example;
}

/** The value that begins ahead, as far as its first bracket reaches. */
export function factorAhead(stream: TokenStream): string {
  const first = stream.peek();
  if (first.kind === "bar") return "|…|";
  const named = first.kind === "name" || first.kind === "root";
  const bracket = named ? stream.peek(1) : first;
  if (bracket.kind !== "open") {
    return first.kind === "root" ? `${stream.text(first)}…` : stream.text(first);
  }
  let depth = 0;
  for (let ahead = named ? 1 : 0; ahead < longest; ahead++) {
    const token = stream.peek(ahead);
    if (token.kind === "open") depth++;
    if (token.kind === "close") depth--;
    if (depth > 0) continue;
    const whole = stream.text({ start: first.start, end: token.end });
    if (Array.from(whole).length <= longest && !whole.includes("\n")) return whole;
    break;
  }
  return `${named ? stream.text(first) : ""}${stream.text(bracket)}…${bracket.bracket === "(" ? ")" : "]"}`;
}

function shorten(stream: TokenStream, { start, end }: Span): string {
  const text = stream.text({ start, end });
  return end - start <= longest && !/[\n\r]/.test(text) ? text : "(…)";
}

/** `√x^2`: the root's reach is unclear. */
export function powerOfRoot(stream: TokenStream, root: Token, base: Operand): Problem {
  const sign = stream.text(root);
  const under = shorten(stream, base);
  const power = powerAhead(stream);
  const span = { start: root.start, end: stream.peek().end };
  return problem("E016", { span }, `(${sign}${under})${power}`, `${sign}(${under}${power})`);
}

/** `x²^3`: (x²)^3 or x^(2^3). */
export function stackedPower(
  stream: TokenStream,
  base: Operand,
  superscript: Token & { readonly kind: "superscript" },
): Problem {
  const power = powerAhead(stream);
  const below = shorten(stream, { start: base.start, end: superscript.start });
  return problem(
    "E016",
    { span: { start: superscript.start, end: stream.peek().end } },
    `(${shorten(stream, base)})${power}`,
    `${below}^(${superscript.value}${power})`,
  );
}

/** The power that comes, as far as one token shows it. */
function powerAhead(stream: TokenStream): string {
  const sign = stream.peek();
  if (sign.kind === "superscript") return stream.text(sign);
  const exponent = stream.peek(1);
  const plain = exponent.kind === "number" || exponent.kind === "name";
  return `^${plain ? stream.text(exponent) : "n"}`;
}

/** `sin x`, `sin^2(x)`, `sin` alone: the name ahead is a function without its parentheses. */
export function bareFunction(stream: TokenStream, names: Names): Problem {
  const token = stream.peek() as Token & { readonly kind: "name" };
  const span = { start: token.start, end: token.end };
  const written = stream.text(span);
  const next = stream.peek(1);
  const power = next.kind === "superscript" || (next.kind === "operator" && next.operator === "^");
  if (power) {
    const exponent = next.kind === "superscript" ? next : stream.peek(2);
    const raised = stream.text({ start: next.start, end: exponent.end });
    return problem("E022", { span }, written, `${written}(x)${raised}`);
  }
  const argument = next.kind === "number" || next.kind === "name" ? stream.text(next) : undefined;
  if (argument === undefined) return problem("E022", { span }, written, `${written}(x)`);
  const call = `${written}(${argument})`;
  const after = stream.peek(2);
  const whole =
    after.kind !== "open" && !(next.kind === "name" && canonical(names, next.name) !== undefined);
  const replacement = { span: { start: token.start, end: next.end }, text: call };
  return whole
    ? problem("E022", { span, replacement }, written, call)
    : problem("E022", { span }, written, `${written}(${argument}(x))`);
}
