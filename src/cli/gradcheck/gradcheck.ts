import { formatNumber } from "../../explain/index.js";
import type { GradientError } from "../../testing/index.js";
import type { Context } from "../context.js";
import { type ExitCode, exitCodes, Failure } from "../failure.js";
import { toJsonText } from "../finite.js";
import { readText } from "../output.js";
import { paint } from "../style.js";
import { gradcheckMessages as words } from "../words/gradcheck.js";
import { checkAt, type Partial, type Worst } from "./check.js";
import { readExpression, readModule, type Subject, showPoint } from "./subject.js";

export interface GradcheckFlags {
  readonly at: readonly string[];
  readonly eps?: number;
  readonly rtol?: number;
  readonly atol?: number;
  readonly samples: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Points drawn for each one wanted, at most: many may lie where the function is not defined. */
const patience = 20;

interface Deviation {
  readonly point: string;
  readonly error: GradientError;
  readonly wrong: readonly Partial[];
}

interface Summary {
  points: number;
  comparisons: number;
  worst: Worst;
  readonly kinks: string[];
  readonly failures: Deviation[];
}

/** `cotangent gradcheck`: of an expression, or a file with one, or a module. */
export async function runGradcheck(
  source: string,
  flags: GradcheckFlags,
  context: Context,
): Promise<ExitCode> {
  const subject = await readSubject(source, flags, context);
  const summary = check(subject, flags);
  if (summary.points + summary.kinks.length + summary.failures.length === 0)
    throw new Failure(exitCodes.domain, words.nothingToCheck, words.chooseThePoint);
  if (flags.json === true) context.print(asJson(summary, subject));
  else tell(summary, subject, context);
  return summary.failures.length === 0 ? exitCodes.ok : exitCodes.failed;
}

async function readSubject(
  source: string,
  flags: GradcheckFlags,
  context: Context,
): Promise<Subject> {
  if (/\.m?js$/.test(source)) return readModule(source, context);
  const text = source.endsWith(".txt") ? readText(source, context.terminal.cwd) : source;
  return readExpression(text, flags.at, flags.seed);
}

function check(subject: Subject, { eps, rtol, atol, samples, seed }: GradcheckFlags): Summary {
  const options = {
    seed,
    ...(eps === undefined ? {} : { eps }),
    ...(rtol === undefined ? {} : { rtol }),
    ...(atol === undefined ? {} : { atol }),
  };
  const summary: Summary = {
    points: 0,
    comparisons: 0,
    worst: { ratio: 0, at: "" },
    kinks: [],
    failures: [],
  };
  const wanted = subject.drawn ? samples : 1;
  const most = subject.drawn ? samples * patience : 1;
  const { kinks, failures } = summary;
  for (let sample = 0; sample < most; sample++) {
    if (summary.points + kinks.length + failures.length >= wanted) break;
    const args = subject.point(sample);
    const verdict = checkAt(subject, args, options);
    if (verdict.kind === "kink") kinks.push(showPoint(subject, args));
    else if (verdict.kind === "differs")
      failures.push({ ...verdict, point: showPoint(subject, args) });
    else if (verdict.kind === "agrees") {
      summary.points++;
      summary.comparisons += verdict.comparisons;
      if (verdict.worst.ratio > summary.worst.ratio) summary.worst = verdict.worst;
    }
  }
  return summary;
}

/** `args[1][0]` as the user calls it. */
function named(leaf: string, { names }: Subject): string {
  return leaf.replace(/args\[(\d+)\]/, (path, i) => names[Number(i)] ?? path);
}

function tell(summary: Summary, subject: Subject, { print, say, color }: Context): void {
  const { points, comparisons, worst, kinks, failures } = summary;
  const style = paint(color);
  if (points > 0) {
    print(`${say(words.points(points, comparisons))}\n`);
    const share = `${formatNumber(Number((100 * worst.ratio).toPrecision(2)))} %`;
    if (worst.at !== "") print(`${say(words.worst(share, named(worst.at, subject)))}\n`);
  }
  for (const point of kinks) print(`${say(words.kink(point))}\n`);
  for (const { point, error, wrong } of failures) {
    const { order, mode, expected, actual } = error;
    print(`${style.error("✗")} ${say(words.differs(point, order, mode))}\n`);
    for (const { leaf, derivative, difference } of wrong) {
      const numbers = words.partial(named(leaf, subject), String(derivative), short(difference));
      print(`  ${say(numbers)}\n`);
    }
    if (wrong.length === 0) print(`  ${say(words.along(String(expected), String(actual)))}\n`);
  }
  if (failures.length === 0 && points > 0) print(`${style.good("✓")} ${say(words.agrees)}\n`);
}

function short(value: number): string {
  return String(Number(value.toPrecision(8)));
}

function asJson(summary: Summary, subject: Subject): string {
  const { points, comparisons, worst, kinks, failures } = summary;
  return toJsonText({
    schema: 1,
    passed: failures.length === 0,
    points,
    comparisons,
    worst: { ...worst, at: named(worst.at, subject) },
    kinks,
    failures: failures.map(({ point, error, wrong }) => ({
      point,
      partials: wrong.map((partial) => ({ ...partial, leaf: named(partial.leaf, subject) })),
      leaf: named(error.leaf, subject),
      order: error.order,
      mode: error.mode,
      expected: error.expected,
      actual: error.actual,
    })),
  });
}
