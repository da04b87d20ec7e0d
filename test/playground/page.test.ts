import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { examples } from "../../playground/src/examples.js";
import { encodeState, initial, type State } from "../../playground/src/state/state.js";
import { layOut } from "../../src/explain/layout.js";
import { faultsOfAppearance } from "./appearance.js";
import { type Playground, settled, show, startPlayground } from "./open.js";

const desktop = { width: 1440, height: 900 };
const sizes = [desktop, { width: 1024, height: 768 }, { width: 390, height: 844 }];
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

describe.each(sizes)("at $width px", (size) => {
  test("nothing overlaps, leaves its place or is too small, whatever the example, language and theme", async () => {
    await page.setViewportSize(size);
    const faults: string[] = [];
    for (const example of examples)
      for (const lang of ["en", "ru"] as const)
        for (const theme of ["light", "dark"] as const) {
          await go({ ...example.state, lang, theme });
          for (const fault of await page.evaluate(faultsOfAppearance))
            faults.push(`${example.id} ${lang} ${theme}: ${fault}`);
        }
    expect(faults).toEqual([]);
  });

  test("nor in the other views of the lecture's graph", async () => {
    await page.setViewportSize(size);
    const faults: string[] = [];
    const views: Partial<State>[] = [
      { order: 1 },
      { order: 2 },
      { twice: true, pin: "path:0" },
      { pin: "node:u", wrt: "u", step: 6 },
      { of: "∂f/∂a", wrt: "b" },
      { pane: "table" },
      { pane: "code" },
      { expr: "((a + * e)*(b-d))^2" },
    ];
    for (const view of views)
      for (const lang of ["en", "ru"] as const) {
        await go({ ...view, lang });
        for (const fault of await page.evaluate(faultsOfAppearance))
          faults.push(`${JSON.stringify(view)} ${lang}: ${fault}`);
      }
    expect(faults).toEqual([]);
  });
});

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
    const shift = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const moved: string[] = [];
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const { sources } = entry as PerformanceEntry & { sources: { node: Node | null }[] };
              for (const { node } of sources) {
                const element = node instanceof Element ? node : node?.parentElement;
                // a factor of another length is centred anew in its column, which stays
                if (element?.closest(".number") === null)
                  moved.push(element.outerHTML.slice(0, 99));
              }
            }
          }).observe({ type: "layout-shift" });
          const slider = document.querySelector<HTMLInputElement>(".slider input[type=range]");
          for (const value of ["-20", "0", "31"]) {
            (slider as HTMLInputElement).value = value;
            slider?.dispatchEvent(new Event("input", { bubbles: true }));
          }
          setTimeout(() => resolve(moved), 300);
        }),
    );
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
      expect((await litEdges()).sort()).toEqual([`a→u#0`, `h→f#${path}`, `u→h#0`]);
      expect(await texts(`[data-path="${1 - path}"] .factor.lit`)).toEqual([]);
    }
    await page.hover('[data-edge="h→f#1"] text');
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll(".factor.lit")].map((one) => one.getAttribute("data-factor")),
      ),
    ).toEqual(["h→f#1"]);
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
    await go({ order: 2 });
    const all = (await nodes()).join("\n");
    for (const [by, value] of Object.entries({ "a²": 50, "a∂b": "−360", "a∂d": 360, "b²": 648 }))
      expect(all).toMatch(new RegExp(`∂²f/∂${by}.*\\| ${value}$`, "m"));
  });
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
  await go({ expr: "a +", lang: "ru" });
  expect(await text(".says")).toMatch(/[а-я]{3}/);
});

/** Milliseconds that `timeOfLayout` takes where the page takes its 100. */
const usualLayout = 40;

