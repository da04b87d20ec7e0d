import type { Command, Help, Option } from "commander";
import type { Language } from "../formula/index.js";
import { phrases } from "./words/help.js";

/** Examples stand first: they are what most readers look for. */
export function formatHelp(
  command: Command,
  helper: Help,
  lang: Language,
  examples: readonly string[],
): string {
  const width = Math.min(helper.helpWidth ?? 80, 100);
  const terms = (items: readonly (readonly [string, string])[]): string[] => {
    const longest = Math.max(0, ...items.map(([term]) => term.length));
    return items.flatMap(([term, text]) => {
      const [first = "", ...rest] = wrap(text, Math.max(30, width - longest - 4));
      const indent = " ".repeat(longest + 4);
      return [`  ${term.padEnd(longest)}  ${first}`, ...rest.map((line) => indent + line)];
    });
  };
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", title, ...lines];
  const commands = helper
    .visibleCommands(command)
    .map((one) => [helper.subcommandTerm(one), helper.subcommandDescription(one)] as const);
  const parameters = helper
    .visibleArguments(command)
    .map((one) => [helper.argumentTerm(one), helper.argumentDescription(one)] as const);
  const options = helper
    .visibleOptions(command)
    .map((one) => [helper.optionTerm(one), describe(one, lang)] as const);
  return [
    ...wrap(helper.commandDescription(command), width),
    ...section(
      phrases.examples[lang],
      examples.map((line) => `  ${line}`),
    ),
    "",
    `${phrases.usage[lang]} ${helper.commandUsage(command)}`,
    ...section(phrases.arguments[lang], terms(parameters)),
    ...section(phrases.commands[lang], terms(commands)),
    ...section(phrases.options[lang], terms(options)),
    ...section(
      phrases.exitStatus[lang],
      wrap(phrases.exitCodes[lang], width - 2).map((line) => `  ${line}`),
    ),
    "",
  ].join("\n");
}

function describe(option: Option, lang: Language): string {
  const notes: string[] = [];
  if (option.argChoices !== undefined)
    notes.push(phrases.choices(option.argChoices.join(", "))[lang]);
  if (option.defaultValueDescription !== undefined)
    notes.push(phrases.defaults(option.defaultValueDescription)[lang]);
  return notes.length === 0 ? option.description : `${option.description} (${notes.join("; ")})`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
