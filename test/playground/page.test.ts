import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { examples } from "../../playground/src/examples.js";
import { fitValue } from "../../playground/src/math/numbers.js";
import { encodeState, initial, type State } from "../../playground/src/state/state.js";
import { faultsOfAppearance } from "./appearance.js";
import { type Playground, settled, show, startPlayground } from "./open.js";
import { desktop, longNames, sizes } from "./states.js";

const lecture: State = { ...initial };

let playground: Playground;
let page: Page;
beforeAll(async () => {
  playground = await startPlayground();
  page = await playground.open(encodeState(lecture));
});
beforeEach(() => page.setViewportSize(desktop));
afterAll(() => playground.close());

const go = (state: Partial<State>): Promise<void> =>
  show(page, encodeState({ ...initial, ...state }));
const text = (selector: string): Promise<string> =>
  page.evaluate((find) => document.querySelector<HTMLElement>(find)?.innerText ?? "", selector);
const texts = (selector: string): Promise<string[]> =>
  page.evaluate(
    (find) => [...document.querySelectorAll(find)].map((one) => one.textContent ?? ""),
    selector,
  );

describe("the graph of the lecture", () => {
  const nodes = () =>
    page.evaluate(() =>
      [...document.querySelectorAll(".graph .node")].map((node) =>
        [...node.querySelectorAll("text")].map((line) => line.textContent).join(" | "),
      ),
    );

  test("shows every value and every derivative", async () => {
    await go({});
    expect(await nodes()).toEqual([
      "a | 23 | 900",
      "e | −5 | 900",
      "b | 2 | −3240",
      "d | 7 | 3240",
      "u = a + e | 18 | 900",
      "v = b − d | −5 | −3240",
      "h = u·v | −90 | −180",
      "f = h² | 8100 | 1",
    ]);
    expect((await texts(".graph .edge text")).sort()).toEqual(
      ["1", "1", "1", "−1", "−5", "18", "−180"].sort(),
    );
    expect(await text(".derivation")).toContain("12 factors");
    expect(await text(".derivation")).toContain("7 edges");
    expect(await text(".remark")).toContain("16200");
  });

  test("takes a step for every operation and one for every edge, adding up in sight", async () => {
    await go({ step: 0 });
    expect((await nodes()).slice(4)).toEqual([
      "u = a + e | · | ",
      "v = b − d | · | ",
      "h = u·v | · | ",
      "f = h² | · | ",
    ]);
    await go({ step: 5 });
    expect((await nodes()).slice(6)).toEqual(["h = u·v | −90 | −180", "f = h² | 8100 | 1"]);
    expect(await text("output")).toBe("∂f/∂h += 1·(−180) = −180");
    await go({ expr: "a + a*b", inputs: { a: 3, b: 4 }, step: 4 });
    expect(await nodes()).toContain("a | 3 | 1");
    await go({ expr: "a + a*b", inputs: { a: 3, b: 4 }, step: 5 });
    expect(await text("output")).toBe("∂f/∂a += 1·4 = 4 → 5");
  });

  test("keeps its places whatever the step and the numbers", async () => {
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".graph rect:not(.back)")].map((rect) => {
          const { x, y, width, height } = rect.getBoundingClientRect();
          return [x, y, width, height];
        }),
      );
    await go({});
    const before = await places();
    expect(before.length).toBe(8);
    for (const step of [0, 3, 7]) {
      await go({ step });
      expect(await places()).toEqual(before);
    }
    for (const a of [-1e9, 1.23456789e-200, 3]) {
      await go({ inputs: { ...lecture.inputs, a } });
      expect(await places()).toEqual(before);
    }
    const shift = await page.evaluate(async () => {
      const moved: string[] = [];
      const note = (entries: PerformanceEntryList): void => {
        for (const entry of entries) {
          const { sources } = entry as PerformanceEntry & { sources: { node: Node | null }[] };
          for (const { node } of sources) {
            const element = node instanceof Element ? node : node?.parentElement;
            // a factor of another length is centred anew in its column, which stays; what stands
            // behind a number in a line moves with its length
            if (element?.closest(".number, .kept") === null)
              moved.push(element.outerHTML.slice(0, 99));
          }
        }
      };
      const observer = new PerformanceObserver((list) => note(list.getEntries()));
      observer.observe({ type: "layout-shift" });
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const slider = document.querySelector<HTMLInputElement>(".slider input[type=range]");
      for (const value of ["-20", "0", "31"]) {
        (slider as HTMLInputElement).value = value;
        slider?.dispatchEvent(new Event("input", { bubbles: true }));
        const shown = value.replace("-", "−");
        while (document.querySelector('[data-node="a"] .forward')?.textContent !== shown)
          await frame();
        await frame();
      }
      note(observer.takeRecords());
      return moved;
    });
    expect(shift).toEqual([]);
  });

  test("as Prod(s, s) has two paths, and each lights exactly its edges", async () => {
    await go({});
    await page.click(".twice input");
    await settled(page);
    expect(await texts(".term .product")).toEqual(["= 450", "= 450"]);
    expect(await text(".sum")).toContain("450 + 450 = 900");
    const litEdges = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".edge.lit")].map((edge) => edge.getAttribute("data-edge")),
      );
    for (const path of [0, 1]) {
      await page.hover(`[data-path="${path}"] .whole`);
      await expect
        .poll(async () => (await litEdges()).sort())
        .toEqual([`a→u#0`, `h→f#${path}`, `u→h#0`]);
      expect(await texts(`[data-path="${1 - path}"] .factor.lit`)).toEqual([]);
    }
    await page.hover('[data-edge="h→f#1"] text');
    const litFactors = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".factor.lit")].map((one) => one.getAttribute("data-factor")),
      );
    await expect.poll(litFactors).toEqual(["h→f#1"]);
    await page.hover(".steps output");
  });

  test("grows its gradient and its Hessian on the canvas, shared", async () => {
    await go({ order: 1 });
    expect((await nodes()).filter((line) => line.startsWith("∂"))).toEqual([
      "∂f/∂h | 2·h | −180",
      "∂f/∂a = ∂f/∂e = ∂f/∂u | v·∂f/∂h | 900",
      "∂f/∂b = ∂f/∂v | u·∂f/∂h | −3240",
      "∂f/∂d | −∂f/∂b | 3240",
    ]);
    // the graph itself keeps every number it had
    expect((await nodes()).slice(0, 2)).toEqual(["a | 23 | 900", "e | −5 | 900"]);
    const partials = ["1", "1", "1", "−1", "−5", "18", "−180"].sort();
    expect((await texts(".graph .edge text")).sort()).toEqual(partials);
    await go({ order: 2 });
    expect((await texts(".graph .edge text")).sort()).toEqual(partials);
    const all = (await nodes()).join("\n");
    for (const [by, value] of Object.entries({ "a²": 50, "a∂b": "−360", "a∂d": 360, "b²": 648 }))
      expect(all).toMatch(new RegExp(`∂²f/∂${by}.*\\| ${value}$`, "m"));
  });
});

