import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import katex from "katex";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { encodeState, initial } from "../../playground/src/state/state.js";
import { playgroundFolder } from "../../scripts/playground-build.mjs";
import { contextOf } from "../../src/cli/context.js";
import { runOpen } from "../../src/cli/open/open.js";
import {
  explain,
  formatDot,
  formatHtml,
  formatJson,
  formatLatex,
  formatTypeScript,
  traceProgram,
} from "../../src/explain/index.js";
import { parse } from "../../src/formula/index.js";
import { faultsOfAppearance } from "./appearance.js";
import { type Playground, show, startPlayground } from "./open.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "node_modules", ".cache", "playground-files");
const point = initial.inputs as Record<string, number>;
const names = ["a", "e", "b", "d"];
const values = names.map((name) => point[name] as number);
const explanation = explain(traceProgram(parse(initial.expr), names, values), values, {
  expression: initial.expr,
  wrt: ["a"],
});

let playground: Playground;
let page: Page;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  playground = await startPlayground();
  page = await playground.open(encodeState(initial), { acceptDownloads: true });
});
afterAll(async () => {
  await playground.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The file that a choice of the export menu saves. */
async function saved(kind: string): Promise<string> {
  await page.evaluate(() => document.querySelector(".export")?.setAttribute("open", ""));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click(`[data-export="${kind}"]`),
  ]);
  const path = join(folder, `${kind}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return path;
}

describe("an exported file", () => {
  test("is what the command line writes, in each of its formats", async () => {
    const expected = {
      json: formatJson(explanation),
      dot: formatDot(explanation),
      latex: formatLatex(explanation, { document: true }),
      ts: formatTypeScript(explanation),
      html: formatHtml(explanation),
    };
    for (const [kind, text] of Object.entries(expected))
      expect(readFileSync(await saved(kind), "utf8"), kind).toBe(text);
  });

  test("of LaTeX is set by KaTeX", async () => {
    const text = readFileSync(await saved("latex"), "utf8");
    const blocks = text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) ?? [];
    expect(blocks.length).toBe(3);
    for (const block of blocks)
      expect(katex.renderToString(block, { displayMode: true })).toContain("katex");
  });

  test("of TypeScript prints the page's gradient, twice", async () => {
    const path = await saved("ts");
    const source = readFileSync(path, "utf8")
      .replaceAll('"cotangent"', JSON.stringify(join(root, "src/index.ts")))
      .replaceAll('"cotangent/modules"', JSON.stringify(join(root, "src/modules/index.ts")));
    writeFileSync(path, source);
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    await import(/* @vite-ignore */ path);
    const printed = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    log.mockRestore();
    expect(printed.length).toBe(2);
    for (const one of printed)
      expect(one).toEqual({ value: 8100, gradient: { a: 900, e: 900, b: -3240, d: 3240 } });
  });

  test.each(["", "&order=1&theme=dark"])(
    "of SVG opens alone, nothing over another %s",
    async (view) => {
      await show(page, `${encodeState(initial)}${view}`);
      const svg = readFileSync(await saved("svg"), "utf8");
      const alone = await playground.browser.newPage();
      await alone.setContent(
        `<body style="margin:0">${svg.replace("<svg", '<svg class="graph"')}</body>`,
      );
      const shown = await alone.evaluate(() =>
        [...document.querySelectorAll("text")].map((text) => text.textContent),
      );
      expect(shown).toContain(view === "" ? "−3240" : "v·∂f/∂h");
      expect(await alone.evaluate(faultsOfAppearance)).toEqual([]);
      await alone.close();
      await show(page, encodeState(initial));
    },
  );

  test.each([
    ["png", 1],
    ["png2", 2],
  ])("of kind %s is an image of the drawing, not blank", async (kind, scale) => {
    const data = readFileSync(await saved(kind)).toString("base64");
    const size = await page.evaluate(() => {
      const { width, height } = (document.querySelector("svg.graph") as SVGSVGElement).viewBox
        .baseVal;
      return { width, height };
    });
    const blank = await playground.browser.newPage();
    const found = await blank.evaluate(async (text) => {
      const image = new Image();
      image.src = `data:image/png;base64,${text}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.drawImage(image, 0, 0);
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
      const colours = new Map<string, number>();
      for (let i = 0; i < pixels.length; i += 4) {
        const colour = pixels.slice(i, i + 3).join();
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
      }
      return { width: image.width, height: image.height, colours: Object.fromEntries(colours) };
    }, data);
    await blank.close();
    expect(found.width).toBe(Math.ceil(size.width * scale));
    expect(found.height).toBe(Math.ceil(size.height * scale));
    for (const colour of ["255,255,255", "0,114,178", "179,71,0", "246,248,250"])
      expect(found.colours[colour], colour).toBeGreaterThan(20);
  });
});

