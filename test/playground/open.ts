import type { Browser, Page } from "playwright-core";
import { buildPlayground, playgroundFolder } from "../../scripts/playground-build.mjs";
import { serveFolder } from "../../src/cli/open/serve.js";
import { type LaunchOptions, launchChromium } from "../browser/launch.js";

export interface Playground {
  readonly browser: Browser;
  readonly url: string;
  /** Console errors, uncaught errors, violations of the policy, requests that left the page's origin. */
  readonly problems: string[];
  /** A page of its own, in a profile of its own. */
  open(fragment?: string, options?: Parameters<Browser["newContext"]>[0]): Promise<Page>;
  close(): Promise<void>;
}

/** The built page, served under a path, in a browser. */
export async function startPlayground(options: LaunchOptions = {}): Promise<Playground> {
  buildPlayground();
  const server = await serveFolder(playgroundFolder, { under: "/some/where/" });
  const browser = await launchChromium(options);
  const problems: string[] = [];
  const { origin } = new URL(server.url);
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
      await page.goto(`${server.url}${fragment === "" ? "" : `#${fragment}`}`);
      await settled(page);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Waits until the page shows what its state asks for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const stage = document.querySelector<HTMLElement>(".stage");
    if (stage === null) return document.querySelector("main.lecture, main.train") !== null;
    const canvas = stage.querySelector<HTMLElement>(".canvas");
    return (
      stage.dataset.settled === "true" && (canvas === null || canvas.dataset.ready !== "false")
    );
  });
}

/** Sets the state through the address, as a link does. */
export async function show(page: Page, fragment: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, fragment);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  await settled(page);
}
