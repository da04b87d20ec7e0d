/** A check the page runs: it passes by returning and fails by throwing. */
export interface Check {
  readonly name: string;
  run(): void | Promise<void>;
}

export interface Outcome {
  readonly name: string;
  /** Why it failed; absent if it passed. */
  readonly failure?: string;
}

/** Run the checks one after the other in the page and hand their outcomes to the server. */
export async function report(checks: readonly Check[]): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const { name, run } of checks) {
    try {
      await run();
      outcomes.push({ name });
    } catch (error) {
      outcomes.push({
        name,
        failure: error instanceof Error ? (error.stack ?? "") : String(error),
      });
    }
  }
  await fetch("/report", { method: "POST", body: JSON.stringify(outcomes) });
}
