import type { CommanderError } from "commander";
import type { Text } from "../formula/index.js";
import { exitCodes, Failure } from "./failure.js";
import { messages } from "./words/errors.js";

/** What commander found wrong, in the user's language. */
export function usageFailure(error: CommanderError, command: string): Failure {
  const { code, message } = error;
  const quoted = [...message.matchAll(/'([^']*)'/g)].map((match) => match[1] as string);
  const [first = "", second = ""] = quoted;
  const suggestion = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message)?.[1];
  const help = messages.seeHelp(command === "" ? "" : `${command} `);
  const meant = suggestion === undefined ? help : messages.didYouMean(suggestion);
  const failure = (text: Text, fix: Text): Failure => new Failure(exitCodes.usage, text, fix);
  switch (code) {
    case "commander.unknownOption":
      return failure(messages.unknownOption(first), meant);
    case "commander.unknownCommand":
      return /^[\w-]+$/.test(first)
        ? failure(messages.unknownCommand(first), meant)
        : failure(messages.notACommand(first), messages.expressionCommand(first));
    case "commander.missingArgument":
      return failure(messages.missingArgument(first), help);
    case "commander.optionMissingArgument":
      return failure(messages.missingValue(flagOf(first)), help);
    case "commander.excessArguments":
      return failure(
        messages.tooManyArguments(/got (\d+)/.exec(message)?.[1] ?? ""),
        messages.quoteExpression,
      );
    case "commander.invalidArgument": {
      const choices = /choices are (.*)\./.exec(message)?.[1] ?? "";
      const argument = /for argument '([^']*)'/.exec(message)?.[1];
      return argument === undefined
        ? failure(messages.badChoice(flagOf(first), second, choices), help)
        : failure(messages.badChoice(`<${argument}>`, first, choices), help);
    }
    default:
      return failure({ en: message, ru: message }, help);
  }
}

/** `-o, --output <file>` → `--output`. */
function flagOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
