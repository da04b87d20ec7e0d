import { SingleBar } from "cli-progress";
import { formatNumber } from "../explain/index.js";
import type { Report } from "../train/index.js";
import type { Context } from "./context.js";
import { trainMessages as words } from "./words/train.js";

/** Tells how far training has come. */
export interface Progress {
  tell(report: Report): void;
  end(): void;
}

/** A bar on a terminal, a line every so many epochs elsewhere, nothing if quiet. */
export function startProgress(context: Context, from: number, epochs: number): Progress {
  if (context.quiet) return { tell: () => {}, end: () => {} };
  return context.terminal.stderr.isTTY === true
    ? bar(context, from, epochs)
    : lines(context, from, epochs);
}

function bar({ terminal, say, lang }: Context, from: number, epochs: number): Progress {
  const shown = new SingleBar({
    format: `{bar} ${say(words.epoch)} {value}/{total}  ${say(words.loss)} {loss}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    fps: 12,
    stream: terminal.stderr as unknown as NodeJS.WritableStream,
    hideCursor: true,
    linewrap: false,
    gracefulExit: false,
  });
  shown.start(epochs, from, { loss: "…", lang });
  return {
    tell: ({ epoch, loss }) => shown.update(epoch, { loss: formatNumber(loss) }),
    end: () => shown.stop(),
  };
}

function lines({ note, say }: Context, from: number, epochs: number): Progress {
  const every = Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, (epochs - from) / 5))));
  let last: Report | undefined;
  let told = -1;
  const line = ({ epoch, loss, testLoss }: Report): void => {
    const test = testLoss === undefined ? "" : `  ${say(words.test)} ${formatNumber(testLoss)}`;
    note(`${say(words.epoch)} ${epoch}  ${say(words.loss)} ${formatNumber(loss)}${test}`);
    told = epoch;
  };
  return {
    tell: (report) => {
      last = report;
      if (report.epoch % every === 0) line(report);
    },
    end: () => {
      if (last !== undefined && last.epoch !== told) line(last);
    },
  };
}
