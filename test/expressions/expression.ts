import type { Tensor } from "../../src/index.js";
import * as ct from "../../src/index.js";
import type { Random } from "../../src/testing/random.js";

/** An expression in x, y and z, as a function of tensors and as the text mathjs reads. */
export interface Expression {
  readonly f: (...xs: Tensor[]) => Tensor;
  readonly text: string;
  /** Whether mathjs can differentiate it. */
  readonly symbolic: boolean;
  /** Where it is smooth for at least `margin` in the arguments of every operation. */
  readonly point: readonly number[];
  readonly operations: readonly string[];
}

/** An operation the generator may apply: what it computes, its text, and where it is smooth and tame. */
interface Rule {
  readonly name: string;
  readonly arity: 1 | 2;
  apply(...xs: Tensor[]): Tensor;
  /** What mathjs calls it; missing where mathjs has no such function. */
  text?(...xs: string[]): string;
  /** Whether mathjs differentiates it. */
  readonly symbolic: boolean;
  fits(...values: number[]): boolean;
}

const margin = 0.25;
const anywhere = (): boolean => true;
const small = (x: number): boolean => Math.abs(x) < 4;
const positive = (x: number): boolean => x > margin;
const inside = (x: number): boolean => Math.abs(x) < 1 - margin;
const off = (x: number): boolean => Math.abs(x) > margin;
const apart = (x: number, y: number): boolean => Math.abs(x - y) > margin;
const unit = (x: number): boolean => x > 0.15 && x < 0.85;

function unary(
  name: string,
  apply: (x: Tensor) => Tensor,
  fits: (x: number) => boolean,
  text?: string,
  symbolic = text !== undefined,
): Rule {
  return {
    name,
    arity: 1,
    apply: apply as Rule["apply"],
    ...(text === undefined ? {} : { text: (x: string) => text.replaceAll("$", x) }),
    symbolic,
    fits: fits as Rule["fits"],
  };
}

function binary(
  name: string,
  apply: (x: Tensor, y: Tensor) => Tensor,
  fits: (x: number, y: number) => boolean,
  text?: string,
  symbolic = text !== undefined,
): Rule {
  return {
    name,
    arity: 2,
    apply: apply as Rule["apply"],
    ...(text === undefined
      ? {}
      : { text: (x: string, y: string) => text.replaceAll("$", x).replaceAll("#", y) }),
    symbolic,
    fits: fits as Rule["fits"],
  };
}

