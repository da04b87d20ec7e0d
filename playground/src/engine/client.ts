import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Layout, LayoutGraph } from "../../../src/explain/layout.js";
import { state } from "../state/store.js";
import { Latest } from "./latest.js";
import type { Answer, Format, Question, Refusal, Reply, Wish } from "./messages.js";

const reply = signal<Reply | undefined>(undefined);
const good = signal<Answer | undefined>(undefined);

const trained = signal<Answer | undefined>(undefined);

/** What is explained: the newest formula that could be, or in Train the loss of its model. */
export const answer: ReadonlySignal<Answer | undefined> = computed(() =>
  state.value.tab === "train" ? trained.value : good.value,
);

/** Puts the loss of the model that is trained in the formula's place, as long as Train is shown. */
export function explainTraining(given: Answer): void {
  trained.value = given;
}

/** What is wrong with the formula as it stands, if anything. */
export const refusal: ReadonlySignal<Refusal | undefined> = computed(() =>
  reply.value?.kind === "refusal" && state.value.tab !== "train" ? reply.value : undefined,
);

/** The formula's variables with the values used, also where it goes wrong behind them. */
export const variables: ReadonlySignal<Answer["inputs"]> = computed(
  () => refusal.value?.inputs ?? answer.value?.inputs ?? [],
);

/** Whether what is shown answers the state as it is now. */
export const settled: ReadonlySignal<boolean> = computed(
  () => reply.value !== undefined && sameQuestion(reply.value.question, question.value),
);

const question = computed<Question>(() => {
  const { expr, inputs, of, wrt, order, twice } = state.value;
  return { expr, inputs, of, wrt, order, twice };
});

function sameQuestion(a: Question, b: Question): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

let engine: Latest<Question, Reply> | undefined;

/** The explanation shown, in a format of the command line. */
export function write(format: Format): Promise<string> {
  const { lang } = state.peek();
  const wish: Wish = { question: good.peek()?.question ?? question.peek(), format, lang };
  return engine?.aside(wish) ?? Promise.resolve("");
}

/** Starts the engine: from now on it follows the state. */
export function startEngine(): void {
  engine = new Latest<Question, Reply>(
    () => new Worker(new URL("./engine-worker.ts", import.meta.url), { type: "module" }),
    (given) => {
      // before it counts as settled
      if (given.kind === "answer") good.value = given;
      reply.value = given;
    },
    2000,
  );
  let asked: Question | undefined;
  effect(() => {
    const next = question.value;
    if (asked !== undefined && sameQuestion(asked, next)) return;
    asked = next;
    engine?.ask(next);
  });
}

/** A layout for each graph asked for; the same graph is laid out once. */
export class Layouts {
  private readonly known = new Map<string, Layout | null>();
  private readonly keys = new WeakMap<LayoutGraph, string>();
  private readonly arrived = signal(0);
  private asked = "";
  private readonly worker: Latest<LayoutGraph, Layout | null>;

  constructor() {
    this.worker = new Latest(
      () => new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" }),
      (layout, graph) => {
        if (this.known.size > 50) this.known.clear();
        this.known.set(keyOf(graph), layout);
        this.arrived.value++;
      },
      1000,
    );
  }

  /** The layout of a graph; undefined as long as it is being made, null where the graph is too large to draw. */
  of(graph: LayoutGraph): Layout | null | undefined {
    this.arrived.value; // whoever asks is told
    const key = this.keys.get(graph) ?? keyOf(graph);
    this.keys.set(graph, key);
    const known = this.known.get(key);
    if (known === undefined && key !== this.asked) this.worker.ask(graph);
    if (known === undefined) this.asked = key;
    return known;
  }
}

function keyOf(graph: LayoutGraph): string {
  return JSON.stringify(graph);
}
