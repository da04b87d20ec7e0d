/** What an argument of a function is: a value to compute with, constant data (a shape, axes), or a list of values. */
export type ParameterKind = "tensor" | "data" | "tensors";

/** How a function may be called in a formula. */
export interface Signature {
  readonly min: number;
  readonly max: number;
  /** By position; `tensor` where nothing is said, the last one for all that follow. */
  readonly parameters?: readonly ParameterKind[];
  readonly options?: readonly string[];
}

/** The names a formula may use. */
export interface Names {
  /** By the operation's own name. */
  readonly functions: ReadonlyMap<string, Signature>;
  /** Other names, to the operation's own. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Reductions that mean another function when they get several arguments: `max(a, b)`. */
  readonly ofSeveral: ReadonlyMap<string, string>;
  /** By every spelling: the name to print and the value. */
  readonly constants: ReadonlyMap<string, NamedConstant>;
}

export interface NamedConstant {
  readonly name: string;
  readonly value: number | boolean;
}

const pi: NamedConstant = { name: "pi", value: Math.PI };
const tau: NamedConstant = { name: "tau", value: 2 * Math.PI };

/** Euler's number is not among them: `e` is a variable, exp(1) the number. */
export const constants: ReadonlyMap<string, NamedConstant> = new Map([
  ["pi", pi],
  ["π", pi],
  ["tau", tau],
  ["τ", tau],
  ["inf", { name: "inf", value: Number.POSITIVE_INFINITY }],
  ["nan", { name: "nan", value: Number.NaN }],
  ["true", { name: "true", value: true }],
  ["false", { name: "false", value: false }],
]);

/** Names of one function, in textbooks, other languages and the notes (`Prod`, `Square`). */
const synonyms: readonly (readonly string[])[] = [
  ["log", "ln"],
  ["log10", "lg"],
  ["tan", "tg"],
  ["arcsin", "asin"],
  ["arccos", "acos"],
  ["arctan", "atan", "arctg"],
  ["arctan2", "atan2"],
  ["sinh", "sh"],
  ["cosh", "ch"],
  ["tanh", "th"],
  ["arcsinh", "asinh", "arsinh", "arsh"],
  ["arccosh", "acosh", "arcosh", "arch"],
  ["arctanh", "atanh", "artanh", "arth"],
  ["sign", "sgn"],
  ["sigmoid", "expit", "logistic"],
  ["multiply", "mul", "Prod"],
  ["square", "Square"],
  ["divide", "div"],
  ["subtract", "sub"],
  ["negative", "neg"],
  ["power", "pow"],
  ["abs", "absolute", "fabs"],
  ["gammaln", "lgamma"],
  ["maximum", "max2"],
];

const several: readonly (readonly [string, string])[] = [
  ["max", "maximum"],
  ["min", "minimum"],
  ["logsumexp", "logaddexp"],
];

const reduction: Signature = { min: 1, max: 1, options: ["axis", "keepdims"] };

/** Functions whose calls are not just values in, value out. */
export const signatures: Readonly<Record<string, Signature>> = {
  sum: reduction,
};

/** The names of the functions given: their own, and those synonyms and special calls that fit them. */
export function namesOf(functions: Readonly<Record<string, unknown>>): Names {
  const known = new Map<string, Signature>();
  for (const [name, f] of Object.entries(functions)) {
    if (typeof f !== "function") continue;
    known.set(name, signatures[name] ?? { min: f.length, max: f.length });
  }
  const aliases = new Map<string, string>();
  for (const group of synonyms) {
    const own = group.find((name) => known.has(name));
    if (own === undefined) continue;
    for (const name of group) if (!known.has(name)) aliases.set(name, own);
  }
  return {
    functions: known,
    aliases,
    ofSeveral: new Map(several.filter((pair) => pair.every((name) => known.has(name)))),
    constants,
  };
}

/** The operation's own name for a function's name. */
export function canonical(names: Names, name: string): string | undefined {
  return names.functions.has(name) ? name : names.aliases.get(name);
}

const greekWords = new Set(
  (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau " +
    "upsilon phi chi psi omega"
  ).split(" "),
);

/** Spelled Greek letters stay usable as variables although `gamma`, `beta`, `zeta` are also functions. */
export function isGreekWord(name: string): boolean {
  return greekWords.has(name);
}