const rules: readonly Rule[] = [
  binary("add", (x, y) => ct.add(x, y), anywhere, "($ + #)"),
  binary("subtract", (x, y) => ct.subtract(x, y), anywhere, "($ - #)"),
  binary("multiply", (x, y) => ct.multiply(x, y), anywhere, "($ * #)"),
  binary(
    "divide",
    (x, y) => ct.divide(x, y),
    (_, y) => off(y),
    "($ / #)",
  ),
  binary(
    "power",
    (x, y) => ct.power(x, y),
    (x, y) => positive(x) && x < 4 && small(y),
    "($ ^ #)",
  ),
  binary(
    "atan2",
    (x, y) => ct.atan2(x, y),
    (x, y) => positive(y) || off(x),
    "atan2($, #)",
    false,
  ),
  binary(
    "hypot",
    (x, y) => ct.hypot(x, y),
    (x, y) => off(x) || off(y),
    "hypot($, #)",
    false,
  ),
  binary("maximum", (x, y) => ct.maximum(x, y), apart, "max($, #)", false),
  binary("minimum", (x, y) => ct.minimum(x, y), apart, "min($, #)", false),
  binary("logaddexp", (x, y) => ct.logaddexp(x, y), anywhere, "log(exp($) + exp(#))"),
  binary(
    "xlogy",
    (x, y) => ct.xlogy(x, y),
    (_, y) => positive(y),
    "($ * log(#))",
  ),
  binary(
    "where",
    (x, y) => ct.where(ct.greater(x, y), ct.sin(x), ct.multiply(x, y)),
    apart,
    "($ > # ? sin($) : $ * #)",
    false,
  ),
  unary("negative", (x) => ct.negative(x), anywhere, "(-$)"),
  unary("square", (x) => ct.square(x), anywhere, "($ ^ 2)"),
  unary("cube", (x) => ct.power(x, 3), anywhere, "($ ^ 3)"),
  unary("reciprocal", (x) => ct.reciprocal(x), off, "(1 / $)"),
  unary("exp", (x) => ct.exp(x), small, "exp($)"),
  unary("expm1", (x) => ct.expm1(x), small, "expm1($)", false),
  unary("log", (x) => ct.log(x), positive, "log($)"),
  unary(
    "log1p",
    (x) => ct.log1p(x),
    (x) => positive(x + 1),
    "log1p($)",
    false,
  ),
  unary("log2", (x) => ct.log2(x), positive, "log2($)", false),
  unary("log10", (x) => ct.log10(x), positive, "log10($)"),
  unary("sqrt", (x) => ct.sqrt(x), positive, "sqrt($)"),
  unary("rsqrt", (x) => ct.rsqrt(x), positive, "(1 / sqrt($))"),
  unary("cbrt", (x) => ct.cbrt(x), positive, "cbrt($)"),
  unary("sin", (x) => ct.sin(x), anywhere, "sin($)"),
  unary("cos", (x) => ct.cos(x), anywhere, "cos($)"),
  unary(
    "tan",
    (x) => ct.tan(x),
    (x) => Math.abs(Math.cos(x)) > margin,
    "tan($)",
  ),
  unary("asin", (x) => ct.asin(x), inside, "asin($)"),
  unary("acos", (x) => ct.acos(x), inside, "acos($)"),
  unary("atan", (x) => ct.atan(x), anywhere, "atan($)"),
  unary("sinh", (x) => ct.sinh(x), small, "sinh($)"),
  unary("cosh", (x) => ct.cosh(x), small, "cosh($)"),
  unary("tanh", (x) => ct.tanh(x), anywhere, "tanh($)"),
  unary("asinh", (x) => ct.asinh(x), anywhere, "asinh($)"),
  unary(
    "acosh",
    (x) => ct.acosh(x),
    (x) => x > 1 + margin,
    "acosh($)",
  ),
  unary("atanh", (x) => ct.atanh(x), inside, "atanh($)"),
  unary("abs", (x) => ct.abs(x), off, "abs($)"),
  unary("sign", (x) => ct.sign(x), off, "sign($)", false),
  unary(
    "floor",
    (x) => ct.floor(x),
    (x) => Math.abs(x - Math.round(x)) > margin,
    "floor($)",
    false,
  ),
  unary("erf", (x) => ct.erf(x), anywhere, "erf($)", false),
  unary(
    "gamma",
    (x) => ct.gamma(x),
    (x) => x > 0.5 && x < 4,
    "gamma($)",
    false,
  ),
  unary("sigmoid", (x) => ct.sigmoid(x), anywhere, "(1 / (1 + exp(-$)))"),
  unary("softplus", (x) => ct.softplus(x), small, "log(1 + exp($))"),
  unary("silu", (x) => ct.silu(x), small, "($ / (1 + exp(-$)))"),
  unary("relu", (x) => ct.relu(x), off, "max($, 0)", false),
  unary(
    "clip",
    (x) => ct.clip(x, { min: -1, max: 1 }),
    (x) => apart(x, 1) && apart(x, -1),
    "max(-1, min(1, $))",
    false,
  ),
  unary("gelu", (x) => ct.gelu(x), small),
  unary(
    "lgamma",
    (x) => ct.lgamma(x),
    (x) => x > margin && x < 30,
    "lgamma($)",
    false,
  ),
  unary(
    "digamma",
    (x) => ct.digamma(x),
    (x) => x > margin && x < 30,
  ),
  unary("erfc", (x) => ct.erfc(x), small, "(1 - erf($))", false),
  unary("erfinv", (x) => ct.erfinv(x), inside),
  unary("ndtr", (x) => ct.ndtr(x), small),
  unary("logNdtr", (x) => ct.logNdtr(x), small),
  unary("ndtri", (x) => ct.ndtri(x), unit),
  unary("logit", (x) => ct.logit(x), unit, "log($ / (1 - $))"),
  unary("sinc", (x) => ct.sinc(x), off),
  unary("entr", (x) => ct.entr(x), positive, "(-$ * log($))"),
  unary("i0", (x) => ct.i0(x), small),
  unary("i1e", (x) => ct.i1e(x), small),
];

