import type { Command } from "commander";

/**
 * The arguments with an expression that begins with a minus (`-x^2`) moved behind `--`, where no option is looked
 * for. Only where the command takes an expression and none is given otherwise.
 */
export function protectExpression(args: readonly string[], program: Command): string[] {
  const at = args.findIndex((argument) => !argument.startsWith("-"));
  const command = program.commands.find((candidate) => candidate.name() === args[at]);
  if (command === undefined || command.registeredArguments.length === 0) return [...args];
  const known = new Map(
    command.options.flatMap((option) =>
      [option.short, option.long].flatMap((flag) => (flag === undefined ? [] : [[flag, option]])),
    ) as [string, Command["options"][number]][],
  );
  const takesValue = (flag: string): boolean => known.get(flag)?.required === true;
  let candidate: number | undefined;
  for (let i = at + 1; i < args.length; i++) {
    const argument = args[i] as string;
    if (argument === "--") return [...args];
    if (takesValue(argument)) i++;
    else if (argument === "-" || !argument.startsWith("-")) return [...args];
    else if (!argument.startsWith("--") && !isFlags(argument, known)) candidate ??= i;
  }
  if (candidate === undefined) return [...args];
  return [...args.filter((_, i) => i !== candidate), "--", args[candidate] as string];
}

/** `-q`, `-qv`: letters that are all known flags without a value. */
function isFlags(argument: string, known: ReadonlyMap<string, { required: boolean }>): boolean {
  if (argument === "-h" || argument === "-V") return true;
  return Array.from(argument.slice(1)).every(
    (letter) => known.get(`-${letter}`)?.required === false,
  );
}
