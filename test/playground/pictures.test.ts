import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { examples } from "../../playground/src/examples.js";
import { encodeState, initial, type State } from "../../playground/src/state/state.js";
import { type Difference, differenceOf } from "./likeness.js";
import { type Playground, settled, startPlayground } from "./open.js";

/*
 * The main states of the page, as they looked when somebody last looked at them. `npm run pictures` takes them anew:
 * look at what changed before you commit it. They are taken with fonts that npm installs, so that another machine sets
 * the same lines. Another version of Chromium sets text a pixel elsewhere: there they are not compared.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = fileURLToPath(new URL("pictures", import.meta.url));
/** Where pictures that differ are left. */
const seen = join(root, "node_modules", ".cache", "pictures");
const taking = process.env.PICTURES === "take";

/** Blocks of 4 × 4 pixels that may differ in one place: fewer than a moved letter changes. */
const most = 3;

const desktop = { width: 1200, height: 760 };
const phone = { width: 390, height: 844 };
const example = (id: string): Partial<State> => examples.find((one) => one.id === id)?.state ?? {};

type Shown = readonly [size: typeof desktop, state: Partial<State>, typed?: string];

const pictures: Readonly<Record<string, Shown>> = {
  "explain-desktop-light": [desktop, { theme: "light", step: 7 }],
  "explain-desktop-dark": [desktop, { theme: "dark", lang: "ru", twice: true, pin: "path:0" }],
  "explain-phone-light": [phone, { theme: "light", lang: "ru", step: 7 }],
  "explain-phone-dark": [phone, { theme: "dark", pin: "node:u" }],
  "softmax-desktop-light": [desktop, { ...example("softmax"), theme: "light", pin: "node:s" }],
  "hessian-desktop-light": [desktop, { theme: "light", order: 2 }],
  "hessian-phone-dark": [phone, { theme: "dark", lang: "ru", order: 2 }],
  "table-desktop-dark": [desktop, { theme: "dark", pane: "table" }],
  "mistake-desktop-light": [desktop, { theme: "light", lang: "ru" }, "((a + * e)*(b-d))^2"],
  "train-desktop-light": [
    desktop,
    { tab: "train", theme: "light", seed: 3, train: { data: "logistic", at: "60" } },
  ],
  "train-desktop-dark": [
    desktop,
    { tab: "train", theme: "dark", lang: "ru", train: { data: "spiral", at: "200" } },
  ],
  "train-phone-light": [
    phone,
    { tab: "train", theme: "light", lang: "ru", seed: 3, train: { data: "moons", at: "40" } },
  ],
  "train-diverged-desktop-light": [
    desktop,
    { tab: "train", theme: "light", lang: "ru", train: { rate: "0.9", bias: "1", at: "14" } },
  ],
  "lecture-desktop-dark": [desktop, { tab: "lecture", theme: "dark", section: 3, pin: "path:0" }],
  "lecture-phone-light": [
    phone,
    { tab: "lecture", theme: "light", lang: "ru", section: 4, twice: true, pin: "edge:h→f#0" },
  ],
};

let playground: Playground;
let board: Page;
beforeAll(async () => {
  mkdirSync(seen, { recursive: true });
  playground = await startPlayground(oneSetOfFonts());
  board = await playground.browser.newPage();
  if (taking) rmSync(folder, { recursive: true, force: true });
  if (taking) mkdirSync(folder);
});
afterAll(() => playground.close());

