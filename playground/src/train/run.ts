import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Text } from "../../../src/formula/index.js";
import { explainTraining } from "../engine/client.js";
import { state, update } from "../state/store.js";
import type { Columns, Command, Frame, News, Scene } from "./messages.js";
import type { Problem } from "./refusal.js";
import {
  classTargets,
  defaultsOf,
  numberTargets,
  readSetup,
  type Setup,
  writeSetup,
} from "./setup.js";
import { en } from "./words/en.js";
import { ru } from "./words/ru.js";

const sceneNow = signal<Scene | undefined>(undefined);
const frameNow = signal<Frame | undefined>(undefined);
const problemNow = signal<Problem | undefined>(undefined);
const fileProblemNow = signal<Text | undefined>(undefined);
const columnsNow = signal<Columns | undefined>(undefined);
const readingNow = signal<string | undefined>(undefined);
const playingNow = signal(false);
const waitingNow = signal(true);

export const scene: ReadonlySignal<Scene | undefined> = sceneNow;
export const frame: ReadonlySignal<Frame | undefined> = frameNow;
/** Why the run asked for cannot begin; what is shown is the one before. */
export const problem: ReadonlySignal<Problem | undefined> = problemNow;
/** Why the file chosen last cannot be used; the one before is. */
export const fileProblem: ReadonlySignal<Text | undefined> = fileProblemNow;
/** Of the file chosen, if one is. */
export const columns: ReadonlySignal<Columns | undefined> = columnsNow;
/** The file being read. */
export const reading: ReadonlySignal<string | undefined> = readingNow;
export const playing: ReadonlySignal<boolean> = playingNow;
/** Whether what is shown is not yet what was asked for. */
export const waiting: ReadonlySignal<boolean> = waitingNow;

export const setup: ReadonlySignal<Setup> = computed(() =>
  readSetup(state.value.train, state.value.seed),
);

export const speeds = ["10", "60", "300", "max"] as const;

export const speed: ReadonlySignal<(typeof speeds)[number]> = computed(() => {
  const { speed: asked } = state.value.train;
  return speeds.find((one) => one === asked) ?? (setup.value.layers === "" ? "10" : "60");
});

/** The training example chosen, from 0. */
export const row: ReadonlySignal<number> = computed(() => {
  const wanted = Number(state.value.train.row ?? 0);
  const rows = sceneNow.value?.train.y.length ?? 1;
  return Number.isInteger(wanted) ? Math.max(0, Math.min(wanted, rows - 1)) : 0;
});

/** What Train keeps in the link beside the setup. */
type View = "log" | "speed" | "row" | "at";

export function keep(key: View, value: string): void {
  const train = Object.entries(state.peek().train).filter(([name]) => name !== key);
  update({ train: Object.fromEntries(value === "" ? train : [...train, [key, value]]) });
}

/** Changes the setup: training begins again. Other data bring their own. */
export function change(part: Partial<Setup>): void {
  const before = setup.peek();
  const next: Setup =
    part.data !== undefined && part.data !== before.data
      ? { ...defaultsOf(part.data), seed: before.seed }
      : { ...before, ...part };
  const { log = "" } = state.peek().train;
  const train = {
    ...writeSetup(next),
    ...(log === "" ? {} : { log }),
    ...(next.data === "own" ? fileInUse() : {}),
  };
  update({ train, seed: next.seed, pin: "" }, { keep: true });
}

/** What a link keeps of an own file: its name, and its text if that is short. */
function fileInUse(): Record<string, string> {
  const held = columnsNow.peek();
  if (held === undefined) return {};
  const { name, text } = held;
  return text === undefined ? { file: name } : { file: name, csv: text };
}

let worker: Worker | undefined;
let run = 0;
/** Whether the file that the worker reads comes from the link. */
let fromLink = false;
let wanted: ((example: Extract<News, { kind: "example" }>["example"]) => void) | undefined;

function send(command: Command): void {
  worker?.postMessage(command);
}

/** Follows the state from now on; what it gives back stops that. */
export function followSetup(): () => void {
  worker ??= startWorker();
  let begun = "";
  let at = "";
  const stop = effect(() => {
    const next = setup.value;
    const { at: asked = "", file = "", csv } = state.value.train;
    const key = JSON.stringify([next, next.data === "own" ? [file, csv] : []]);
    // a pause writes the epoch down; a link or the way back asks for another one
    const elsewhere = asked !== at && Number(asked) !== frameNow.peek()?.report.epoch;
    at = asked;
    if (key === begun && !elsewhere) return;
    begun = key;
    const held = columnsNow.peek();
    if (next.data !== "own") begin(next, Number(asked));
    else if (csv !== undefined && held?.text !== csv) read(file, csv, true);
    else if (held === undefined || (file !== "" && file !== held.name)) askForFile(file);
    else begin(next, Number(asked));
  });
  return () => {
    pause();
    stop();
  };
}

function begin(next: Setup, epoch: number): void {
  playingNow.value = false;
  problemNow.value = undefined;
  waitingNow.value = true;
  const goal = Number.isSafeInteger(epoch) && epoch > 0 ? Math.min(epoch, next.epochs) : 0;
  send({ kind: "begin", run: ++run, setup: next, epoch: goal });
}