test("a node that is itself a derivative keeps its own beside the name", async () => {
  const lines = (id: string) => texts(`[data-node="${id}"] text`);
  await go({ expr: "x*y", inputs: { x: 2, y: 3 }, order: 1 });
  expect(await lines("x")).toEqual(["x", "2", "3", "∂f/∂y"]);
  expect(await texts('[data-node="x"] title')).toEqual(["x = ∂f/∂y, value 2, derivative 3"]);
  await go({ expr: "x*y*z", inputs: { x: 2, y: 3, z: 4 }, order: 2 });
  expect(await lines("z")).toEqual(["z", "4", "6", expect.stringContaining("∂²f/∂x∂y")]);
  expect(await page.evaluate(faultsOfAppearance)).toEqual([]);
});

test("x·x forty times counts every path and answers at once", async () => {
  const repeated = examples.find(({ id }) => id === "repeated");
  await go({ ...repeated?.state });
  expect(await text(".derivation .count")).toBe("1099511627776 paths");
});

test("a mistake is underlined and told in both languages, and the last graph stays", async () => {
  await go({});
  await page.fill("#formula", "x + tanhh(y)");
  await page.waitForSelector(".says.wrong");
  expect(await text(".mirror mark")).toBe("tanhh");
  expect(await text(".says")).toContain("tanh");
  expect(await page.locator(".canvas.stale .node").count()).toBe(8);
  await page.click(".says button");
  await page.waitForSelector(".says:not(.wrong)");
  await settled(page);
  expect(await page.inputValue("#formula")).toBe("x + tanh(y)");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("formula");
  await go({ expr: "a +", lang: "ru" });
  expect(await text(".says")).toMatch(/[а-я]{3}/);
});

test("a formula whose values do not fit says so in both languages, and its fields are there to mend it", async () => {
  const fresh = await playground.browser.newPage();
  const link = encodeState({
    ...initial,
    expr: "sum(w*x)",
    inputs: { w: [1, 2], x: [1, 2, 3] },
    wrt: "w",
    lang: "ru",
  });
  await fresh.goto(`${playground.url}#${link}`);
  await fresh.waitForSelector(".says.wrong");
  const said = (): Promise<string | null> => fresh.textContent(".says");
  expect(await said()).toContain("ожидалось: формы, которые растягиваются");
  expect(await said()).toContain("f64[2], f64[3]");
  await fresh.click("header .quiet[lang=en]");
  expect(await said()).toContain("expected shapes that broadcast");
  const field = fresh.getByRole("textbox", { name: "Value of x" });
  await field.fill("[3, 4");
  await field.press("Enter");
  await fresh.waitForSelector(".slider .wrong");
  expect(await field.inputValue()).toBe("[3, 4");
  await field.fill("[3, 4]");
  await field.press("Enter");
  await fresh.waitForSelector(".says:not(.wrong)");
  await settled(fresh);
  expect(await fresh.textContent(".sum")).toContain("[3, 4]");
  expect(await fresh.locator(".slider .wrong").count()).toBe(0);
  await fresh.fill("#formula", "w > 1");
  await fresh.waitForSelector(".says.wrong");
  expect(await said()).toContain("bool[2], which has no derivative");
  await fresh.close();
});

