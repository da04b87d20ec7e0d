import type { Explanation } from "../explanation.js";

/** Names of the notes and of `cotangent/modules`; other operations go by their own. */
const classNames: Readonly<Record<string, string>> = {
  multiply: "Prod",
  subtract: "Sub",
  divide: "Div",
  power: "Pow",
  negative: "Neg",
  maximum: "Max",
  minimum: "Min",
  matmul: "MatMul",
};

/** The class of an operation's module. */
export function className(operation: string): string {
  return classNames[operation] ?? `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
}

/** A name per node that no class, function or word of the file has. */
export function identifiers(
  explanation: Explanation,
  taken: Iterable<string>,
): Map<string, string> {
  const used = new Set(["console", "Math", "Number", "JSON", "Infinity", ...taken]);
  return new Map(
    explanation.nodes.map(({ id }) => {
      const plain = id.replace(/[^\p{L}\p{N}_$]/gu, "_");
      const base = /^[\p{L}_$]/u.test(plain) && !words.has(plain) ? plain : `_${plain}`;
      let name = base;
      for (let i = 1; used.has(name); i++) name = `${base}_${i}`;
      used.add(name);
      return [id, name];
    }),
  );
}

/** What may not name a constant in TypeScript. */
const words: ReadonlySet<string> = new Set(
  (
    "await break case catch class const continue debugger default delete do else enum export extends false finally " +
    "for function if implements import in instanceof interface let new null package private protected public return " +
    "static super switch this throw true try typeof var void while with yield arguments eval"
  ).split(" "),
);