/** Chromium's environment in which all text that the page brings no font for is set in DejaVu, without hints. */
function oneSetOfFonts(): Parameters<typeof startPlayground>[0] {
  const from = dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json"));
  const fonts = join(seen, "fonts");
  mkdirSync(fonts, { recursive: true });
  for (const font of ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono"])
    copyFileSync(join(from, "ttf", `${font}.ttf`), join(fonts, `${font}.ttf`));
  const file = join(seen, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir>` +
      `<cachedir>${join(seen, "cache")}</cachedir><alias><family>monospace</family>` +
      "<prefer><family>DejaVu Sans Mono</family></prefer></alias></fontconfig>",
  );
  return {
    env: { FONTCONFIG_FILE: file },
    args: ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
  };
}

const pages = new Map<typeof desktop, Page>();

/** Opens a page with the state of a picture, all of it drawn. */
async function opened(name: string): Promise<Page> {
  const [viewport, state, typed] = pictures[name] as Shown;
  const page =
    pages.get(viewport) ?? (await playground.open("", { viewport, reducedMotion: "reduce" }));
  pages.set(viewport, page);
  await playground.load(page, encodeState({ ...initial, ...state }));
  if (state.tab === "train") await settled(page, Number(state.train?.at));
  if (typed !== undefined) {
    await page.fill("#formula", typed);
    await page.waitForSelector(".says.wrong");
    await settled(page);
  }
  return page;
}

async function shot(page: Page): Promise<string> {
  const image = await page.screenshot({ animations: "disabled", caret: "hide" });
  return image.toString("base64");
}

/** How long a picture may take to come, in ms. */
const patience = 5000;

async function differenceNow(page: Page, name: string): Promise<Difference> {
  return board.evaluate(differenceOf, { stored: stored(name), now: await shot(page) });
}

const versions = join(folder, "made-with.txt");
const madeWith = (): string => readFileSync(versions, "utf8").trim();

const stored = (name: string): string =>
  readFileSync(join(folder, `${name}.png`)).toString("base64");

/** Why pictures cannot be compared here; undefined where they can. */
function hindrance(): string | undefined {
  if (taking) return undefined;
  // fonts come from fontconfig, which other systems' Chromium does not ask
  if (process.platform !== "linux") return `fonts are another matter on ${process.platform}`;
  const [made, here] = [madeWith(), `Chromium ${playground.browser.version()}`];
  const major = (version: string): string | undefined => /\d+/.exec(version)?.[0];
  if (major(made) === major(here)) return undefined;
  return `the pictures are of ${made}, this is ${here}: npm run pictures takes them with this one`;
}

describe("the page looks as it did", () => {
  beforeEach((context) => context.skip(hindrance() !== undefined, hindrance()));

  test.each(Object.keys(pictures))("%s", async (name) => {
    const page = await opened(name);
    const path = join(folder, `${name}.png`);
    if (taking) {
      let data = await shot(page);
      // until nothing moves
      for (let before = ""; before !== data; ) {
        before = data;
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
        data = await shot(page);
      }
      writeFileSync(path, Buffer.from(data, "base64"));
      return;
    }
    let difference = await differenceNow(page, name);
    // plots are painted some frames later
    for (const end = Date.now() + patience; difference.largest > most && Date.now() < end; )
      difference = await differenceNow(page, name);
    if (difference.largest <= most) return;
    const left = join(seen, `${name}.png`);
    writeFileSync(left, Buffer.from(difference.marked.split(",")[1] ?? "", "base64"));
    const [x, y] = difference.at;
    expect.fail(
      `${name} differs from ${path} in ${difference.blocks} blocks of 4 × 4 pixels, most of all around ${x}, ${y}. ` +
        `Look at ${left}: what differs is marked. If it should look like that, run: npm run pictures`,
    );
  });

  test.skipIf(taking)(
    "and a label that moves by three pixels, or loses its colour, would be seen",
    async () => {
      const name = "explain-desktop-light";
      const page = await opened(name);
      const difference = async (change: string): Promise<number> => {
        const sheet = await page.evaluateHandle((rules) => {
          const style = new CSSStyleSheet();
          style.replaceSync(rules);
          document.adoptedStyleSheets = [style];
        }, change);
        await sheet.dispose();
        return (await differenceNow(page, name)).largest;
      };
      await expect.poll(() => difference("")).toBeLessThanOrEqual(most);
      for (const change of [
        '[data-edge="u→h#0"] text { transform: translate(0, 3px) }',
        '[data-node="a"] .forward { transform: translate(3px, 0) }',
        '[data-node="a"] .forward { fill: #c00 !important }',
        ".count { transform: translate(3px, 0) }",
        '[data-edge="h→f#0"] .way { visibility: hidden }',
      ])
        expect(await difference(change), change).toBeGreaterThan(most);
    },
  );

  test("they are small, and none is left over", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".png"));
    expect(files.sort()).toEqual(
      Object.keys(pictures)
        .map((name) => `${name}.png`)
        .sort(),
    );
    const sizes = files.map((file) => readFileSync(join(folder, file)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
    if (taking) writeFileSync(versions, `Chromium ${playground.browser.version()}\n`);
    expect(madeWith()).toMatch(/^Chromium \d+\./);
  });
});