test("a name too long for its place can be read elsewhere", async () => {
  await go({ ...longNames });
  const name = "momentum_of_the_discriminator";
  expect(await texts(`[data-node="${name}"] .name`)).toEqual([expect.stringMatching(/…$/)]);
  expect(await texts(`[data-node="${name}"] title`)).toEqual([expect.stringContaining(name)]);
  expect(await page.getAttribute(".factor:nth-last-child(2)", "title")).toContain(name);
  await page.click(`[data-node="${name}"]`);
  expect(await text(".inspector h3")).toBe(name);
});

describe("a graph larger than its frame", () => {
  const lstm = examples.find(({ id }) => id === "lstm")?.state;
  const place = (selector: string) =>
    page.evaluate((find) => {
      const element = document.querySelector(find) as Element;
      const { x, y, width } = element.getBoundingClientRect();
      return { x, y, width };
    }, selector);
  const node = '[data-node="m"]';

  test("is zoomed by buttons and at the pointer, and dragged, which chooses nothing", async () => {
    await go({ ...lstm });
    const before = await place(node);
    await page.click('.zoom [aria-label="Zoom out"]');
    expect((await place(node)).width).toBeCloseTo(before.width / 1.2, 0);
    await page.click('.zoom [aria-label="Zoom in"]');
    const on = await place('[data-node="t"]');
    await page.mouse.move(on.x + 5, on.y + 5);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -150);
    await page.keyboard.up("Control");
    await expect
      .poll(async () => (await place('[data-node="t"]')).width)
      .toBeGreaterThan(1.3 * on.width);
    const larger = await place('[data-node="t"]');
    expect(Math.abs(larger.x - on.x)).toBeLessThan(12);
    expect(Math.abs(larger.y - on.y)).toBeLessThan(12);
    await page.mouse.down();
    await page.mouse.move(on.x - 100, on.y - 45, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => (await place('[data-node="t"]')).x - larger.x)
      .toBeCloseTo(-105, 0);
    expect((await place('[data-node="t"]')).y - larger.y).toBeCloseTo(-50, 0);
    expect(await page.locator(".node.pinned").count()).toBe(0);
    await page.click('[data-node="t"]');
    expect(await page.locator(".node.pinned").count()).toBe(1);
  });

  /** Nodes that are not wholly in the frame, or in the window above what lies at its foot. */
  const outOfSight = (of: Page) =>
    of.evaluate(() => {
      const frame = (document.querySelector(".canvas") as Element).getBoundingClientRect();
      const sheet = (document.querySelector(".derivation") as Element).getBoundingClientRect();
      const foot = sheet.left === 0 ? sheet.top : innerHeight;
      return [...document.querySelectorAll(".graph .node")].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return (
          left < Math.max(0, frame.left) ||
          right > frame.right ||
          top < Math.max(0, frame.top) ||
          bottom > Math.min(frame.bottom, foot)
        );
      }).length;
    });

  test.each(sizes)("is shown whole by Fit and its key, at $width px", async (size) => {
    await page.setViewportSize(size);
    for (const id of ["lstm", "repeated", "softmax"]) {
      await go({ expr: "a", inputs: { a: 1 } });
      await go({ ...examples.find((one) => one.id === id)?.state });
      const opened = await place(".node rect");
      if (id !== "softmax") expect(await outOfSight(page)).toBeGreaterThan(0);
      await page.click(".zoom [aria-label=Fit]");
      await expect.poll(() => outOfSight(page), { message: id }).toBe(0);
      const whole = await place(".node rect");
      expect(whole.width).toBeLessThanOrEqual(opened.width);
      await page.keyboard.press("+");
      await expect
        .poll(async () => (await place(".node rect")).width / whole.width)
        .toBeCloseTo(1.2, 1);
      await page.keyboard.press("0");
      await expect.poll(() => outOfSight(page), { message: id }).toBe(0);
    }
  });

  test("is pinched about what is between the fingers, and one finger moves it", async () => {
    const context = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const phone = await playground.open(encodeState({ ...initial, ...lstm }), context);
    await phone.evaluate(() => scrollTo(0, 1e5));
    const touch = await phone.context().newCDPSession(phone);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", at: [number, number][]) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: at.map(([x, y], id) => ({ x, y, id })),
      });
    const box = () =>
      phone.evaluate(() => {
        const { x, y, width } = (
          document.querySelector('[data-node="h"] rect') as Element
        ).getBoundingClientRect();
        return { x, y, width };
      });
    // on the corner of a node, so that the corner stays
    const { x, y, width } = await box();
    await send("touchStart", [
      [x - 30, y],
      [x + 30, y],
    ]);
    for (const apart of [40, 50, 60])
      await send("touchMove", [
        [x - apart, y],
        [x + apart, y],
      ]);
    await send("touchEnd", []);
    await expect.poll(async () => (await box()).width / width).toBeCloseTo(2, 1);
    const after = await box();
    expect(Math.abs(after.x - x)).toBeLessThan(3);
    expect(Math.abs(after.y - y)).toBeLessThan(3);
    expect(await phone.evaluate(() => visualViewport?.scale)).toBe(1);
    await send("touchStart", [[200, 300]]);
    for (let i = 1; i <= 10; i++) await send("touchMove", [[200 - 10 * i, 300]]);
    // a finger that is lifted in motion would let the drawing glide, and a tap stop it
    for (let i = 1; i <= 5; i++) {
      await phone.waitForTimeout(40);
      await send("touchMove", [[100 + (i % 2), 300]]);
    }
    await send("touchEnd", []);
    await expect.poll(async () => (await box()).x - after.x).toBeLessThan(-60);
    await phone.tap(".zoom [aria-label=Fit]");
    await expect.poll(() => outOfSight(phone)).toBe(0);
    // all of it is there: the finger moves the page
    await phone.evaluate(() => scrollTo(0, 0));
    const { x: at, y: from } = await box();
    await send("touchStart", [[at, from]]);
    for (let i = 1; i <= 10; i++) await send("touchMove", [[at, from - 10 * i]]);
    await send("touchEnd", []);
    await expect.poll(() => phone.evaluate(() => scrollY)).toBeGreaterThan(30);
    await phone.context().close();
  });

  test.each(sizes)("leaves the check and the counts in sight at $width px", async (size) => {
    await page.setViewportSize(size);
    const unseen = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".result dd")]
          .filter((fact) => {
            const { left, top, width, height } = fact.getBoundingClientRect();
            const on = document.elementFromPoint(left + width / 2, top + height / 2);
            return on === null || !fact.contains(on);
          })
          .map((fact) => fact.textContent),
      );
    await go({ ...lstm });
    expect(await page.locator(".result dd").count()).toBe(3);
    expect(await unseen()).toEqual([]);
    if (size.width < 720) await page.click(".derivation h2 button");
    await page.waitForSelector(".term");
    const scroll = (to: number) =>
      page.evaluate((top) => {
        const rule = document.querySelector(".rule") as Element;
        rule.scrollTop = top;
        return rule.scrollHeight - rule.clientHeight;
      }, to);
    expect(await scroll(0)).toBeGreaterThan(50);
    for (const to of [0, 200, 1e5]) {
      await scroll(to);
      expect(await unseen()).toEqual([]);
    }
    if (size.width < 720) await page.click(".derivation h2 button");
  });

  test.each(sizes)("opens at the node it is about, at $width px", async (size) => {
    await page.setViewportSize(size);
    for (const state of [
      { ...lstm, wrt: "wi" },
      { ...examples.find(({ id }) => id === "softmax")?.state, order: 2 as const },
    ]) {
      await go({ expr: "a", inputs: { a: 1 } });
      await go(state);
      const inside = await page.evaluate(() => {
        const [frame, box] = [".canvas", ".node.chosen"].map((find) =>
          (document.querySelector(find) as Element).getBoundingClientRect(),
        ) as [DOMRect, DOMRect];
        return (
          box.left >= frame.left &&
          box.right <= frame.right &&
          box.top >= frame.top &&
          box.bottom <= frame.bottom
        );
      });
      expect(inside).toBe(true);
    }
  });

  test.each([desktop, { width: 390, height: 844 }])(
    "follows the steps at $width px",
    async (size) => {
      await page.setViewportSize(size);
      await page.emulateMedia({ reducedMotion: "reduce" });
      await go({ ...lstm, step: 0 });
      const hidden = await page.evaluate(async () => {
        const missed: string[] = [];
        const boxOf = (selector: string): DOMRect =>
          (document.querySelector(selector) as Element).getBoundingClientRect();
        for (let step = 1; step < 70; step++) {
          const { body } = document;
          body.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
          await new Promise((done) => setTimeout(done));
          // of an edge, the node whose derivative it adds to
          const edge = document.querySelector(".edge.now")?.getAttribute("data-edge");
          const at = edge?.split("→")[0];
          const box = boxOf(at === undefined ? ".node.now" : `[data-node="${at}"]`);
          const [frame, foot] = [boxOf(".canvas"), boxOf(".derivation")];
          const below = foot.left === 0 ? foot.top : frame.bottom;
          const inside =
            box.left >= Math.max(0, frame.left) &&
            box.right <= frame.right &&
            box.top >= Math.max(0, frame.top) &&
            box.bottom <= below;
          if (!inside) missed.push(`${step}: ${at ?? "a node"}`);
        }
        return missed;
      });
      expect(await text(".progress")).toMatch(/^69\//);
      await page.emulateMedia({ reducedMotion: null });
      expect(hidden).toEqual([]);
    },
  );
});