/** Milliseconds to lay out the graph of the next test, here. */
function timeOfLayout(): number {
  const size = { width: 90, height: 70 };
  const pairs = Array.from({ length: 8 }, (_, i): [string, string][] => [
    ["a", `p${i}`],
    [`p${i}`, `s${i}`],
    [`s${i}`, `m${i}`],
    [`m${i - 1}`, `m${i}`],
  ]).flat();
  const edges = pairs
    .filter(([from]) => from !== "m-1")
    .map(([from, to]) => ({ id: `${from}→${to}`, from, to, width: 57, height: 20 }));
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const began = performance.now();
  layOut({ direction: "LR", nodes: [...ids].map((id) => ({ id, ...size })), edges });
  return performance.now() - began;
}

test("the next graph is drawn within 100 ms of a keystroke at 25 nodes", async () => {
  const long = Array.from({ length: 8 }, (_, i) => `sin(a+${i})`).join("*");
  const times: number[] = [];
  const references = Array.from({ length: 10 }, timeOfLayout); // the first ones compile it
  // The machine may be busy: what the page can do is the best of many, and where nothing runs undisturbed the limit is
  // that of a slower machine: what it takes to lay such a graph out is measured beside it.
  const limit = (): number => 100 * Math.max(1, Math.min(...references) / usualLayout);
  while (times.length < 40 && !(Math.min(...times) < limit())) {
    references.push(timeOfLayout());
    await go({ expr: "a", inputs: { a: 1 } });
    times.push(
      await page.evaluate(
        (next) =>
          new Promise<number>((resolve) => {
            const field = document.querySelector("textarea") as HTMLTextAreaElement;
            const began = performance.now();
            field.value = next;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            const look = (): void => {
              const canvas = document.querySelector<HTMLElement>(".canvas");
              const stage = document.querySelector<HTMLElement>(".stage");
              const done = stage?.dataset.settled === "true" && canvas?.dataset.ready === "true";
              if (done && document.querySelectorAll(".graph .node").length > 1)
                resolve(performance.now() - began);
              else setTimeout(look, 1);
            };
            look();
          }),
        // each time another name: no earlier layout serves
        `${long}*b${times.length}`,
      ),
    );
    expect(await page.locator(".graph .node").count()).toBeGreaterThanOrEqual(25);
  }
  expect(Math.min(...times)).toBeLessThan(limit());
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

test("axe finds nothing to object to", async () => {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const size of [sizes[0], sizes[2]]) {
    await page.setViewportSize(size as { width: number; height: number });
    for (const state of [
      { theme: "light" },
      { theme: "dark", lang: "ru", order: 1 },
      { pane: "table" },
      { pane: "code", theme: "dark" },
      { expr: "a + * b" },
      { tab: "lecture" },
    ] as Partial<State>[]) {
      await go(state);
      const violations = await page.evaluate(async () => {
        const run = Reflect.get(window, "axe").run;
        const { violations: all } = await run(document, { resultTypes: ["violations"] });
        return all.map(
          (one: { id: string; nodes: { html: string }[] }) => `${one.id} ${one.nodes[0]?.html}`,
        );
      });
      for (const violation of violations)
        found.push(`${size?.width} ${JSON.stringify(state)}: ${violation}`);
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

test("a link opens the same state in a fresh profile", async () => {
  const states: Partial<State>[] = [
    { step: 6, pin: "path:0", lang: "ru", twice: true, theme: "dark" },
    { of: "∂f/∂a", wrt: "d", pin: "node:v" },
    { ...examples.find(({ id }) => id === "vector")?.state, pane: "table", order: 1 },
  ];
  for (const state of states) {
    await go(state);
    const [link, shown] = await page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return [location.hash.slice(1), document.body.innerText] as const;
    });
    const fresh = await playground.open(link);
    expect(await fresh.evaluate(() => document.body.innerText)).toBe(shown);
    expect(await fresh.evaluate(() => location.hash.slice(1))).toBe(link);
    await fresh.context().close();
  }
});

test("a short link reads well", () => {
  expect(encodeState(lecture)).toBe("x=((a+e)*(b-d))^2&at=a=23,b=2,e=-5,d=7&wrt=a&lang=en");
});

test("nothing went wrong on the console and nothing left the page", () => {
  expect(playground.problems).toEqual([]);
});
