// `node scripts/operations-page.mjs`: writes docs/operations.md from the sources. What it says of a function is
// its doc comment; a new operation in a file named here needs no line here.
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { root } from "./prepare.mjs";

/** Headings, and the files of src/ops (or, with its folder, of src/control) whose functions stand under them. */
const families = {
  Arithmetic: "arithmetic remainder power maximum magnitude rounding",
  "Exponentials and logarithms": "exponential logistic entropy",
  "Trigonometric and hyperbolic functions": "trigonometric hyperbolic",
  "Roots and distances": "roots one-minus-square norm",
  Activations: "activation logsumexp one-hot",
  "Special functions": "error-function normal gamma bessel sinc",
  "Comparison, choice and logic": "comparison select logic bitwise floats",
  Reductions: "reduce product extrema predicates statistics",
  "Along an axis": "cumulative cumulative-extrema logcumsumexp recurrence",
  "Products of matrices": "matmul products contraction einsum chain diagonal",
  Convolution: "conv pooling",
  Shape: "shape axes concatenate arrange pad",
  "Slices and indices": "slice indexing take put dynamic",
  Order: "sort",
  Creation: "creation range logspace iota grid triangle vander",
  "Control flow": "control/loops control/branches control/fixed-point",
  "Types and derivatives": "cast stop",
};

const page = join(root, "docs", "operations.md");

/**
 * One function of the public API.
 * @typedef {{ name: string, aliases: string[], file: string, at: number, call: string, doc: string, kind: string }} Entry
 */

/** @typedef {{ kind: string, partials: readonly unknown[] }} Derivative */

