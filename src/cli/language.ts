import type { Language } from "../formula/index.js";

/**
 * The language to speak: `--lang` wherever it stands, else the locale of the environment, else English. Needed
 * before the arguments are read: errors about them speak it too.
 */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const end = args.indexOf("--");
  const options = end < 0 ? args : args.slice(0, end);
  for (const [i, argument] of options.entries()) {
    const value = argument === "--lang" ? options[i + 1] : /^--lang=(.*)$/.exec(argument)?.[1];
    if (value === "en" || value === "ru") return value;
  }
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((name) => (name ?? "") !== "");
  return /^ru(?![a-z])/i.test(locale ?? "") ? "ru" : "en";
}