/** Nodes that are not wholly in the frame of the drawing. */
const cutOff = () =>
  page.evaluate(() => {
    const frame = (document.querySelector(".canvas") as Element).getBoundingClientRect();
    return [...document.querySelectorAll(".graph .node")].flatMap((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const inside =
        left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
      return inside ? [] : [node.getAttribute("data-node")];
    });
  });

const example = (id: string) => examples.find((one) => one.id === id)?.state;

test("a graph that can be read whole only where its parts stand closer is placed like that", async () => {
  for (const [size, state] of [
    [desktop, { ...example("bell"), order: 1 }],
    [desktop, { ...example("softmax"), order: 1 }],
    [{ width: 1024, height: 768 }, { ...example("softmax") }],
  ] as const) {
    await page.setViewportSize(size);
    await go(state);
    expect(await cutOff()).toEqual([]);
    expect(await page.evaluate(faultsOfAppearance)).toEqual([]);
  }
});

test("a graph that can be read whole from top to bottom only is placed like that", async () => {
  for (const [size, state] of [
    [{ width: 768, height: 1024 }, {}],
    [
      { width: 768, height: 1024 },
      { tab: "lecture", section: 3 },
    ],
    [desktop, { ...example("layer") }],
  ] as const) {
    await page.setViewportSize(size);
    await go(state);
    await page.waitForSelector(".canvas[data-ready=true] .node");
    expect(await cutOff()).toEqual([]);
  }
  // arrows go where the edges go
  await page.focus('[data-node="W"]');
  await page.keyboard.press("ArrowDown");
  const user = await page.evaluate(() => document.activeElement?.getAttribute("data-node"));
  expect(await page.locator(`[data-edge^="W→${user}#"]`).count()).toBe(1);
});