/** The text of docs/operations.md; needs `dist`. */
export async function operationsPage() {
  const entries = await collect();
  const sections = Object.entries(families).map(([heading, files]) => {
    const rows = files
      .split(" ")
      .flatMap((file) =>
        entries.filter((entry) => entry.file === `${file}.ts`).sort((a, b) => a.at - b.at),
      )
      .map(row);
    return `## ${heading}\n\n| function | meaning | derivative |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return `${introduction(entries)}\n${sections.join("\n")}`;
}

/** @param {Entry[]} entries */
function introduction(entries) {
  const primitives = entries.filter(({ kind }) => kind !== "").length;
  return `# Operations

<!-- written by scripts/operations-page.mjs: change the doc comments in src/ops and run it again -->

Every function that computes, by family: ${entries.length} of them, named after jax.numpy, jax.lax, jax.nn and
jax.scipy.special. Numbers stand wherever a tensor may; options come last, in an object. The last
column says where the derivative comes from:

- *partials*: the operation states its partial derivatives, element by element
- *0*: they are 0 everywhere, by declaration
- *linear*: the operation is linear and states its transpose
- *rule*: it has a rule of its own
- *none*: there is no derivative; asking for it is an error
- empty: the function is made of others, and so is its derivative

${primitives} of them are operations of their own. Conventions at kinks and poles are collected in
[edge points](edge-points.md). Arithmetic, comparisons, shape and reductions are methods of tensors
too.
`;
}

/** @param {Entry} entry */
function row({ name, aliases, call, doc, kind }) {
  const also = aliases.length === 0 ? "" : `, also \`${aliases.join("`, `")}\``;
  return `| \`${name}${call}\`${also} | ${doc.replaceAll("|", "\\|")} | ${kind} |`;
}

async function collect() {
  const { operations } = await import(pathToFileURL(join(root, "dist", "index.js")).href);
  /** @type {Map<string, Derivative>} */
  const derivatives = new Map(
    operations.map((/** @type {{ name: string, derivative: Derivative }} */ op) => [
      op.name,
      op.derivative,
    ]),
  );
  const indices = ["ops", "control"].map((folder) => join(root, "src", folder, "index.ts"));
  const program = ts.createProgram(indices, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    strict: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const exported = indices.flatMap((index) => {
    const source = /** @type {ts.SourceFile} */ (program.getSourceFile(index));
    const module = /** @type {ts.Symbol} */ (checker.getSymbolAtLocation(source));
    return checker.getExportsOfModule(module);
  });
  /** @type {Map<ts.Symbol, Entry>} */
  const entries = new Map();
  for (const one of exported) {
    const symbol = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined) continue;
    const type = checker.getTypeOfSymbol(symbol);
    if (type.getCallSignatures().length === 0) continue;
    const known = entries.get(symbol);
    if (known !== undefined) {
      if (one.name !== symbol.name) known.aliases.push(one.name);
      continue;
    }
    entries.set(symbol, {
      name: symbol.name,
      aliases: one.name === symbol.name ? [] : [one.name],
      file: relative(join(root, "src"), declaration.getSourceFile().fileName).replace(/^ops./, ""),
      at: declaration.getStart(),
      call: callOf(type, checker),
      doc: docOf(symbol, checker),
      kind: kindOf(derivatives.get(symbol.name)),
    });
  }
  return checked([...entries.values()]);
}

/**
 * Those that compute; what transforms a function is described elsewhere.
 * @param {Entry[]} all
 */
function checked(all) {
  const placed = new Set(Object.values(families).flatMap((files) => files.split(" ")));
  const entries = all.filter(({ file }) => !/^control.(checkpoint|custom)/.test(file));
  for (const { name, file, doc, aliases } of entries) {
    if (!placed.has(file.replace(/\.ts$/, ""))) {
      throw new Error(`src/ops/${file} has no place on the page: add it to the families here.`);
    }
    if (doc === "") throw new Error(`${name} in src/ops/${file} has no doc comment.`);
    aliases.sort();
  }
  return entries;
}

/** @param {Derivative | undefined} derivative */
function kindOf(derivative) {
  switch (derivative?.kind) {
    case "elementwise":
      return derivative.partials.some((rule) => typeof rule === "function") ? "partials" : "0";
    case "general":
      return "rule";
    default:
      return derivative?.kind ?? "";
  }
}

/**
 * What the function means, without the errors it throws.
 * @param {ts.Symbol} symbol
 * @param {ts.TypeChecker} checker
 */
function docOf(symbol, checker) {
  const doc = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return doc
    .replace(/\s+/g, " ")
    .replace(/ (Throws|Errors as) .*$/, "")
    .trim();
}

/**
 * The parameters, the fullest way to call it: `(x, { axis, keepdims })`.
 * @param {ts.Type} type
 * @param {ts.TypeChecker} checker
 */
function callOf(type, checker) {
  const [fullest] = [...type.getCallSignatures()].sort(
    (a, b) => b.parameters.length - a.parameters.length,
  );
  const names = (fullest?.parameters ?? []).map((parameter) => {
    const declaration = /** @type {ts.ParameterDeclaration} */ (parameter.valueDeclaration);
    if (declaration.dotDotDotToken !== undefined) return `...${parameter.name}`;
    const options = optionsOf(checker.getTypeOfSymbol(parameter), declaration, checker);
    return options ?? parameter.name;
  });
  return `(${names.join(", ")})`;
}

/**
 * `{ axis, keepdims }` where a parameter takes options.
 * @param {ts.Type} type
 * @param {ts.ParameterDeclaration} declaration
 * @param {ts.TypeChecker} checker
 */
function optionsOf(type, declaration, checker) {
  const isOptions =
    declaration.name.getText() === "options" || ts.isObjectBindingPattern(declaration.name);
  if (!isOptions) return undefined;
  const object = checker.getNonNullableType(type);
  return `{ ${object
    .getProperties()
    .map(({ name }) => name)
    .join(", ")} }`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const text = await operationsPage();
  const before = readFileSync(page, { encoding: "utf8", flag: "a+" });
  writeFileSync(page, text);
  console.log(
    before === text ? "docs/operations.md is up to date." : "docs/operations.md written.",
  );
}
