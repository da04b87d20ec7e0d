import { CotangentError, type Primitive, type Tensor } from "../index.js";
import { casesOf, type Situation, situate } from "./situations.js";
import { type Flat, near, scaleOf } from "./vectors.js";

/** How to run a function of tensors. The conformance suite runs everything it checks through it. */
export type Implementation = (f: Flat) => Flat;

/** What a check of one operation may ask. */
export interface Subject {
  readonly operation: Primitive;
  readonly seed: number;
  readonly implementation: Implementation | undefined;
  /** Why an operation without cases has none. */
  readonly exception: string | undefined;
  /** The public functions by name. */
  readonly functions: Readonly<Record<string, unknown>>;
}

/** What came of one check of one operation. */
export interface Tally {
  /** Situations in which the check ran and held. */
  readonly passed: number;
  /** Situations to which it does not apply, by reason. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** An operation that does not keep the contract. */
export class ConformanceError extends CotangentError {
  override readonly name: string = "ConformanceError";
}

export class Count implements Tally {
  passed = 0;
  readonly reasons: Map<string, number> = new Map();

  pass(): void {
    this.passed++;
  }

  leaveOut(reason: string): void {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }
}

/** Runs `check` in each situation of the operation; errors say in which. */
export function inEachSituation(
  subject: Subject,
  check: (situation: Situation, count: Count) => void,
): Tally {
  const count = new Count();
  const cases = casesOf(subject.operation);
  if (cases.length === 0 && subject.exception !== undefined) {
    count.leaveOut(subject.exception);
    return count;
  }
  if (cases.length === 0) {
    throw new ConformanceError(subject.operation.name, {
      expected: "`cases` (an operation that is not elementwise says on what it is tested)",
      received: "none",
    });
  }
  for (const source of cases) {
    drawUntilSettled((sample) => {
      const situation = situate(subject.operation, source, subject.seed, sample);
      inSituation(situation, () => {
        check(situation, count);
      });
    });
  }
  return count;
}

/** Differences that do not settle: a kink or a jump close by. Other inputs are drawn then. */
export class UnsettledError extends ConformanceError {
  override readonly name = "UnsettledError";
}

const draws = 5;

function drawUntilSettled(run: (sample: number) => void): void {
  for (let sample = 0; ; sample++) {
    try {
      run(sample);
      return;
    } catch (error) {
      if (!(error instanceof UnsettledError) || sample === draws - 1) throw error;
    }
  }
}

/** Names the situation in what `body` throws. */
export function inSituation(situation: Situation, body: () => void): void {
  try {
    body();
  } catch (error) {
    if (error instanceof Error)
      error.message = `${situation.operation.name} of ${situation.label}: ${error.message}`;
    throw error;
  }
}

/** The outputs of `f` by the implementation under test, which must be those of the interpreter. */
export function execute({ implementation }: Subject, f: Flat, inputs: readonly Tensor[]): Tensor[] {
  const reference = f(...inputs);
  if (implementation === undefined) return reference;
  const actual = implementation(f)(...inputs);
  sameTensors("the implementation", actual, reference, 1e-12);
  return actual;
}

/** Throws unless types are equal and elements closer than `tolerance`, relative to the largest of a tensor. */
export function sameTensors(
  what: string,
  actual: readonly Tensor[],
  expected: readonly Tensor[],
  tolerance: number,
): void {
  if (actual.length !== expected.length)
    throw disagreement(what, `${expected.length} results`, `${actual.length}`);
  expected.forEach((y, k) => {
    const x = actual[k] as Tensor;
    if (typeText(x) !== typeText(y)) throw disagreement(what, typeText(y), typeText(x));
    const allowed =
      (y.dtype === "f32" ? Math.max(tolerance, 1e-6) : tolerance) *
      scaleOf(Float64Array.from(y.data));
    sameNumbers(`${what}, result ${k}`, x.data, y.data, y.dtype === "bool" ? 0 : allowed);
  });
}

export function sameNumbers(
  what: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number | ((i: number) => number),
): void {
  if (actual.length !== expected.length)
    throw disagreement(what, `${expected.length} numbers`, `${actual.length}`);
  for (let i = 0; i < expected.length; i++) {
    const allowed = typeof tolerance === "number" ? tolerance : tolerance(i);
    const [a, b] = [actual[i] as number, expected[i] as number];
    if (!near(a, b, allowed)) {
      const margin = allowed === 0 ? "" : ` ± ${allowed.toPrecision(2)}`;
      throw disagreement(`${what}, element ${i}`, `${b}${margin}`, String(a));
    }
  }
}

export function disagreement(what: string, expected: string, received: string): ConformanceError {
  return new ConformanceError(what, { expected, received });
}

export function typeText(x: Tensor): string {
  return `${x.dtype}[${x.shape.join(", ")}]`;
}