/** Nothing is trained before there is a file. A link may name one that was too long for it. */
function askForFile(before: string): void {
  pause();
  run++;
  sceneNow.value = undefined;
  frameNow.value = undefined;
  waitingNow.value = false;
  problemNow.value = {
    about: "file",
    text: { en: en.askForFile(before), ru: ru.askForFile(before) },
  };
}

function startWorker(): Worker {
  const made = new Worker(new URL("./training-worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }: MessageEvent<News>) => hear(data));
  return made;
}

function hear(news: News): void {
  if ("run" in news && news.run !== undefined && news.run !== run) return;
  switch (news.kind) {
    case "scene":
      sceneNow.value = news.scene;
      frameNow.value = undefined;
      break;
    case "frame": {
      frameNow.value = news.frame;
      waitingNow.value = false;
      requestAnimationFrame(() => setTimeout(() => send({ kind: "seen" })));
      if (news.frame.running) break;
      playingNow.value = false;
      const { epoch } = news.frame.report;
      const text = epoch === 0 ? "" : String(epoch);
      if (text !== (state.peek().train.at ?? "")) keep("at", text);
      break;
    }
    case "graph": {
      const { explanation } = news;
      const { expr, inputs, of, wrt, order, twice } = state.peek();
      explainTraining({
        kind: "answer",
        question: { expr, inputs, of, wrt, order, twice },
        inputs: [],
        explanation,
        result: explanation.output,
        wrt: explanation.inputs[0]?.name ?? "",
        squares: false,
      });
      break;
    }
    case "example":
      wanted?.(news.example);
      break;
    case "columns":
      readingNow.value = undefined;
      columnsNow.value = news;
      fileProblemNow.value = undefined;
      if (fromLink) begin(setup.peek(), Number(state.peek().train.at));
      else takeFile(news);
      break;
    case "refused":
      readingNow.value = undefined;
      fileProblemNow.value = news.text;
      waitingNow.value = false;
      if (columnsNow.peek() === undefined) askForFile("");
      break;
    case "problem":
      problemNow.value = news.problem;
      waitingNow.value = false;
      break;
  }
}

function play(): void {
  const stopped = frameNow.peek()?.stopped;
  if (problemNow.peek() !== undefined || stopped === "diverged") return;
  if (stopped !== undefined) reset();
  playingNow.value = true;
  const { value } = speed;
  send({ kind: "play", speed: value === "max" ? Number.POSITIVE_INFINITY : Number(value) });
}

function pause(): void {
  playingNow.value = false;
  send({ kind: "pause" });
}

export function togglePlay(): void {
  if (playingNow.peek()) pause();
  else play();
}

export function step(): void {
  if (problemNow.peek() !== undefined) return;
  playingNow.value = false;
  send({ kind: "step" });
}

/** The same run from its start. */
export function reset(): void {
  begin(setup.peek(), 0);
}

export function setSpeed(next: string): void {
  keep("speed", next);
  if (playingNow.peek()) play();
}

/** Bytes of a file that the page reads at most. */
const largestFile = 100e6;

/** Reads a file; training goes on as it is if that fails. */
export async function chooseFile(file: File): Promise<void> {
  if (file.size <= largestFile) read(file.name, new Uint8Array(await file.arrayBuffer()), false);
  else {
    const [megabytes, most] = [Math.ceil(file.size / 1e6), largestFile / 1e6];
    fileProblemNow.value = {
      en: en.fileTooLarge(file.name, megabytes, most),
      ru: ru.fileTooLarge(file.name, megabytes, most),
    };
  }
}

function read(name: string, content: string | Uint8Array<ArrayBuffer>, ofLink: boolean): void {
  fromLink = ofLink;
  readingNow.value = name;
  waitingNow.value = true;
  // a large file is handed over, not copied
  const given = typeof content === "string" ? [] : [content.buffer];
  worker?.postMessage({ kind: "file", name, content } satisfies Command, given);
}

/** Begins with a file just read: as before where it has the columns chosen, else as suits it. */
function takeFile({ name, target, targets, numbers }: Columns): void {
  const { data, target: wanted, features } = setup.peek();
  const fits =
    data === "own" &&
    state.peek().train.file === name &&
    targets.some((one) => one.name === (wanted === "" ? target : wanted)) &&
    features.every((one) => numbers.includes(one));
  if (!fits) change({ data: "own", target: "", features: [], ...trainingOf(target) });
  else change({});
  // the same setup with other rows is another run
  begin(setup.peek(), 0);
}

/** Predicts another column of the file: a class with a model of classes. */
export function predict(name: string): void {
  const { target: usual } = columnsNow.peek() ?? {};
  const before = setup.peek().target;
  const [was, is] = [trainingOf(before === "" ? (usual ?? "") : before), trainingOf(name)];
  change({ target: name === usual ? "" : name, features: [], ...(was === is ? {} : is) });
}

function trainingOf(target: string): Partial<Setup> {
  const found = columnsNow.peek()?.targets.find(({ name }) => name === target);
  return found?.value === undefined ? numberTargets : classTargets;
}

/** Opens the loss of the example chosen in Explain, with the numbers of this epoch. */
export function openExample(): void {
  wanted = (example) => {
    wanted = undefined;
    update(
      {
        ...example,
        tab: "explain",
        of: "",
        step: null,
        pin: "",
        order: 0,
        twice: false,
        pane: "graph",
      },
      { keep: true },
    );
  };
  send({ kind: "example", row: row.peek() });
}