export const ruleNames: readonly string[] = rules.map(({ name }) => name);

const symbolicRules = rules.filter(({ symbolic }) => symbolic);

interface Part {
  readonly value: number;
  readonly text: string | undefined;
  readonly symbolic: boolean;
  readonly operations: readonly string[];
}

/**
 * A random expression of up to `length` operations at a random point. Only operations that are smooth around the
 * values their arguments have there are applied, so that differences are never taken across a kink or a pole.
 * Every part may be used again.
 */
export function randomExpression(random: Random, length: number): Expression {
  const point = [random.between(-2, 2), random.between(0.3, 2.5), random.between(-0.7, 0.7)];
  const parts: Part[] = ["x", "y", "z"].map((text, i) => ({
    value: point[i] as number,
    text,
    symbolic: true,
    operations: [],
  }));
  const steps: { readonly rule: Rule; readonly from: readonly number[] }[] = [];
  const constants: number[] = [];
  const choices = random.next() < 0.6 ? symbolicRules : rules;
  while (steps.length < length) {
    if (random.next() < 0.1) {
      constants.push(random.integer(-24, 24) / 8 || 0.5);
      steps.push({ rule: constantRule(constants.at(-1) as number), from: [] });
      parts.push({
        value: constants.at(-1) as number,
        text: `(${constants.at(-1)})`,
        symbolic: true,
        operations: [],
      });
      continue;
    }
    const rule = choices[random.integer(0, choices.length - 1)] as Rule;
    const from = Array.from({ length: rule.arity }, () => pick(random, parts.length));
    const used = from.map((i) => parts[i] as Part);
    const values = used.map(({ value }) => value);
    if (!rule.fits(...values)) continue;
    const value = Number(rule.apply(...values.map((v) => ct.tensor(v) as Tensor)).item());
    const texts = used.map(({ text }) => text);
    const text =
      rule.text !== undefined && texts.every((t) => t !== undefined)
        ? rule.text(...(texts as string[]))
        : undefined;
    if (!(Math.abs(value) < 50) || (text?.length ?? 0) > 400) continue;
    steps.push({ rule, from });
    parts.push({
      value,
      text,
      symbolic: rule.symbolic && used.every((part) => part.symbolic),
      operations: [...new Set([rule.name, ...used.flatMap((part) => part.operations)])],
    });
  }
  const last = parts.at(-1) as Part;
  return {
    f: (...xs) => {
      const values = [...xs];
      for (const { rule, from } of steps)
        values.push(rule.apply(...(from.length === 0 ? xs : from.map((i) => values[i] as Tensor))));
      return values.at(-1) as Tensor;
    },
    text: last.text ?? "",
    symbolic: last.symbolic && last.text !== undefined,
    point,
    operations: last.operations,
  };
}

function constantRule(value: number): Rule {
  return {
    name: "constant",
    arity: 1,
    apply: (x) => ct.fullLike(x as Tensor, value) as Tensor,
    symbolic: true,
    fits: anywhere,
  };
}

/** Recent parts more often than old ones. */
function pick(random: Random, count: number): number {
  const u = random.next();
  return count - 1 - Math.floor(u * u * count);
}
