import { CommanderError } from "commander";
import { FormulaError, type Language, nearest, renderError } from "../formula/index.js";
import { CotangentError } from "../index.js";
import { protectExpression } from "./argv.js";
import { type ExitCode, exitCodes, Failure } from "./failure.js";
import { languageOf } from "./language.js";
import { version } from "./package.js";
import { prepare } from "./program.js";
import { paint } from "./style.js";
import { colors, columnsOf, type Terminal } from "./terminal.js";
import { usageFailure } from "./usage.js";
import { messages } from "./words/errors.js";

/** Runs the command line: arguments without the program's own name; resolves to the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const started = performance.now();
  const lang = languageOf(args, terminal.env);
  const { program, exitCode } = prepare(terminal, lang, version());
  if (args.length === 0) {
    program.outputHelp();
    return exitCodes.ok;
  }
  try {
    refuseUnknownHelp(
      args,
      program.commands.map((one) => one.name()),
    );
    await program.parseAsync(protectExpression(args, program), { from: "user" });
    if (isVerbose(args)) {
      const took = (performance.now() - started).toFixed(0);
      terminal.stderr.write(`cotangent ${version()}, Node ${process.versions.node}, ${took} ms\n`);
    }
    return exitCode();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok;
    const command = args.find((argument) =>
      program.commands.some((one) => one.name() === argument),
    );
    return report(error, lang, terminal, args, command ?? "");
  }
}

function report(
  error: unknown,
  lang: Language,
  terminal: Terminal,
  args: readonly string[],
  command: string,
): ExitCode {
  const color = colors(terminal.stderr, terminal.env) && !optionsIn(args).includes("--no-color");
  const verbose = isVerbose(args);
  const style = paint(color);
  const tell = (lines: readonly string[]): void => {
    terminal.stderr.write(`${lines.join("\n")}\n`);
  };
  if (error instanceof FormulaError) {
    tell([
      renderError(error.problem, error.source, lang, {
        style: (part, text) => style.part(part, text),
        width: Math.max(40, columnsOf(terminal.stderr) - 8),
      }),
    ]);
    return exitCodes.usage;
  }
  const failure =
    error instanceof CommanderError ? usageFailure(error, command) : (error as Failure);
  const head = style.error(`${messages.error[lang]}:`);
  if (failure instanceof Failure) {
    const { text, fix } = failure;
    tell([`${head} ${text[lang]}`, ...(fix === undefined ? [] : [`  ${fix[lang]}`])]);
    return failure.exitCode;
  }
  const { message, stack } = error as Error;
  if (error instanceof CotangentError) {
    // the line it names is one of this program
    const said = message.replace(/\n {2}at .*$/gm, "");
    tell([`${head} ${verbose ? stack : said}`]);
    return exitCodes.usage;
  }
  tell([`${head} ${verbose ? stack : message}`, `  ${messages.internal[lang]}`]);
  return exitCodes.failed;
}

/** `help nonsense`, which commander answers with the whole help. Throws Failure. */
function refuseUnknownHelp(args: readonly string[], commands: readonly string[]): void {
  const [first, name] = args.filter((text, i) => !text.startsWith("-") && args[i - 1] !== "--lang");
  if (first !== "help" || name === undefined || [...commands, "help"].includes(name)) return;
  const meant = nearest(name, commands);
  const fix = meant === undefined ? messages.seeHelp("") : messages.didYouMean(meant);
  throw new Failure(exitCodes.usage, messages.unknownCommand(name), fix);
}

function isVerbose(args: readonly string[]): boolean {
  return optionsIn(args).some((argument) => argument === "--verbose" || /^-q?vq?$/.test(argument));
}

/** The arguments in front of `--`. */
function optionsIn(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end < 0 ? args : args.slice(0, end);
}