test("a node that is differentiated instead leaves the formula its name", async () => {
  await go({});
  await page.click('[data-node="u"]', { modifiers: ["Alt"] });
  await page.waitForFunction(() => document.querySelectorAll(".graph .node").length === 5);
  await settled(page);
  expect(await text(".formula label")).toContain("f");
  await page.click(".bar :text('Back to f')");
  await page.waitForFunction(() => document.querySelectorAll(".graph .node").length === 8);
});

test("the skip link leads to a node; Alt Enter differentiates it by what it depends on, Escape goes back", async () => {
  const fresh = await playground.open(encodeState({ ...lecture, wrt: "e" }));
  const focused = () =>
    fresh.evaluate(() => document.activeElement?.getAttribute("data-node") ?? "");
  await fresh.keyboard.press("Tab");
  await fresh.keyboard.press("Enter");
  expect(await focused()).toBe("a");
  for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await fresh.keyboard.press(key);
  await settled(fresh);
  expect(await focused()).toBe("h");
  expect(await fresh.inputValue(".by select")).toBe("h");
  await fresh.keyboard.press("Alt+Enter");
  await fresh.waitForSelector(".bar :text('Back to f')");
  await settled(fresh);
  expect(await focused()).toBe("h");
  expect(await fresh.inputValue(".by select")).toBe("e");
  expect(await fresh.textContent(".sum .backward")).toBe("−5");
  await fresh.keyboard.press("Escape");
  await fresh.waitForFunction(() => document.querySelectorAll(".graph .node").length === 8);
  await settled(fresh);
  expect(await focused()).toBe("h");
  expect(await fresh.textContent(".sum .backward")).toBe("900");
  // nothing to differentiate a variable by
  await fresh.focus('[data-node="d"]');
  await fresh.keyboard.press("Alt+Enter");
  await settled(fresh);
  expect(await fresh.textContent(".sum .backward")).toBe("3240");
  await fresh.click(".bar :text('Table')");
  await fresh.focus(".skip");
  await fresh.keyboard.press("Enter");
  expect(await fresh.evaluate(() => document.activeElement?.className)).toBe("tables");
  await fresh.context().close();
});

test("keys act on keyboards of other scripts too", async () => {
  await go({ step: 3 });
  const press = (key: string, code: string) =>
    page.evaluate(
      (init) =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true })),
      { key, code },
    );
  await press("ю", "Period");
  await expect.poll(() => text(".progress")).toMatch(/^4\/11/);
  await press("п", "KeyG");
  await expect.poll(() => page.locator(".node.derivative").count()).toBe(4);
});

