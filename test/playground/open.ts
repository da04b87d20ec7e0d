import type { Browser, Page } from "playwright-core";
import { playgroundFolder } from "../../scripts/playground-build.mjs";
import { serveFolder } from "../../src/cli/open/serve.js";
import { type LaunchOptions, launchChromium } from "../browser/launch.js";

export interface Playground {
  readonly browser: Browser;
  readonly url: string;
  /** Console errors, uncaught errors, violations of the policy, requests that left the page's origin. */
  readonly problems: string[];
  /** A page of its own, in a profile of its own. */
  open(fragment?: string, options?: Parameters<Browser["newContext"]>[0]): Promise<Page>;
  /** Loads a page anew: it forgets all but its profile. */
  load(page: Page, fragment?: string): Promise<void>;
  close(): Promise<void>;
}

/** The built page, served under a path, in a browser. */
export async function startPlayground(options: LaunchOptions = {}): Promise<Playground> {
  const server = await serveFolder(playgroundFolder, { under: "/some/where/" });
  const browser = await launchChromium(options);
  const problems: string[] = [];
  const { origin } = new URL(server.url);
  const load = async (page: Page, fragment = ""): Promise<void> => {
    const address = `${server.url}${fragment === "" ? "" : `#${fragment}`}`;
    if (page.url() === "about:blank") await page.goto(address);
    else {
      // another fragment alone would load nothing
      await page.evaluate((next) => history.replaceState(null, "", next), address);
      await page.reload();
    }
    await settled(page);
  };
  return {
    browser,
    url: server.url,
    problems,
    async open(fragment = "", options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(origin) && !url.startsWith(`blob:${origin}`))
          problems.push(`request: ${url}`);
      });
      await load(page, fragment);
      return page;
    },
    load,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** How long the page may take on a busy machine, in ms. */
const patience = 60_000;

/**
 * Waits until the page shows what its state asks for; in Train, until training stands at `epoch` and all of it is
 * drawn. What a change sets in motion is rendered within a frame, and what that sets in motion within another.
 */
export async function settled(page: Page, epoch?: number): Promise<void> {
  const missing = await page.evaluate(
    async ([limit, wanted]) => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const missed = (): string => {
        const data = (find: string) => document.querySelector<HTMLElement>(find)?.dataset;
        const stage = data(".stage");
        const canvas = data(".stage .canvas");
        if (wanted === undefined) {
          if (stage === undefined)
            return document.querySelector("main.lecture, main.train") === null ? "a stage" : "";
          if (canvas !== undefined && canvas.ready === "false") return "a drawing";
          return stage.settled === "true" ? "" : "an answer";
        }
        const training = data(".training");
        if (training?.running !== "false") return `an end, now at epoch ${training?.epoch}`;
        if (training.epoch !== String(wanted)) return `epoch ${wanted}, not ${training.epoch}`;
        return canvas?.ready === "true" ? "" : "a drawing";
      };
      const end = performance.now() + limit;
      for (let still = 0; still < 2; still = missed() === "" ? still + 1 : 0) {
        if (performance.now() > end) return missed() || "rest";
        await frame();
      }
      return "";
    },
    [patience, epoch] as const,
  );
  if (missing !== "")
    throw new Error(
      `The page was waited for ${patience} ms, and there is still to come: ${missing}.`,
    );
}

/** Sets the state through the address, as a link does, and waits until the page has followed it. */
export async function show(page: Page, fragment: string, epoch?: number): Promise<void> {
  await page.evaluate(async (next) => {
    const { href } = location;
    const followed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = next;
    if (location.href !== href) await followed;
  }, fragment);
  await settled(page, epoch);
}
