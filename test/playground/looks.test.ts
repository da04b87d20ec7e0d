import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { examples } from "../../playground/src/examples.js";
import { encodeState, initial, type State } from "../../playground/src/state/state.js";
import { faultsOfAppearance } from "./appearance.js";
import { type Playground, show, startPlayground } from "./open.js";
import { desktop, longNames, phone, sizes } from "./states.js";

let playground: Playground;
let page: Page;
beforeAll(async () => {
  playground = await startPlayground();
  page = await playground.open(encodeState(initial));
});
beforeEach(() => page.setViewportSize(desktop));
afterAll(() => playground.close());

const go = (state: Partial<State>): Promise<void> =>
  show(page, encodeState({ ...initial, ...state }));

describe("nothing overlaps, leaves its place or is too small, whatever the width, language and theme", () => {
  // each graph is explained once and laid out once a direction
  test.each(examples)("in the example $id", async ({ state }) => {
    const faults: string[] = [];
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const lang of ["en", "ru"] as const)
        for (const theme of ["light", "dark"] as const) {
          await go({ ...state, lang, theme });
          for (const fault of await page.evaluate(faultsOfAppearance))
            faults.push(`${size.width} ${lang} ${theme}: ${fault}`);
        }
    }
    expect(faults).toEqual([]);
  });

  const views: Readonly<Record<string, Partial<State>>> = {
    "the gradient": { order: 1 },
    "the Hessian": { order: 2 },
    "two paths": { twice: true, pin: "path:0" },
    "a node in the middle": { pin: "node:u", wrt: "u", step: 6 },
    "a derivative that is differentiated": { of: "∂f/∂a", wrt: "b" },
    "the table": { pane: "table" },
    "the code": { pane: "code" },
    "a mistake": { expr: "((a + * e)*(b-d))^2" },
    "long names": longNames,
    "long names, one pinned": { ...longNames, pin: "node:u" },
    "long names with the gradient": { ...longNames, order: 1 },
  };
  test.each(Object.entries(views))("in the view of %s", async (_, view) => {
    const faults: string[] = [];
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const lang of ["en", "ru"] as const) {
        await go({ ...view, lang });
        if (size.width < 720) await page.click(".derivation h2 button");
        for (const fault of await page.evaluate(faultsOfAppearance))
          faults.push(`${size.width} ${lang}: ${fault}`);
        if (size.width < 720) await page.click(".derivation h2 button");
      }
    }
    expect(faults).toEqual([]);
  });
});

test("a note about a drawing is in sight, however large the drawing", async () => {
  const repeated = examples.find(({ id }) => id === "repeated")?.state;
  for (const size of sizes) {
    await page.setViewportSize(size);
    await go({ ...repeated, order: 2 });
    await page.waitForSelector(".canvas > .note:not(:empty)");
    const [note, frame] = await page.evaluate(() =>
      [".canvas > .note", ".canvas"].map((find) => {
        const { left, right, top } = (
          document.querySelector(find) as Element
        ).getBoundingClientRect();
        return { left, right, top };
      }),
    );
    expect(note?.left).toBeGreaterThanOrEqual(frame?.left ?? Number.NaN);
    expect(note?.right).toBeLessThanOrEqual(frame?.right ?? Number.NaN);
    expect(note?.top).toBeGreaterThanOrEqual(frame?.top ?? Number.NaN);
  }
});

test("a mistake moves nothing, and takes the colour out of what belongs to the formula before", async () => {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await go({});
    const look = () =>
      page.evaluate(() => {
        const colours = [".checked dd", ".sum b", ".told", ".factor .number"].map(
          (find) => getComputedStyle(document.querySelector(find) as Element).color,
        );
        return {
          colours: new Set(colours).size,
          top: document.querySelector(".bar")?.getBoundingClientRect().top,
        };
      });
    await expect.poll(async () => (await look()).colours).toBeGreaterThan(1);
    const before = await look();
    await page.fill("#formula", "x + tanhh(y)");
    await page.waitForSelector(".says.wrong button");
    await expect.poll(look).toEqual({ colours: 1, top: before.top });
  }
});

test.each(sizes)("sliders out of sight show that they are there, at $width px", async (size) => {
  await page.setViewportSize(size);
  await go({ ...examples.find(({ id }) => id === "lstm")?.state });
  const cut = await page.evaluate(() => {
    const frame = document.querySelector(".sliders") as Element;
    if (frame.scrollHeight <= frame.clientHeight) return undefined;
    const { bottom } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll(".number")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.top < bottom - 8 && box.bottom > bottom + 8;
    }).length;
  });
  expect(cut).not.toBe(0);
});

test("the ring of what has the focus is whole", async () => {
  await go({});
  // rings are drawn from a key on
  await page.keyboard.press("Tab");
  const outside = await page.evaluate(() => {
    const ring = (element: HTMLElement, room: Element): boolean => {
      element.focus();
      const { outlineWidth, outlineOffset } = getComputedStyle(element);
      const reach = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
      const [own, all] = [element.getBoundingClientRect(), room.getBoundingClientRect()];
      return (
        own.left - reach >= all.left &&
        own.top - reach >= all.top &&
        own.right + reach <= all.right &&
        own.bottom + reach <= all.bottom
      );
    };
    const find = (selector: string) => document.querySelector(selector) as HTMLElement;
    const fields = [...document.querySelectorAll<HTMLElement>(".sliders input")].map(
      (field): [HTMLElement, Element] => [field, find(".sliders")],
    );
    return [...fields, [find(".canvas"), find(".stage")] as [HTMLElement, Element]]
      .filter(([element, room]) => !ring(element, room))
      .map(([element]) => element.outerHTML.slice(0, 60));
  });
  expect(outside).toEqual([]);
});