test("the menu of exports closes on Escape and on what happens elsewhere", async () => {
  await go({});
  const open = () => page.evaluate(() => document.querySelector("details")?.open);
  await page.click("summary");
  expect(await open()).toBe(true);
  await page.keyboard.press("Escape");
  expect(await open()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
  await page.click("summary");
  await page.mouse.click(500, 700);
  expect(await open()).toBe(false);
});

test("a long link is copied packed, and opens the same state", async () => {
  const term = (i: number): string => `sin(start_of_the_wave + ${i}*step_of_the_wave)`;
  const wide = Array.from({ length: 42 }, (_, i) => term(i)).join(" + ");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const inputs = { start_of_the_wave: 1, step_of_the_wave: 2 };
  await go({ expr: wide, inputs, pane: "table" });
  await page.click("summary");
  await page.click(".menu button");
  await page.waitForFunction(() => document.querySelector(".menu p")?.textContent === "Copied.");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const plain = await page.evaluate(() => decodeURI(location.href));
  expect(plain.length).toBeGreaterThan(1900);
  expect(link.length).toBeLessThan(1000);
  const inMain = (at: Page) => at.evaluate(() => document.querySelector("main")?.innerText);
  const fresh = await playground.open(link.split("#")[1]);
  await fresh.waitForFunction(() => location.hash.includes("x=sin"));
  expect(await fresh.evaluate(() => decodeURI(location.href))).toBe(plain);
  expect(await inMain(fresh)).toBe(await inMain(page));
  await fresh.context().close();
});

test("the table has the numbers of the graph", async () => {
  await go({});
  const drawn = await page.evaluate(() =>
    [...document.querySelectorAll(".graph .node")].map((node) =>
      [...node.querySelectorAll("text")].map((line) => line.textContent),
    ),
  );
  await go({ pane: "table" });
  const listed = await page.evaluate(() =>
    [...document.querySelectorAll("tr[data-node]")].map((row) =>
      [...row.querySelectorAll("th, td")].slice(0, 3).map((cell) => cell.textContent),
    ),
  );
  expect(listed).toEqual(drawn);
});

test("the table and the counter follow the gradient and the Hessian", async () => {
  for (const order of [1, 2] as const) {
    await go({ order });
    const [nodes, edges] = [".node", ".edge"].map((one) => page.locator(`.graph ${one}`));
    expect(await text("#formula-says")).toBe(
      `${await nodes?.count()} nodes · ${await edges?.count()} edges`,
    );
    const drawn = await page.evaluate(() =>
      [...document.querySelectorAll(".graph .node.derivative")].map((node) =>
        [...node.querySelectorAll("text")].map((line) => line.textContent),
      ),
    );
    await go({ order, pane: "table" });
    const listed = await page.evaluate(() =>
      [...document.querySelectorAll("tr[data-derivative]")].map((row) =>
        [...row.querySelectorAll("th, td")].map((cell) => cell.textContent),
      ),
    );
    expect(listed.length).toBeGreaterThan(3);
    for (const [head = "", formula, value] of drawn)
      expect(listed).toContainEqual(
        // what is only computed for derivatives has its formula in its head
        formula === "" ? [...(head as string).split(" = "), value] : [head, formula, value],
      );
  }
  await go({ expr: "x*y", inputs: { x: 2, y: 3 }, order: 1, pane: "table" });
  expect(await texts('[data-derivative="x"] :is(th, td)')).toEqual(["∂f/∂y", "x", "2"]);
});

test("is used by keyboard alone", async () => {
  await go({ step: 0 });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(".");
  expect(await text("output")).toBe("u = a + e = 18");
  await page.keyboard.press("End");
  expect(await text(".progress")).toMatch(/^11\/11/);
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("formula");
  await page.focus(".bar button:last-child");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-node"))).toBe("a");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-node"))).toBe("h");
  await page.waitForFunction(() => location.hash.includes("pin=node:h"));
  expect(await text(".inspector h3")).toBe("h = u·v");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !location.hash.includes("pin"));
});

