import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

/** What a line of a case says must hold. */
export interface Expectation {
  readonly line: number;
  readonly kind: "type" | "error";
  readonly expected: string;
}

export interface Checked {
  readonly expectations: readonly Expectation[];
  /** Type of the first name declared on a line. */
  readonly types: ReadonlyMap<number, string>;
  readonly errors: ReadonlyMap<number, readonly string[]>;
  readonly instantiations: number;
}

function compilerOptions(): ts.CompilerOptions {
  const config = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile);
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  return {
    ...parsed.options,
    noEmit: true,
    // as an editor shows a hover: in full
    noErrorTruncation: true,
    types: [],
  };
}

/**
 * Type checks a file against the library's sources. In cases, a line that ends in `// type: T` states the type its
 * declaration must show, one that ends in `// error: text` what the compiler must say of it.
 */
export function check(name: string, source?: string): Checked {
  const path = join(here, "cases", name);
  const text = source ?? readFileSync(path, "utf8");
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file === path
      ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
      : read(file, ...rest);
  const engine = join(root, "types", "engine.d.ts");
  const program = ts.createProgram([path, engine], options, host);
  const file = program.getSourceFile(path) as ts.SourceFile;
  const lineOf = (position: number): number =>
    file.getLineAndCharacterOfPosition(position).line + 1;
  const errors = new Map<number, string[]>();
  for (const diagnostic of [
    ...program.getSemanticDiagnostics(file),
    ...program.getSyntacticDiagnostics(file),
  ]) {
    const line = lineOf(diagnostic.start ?? 0);
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    errors.set(line, [...(errors.get(line) ?? []), message]);
  }
  const checker = program.getTypeChecker();
  const types = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node)) {
      const type = checker.getTypeAtLocation(node.name);
      types.set(
        lineOf(node.getStart()),
        checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const expectations = text.split("\n").flatMap((line, i): Expectation[] => {
    const found = /\/\/ (type|error): (.*)$/.exec(line);
    if (found === null) return [];
    return [
      { line: i + 1, kind: found[1] as "type" | "error", expected: (found[2] as string).trim() },
    ];
  });
  return { expectations, types, errors, instantiations: program.getInstantiationCount() };
}
