import { type Signature, signatureOf } from "./signatures.js";

/** The names a formula may use. */
export interface Names {
  /** By the operation's own name. */
  readonly functions: ReadonlyMap<string, Signature>;
  /** Other names, to the operation's own. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Functions that are one over another: `ctg` to `tan`. */
  readonly reciprocals: ReadonlyMap<string, string>;
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

/** Names of one function in textbooks, other languages and the notes; those that exist already keep their meaning. */
const synonyms: readonly (readonly [string, string])[] = [
  ["log", "ln"],
  ["log10", "lg"],
  ["tan", "tg"],
  ["arctan", "arctg"],
  ["sinh", "sh"],
  ["cosh", "ch"],
  ["tanh", "th"],
  ["arcsinh", "arsinh arsh"],
  ["arccosh", "arcosh arch"],
  ["arctanh", "artanh arth"],
  ["sign", "sgn"],
  ["abs", "absolute fabs"],
  ["sigmoid", "expit logistic"],
  ["gammaln", "lgamma"],
  ["lgamma", "gammaln loggamma"],
  ["matrixTrace", "trace tr"],
  ["variance", "var"],
  ["multiply", "Prod"],
  ["square", "Square"],
];

/** What has no operation of its own. */
const inverses: readonly (readonly [string, string])[] = [
  ["cot", "tan"],
  ["ctg", "tan"],
  ["coth", "tanh"],
  ["cth", "tanh"],
];

/** Reductions and what they mean of several arguments. */
const several: readonly (readonly [string, string])[] = [
  ["max", "maximum"],
  ["min", "minimum"],
  ["logsumexp", "logaddexp"],
];

/**
 * The names of the functions given and their synonyms. A function under several names goes by its operation's own.
 */
export function namesOf(functions: Readonly<Record<string, unknown>>): Names {
  const owns = new Map<unknown, string>();
  for (const [name, f] of Object.entries(functions)) {
    if (typeof f === "function" && (!owns.has(f) || operationName(f) === name)) owns.set(f, name);
  }
  const known = new Map<string, Signature>();
  const aliases = new Map<string, string>();
  for (const [name, f] of Object.entries(functions)) {
    if (typeof f !== "function") continue;
    const own = owns.get(f) as string;
    const signature = signatureOf(own, f);
    if (signature === undefined) continue;
    if (name === own) known.set(name, signature);
    else aliases.set(name, own);
  }
  for (const [name, others] of synonyms) {
    const own = known.has(name) ? name : aliases.get(name);
    for (const other of own === undefined ? [] : others.split(" "))
      if (!known.has(other) && !aliases.has(other)) aliases.set(other, own as string);
  }
  return {
    functions: known,
    aliases,
    reciprocals: new Map(inverses.filter(([name, of]) => !known.has(name) && known.has(of))),
    ofSeveral: new Map(several.filter((pair) => pair.every((name) => known.has(name)))),
    constants,
  };
}

function operationName(f: object): unknown {
  const { op } = f as { readonly op?: { readonly name?: unknown } };
  return op?.name;
}

/** Whether a reduction's name, called with several arguments, means that operation: `max` and `maximum`. */
export function meansOfSeveral(written: string, name: string): boolean {
  return several.some(([reduction, meant]) => reduction === written && meant === name);
}

/** The operation a function's name stands for; `reciprocal` where it is one over that. */
export function canonical(
  names: Names,
  name: string,
): { readonly name: string; readonly reciprocal: boolean } | undefined {
  const inverse = names.reciprocals.get(name);
  if (inverse !== undefined) return { name: inverse, reciprocal: true };
  const own = names.functions.has(name) ? name : names.aliases.get(name);
  return own === undefined ? undefined : { name: own, reciprocal: false };
}

/** Every name of a function. */
export function functionNames(names: Names): string[] {
  return [...names.functions.keys(), ...names.aliases.keys(), ...names.reciprocals.keys()];
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