test("keys of the page act beside a checkbox, a slider and a list, except those that these use", async () => {
  const step = () => text(".progress");
  await go({ step: 3 });
  await page.click(".twice input");
  await settled(page);
  await page.keyboard.press("Home");
  await expect.poll(step).toMatch(/^0\//);
  await page.keyboard.press(".");
  await expect.poll(step).toMatch(/^1\//);
  await page.keyboard.press(" ");
  await expect.poll(() => page.isChecked(".twice input")).toBe(false);
  await go({ step: 3 });
  await page.selectOption(".by select", "e");
  await page.focus(".by select");
  await page.keyboard.press(".");
  await expect.poll(step).toMatch(/^4\//);
  await page.keyboard.press("b");
  await expect.poll(() => page.inputValue(".by select")).toBe("b");
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("formula");
  const slider = page.locator(".slider [type=range]").first();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(".");
  await expect.poll(step).toMatch(/^5\//);
  expect(await slider.inputValue()).not.toBe("23");
  await page.focus('[data-node="u"]');
  await page.keyboard.press("Home");
  await expect.poll(step).toMatch(/^0\//);
  await page.keyboard.press("End");
  await expect.poll(step).toMatch(/^11\//);
});

test("by keyboard nothing is behind what lies at the foot of a phone's page", async () => {
  const phone = await playground.open(encodeState({ ...initial, tab: "lecture", lang: "ru" }), {
    viewport: { width: 390, height: 844 },
  });
  await phone.focus("header button");
  const hidden: string[] = [];
  let buttons = 0;
  for (let i = 0; i < 60 && buttons < 8; i++) {
    await phone.keyboard.press("Tab");
    const found = await phone.evaluate(() => {
      const { activeElement } = document;
      if (!activeElement?.matches(".part .more")) return undefined;
      const { top, bottom } = activeElement.getBoundingClientRect();
      const pane = (document.querySelector(".figure") as Element).getBoundingClientRect();
      return top >= 0 && bottom <= pane.top ? "" : `${top}–${bottom}, pane ${pane.top}`;
    });
    if (found !== undefined) buttons++;
    if (found) hidden.push(found);
  }
  await phone.context().close();
  expect(hidden).toEqual([]);
  expect(buttons).toBe(8);
});

test("a link opens the same state in a fresh profile", async () => {
  const states: Partial<State>[] = [
    { step: 6, pin: "path:0", lang: "ru", twice: true, theme: "dark" },
    { of: "∂f/∂a", wrt: "d", pin: "node:v" },
    { ...examples.find(({ id }) => id === "vector")?.state, pane: "table", order: 1 },
  ];
  const fresh = await playground.open("tab=lecture");
  for (const state of states) {
    await go(state);
    const [link, shown] = await page.evaluate(async () => {
      // the timer that writes the address is over before
      await new Promise((resolve) => setTimeout(resolve, 150));
      return [location.hash.slice(1), document.body.innerText] as const;
    });
    // what the page may have kept is not in the link
    await fresh.evaluate(() => localStorage.clear());
    await playground.load(fresh, link);
    expect(await fresh.evaluate(() => document.body.innerText)).toBe(shown);
    expect(await fresh.evaluate(() => location.hash.slice(1))).toBe(link);
  }
  await fresh.context().close();
});

test("what of a link cannot be followed is told and leaves the address", async () => {
  const address = (of: Page) => of.evaluate(() => decodeURI(location.hash));
  const link =
    "x=a*b&at=a=2,b=abc,c=4&wrt=zz&of=q&step=99&pin=node:k&order=7&theme=pink&colour=red&lang=en";
  const fresh = await playground.open(link);
  await expect.poll(() => address(fresh)).toBe("#x=a*b&at=a=2,b=3&wrt=a&lang=en");
  const told = await fresh.textContent(".notice p");
  for (const part of "b=abc c=4 wrt=zz of=q step=99 pin=node:k order=7 theme=pink colour=red".split(
    " ",
  ))
    expect(told).toContain(part);
  expect(told).not.toMatch(/x=|a=2|lang/);
  await fresh.click(".notice button");
  expect(await fresh.textContent(".notice")).toBe("");
  await fresh.evaluate(() => {
    location.hash = "z=nonsense";
  });
  await expect.poll(() => address(fresh)).toBe("#x=a*b&at=a=2,b=3&wrt=a&lang=en");
  await expect.poll(() => fresh.textContent(".notice")).toContain("z=nonsense");
  // what is typed is no link: its variables come and go without a word
  await fresh.fill("#formula", "x*y");
  await expect.poll(() => address(fresh)).toBe("#x=x*y&at=x=2,y=3&wrt=x&lang=en");
  expect(await fresh.textContent(".notice")).toBe("");
  await fresh.fill("#formula", "x*y*a");
  await expect.poll(() => address(fresh)).toBe("#x=x*y*a&at=a=2,x=2,y=3&wrt=x&lang=en");
  await fresh.context().close();
});

test("opens in the reader's language; a choice made before and a link come first", async () => {
  const language = (of: Page) => of.evaluate(() => document.documentElement.lang);
  const fresh = await playground.open("", { locale: "ru-RU" });
  expect(await language(fresh)).toBe("ru");
  await fresh.click("header .quiet[lang=en]");
  await fresh.goto("about:blank");
  await fresh.goto(playground.url);
  await settled(fresh);
  expect(await language(fresh)).toBe("en");
  await show(fresh, "x=a*b&lang=ru");
  expect(await language(fresh)).toBe("ru");
  await fresh.context().close();
  for (const [locale, expected] of [
    ["de-DE", "en"],
    ["en-GB", "en"],
  ] as const) {
    const other = await playground.open("", { locale });
    expect(await language(other)).toBe(expected);
    await other.context().close();
  }
});

test("values are cut to the room they have, a list of lists too", () => {
  const row = [-0.449378, 0.224689];
  for (const [value, width, shown] of [
    [[row, row], 17, "[[−0.4494, …], …]"],
    [[row, row], 16, "[[−0.449, …], …]"],
    [row, 17, "[−0.449378, …]"],
    [[[1, 0], [0.5]], 17, "[[1, 0], [0.5]]"],
    [[0.0164, 0.816, 1], 17, "[0.0164, 0.816, …]"],
    [[-1.23456e-200, 1], 16, "[−1.235e−200, …]"],
  ] as const)
    expect(fitValue(value, width)).toBe(shown);
});

test("a short link reads well", () => {
  expect(encodeState(lecture)).toBe("x=((a+e)*(b-d))^2&at=a=23,b=2,e=-5,d=7&wrt=a&lang=en");
});

test("nothing went wrong on the console and nothing left the page", () => {
  expect(playground.problems).toEqual([]);
});

test("variables may be called as what objects inherit", async () => {
  for (const expr of ["a*constructor", "toString + 1", "valueOf*hasOwnProperty"]) {
    await go({ expr, inputs: {} });
    expect(await text("#formula-says")).toMatch(/nodes/);
  }
});

test("Back gives the formula before it was edited", async () => {
  const shows = (expr: string) =>
    page.waitForFunction(
      (wanted) => document.querySelector<HTMLTextAreaElement>("#formula")?.value === wanted,
      expr,
    );
  await go({});
  // the second time the field has the focus since before Back
  for (const edit of ["x*y", "u*v"]) {
    await page.fill("#formula", edit);
    await page.press("#formula", "End");
    await page.keyboard.type("*z");
    await page.waitForFunction((expr) => location.hash.includes(expr), `x=${edit}*z`);
    await page.goBack();
    await shows(initial.expr);
  }
});

test("a link that comes before an edit has reached the address is followed", async () => {
  await go({});
  const hash = encodeState({ ...initial, expr: "x*y" });
  const shown = await page.evaluate(async (next) => {
    const formula = document.querySelector("#formula") as HTMLTextAreaElement;
    const { href } = location;
    formula.value = "a - b";
    formula.dispatchEvent(new Event("input", { bubbles: true }));
    // the timer that writes the edit is due, and nothing has told the page of the link yet
    const due = performance.now() + 300;
    while (performance.now() < due);
    history.replaceState(null, "", `#${next}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    dispatchEvent(new HashChangeEvent("hashchange", { oldURL: href, newURL: location.href }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return formula.value;
  }, hash);
  expect(shown).toBe("x*y");
});

test("what is no number stays to be mended until another value comes", async () => {
  await go({});
  const field = page.locator(".slider .number").first();
  await field.fill("abc");
  await field.blur();
  expect(await field.inputValue()).toBe("abc");
  expect(await field.getAttribute("aria-invalid")).toBe("true");
  await page.locator(".slider [type=range]").first().fill("10");
  await page.waitForFunction(
    () => document.querySelector(".slider .number")?.getAttribute("aria-invalid") !== "true",
  );
  expect(await field.inputValue()).toBe("10");
  await page.waitForFunction(() => location.hash.includes("a=10,"));
});

test("the slip of the notes is told at their numbers, once its number is there", async () => {
  const told = async (): Promise<boolean> =>
    (await texts(".remark")).some((remark) => remark.includes("The notes write"));
  for (const [state, expected] of [
    [{}, true],
    [{ step: 4 }, false],
    [{ step: 5 }, true],
    [{ inputs: { a: 1, b: 2, e: -5, d: 7 } }, false],
  ] as const) {
    await go(state);
    await expect.poll(told).toBe(expected);
  }
});

test("between tensors every factor has its numbers, every step its rule, and the code its modules", async () => {
  const link = "x=sum((W@x)^2)&at=W=[[1,2],[3,4]],x=[1,2]&wrt=W&lang=ru";
  const page = await playground.open(link);
  await expect
    .poll(() => page.locator(".term.down .worked").allInnerTexts())
    .toEqual([
      "1 · [1, 1] = [1, 1]",
      "[1, 1] ⊙ [10, 22] = [10, 22]",
      "[10, 22] ⊗ [1, 2] = [[10, 20], [22, 44]]",
    ]);
  expect(await page.locator(".told").innerText()).toBe(
    "∂f/∂x += Wᵀ @ ∂f/∂u = [[1, 2], [3, 4]]ᵀ @ [10, 22] = [76, 108]",
  );
  await page.locator("text=Код").first().click();
  const code = page.locator(".codes pre").first();
  await expect.poll(() => code.innerText()).toContain("class MatMul {");
  expect(await code.innerText()).toContain("// прямой проход");
  expect(await page.locator(".codes").innerText()).not.toMatch(/applyOperation|dotGeneral/);
});
