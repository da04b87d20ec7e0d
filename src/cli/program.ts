import { Command, Option } from "commander";
import type { Language, Text } from "../formula/index.js";
import { runGrad, runHessian } from "./commands/derivatives.js";
import { type ExplainFlags, formats, runExplain } from "./commands/explain.js";
import { type CommonOptions, type Context, contextOf } from "./context.js";
import { runDemo } from "./demo/demo.js";
import { examples } from "./examples.js";
import { type ExitCode, exitCodes } from "./failure.js";
import { formatHelp } from "./help.js";
import { names, several, wholeNumber } from "./options.js";
import { phrases } from "./phrases.js";
import { readAll, type Terminal } from "./terminal.js";

/** The program and, after parsing, how its command ended. */
export interface Prepared {
  readonly program: Command;
  exitCode(): ExitCode;
}

/** All commands with their options, in the language given. */
export function prepare(terminal: Terminal, lang: Language, version: string): Prepared {
  let exitCode: ExitCode = exitCodes.ok;
  const say = (text: Text): string => text[lang];
  const program = new Command("cotangent");
  program
    .description(say(phrases.program))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    })
    .configureHelp({
      formatHelp: (command, helper) =>
        formatHelp(command, helper, lang, examples[command.name()] ?? []),
    })
    .version(version, "-V, --version", say(phrases.version))
    .helpOption("-h, --help", say(phrases.showHelp))
    .helpCommand("help [command]", say(phrases.help))
    .addOption(languageOption(say));

  const command = (name: string, description: Text): Command =>
    program
      .command(name)
      .description(say(description))
      .helpOption("-h, --help", say(phrases.showHelp))
      .allowExcessArguments(false);
  const common = (one: Command): Command =>
    one
      .addOption(languageOption(say))
      .option("--no-color", say(phrases.noColor))
      .option("-q, --quiet", say(phrases.quiet))
      .option("-v, --verbose", say(phrases.verbose));
  const run = async (
    options: CommonOptions,
    action: (context: Context) => ExitCode | Promise<ExitCode>,
  ): Promise<void> => {
    exitCode = await action(contextOf(terminal, lang, options));
  };
  /** Runs a command on an expression; for `-` on a terminal nobody would type into, shows its help. */
  const onExpression = async (
    one: Command,
    source: string,
    options: CommonOptions,
    action: (text: string, context: Context) => ExitCode | Promise<ExitCode>,
  ): Promise<void> => {
    if (source === "-" && terminal.stdin.isTTY === true) return one.outputHelp();
    const text = source === "-" ? await readAll(terminal.stdin) : source;
    await run(options, (context) => action(text, context));
  };
  const point = (one: Command): Command =>
    one
      .argument("<expression>", say(phrases.expression))
      .option("--at <values>", say(phrases.at), several, [])
      .option("--wrt <names>", say(phrases.wrt), names, []);

  const explain = point(command("explain", phrases.explain));
  explain
    .addOption(new Option("--order <n>", say(phrases.order)).choices(["1", "2"]).default("1", "1"))
    .addOption(
      new Option("--paths <n>", say(phrases.paths))
        .argParser(wholeNumber("--paths", 0))
        .default(50, "50"),
    )
    .option("--steps", say(phrases.steps))
    .addOption(new Option("--format <format>", say(phrases.format)).choices(formats))
    .option("--json", say(phrases.json))
    .option("-o, --output <file>", say(phrases.output));
  common(explain).action((source: string, options) =>
    onExpression(explain, source, options, (text, context) => {
      const flags = { ...options, order: Number(options.order) } as ExplainFlags;
      return runExplain(text, flags, context);
    }),
  );

  const grad = point(command("grad", phrases.grad)).option("--json", say(phrases.json));
  common(grad).action((source: string, options) =>
    onExpression(grad, source, options, (text, context) => runGrad(text, options, context)),
  );

  const hessian = point(command("hessian", phrases.hessian)).option("--json", say(phrases.json));
  common(hessian).action((source: string, options) =>
    onExpression(hessian, source, options, (text, context) => runHessian(text, options, context)),
  );

  const demo = command("demo", phrases.demo);
  common(demo).action((options) => run(options, runDemo));

  return { program, exitCode: () => exitCode };
}

function languageOption(say: (text: Text) => string): Option {
  return new Option("--lang <language>", say(phrases.lang)).choices(["en", "ru"]);
}
