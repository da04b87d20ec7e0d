import { Failure } from "../../../src/cli/failure.js";
import { csvMessages } from "../../../src/cli/words/csv.js";
import type { Text } from "../../../src/formula/index.js";
import { exampleOf } from "./example.js";
import type { Command, News } from "./messages.js";
import { OwnFile } from "./own-file.js";
import { type Problem, Refusal } from "./refusal.js";
import { Session } from "./session.js";
import type { Setup } from "./setup.js";

/** ms between frames, also where nobody looks, and how long a worker computes before it listens. */
const pause = { frames: 50, patience: 1000, turn: 12 } as const;

let run = 0;
let session: Session | undefined;
let own: OwnFile | undefined;
let speed = 0;
/** Epochs owed since training was last heard of. */
let owed = 0;
let heard = 0;
/** Epoch to go to at once. */
let goal = 0;
let drawn = 0;
/** Whether the page has shown the frame told last. */
let seen = true;
let graphDue = 0;
let looping = false;

addEventListener("message", ({ data }: MessageEvent<Command>) => {
  try {
    obey(data);
  } catch (error) {
    if (data.kind === "file") tell({ kind: "refused", text: textOf(error) });
    else
      tell({
        kind: "problem",
        run: data.kind === "begin" ? data.run : run,
        problem: problemOf(error),
      });
  }
});

function obey(command: Command): void {
  switch (command.kind) {
    case "begin":
      begin(command.run, command.setup, command.epoch);
      break;
    case "play":
      speed = command.speed;
      heard = performance.now();
      owed = 0;
      break;
    case "pause":
      speed = 0;
      goal = 0;
      break;
    case "seen":
      seen = true;
      return;
    case "step":
      speed = 0;
      session?.advance(1, 0);
      break;
    case "example": {
      const rows = session?.scene.train.y.length ?? 0;
      if (session !== undefined)
        tell({
          kind: "example",
          example: exampleOf(session.trainer, Math.min(command.row, rows - 1)),
        });
      return;
    }
    case "file": {
      // a file that cannot be learnt from does not replace one that can
      own = new OwnFile(command.content, command.name);
      tell({ kind: "columns", ...own.columns });
      return;
    }
  }
  drawn = 0;
  graphDue = 0;
  if (!looping) loop();
}

/** The session before goes on to be shown if this one cannot be. */
function begin(next: number, setup: Setup, epoch: number): void {
  run = next;
  speed = 0;
  goal = 0;
  const started = new Session(setup, own);
  session = started;
  goal = epoch;
  tell({ kind: "scene", run, scene: started.scene });
}

function loop(): void {
  looping = false;
  if (session === undefined) return;
  const { trainer } = session;
  const now = performance.now();
  if (trainer.report.epoch < goal) {
    session.advance(goal - trainer.report.epoch, pause.turn);
    if (session.stopped !== undefined) goal = 0;
  } else if (speed > 0) {
    owed = Math.min(owed + ((now - heard) * speed) / 1000, speed / 4);
    const done = session.advance(
      speed === Number.POSITIVE_INFINITY ? 1e9 : Math.floor(owed),
      pause.turn,
    );
    owed = speed === Number.POSITIVE_INFINITY ? 0 : owed - done;
  }
  heard = now;
  if (session.stopped !== undefined) speed = 0;
  const busy = speed > 0 || trainer.report.epoch < goal;
  // a page that cannot keep up is told less often
  const ready = seen || now - drawn >= pause.patience;
  // the graph before the frame: where training stands, all of it is there
  if (!busy || (ready && now >= graphDue)) {
    const begun = performance.now();
    tell({ kind: "graph", run, explanation: session.explanation() });
    // a small share of the time
    graphDue = performance.now() + Math.max(200, 6 * (performance.now() - begun));
    heard = performance.now();
  }
  if (!busy || (ready && now - drawn >= pause.frames)) {
    drawn = now;
    seen = false;
    tell({ kind: "frame", run, frame: session.frame(busy) });
  }
  if (!busy) return;
  looping = true;
  setTimeout(loop, speed === Number.POSITIVE_INFINITY || trainer.report.epoch < goal ? 0 : 12);
}

function tell(news: News): void {
  postMessage(news);
}

function problemOf(error: unknown): Problem {
  return error instanceof Refusal ? error.problem : { about: "other", text: textOf(error) };
}

function textOf(error: unknown): Text {
  if (error instanceof Failure) {
    const { text, fix } = error;
    // other advice names options of the command line
    if (fix !== csvMessages.decimalComma) return text;
    return { en: `${text.en}: ${fix.en}`, ru: `${text.ru}: ${fix.ru}` };
  }
  if (!(error instanceof Error)) throw error;
  return {
    en: `This cannot be trained: ${error.message}`,
    ru: `Это обучить не удалось; сообщение по-английски: ${error.message}`,
  };
}
