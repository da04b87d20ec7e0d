import {
  type Explanation,
  explain,
  formatDot,
  formatHtml,
  formatJson,
  formatLatex,
  formatSvg,
  formatText,
  formatTypeScript,
  warningText,
} from "../../explain/index.js";
import { noteOnE } from "../../formula/index.js";
import type { Context } from "../context.js";
import { chosen, readTask } from "../expression.js";
import { type ExitCode, exitCodes, Failure } from "../failure.js";
import { isFiniteValue } from "../finite.js";
import { writeWhole } from "../output.js";
import { messages } from "../words/errors.js";

export const formats = ["text", "json", "dot", "svg", "latex", "html", "ts"] as const;

export type Format = (typeof formats)[number];

export interface ExplainFlags {
  readonly at: readonly string[];
  readonly wrt: readonly string[];
  readonly order: 1 | 2;
  readonly paths: number;
  readonly steps?: boolean;
  readonly format?: Format;
  readonly json?: boolean;
  readonly output?: string;
}

const extensions: Readonly<Record<string, Format>> = {
  txt: "text",
  json: "json",
  dot: "dot",
  gv: "dot",
  svg: "svg",
  tex: "latex",
  html: "html",
  htm: "html",
  ts: "ts",
};

/** `cotangent explain`. */
export function runExplain(source: string, flags: ExplainFlags, context: Context): ExitCode {
  const format = formatOf(flags);
  const task = readTask(source, flags.at);
  const explanation = explain(task.graph, task.values, {
    wrt: chosen(task.variables, flags.wrt),
    order: flags.order,
    paths: flags.paths,
    expression: task.source,
  });
  const noted = noteOnE(task.program);
  if (noted !== undefined) context.note(`${context.say(messages.warning)}: ${context.say(noted)}`);
  const { variables = [] } = explanation.hessian ?? {};
  const left = task.variables.filter((name) => !variables.includes(name)).join(", ");
  if (flags.order === 2 && left !== "")
    context.note(`${context.say(messages.warning)}: ${context.say(messages.noHessian(left))}`);
  const text = drawable(explanation, () => write(explanation, format, flags, context));
  if (flags.output === undefined || flags.output === "-") context.print(text);
  else writeWhole(flags.output, text, context.terminal.cwd);
  if (format !== "text")
    for (const warning of explanation.warnings)
      context.note(`${context.say(messages.warning)}: ${warningText(warning, context.lang)}`);
  const numbers = [explanation.value, ...Object.values(explanation.gradient)];
  return numbers.every(isFiniteValue) ? exitCodes.ok : exitCodes.domain;
}

/** Laying out a graph of thousands of nodes exhausts the stack. */
function drawable(explanation: Explanation, draw: () => string): string {
  try {
    return draw();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const nodes = explanation.nodes.length;
    throw new Failure(exitCodes.usage, messages.tooLargeToDraw(nodes), messages.drawElsewhere);
  }
}

function formatOf({ format, json, output }: ExplainFlags): Format {
  if (json === true && format !== undefined && format !== "json")
    throw new Failure(exitCodes.usage, messages.formatConflict(format));
  if (json === true) return "json";
  if (format !== undefined || output === undefined || output === "-") return format ?? "text";
  const extension = /\.([^./\\]+)$/.exec(output)?.[1]?.toLowerCase() ?? "";
  const known = Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
  if (known !== undefined) return known;
  throw new Failure(
    exitCodes.usage,
    messages.unknownExtension(output),
    messages.chooseFormat(
      Object.keys(extensions)
        .map((name) => `.${name}`)
        .join(", "),
    ),
  );
}

function write(
  explanation: Explanation,
  format: Format,
  flags: ExplainFlags,
  { lang, color }: Context,
): string {
  switch (format) {
    case "text":
      return formatText(explanation, {
        lang,
        color: color && flags.output === undefined,
        steps: flags.steps === true,
      });
    case "json":
      return formatJson(explanation);
    case "dot":
      return formatDot(explanation);
    case "svg":
      return formatSvg(explanation, { lang });
    case "latex":
      return formatLatex(explanation, { lang, document: flags.output !== undefined });
    case "html":
      return formatHtml(explanation, { lang });
    case "ts":
      return formatTypeScript(explanation, { lang });
  }
}
