import type { Command, Option } from "commander";

/** Shells completions are written for. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

interface Completed {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** Words that may stand as its argument. */
  readonly words: readonly string[];
}

/** The script that teaches a shell the program's commands and options. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.map(
    (command): Completed => ({
      name: command.name(),
      description: command.description(),
      options: command.createHelp().visibleOptions(command),
      words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    }),
  );
  const writers = { bash, zsh, fish };
  return `${writers[shell](program.name(), commands)}\n`;
}

function flagsOf(option: Option): string[] {
  return [option.short, option.long].filter((flag) => flag !== undefined);
}

/** Whether an option's value is a file: `<file>`. */
function takesFile(option: Option): boolean {
  return option.flags.includes("<file>");
}

function bash(program: string, commands: readonly Completed[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const values = options.flatMap((option) => {
      const pattern = flagsOf(option).join("|");
      if (option.argChoices !== undefined)
        return [
          `        ${pattern}) COMPREPLY=($(compgen -W "${option.argChoices.join(" ")}" -- "$cur")); return ;;`,
        ];
      if (takesFile(option))
        return [`        ${pattern}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`];
      return [];
    });
    const all = [...options.flatMap(flagsOf), ...words].join(" ");
    return [
      `    ${name})`,
      ...(values.length === 0 ? [] : ['      case "$prev" in', ...values, "      esac"]),
      `      COMPREPLY=($(compgen -W "${all}" -- "$cur") $(compgen -f -- "$cur")) ;;`,
    ].join("\n");
  });
  const names = commands.map(({ name }) => name).join(" ");
  return [
    `_${program}() {`,
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${names} --help --version --lang" -- "$cur"))`,
    "    return",
    "  fi",
    `  case "\${COMP_WORDS[1]}" in`,
    ...cases,
    "  esac",
    "}",
    `complete -F _${program} ${program}`,
  ].join("\n");
}

function zsh(program: string, commands: readonly Completed[]): string {
  const quoted = (text: string): string => text.replace(/'/g, "'\\''");
  const bracketed = (text: string): string => quoted(text).replace(/[[\]:\\]/g, "\\$&");
  const list = commands.map(
    ({ name, description }) => `    '${name}:${quoted(description).replace(/:/g, "\\:")}'`,
  );
  const cases = commands.map(({ name, options, words }) => {
    const specs = options.flatMap((option) => {
      const value = !option.required
        ? ""
        : option.argChoices !== undefined
          ? `:value:(${option.argChoices.join(" ")})`
          : takesFile(option)
            ? ":file:_files"
            : ":value:";
      return flagsOf(option).map((flag) => `'${flag}[${bracketed(option.description)}]${value}'`);
    });
    const rest = words.length > 0 ? `'1:argument:(${words.join(" ")})'` : "'*:file:_files'";
    return `    ${name}) _arguments ${[...specs, rest].join(" \\\n      ")} ;;`;
  });
  return [
    `#compdef ${program}`,
    `_${program}() {`,
    "  local -a commands",
    "  commands=(",
    ...list,
    "  )",
    "  if (( CURRENT == 2 )); then",
    "    _describe command commands",
    "    return",
    "  fi",
    "  local command=$words[2]",
    "  shift words",
    "  (( CURRENT-- ))",
    "  case $command in",
    ...cases,
    "  esac",
    "}",
    `compdef _${program} ${program}`,
  ].join("\n");
}

function fish(program: string, commands: readonly Completed[]): string {
  const quoted = (text: string): string => `'${text.replace(/['\\]/g, "\\$&")}'`;
  const lines = [`complete -c ${program} -n __fish_use_subcommand -f`];
  for (const { name, description, options, words } of commands) {
    lines.push(
      `complete -c ${program} -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    );
    const here = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`;
    for (const option of options) {
      const short = option.short === undefined ? "" : ` -s ${option.short.slice(1)}`;
      const long = option.long === undefined ? "" : ` -l ${option.long.slice(2)}`;
      const value = !option.required
        ? ""
        : option.argChoices !== undefined
          ? ` -x -a ${quoted(option.argChoices.join(" "))}`
          : " -r";
      lines.push(`${here}${short}${long}${value} -d ${quoted(option.description)}`);
    }
    if (words.length > 0) lines.push(`${here} -f -a ${quoted(words.join(" "))}`);
  }
  return lines.join("\n");
}
