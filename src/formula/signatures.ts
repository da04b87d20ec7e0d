/**
 * What an argument of a function is: a value to compute with, constant data (a shape, axes, a word), a list of
 * values, or indices, which may be either.
 */
export type ParameterKind = "tensor" | "data" | "tensors" | "indices";

/** How a function may be called in a formula. */
export interface Signature {
  readonly min: number;
  readonly max: number;
  /** By position; `tensor` where nothing is said, the last one for all that follow. */
  readonly parameters?: readonly ParameterKind[];
  readonly options?: readonly string[];
}

/**
 * Calls that are not just values in, value out. Parameters by letter: `x` a value, `n` data, `l` a list of values,
 * `i` indices; `?` may be left out, `*` any number more. Then the options.
 */
const calls: readonly (readonly [functions: string, call: string])[] = [
  ["sum prod mean max min ptp all any countNonzero nansum nanmean median", "x axis keepdims"],
  ["logsumexp logmeanexp average argmax argmin", "x axis keepdims"],
  ["variance var std", "x axis keepdims ddof"],
  ["quantile", "xn axis keepdims method"],
  ["norm", "x ord axis keepdims"],
  ["softmax logSoftmax", "x axis"],
  ["standardize", "x axis epsilon"],
  ["celu elu", "x alpha"],
  ["leakyRelu", "x negativeSlope"],
  ["gelu", "x approximate"],
  ["glu", "x axis"],
  ["squareplus", "x b"],
  ["polygamma", "nx"],
  ["zeta", "nx?"],
  ["cumsum cumprod cummax cummin logcumsumexp", "x axis reverse"],
  ["linearRecurrence", "xx axis reverse"],
  ["diff", "x n axis"],
  ["sort argsort", "x axis descending"],
  ["searchsorted", "xx side"],
  ["clip", "xx?x? min max"],
  ["round", "x decimals"],
  ["isclose", "xx rtol atol equalNan"],
  ["nanToNum", "x nan posinf neginf"],
  ["reshape broadcastTo tile cast expandDims matrixPower", "xn"],
  ["transpose flip squeeze", "xn?"],
  ["moveaxis swapaxes", "xnn"],
  ["repeat roll", "xn axis"],
  ["rot90", "xn? axes"],
  ["slice", "xnn?n?"],
  ["index", "xn*"],
  ["pad", "xn mode constantValues interior endValues statLength reflectType"],
  ["concatenate stack", "l axis"],
  ["hstack vstack dstack multiDot", "l"],
  ["select", "llx?"],
  ["take takeAlongAxis", "xi axis mode fillValue"],
  ["gather", "xi batch axes mode fillValue"],
  ["scatter scatterAdd scatterMul scatterMin scatterMax", "xix batch axes mode"],
  ["oneHot", "in axis dtype"],
  ["segmentSum", "xi numSegments mode"],
  ["bincount", "i length mode"],
  ["dynamicSlice", "xin"],
  ["dynamicUpdateSlice", "xxi"],
  ["diag tril triu", "x k"],
  ["diagonal matrixTrace", "x offset axis1 axis2"],
  ["einsum", "nx*"],
  ["tensordot convolve correlate", "xxn?"],
  ["cross", "xx axis"],
  ["dotGeneral", "xx"],
  ["conv", "xx stride padding dilation inputDilation groups"],
  ["convTranspose", "xx stride padding outputPadding dilation groups"],
  ["avgPool", "x window stride padding dilation countPadding"],
  ["maxPool sumPool", "x window stride padding dilation"],
  ["zeros ones identity", "n dtype"],
  ["indices iota", "n dtype axis"],
  ["full", "nx dtype"],
  ["eye tri", "nn? k dtype"],
  ["arange", "nn?n? dtype"],
  ["zerosLike onesLike", "x dtype"],
  ["fullLike", "xx dtype"],
  ["linspace geomspace", "xxn? endpoint axis dtype"],
  ["logspace", "xxn? base endpoint axis dtype"],
  ["vander", "xn? increasing"],
];

const byName: ReadonlyMap<string, string> = new Map(
  calls.flatMap(([functions, call]) => functions.split(" ").map((name) => [name, call] as const)),
);

/** Functions a formula cannot call: they take functions or types, or give several results. */
const notCallable: ReadonlySet<string> = new Set(
  (
    "cond switchCase forLoop whileLoop scan fixedPoint asarray mask meshgrid split arraySplit divmod topK " +
    "indexUpdate putAlongAxis"
  ).split(" "),
);

/** Names with a call of their own or none: for the test that they exist. */
export const listedNames: readonly string[] = [...byName.keys(), ...notCallable];

const kinds = { x: "tensor", n: "data", l: "tensors", i: "indices" } as const;

/** How the function of this name is called; undefined if a formula cannot call it. */
export function signatureOf(name: string, f: { readonly length: number }): Signature | undefined {
  if (notCallable.has(name)) return undefined;
  const call = byName.get(name);
  return call === undefined ? { min: f.length, max: f.length } : readCall(call);
}

function readCall(call: string): Signature {
  const [letters = "", ...options] = call.split(" ");
  const parameters: ParameterKind[] = [];
  let min = 0;
  let max = 0;
  for (const [, letter, mark] of letters.matchAll(/([xnli])([?*]?)/g)) {
    parameters.push(kinds[letter as keyof typeof kinds]);
    if (mark === "") min++;
    max = mark === "*" ? Number.POSITIVE_INFINITY : max + 1;
  }
  return { min, max, parameters, options };
}
