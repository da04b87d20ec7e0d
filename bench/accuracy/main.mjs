/**
 * Measures the functions of compiled programs and writes docs/accuracy.md: `npm run bench -- accuracy`, or with the
 * number of arguments per function and dtype (20000 unless given) and names, `node bench/accuracy/main.mjs 1000 exp`,
 * which only prints.
 */
import { writeFileSync } from "node:fs";
import { emitProgram } from "../../dist/compile/wasm/emit.js";
import { instantiate } from "../../dist/compile/wasm/instantiate.js";
import { operations } from "../../dist/operations.js";
import { Builder } from "../../dist/program/builder.js";
import { compileSequence, sequencesOf } from "./harness.mjs";
import { samples, ulps } from "./measure.mjs";
import { references } from "./references.mjs";

const sequences = sequencesOf(operations);
const compiler = { Builder, emitProgram, instantiate };
const [count = "20000", ...chosen] = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : Object.keys(references);

/** @param {string} name @param {"f64" | "f32"} width */
function measure(name, width) {
  const reference = references[name];
  const sequence = sequences.get(name);
  if (reference === undefined || sequence === undefined) throw new Error(`no function ${name}`);
  const inputs = samples(reference, width, Number(count));
  const length = inputs[0]?.length ?? 0;
  const type = width === "f64" ? "f64x2" : "f32x4";
  const results = compileSequence(compiler, sequence, type, inputs.length, length)(...inputs);
  let worst = 0;
  let where = "";
  results.forEach((result, i) => {
    const args = inputs.map((input) => Number(input[i]));
    const error = ulps(reference, args, result, width);
    if (error <= worst) return;
    worst = error;
    where = args.join(", ");
  });
  if (worst > reference.bound) process.exitCode = 1;
  return { cells: `${worst.toFixed(2)} | ${where}`, bound: reference.bound };
}

const rows = names.map((name) => {
  const wide = measure(name, "f64");
  const row = `| ${name} | ${wide.bound} | ${wide.cells} | ${measure(name, "f32").cells} |`;
  console.log(row);
  return row;
});

if (chosen.length === 0) {
  const page = `# Accuracy

The functions that compiled programs (\`jit\`) compute with instructions of their own, in vectors and alone, bit for bit
the same. Errors are in units of the last place (ulp) of the true value, which BigInt arithmetic gives to 45 digits
(bench/accuracy): the largest among ${count} arguments per function and dtype, drawn from random bits, from ranges of
use and around hard points, with all pairs of edge values. ±0, ±∞, NaN, overflow and the signs of zeros are exact.
\`logAddExp\`, \`logAddExp2\`, \`lgamma\` and \`digamma\` count in ulps of 1 where their value is smaller. \`fmod\`, \`remainder\` and
\`floorDivide\` are not in the table: they are exact.

Made by \`npm run bench -- accuracy\`, which fails where a bound is exceeded.

| function | bound | f64 | worst at | f32 | worst at |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
  writeFileSync(new URL("../../docs/accuracy.md", import.meta.url), page);
}