test.each([...sizes, { width: 1300, height: 800 }, { width: 1200, height: 760 }])(
  "what a step does is told to its end, at $width px",
  async (size) => {
    await page.setViewportSize(size);
    const cut: string[] = [];
    const views: Partial<State>[] = [{}, { tab: "lecture" }];
    for (const id of ["layer", "vector"])
      views.push({ ...examples.find((one) => one.id === id)?.state });
    for (const view of views) {
      await go({ ...view, step: 0 });
      const found = await page.evaluate(async () => {
        const missed: string[] = [];
        const bar = document.querySelector<HTMLInputElement>(".passes");
        const line = document.querySelector<HTMLElement>(".told");
        if (bar === null || line === null) throw new Error("no steps");
        while (bar.value !== bar.max) {
          const before = bar.value;
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
          await new Promise((done) => setTimeout(done));
          if (bar.value === before) throw new Error(`no step after ${before}`);
          const { scrollWidth, clientWidth, scrollHeight, clientHeight, innerText } = line;
          if (scrollWidth > clientWidth || scrollHeight > clientHeight + 4) missed.push(innerText);
        }
        return missed;
      });
      cut.push(...found);
    }
    expect(cut).toEqual([]);
  },
);

test("of a step told in more lines than there is room for, the rest is scrolled to", async () => {
  for (const size of [{ width: 1300, height: 800 }, phone]) {
    await page.setViewportSize(size);
    await go({ step: 7 });
    const bar = () => page.evaluate(() => document.querySelector(".steps")?.clientHeight);
    const before = await bar();
    await page.evaluate(() => {
      const line = document.querySelector(".told") as HTMLElement;
      line.prepend("long ".repeat(99));
      line.scrollTo(0, 1e4);
      if (line.scrollTop < 20) throw new Error("does not scroll");
    });
    expect(await bar()).toBe(before);
    await page.evaluate(() => document.querySelector(".told")?.firstChild?.remove());
  }
});

test.each(sizes)("where a derivative is lost is told in sight, at $width px", async (size) => {
  await page.setViewportSize(size);
  const seen = () =>
    page.evaluate(() => {
      const warning = document.querySelector(".warning") as Element;
      const { left, top, bottom } = warning.getBoundingClientRect();
      return [top + 3, bottom - 3].every((y) =>
        warning.contains(document.elementFromPoint(left + 5, y)),
      );
    });
  await go({ expr: "log(x) + 1/(x+1)", inputs: { x: -1 }, wrt: "x" });
  expect(await seen()).toBe(true);
  if (size.width >= 720) return;
  await page.click(".derivation h2 button");
  expect(await seen()).toBe(true);
  await page.click(".derivation h2 button");
});

test("on a phone all that is pressed is 44 px high and wide", async () => {
  const touched = await playground.open(encodeState(initial), {
    viewport: phone,
    isMobile: true,
    hasTouch: true,
  });
  for (const view of [
    { twice: true, pin: "node:h" },
    { of: "∂f/∂a", wrt: "b" },
    { expr: "sum(w*x)", inputs: { w: [1, 2], x: [3, 4] }, wrt: "w" },
    { expr: "a + tanhh(b)" },
    { tab: "lecture" },
  ] as const) {
    await show(touched, encodeState({ ...initial, ...view }));
    const small = await touched.evaluate(() => {
      document.querySelector<HTMLElement>(".derivation h2 button[aria-expanded=false]")?.click();
      return [
        ...document.querySelectorAll<HTMLElement>(":is(button, select, summary, input, textarea)"),
      ].flatMap((control) => {
        // a label answers for the mark in it
        const pressed = control.closest("label") ?? control;
        const { width, height } = pressed.getBoundingClientRect();
        // what leads past the header is for keyboards
        return width === 0 || control.matches(".skip") || (width >= 44 && height >= 44)
          ? []
          : [`${control.outerHTML.slice(0, 90)} ${width} × ${height}`];
      });
    });
    expect(small, JSON.stringify(view)).toEqual([]);
  }
  await touched.context().close();
});

test("axe finds nothing to object to", async () => {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const size of [desktop, phone]) {
    await page.setViewportSize(size);
    for (const state of [
      { theme: "light" },
      { theme: "dark", lang: "ru", order: 1 },
      { pane: "table" },
      { pane: "code", theme: "dark" },
      { expr: "a + * b" },
      { tab: "lecture" },
      { ...examples.find(({ id }) => id === "lstm")?.state, pin: "node:x", order: 2, wrt: "x" },
      { ...longNames, wrt: "nobody", theme: "dark" },
    ] as Partial<State>[]) {
      await go(state);
      if (state.wrt === "nobody") await page.waitForSelector(".notice p");
      const violations = await page.evaluate(async () => {
        const run = Reflect.get(window, "axe").run;
        const { violations: all } = await run(document, { resultTypes: ["violations"] });
        return all.map(
          (one: { id: string; nodes: { html: string }[] }) => `${one.id} ${one.nodes[0]?.html}`,
        );
      });
      for (const violation of violations)
        found.push(`${size.width} ${JSON.stringify(state)}: ${violation}`);
    }
  }
  expect(found).toEqual([]);
});

test("stands still where motion is unwelcome", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await go({});
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return style.transitionDuration !== "0s" || style.animationName !== "none";
      }).length,
  );
  await page.emulateMedia({ reducedMotion: null });
  expect(moving).toBe(0);
});

test("nothing went wrong on the console and nothing left the page", () => {
  expect(playground.problems).toEqual([]);
});
