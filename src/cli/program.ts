import { Argument, Command, Option } from "commander";
import type { Language, Text } from "../formula/index.js";
import { activations, links, losses } from "../train/index.js";
import { runGrad, runHessian } from "./commands/derivatives.js";
import { type ExplainFlags, formats, runExplain } from "./commands/explain.js";
import { completionScript, type Shell, shells } from "./completions.js";
import { type CommonOptions, type Context, contextOf } from "./context.js";
import { runDemo } from "./demo/demo.js";
import { examples } from "./examples.js";
import { type ExitCode, exitCodes } from "./failure.js";
import { runGradcheck } from "./gradcheck/gradcheck.js";
import { formatHelp } from "./help.js";
import { runOpen } from "./open/open.js";
import { anyNumber, names, positive, several, share, wholeNumber } from "./options.js";
import { columnsOf, readAll, type Terminal } from "./terminal.js";
import { runTrain } from "./train/train.js";
import { phrases } from "./words/help.js";

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
      getOutHelpWidth: () => columnsOf(terminal.stdout),
      getErrHelpWidth: () => columnsOf(terminal.stderr),
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

  const gradcheck = command("gradcheck", phrases.gradcheck)
    .argument("<expression>", say(phrases.checked))
    .option("--at <values>", say(phrases.checkAt), several, [])
    .option("--eps <step>", say(phrases.eps), positive("--eps"))
    .addOption(
      new Option("--rtol <value>", say(phrases.rtol))
        .argParser(positive("--rtol"))
        .default(undefined, "1e-7"),
    )
    .addOption(
      new Option("--atol <value>", say(phrases.atol))
        .argParser(positive("--atol"))
        .default(undefined, "1e-7"),
    )
    .addOption(
      new Option("--samples <n>", say(phrases.samples))
        .argParser(wholeNumber("--samples", 1))
        .default(10, "10"),
    )
    .addOption(
      new Option("--seed <n>", say(phrases.seed))
        .argParser(wholeNumber("--seed", 0))
        .default(0, "0"),
    )
    .option("--json", say(phrases.json));
  common(gradcheck).action((source: string, options) =>
    onExpression(gradcheck, source, options, (text, context) =>
      runGradcheck(text, options, context),
    ),
  );

  const train = command("train", phrases.train)
    .argument("[file]", say(phrases.data))
    .option("--data <file>", say(phrases.dataOption))
    .option("--model <model>", say(phrases.model))
    .option("--target <name>", say(phrases.target))
    .option("--features <names>", say(phrases.features), names, [])
    .addOption(
      new Option("--activation <name>", say(phrases.activation)).choices(Object.keys(activations)),
    )
    .addOption(new Option("--link <link>", say(phrases.link)).choices(Object.keys(links)))
    .addOption(new Option("--loss <loss>", say(phrases.lossOption)).choices(Object.keys(losses)))
    .option("--no-bias", say(phrases.noBias))
    .option("--no-standardize", say(phrases.noStandardize))
    .addOption(
      new Option("--optim <name>", say(phrases.optimizer)).choices(["gd", "momentum", "adam"]),
    )
    .option("--lr <rate>", say(phrases.rate), positive("--lr"))
    .option("--epochs <n>", say(phrases.epochs), wholeNumber("--epochs", 0))
    .option("--batch <n>", say(phrases.batch), wholeNumber("--batch", 1))
    .option("--seed <n>", say(phrases.seed), wholeNumber("--seed", 0))
    .option("--until-loss <value>", say(phrases.untilLoss), anyNumber("--until-loss"))
    .option("--until-gradient <value>", say(phrases.untilGradient), anyNumber("--until-gradient"))
    .option("--test-split <share>", say(phrases.testSplit), share("--test-split"))
    .option("--save <file>", say(phrases.save))
    .option("--resume <file>", say(phrases.resume))
    .option("--log <file>", say(phrases.log))
    .option("--json", say(phrases.json));
  common(train).action(async (file: string | undefined, options) => {
    const from = file ?? options.data;
    if (from === "-" && terminal.stdin.isTTY === true) return train.outputHelp();
    await run(options, (context) => runTrain(file, options, context));
  });

  const demo = command("demo", phrases.demo);
  common(demo).action((options) => run(options, runDemo));

  const open = point(command("open", phrases.open))
    .option("--no-browser", say(phrases.noBrowser))
    .option("--port <n>", say(phrases.port), wholeNumber("--port", 1));
  common(open).action((source: string, options) =>
    onExpression(open, source, options, (text, context) => runOpen(text, options, context)),
  );

  const completions = command("completions", phrases.completions).addArgument(
    new Argument("<shell>", say(phrases.shell)).choices(shells),
  );
  common(completions).action((shell: Shell, options) =>
    run(options, ({ print }) => {
      print(completionScript(shell, program));
      return exitCodes.ok;
    }),
  );

  return { program, exitCode: () => exitCode };
}

function languageOption(say: (text: Text) => string): Option {
  return new Option("--lang <language>", say(phrases.lang)).choices(["en", "ru"]);
}