test("cotangent open serves the page with the expression, on loopback, until Ctrl-C", async () => {
  const flags = { at: ["a=3, b=[1, 2]"], wrt: ["a"], browser: false };
  const written: string[] = [];
  let interrupt = (): void => {};
  const output = { write: (text: string) => written.push(text) };
  const terminal = {
    stdout: output,
    stderr: output,
    stdin: { async *[Symbol.asyncIterator]() {} },
    env: {},
    cwd: root,
    onInterrupt(handler: () => void) {
      interrupt = handler;
      return () => {};
    },
  };
  const context = contextOf(terminal, "ru", { color: false });
  const ended = runOpen("sum(a*b)", flags, context, playgroundFolder);
  await expect.poll(() => written.length).toBe(2);
  const address = written[0]?.trim() ?? "";
  expect(address).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/#x=sum\(a\*b\)&at=a=3,b=\[1,2\]&wrt=a&lang=ru$/,
  );
  const opened = await playground.browser.newPage();
  await opened.goto(address);
  await opened.waitForSelector(".graph .node");
  expect(await opened.textContent(".sum")).toContain("3");
  await opened.close();
  interrupt();
  expect(await ended).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
});

test("the page loads at most 180 kB of scripts at first, compressed", async () => {
  const fresh = await playground.open();
  const loaded = await fresh.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js") && !path.includes("worker")),
  );
  await fresh.context().close();
  expect(loaded.length).toBeGreaterThan(0);
  const total = loaded
    .map((path) => readFileSync(join(playgroundFolder, path.replace("/some/where/", ""))))
    .reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
  expect(total).toBeLessThanOrEqual(180_000);
});

test("the built page names no other host and no absolute path", () => {
  const html = readFileSync(join(playgroundFolder, "index.html"), "utf8");
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) expect(address).toMatch(/^\.\//);
  const fonts = readdirSync(join(playgroundFolder, "assets")).filter((name) =>
    /\.(woff|ttf)$/.test(name),
  );
  expect(fonts).toEqual([]);
});

test("the lecture reads without JavaScript, in both languages", async () => {
  const context = await playground.browser.newContext({ javaScriptEnabled: false });
  const still = await context.newPage();
  await still.goto(playground.url);
  const text = await still.locator("body").innerText();
  expect(await still.locator("article h2").count()).toBe(16);
  expect(text).toContain("The derivative is a graph too");
  expect(text).toContain("Производная — тоже граф");
  expect(await still.locator("article").first().isVisible()).toBe(true);
  expect(await still.locator("math").count()).toBeGreaterThan(50);
  const picture = still.locator("img").first();
  expect((await picture.boundingBox())?.width).toBeGreaterThan(300);
  await context.close();
});

test("the lecture is walked from start to end by keyboard, at 390 px, in Russian", async () => {
  const phone = await playground.open("tab=lecture&lang=ru", {
    viewport: { width: 390, height: 844 },
  });
  expect(await phone.textContent("output")).toBe("Начало: известны только входы.");
  const faults: string[] = [];
  const heads: (string | null | undefined)[] = [];
  for (let i = 0; i < 8; i++) {
    await phone.waitForFunction((section) => {
      const part = document.querySelector(".part.current");
      return part?.getAttribute("data-section") === String(section);
    }, i);
    heads.push(await phone.evaluate(() => document.querySelector(".part.current h2")?.textContent));
    for (const fault of await phone.evaluate(faultsOfAppearance)) faults.push(`${i}: ${fault}`);
    // on from the section's heading to its button
    await phone.evaluate((section) => {
      if (section === 0) document.querySelector<HTMLElement>(".part h2")?.focus();
    }, i);
    for (let tabs = 0; tabs < 4; tabs++) {
      await phone.keyboard.press("Tab");
      const at = await phone.evaluate(() => document.activeElement?.textContent);
      if (at === "Дальше ↓" || at?.startsWith("Обучить")) break;
    }
    await phone.keyboard.press("Enter");
  }
  expect(heads.length).toBe(8);
  expect(new Set(heads).size).toBe(8);
  expect(await phone.evaluate(() => document.querySelector("main")?.className)).toBe("train");
  expect(faults).toEqual([]);
  await phone.context().close();
});

test("nothing went wrong on the console and nothing left the page", () => {
  expect(playground.problems).toEqual([]);
});
