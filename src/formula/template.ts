import { FormulaError } from "./error.js";
import type { Names } from "./names.js";
import { problem } from "./problem.js";
import { parseProgram } from "./program.js";
import type { Span } from "./source.js";
import { type Program, postorder } from "./syntax.js";

/** The text of a tag, values shown as `${0}`, `${1}`, …, and where they stand. */
function joinTemplate(strings: TemplateStringsArray) {
  const holes = new Map<number, { readonly index: number; readonly end: number }>();
  let text = "";
  let length = 0;
  strings.forEach((string, i) => {
    const part = string ?? strings.raw[i];
    text += part;
    length += Array.from(part).length;
    if (i === strings.length - 1) return;
    const written = `\${${i}}`;
    holes.set(length, { index: i, end: length + written.length });
    text += written;
    length += written.length;
  });
  return { text, holes };
}

/** A reader of tagged templates that reads each place in the code once. */
export function templateReader(names: Names): (strings: TemplateStringsArray) => Program {
  const known = new WeakMap<TemplateStringsArray, Program>();
  return (strings) => {
    let program = known.get(strings);
    if (program === undefined) {
      program = readTemplate(strings, names);
      known.set(strings, program);
    }
    return program;
  };
}

function readTemplate(strings: TemplateStringsArray, names: Names): Program {
  const { text, holes } = joinTemplate(strings);
  const program = parseProgram(text, { names, holes });
  const [free] = program.variables;
  if (free === undefined) return program;
  throw new FormulaError(problem("E053", { span: placeOf(program, free) }, free), text);
}

/** The first place of a variable. */
export function placeOf(program: Program, name: string): Span {
  const trees = [...program.definitions.map(({ value }) => value), program.value];
  for (const tree of trees) {
    let first: Span | undefined;
    for (const node of postorder(tree)) {
      if (node.kind !== "variable" || node.name !== name) continue;
      if (first === undefined || node.span.start < first.start) first = node.span;
    }
    if (first !== undefined) return first;
  }
  return { start: 0, end: 0 };
}
