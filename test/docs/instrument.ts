import ts from "typescript";
import { type Pattern, patternOf } from "./pattern.js";

/** JavaScript that reports every `// → value` and `// throws message` of an example. */
export interface Instrumented {
  readonly javascript: string;
  /** What is wrong with the markers themselves. */
  readonly problems: { readonly line: number; readonly message: string }[];
}

const marker = /^\/\/\s*(→|throws)\s*(.*)$/;

/**
 * Wrap the expression of each marked statement in a call of `__example`. Only a statement of the
 * outermost level can be marked, on the line where it ends.
 */
export function instrument(source: string): Instrumented {
  const file = ts.createSourceFile("example.ts", source, ts.ScriptTarget.ES2022, true);
  const problems: Instrumented["problems"] = [];
  const edits: { start: number; end: number; text: string }[] = [];
  const markers = findMarkers(file);
  for (const statement of file.statements) {
    const line = file.getLineAndCharacterOfPosition(statement.getEnd()).line;
    const found = markers.get(line);
    if (found === undefined) continue;
    markers.delete(line);
    const expression = expressionOf(statement);
    if (expression === undefined) {
      problems.push({ line: line + 1, message: `'${found.kind}' stands after no expression.` });
      continue;
    }
    edits.push(wrap(file, expression, found, line + 1));
  }
  for (const line of markers.keys()) {
    problems.push({
      line: line + 1,
      message: "a marker must stand on the line where an outermost statement ends.",
    });
  }
  let text = source;
  for (const { start, end, text: replacement } of edits.reverse()) {
    text = text.slice(0, start) + replacement + text.slice(end);
  }
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  });
  return { javascript: outputText, problems };
}

interface Marker {
  readonly kind: "→" | "throws";
  readonly text: string;
}

function findMarkers(file: ts.SourceFile): Map<number, Marker> {
  const found = new Map<number, Marker>();
  const lines = file.text.split("\n");
  const seen = new Set<number>();
  const visit = (node: ts.Node): void => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(file.text, node.getEnd()) ?? []),
    ]) {
      if (seen.has(range.pos)) continue;
      seen.add(range.pos);
      const match = marker.exec(file.text.slice(range.pos, range.end));
      if (match === null) continue;
      const line = file.getLineAndCharacterOfPosition(range.pos).line;
      let text = (match[2] ?? "").trim();
      if (text === "") text = following(lines, line);
      found.set(line, { kind: match[1] === "→" ? "→" : "throws", text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  visit(file.endOfFileToken);
  return found;
}

/** A marker with nothing after it takes the comment lines below. */
function following(lines: readonly string[], marked: number): string {
  const text: string[] = [];
  for (let i = marked + 1; i < lines.length; i++) {
    const comment = /^\s*\/\/ ?(.*)$/.exec(lines[i] ?? "");
    if (comment === null) break;
    text.push(comment[1] ?? "");
  }
  return text.join("\n");
}

function expressionOf(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isExpressionStatement(statement)) return statement.expression;
  if (ts.isVariableStatement(statement)) {
    const [only, ...others] = statement.declarationList.declarations;
    return others.length === 0 ? only?.initializer : undefined;
  }
  return undefined;
}

function wrap(
  file: ts.SourceFile,
  expression: ts.Expression,
  found: Marker,
  line: number,
): { start: number; end: number; text: string } {
  const pattern: Pattern = patternOf(found.text);
  const awaits = containsAwait(expression);
  const shown = isConsoleLog(expression)
    ? `__example.shown(${expression.arguments.map((a) => a.getText(file)).join(", ")})`
    : `(${expression.getText(file)})`;
  const call = `__example.${found.kind === "→" ? "equals" : "throws"}(${awaits ? "async " : ""}() => ${shown}, ${JSON.stringify(pattern)}, ${line})`;
  return {
    start: expression.getStart(file),
    end: expression.getEnd(),
    text: awaits ? `(await ${call})` : call,
  };
}

function isConsoleLog(expression: ts.Expression): expression is ts.CallExpression {
  return ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
}

function containsAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, containsAwait) ?? false;
}
