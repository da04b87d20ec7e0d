import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeState, initial, type State } from "../../playground/src/state/state.js";
import { faultsOfAppearance } from "./appearance.js";
import { type Playground, settled, show, startPlayground } from "./open.js";
import { desktop, trainLink as link, phone as phoneSize, sizes } from "./states.js";

let playground: Playground;
let page: Page;
beforeAll(async () => {
  playground = await startPlayground();
  page = await playground.open(link({}));
  await trained(page, 0);
});
beforeEach(() => page.setViewportSize(desktop));
afterAll(() => playground.close());

/** Waits until training stands at an epoch and all of it is drawn. */
const trained = (at: Page, epoch: number): Promise<void> => settled(at, epoch);

const go = (train: State["train"], state: Partial<State> = {}): Promise<void> =>
  show(page, link(train, state), Number(train.at ?? 0));

const text = (selector: string): Promise<string> =>
  page.evaluate((find) => document.querySelector<HTMLElement>(find)?.innerText ?? "", selector);
/** Loss and quality, of training and of testing. */
const figures = (at: Page = page): Promise<string[]> =>
  at.evaluate(() =>
    [...document.querySelectorAll(".figures dd")].map((dd) => dd.textContent ?? ""),
  );

test("nothing overlaps, leaves its place or is too small, whatever the data, width, language and theme", async () => {
  const names = await page
    .locator(".setting select")
    .first()
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(names.length).toBeGreaterThan(6);
  const faults: string[] = [];
  for (const data of names.filter((name) => name !== "own"))
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const lang of ["en", "ru"] as const)
        for (const theme of ["light", "dark"] as const) {
          await go({ data, at: "5" }, { lang, theme });
          for (const fault of await page.evaluate(faultsOfAppearance))
            faults.push(`${data} ${size.width} ${lang} ${theme}: ${fault}`);
        }
    }
  expect(faults).toEqual([]);
});

test("figures keep within their place on a narrow page, in Russian too", async () => {
  await page.setViewportSize({ width: 768, height: 1024 });
  for (const data of ["moons", "line"]) {
    await go({ data, at: "5" }, { lang: "ru" });
    const beyond = await page.evaluate(() => {
      const { right } = (document.querySelector(".transport") as Element).getBoundingClientRect();
      return [...document.querySelectorAll(".figures dt, .figures dd, .plot h2")]
        .filter((one) => {
          const range = document.createRange();
          range.selectNodeContents(one);
          return range.getBoundingClientRect().right > right;
        })
        .map((one) => one.textContent);
    });
    expect(beyond).toEqual([]);
    expect(await page.evaluate(faultsOfAppearance)).toEqual([]);
  }
  expect(await text(".plot:last-child h2")).toBe("Потеря в зависимости от θ");
  expect(await text(".plot .check")).toBe("лог.");
});

test("the signs of the legends have the colours of the plots, and each colour one meaning", async () => {
  const legend = () =>
    page.evaluate(() => {
      const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      return [...document.querySelectorAll(".plot:first-child .legend .key")].map((key) => {
        if (probe === null) throw new Error("no canvas");
        probe.fillStyle = getComputedStyle(key).borderTopColor;
        return probe.fillStyle;
      });
    });
  /** How many pixels of the first plot are of a colour. */
  const painted = (colour: string) =>
    page.evaluate((wanted) => {
      const canvas = document.querySelector<HTMLCanvasElement>(".plot:first-child canvas");
      const context = canvas?.getContext("2d");
      if (canvas === null || !context) throw new Error("no canvas");
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const channels = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
      let count = 0;
      for (let i = 0; i < data.length; i += 4)
        if (channels.every((channel, j) => data[i + j] === channel)) count++;
      return count;
    }, colour);
  for (const theme of ["light", "dark"] as const) {
    await go({ data: "line" }, { theme });
    const [training, testing] = await legend();
    for (const colour of [training, testing])
      await expect.poll(() => painted(colour ?? "")).toBeGreaterThan(50);
    const shades = await page.evaluate(() =>
      [...document.querySelectorAll(".figures dd")].map((dd) => {
        const [r = 0, g = 0, b = 0] = (getComputedStyle(dd).color.match(/\d+/g) ?? []).map(Number);
        return `#${((r << 16) | (g << 8) | b).toString(16).padStart(6, "0")}`;
      }),
    );
    expect(shades).toEqual([training, testing, training, testing]);
    await go({ data: "moons", at: "5" }, { theme });
    const [, , one, zero] = await legend();
    for (const colour of [one, zero])
      await expect.poll(() => painted(colour ?? "")).toBeGreaterThan(50);
    for (const colour of [training, testing]) expect(await painted(colour ?? "")).toBe(0);
  }
});

test("on a phone all that is pressed is 44 px high and wide", async () => {
  const phone = await playground.open(link({ data: "line" }), {
    viewport: phoneSize,
    isMobile: true,
    hasTouch: true,
  });
  await trained(phone, 0);
  for (const data of ["line", "moons", "own"]) {
    await show(phone, link({ data }));
    if (data === "own")
      await phone.setInputFiles(".file input", {
        name: "ten.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(
          `${"abcdefghij".split("").join()}\n${"1,2,3,4,5,6,7,8,9,0\n".repeat(9)}`,
        ),
      });
    await trained(phone, 0);
    const small = await phone.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          ".training :is(button, select, summary, textarea, input:not([type=file]), .file)",
        ),
      ].flatMap((control) => {
        // a label answers for the mark in it
        const mark = control.matches("[type=checkbox]");
        const { width, height } = (
          (mark && control.closest("label")) ||
          control
        ).getBoundingClientRect();
        const own = control.getBoundingClientRect();
        const least = mark ? Math.min(own.width, own.height) : 44;
        return width >= 44 && height >= 44 && least >= 20
          ? []
          : [`${control.outerHTML.slice(0, 90)} ${width} × ${height}, ${least}`];
      }),
    );
    expect(small, data).toEqual([]);
  }
  await phone.context().close();
});

test("nothing moves while training, and all of it can be scrolled to", async () => {
  const places = () =>
    page.evaluate(() => {
      const main = document.querySelector("main") as HTMLElement;
      const all = [".transport", ".plot", ".sheet", ".pipeline", ".pipeline .stage"].flatMap(
        (one) =>
          [...document.querySelectorAll(one)].map((element) => element.getBoundingClientRect()),
      );
      const lowest = Math.max(...all.map(({ bottom }) => bottom));
      const ends = main.getBoundingClientRect().top + main.scrollHeight;
      const scrolls = getComputedStyle(main).overflowY === "auto" || innerWidth < 720;
      if (lowest > ends + 1 || (lowest > innerHeight && !scrolls)) return `${lowest} > ${ends}`;
      // on a phone the graph ends the page, and is as high as it needs to be
      if (innerWidth < 720) all.splice(-2);
      return all.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round));
    });
  const windows = [desktop, { width: 1200, height: 760 }, { width: 1024, height: 768 }, phoneSize];
  /** Places in windows of each size. */
  const everywhere = async () => {
    const found = [];
    for (const size of windows) {
      await page.setViewportSize(size);
      await settled(page);
      found.push(await places());
    }
    return found;
  };
  for (const [train, later] of [
    [{ data: "line", bias: "1" }, "150"],
    [{ data: "logistic" }, "60"],
    [{ data: "xor", layers: "", bias: "0" }, "30"],
    [{ data: "spiral" }, "20"],
  ] as const)
    for (const lang of ["en", "ru"] as const) {
      await go(train, { lang });
      const before = await everywhere();
      for (const one of before)
        expect(one, `${lang} ${JSON.stringify(train)}`).toBeInstanceOf(Array);
      await go({ ...train, at: later }, { lang });
      expect(await everywhere(), `${lang} ${JSON.stringify(train)}`).toEqual(before);
    }
});

test("plays, pauses, steps and starts again, by keyboard too", async () => {
  await go({});
  expect(await text(".state .rows")).toBe("Rows for training: 42, for testing: 18.");
  const start = await figures();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(".");
  await trained(page, 1);
  expect(await figures()).not.toEqual(start);
  await page.click('[aria-label="One epoch"]');
  await trained(page, 2);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(" ");
  await page.waitForSelector('[aria-label="Pause"]');
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLElement>(".training")?.dataset.epoch) > 4,
  );
  await page.keyboard.press(" ");
  await page.waitForSelector('.training[data-running="false"]');
  await page.waitForSelector('[aria-label="Play"]');
  await page.click('[aria-label="Start again"]');
  await trained(page, 0);
  expect(await figures()).toEqual(start);
});

test("Space plays after a click on a tab or a control, and presses a control that the keyboard reached", async () => {
  await show(page, encodeState({ ...initial, train: { epochs: "100000" } }));
  await page.click(".tabs button:nth-child(2)");
  await trained(page, 0);
  await page.keyboard.press(" ");
  await page.waitForSelector('[aria-label="Pause"]');
  await page.keyboard.press(" ");
  await page.waitForSelector('[aria-label="Play"]');
  for (const control of [".check >> text=Constant b", '[aria-label="Start again"]']) {
    await page.click(control);
    await page.waitForSelector('.training[data-running="false"][data-epoch="0"]');
    await page.keyboard.press(" ");
    await page.waitForSelector('[aria-label="Pause"]');
    await page.keyboard.press(" ");
    await page.waitForSelector('.training[data-running="false"]');
  }
  await page.click('[aria-label="Start again"]');
  await trained(page, 0);
  await page.focus(".transport select");
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(
    "One epoch",
  );
  await page.keyboard.press(" ");
  await trained(page, 1);
  expect(await page.locator('[aria-label="Play"]').count()).toBe(1);
});

test("stops where the loss wanted is reached, and at the last epoch, and says so", async () => {
  await go({ untilLoss: "1", speed: "max" });
  await page.click('[aria-label="Play"]');
  await page.waitForFunction(() => document.querySelector(".state output")?.textContent !== "");
  expect(await text(".state")).toContain("the loss wanted is reached");
  expect(Number((await figures())[0])).toBeLessThanOrEqual(1);
  await go({ epochs: "7", speed: "max" });
  await page.click('[aria-label="Play"]');
  await trained(page, 7);
  expect(await text(".state")).toContain("all epochs are done");
});

test("a run that diverges stops, says why, keeps its plots in bounds, and one click mends it", async () => {
  for (const [width, train, reason, remedy] of [
    [1440, { rate: "5" }, "smaller learning rate", "Rate from the data"],
    [390, { rate: "0.9", bias: "1" }, "smaller learning rate", "Rate from the data"],
    [1024, { data: "sine", optimizer: "gd", rate: "5" }, "smaller learning rate", "Rate 0.05"],
    [1440, { data: "line", rate: "5", log: "0" }, "smaller learning rate", "Rate from the data"],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await go({ ...train, speed: "max" });
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".plot")].map((plot) => plot.getBoundingClientRect().top),
      );
    const before = await places();
    await page.click('[aria-label="Play"]');
    await page.waitForSelector(".remedy");
    expect(await text(".state output")).toContain(reason);
    expect(await places()).toEqual(before);
    expect(await page.evaluate(faultsOfAppearance)).toEqual([]);
    for (const figure of await figures()) expect(figure.length).toBeLessThan(14);
    // an axis over many powers of ten says so; one that is not is cut
    expect(await page.isChecked(".legend .check input")).toBe(!("log" in train));
    for (const name of ["Play", "One epoch"])
      expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
    expect(await text(".remedy")).toBe(remedy);
    await page.click(".remedy");
    await trained(page, 0);
    await page.click('[aria-label="Play"]');
    // along one parameter that rate is there at once
    await page.waitForFunction(
      () =>
        document.querySelector(".state output")?.textContent !== "" ||
        Number(document.querySelector<HTMLElement>(".training")?.dataset.epoch) > 9,
    );
    expect(await page.locator(".remedy").count()).toBe(0);
  }
});

test("a link opens the same epoch with the same numbers in a fresh profile", async () => {
  const train = { data: "xor", layers: "3", optimizer: "momentum", at: "37", row: "5", log: "1" };
  await go(train, { seed: 3, lang: "ru", theme: "dark" });
  const shown = await page.evaluate(() => document.body.innerText);
  const address = await page.evaluate(() => location.hash.slice(1));
  const fresh = await playground.open(address);
  await trained(fresh, 37);
  expect(await fresh.evaluate(() => document.body.innerText)).toBe(shown);
  await fresh.context().close();
});

test("the back button undoes a change of the setup", async () => {
  await go({});
  await page.selectOption(".setting select", "moons");
  await trained(page, 0);
  expect(await text(".plot h2")).toBe("Decision");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector(".plot h2")?.textContent === "Fit");
  await trained(page, 0);
});

test("a step of one example opens in Explain with its numbers filled in", async () => {
  await go({ data: "logistic", at: "20", row: "2" });
  await page.click(".pipeline .more");
  await page.waitForSelector("main.explain");
  await settled(page);
  expect(await page.inputValue("#formula")).toBe("p = θ*x + b; μ = sigmoid(p); d = y - μ; d^2");
  const nodes = await page.evaluate(() =>
    [...document.querySelectorAll(".graph .node .name")].map((name) => name.textContent),
  );
  expect(nodes).toContain("μ = sigmoid(p)");
  await page.goBack();
  await page.waitForSelector("main.train");
  await trained(page, 20);
});

describe("a file of one's own", () => {
  const file = (name: string, content: string | Buffer) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(content as string),
  });
  const choose = async (name: string, content: string | Buffer): Promise<void> => {
    await page.setInputFiles(".file input", file(name, content));
    await page.waitForFunction(
      (wanted) => document.querySelector(".file")?.textContent === `File: ${wanted}`,
      name,
    );
    await trained(page, 0);
  };
  const rows = Array.from({ length: 30 }, (_, i) => `${i},${(i * 7) % 5},${3 * i + 1},n${i}`);
  const good = `a,b,y,name\n${rows.join("\n")}\n`;
  const measured = Array.from({ length: 40 }, (_, i) => [i / 8, (i % 7) - 2.5, i % 3]);
  const flowers = (kinds: readonly string[]) =>
    measured.map(([a, b, kind]) => `${a};${b};${kinds[kind as number]}`).join("\r\n");

  test("is asked for, then trained on by the columns chosen", async () => {
    await go({});
    await page.selectOption(".setting select", "own");
    await page.waitForFunction(() => document.querySelector(".plots .note") !== null);
    expect(await text(".state")).toBe("Choose a CSV file to begin.");
    await choose("own.csv", good);
    expect(await page.locator(".settings .wrong").count()).toBe(0);
    expect(await text(".left-out")).toContain("'n0' is not a number");
    expect(await text(".pipeline .legend")).toContain("3 parameters");
    await page.click(".columns label:last-child input");
    await page.waitForFunction(() =>
      document.querySelector(".pipeline .legend")?.textContent?.startsWith("2 parameters"),
    );
    await trained(page, 0);
    await page.click('[aria-label="Play"]');
    await page.waitForFunction(() => document.querySelector(".state output")?.textContent !== "");
    // y = 3a + 1 is a line through all points
    expect((await figures())[3]).toBe("1.000");
    expect((await text(".found")).split(/\s+/).join(" ")).toMatch(
      /^in the units of the data a b₀ θ, b₀ (3|2\.9999\d*|3\.0000\d*) (1|0\.999\d*|1\.000\d*) least squares 3 1$/,
    );
    expect(await text(".plot:last-child .legend")).toBe("x standardised");
    expect(await text(".pipeline .legend")).toContain("x standardised");
    expect(await text(".settings")).toContain("Constant b₀");
    await page.waitForSelector('.training[data-running="false"]');
    const shown = await page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return document.body.innerText;
    });
    const fresh = await playground.open(await page.evaluate(() => location.hash.slice(1)));
    await trained(fresh, Number(await page.getAttribute(".training", "data-epoch")));
    expect(await fresh.evaluate(() => document.body.innerText)).toBe(shown);
    await fresh.context().close();
  });

  test("is read with decimal commas, tabs, quotes, a byte order mark, in UTF-16, and without names", async () => {
    const line = Array.from({ length: 12 }, (_, i) => [i / 4, (3 * i) / 4 + 1]);
    const comma = (value?: number): string => String(value).replace(".", ",");
    const semicolons = `x;y\n${line.map(([a, b]) => `${comma(a)};${comma(b)}`).join("\n")}\n`;
    await show(page, link({ data: "own", standardize: "0" }));
    const seen = new Set<string>();
    for (const [name, content] of [
      ["points.csv", `x,y\n\n${line.map(([a, b]) => `"${a}",${b}`).join("\r\n\r\n")}\n\n`],
      ["semicolons.csv", semicolons],
      ["tabs.txt", `\uFEFFx\ty\n${line.map((cells) => cells.map(comma).join("\t")).join("\n")}`],
      ["utf-16.csv", Buffer.from(`\uFEFF${semicolons}`, "utf16le")],
      ["bare.csv", line.map(([a, b]) => `${a},${b}`).join("\n")],
    ] as const) {
      await choose(name, content);
      seen.add((await figures()).join(" "));
    }
    expect([...seen]).toHaveLength(1);
    expect(await page.inputValue(".settings select >> nth=1")).toBe("x2");
  });

  test("has classes where the last column has two values or words, and numbers elsewhere, unless one chooses", async () => {
    const target = page.locator(".settings select").nth(1);
    const quality = () => text(".figures div:nth-child(3) dt");
    const psi = () => page.inputValue(".settings select >> nth=4");
    await show(page, link({ data: "own" }));
    await choose("flowers.csv", `long;wide;kind\n${flowers(["rose", "tulip", "iris"])}`);
    expect(await target.inputValue()).toBe("kind = tulip");
    expect([await quality(), await psi()]).toEqual(["accuracy, train", "sigmoid"]);
    expect(await text(".plot h2")).toBe("Decision");
    await target.selectOption("wide");
    await trained(page, 0);
    expect([await quality(), await psi()]).toEqual(["R², train", "identity"]);
    for (const [kinds, usual, expected] of [
      [["0", "1", "0"], "kind = 1", "accuracy, train"],
      [["-1", "1.0", "1"], "kind = 1", "accuracy, train"],
      [["no", "yes", "no"], "kind = yes", "accuracy, train"],
      [["0", "1", "2"], "kind", "R², train"],
      [["0.5", "1", "2"], "kind", "R², train"],
      [["7", "7", "7"], "kind", "R², train"],
      [["0", "0", "0"], "kind", "R², train"],
    ] as const) {
      await choose(`kinds-${kinds.join("-")}.csv`, `long;wide;kind\n${flowers(kinds)}`);
      expect([await target.inputValue(), await quality()]).toEqual([usual, expected]);
    }
    // of a column that does not vary there is nothing to explain
    expect((await figures())[2]).toBe("—");
    await choose("three.csv", `long;wide;kind\n${flowers(["0", "1", "2"])}`);
    await target.selectOption("kind = 2");
    await trained(page, 0);
    expect([await quality(), await psi()]).toEqual(["accuracy, train", "sigmoid"]);
    await target.selectOption("kind");
    await trained(page, 0);
    expect([await quality(), await psi()]).toEqual(["R², train", "identity"]);
  });

  test("of many rows is a sample drawn at random, and says so; a link asks for it by its name", async () => {
    await show(page, link({ data: "own" }));
    const many = Array.from({ length: 200_000 }, (_, i) => `${i},${2 * i}`).join("\n");
    await page.evaluate(() => {
      const said: (string | undefined)[] = [];
      Reflect.set(window, "said", said);
      const note = () => said.push(document.querySelector(".state output")?.textContent);
      const state = document.querySelector(".transport") as Element;
      new MutationObserver(note).observe(state, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    await choose("many.csv", `x,y\n${many}`);
    expect(await page.evaluate(() => Reflect.get(window, "said"))).toContain("Reading many.csv …");
    expect(await text(".state output")).toBe("");
    expect(await text(".left-out")).toContain("2000 of its 200000 rows are used, drawn at random");
    expect(await page.getAttribute(".pipeline input", "max")).toBe("1400");
    await page.waitForFunction(() => location.hash.includes("t.file=many.csv"));
    const fresh = await playground.open(await page.evaluate(() => location.hash.slice(1)));
    await fresh.waitForSelector(".plots .note");
    expect(await fresh.locator(".state output").innerText()).toBe(
      "Choose many.csv again: a link carries only short files.",
    );
    await fresh.context().close();
  });

  test("of many columns lists them in a box, and takes all or one with a click", async () => {
    await show(page, link({ data: "own" }));
    const names = Array.from({ length: 60 }, (_, j) => `column ${j}`);
    const cells = Array.from({ length: 90 }, (_, i) => names.map((_, j) => (i * (j + 3)) % 97));
    await choose("wide.csv", `${[names, ...cells].map((row) => row.join()).join("\n")}\n`);
    const height = await page.evaluate(() => document.querySelector(".columns")?.clientHeight);
    expect(height).toBeLessThan(260);
    const rows = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll(".columns .check")].map((label) =>
        label.getBoundingClientRect(),
      );
      return new Set(boxes.map(({ left }) => Math.round(left))).size;
    });
    expect(rows).toBe(2);
    const parameters = (count: number) =>
      page.waitForFunction(
        (wanted) =>
          document.querySelector(".pipeline .legend")?.textContent?.startsWith(`${wanted} param`),
        count,
      );
    await parameters(60);
    await page.getByRole("button", { name: "Only the first" }).click();
    await parameters(2);
    expect(await text(".columns .picks span")).toBe("chosen: 1");
    await page.getByRole("button", { name: "All 59" }).click();
    await parameters(60);
    expect(await page.evaluate(faultsOfAppearance)).toEqual([]);
  });

  test("comes back with the back button, and stays while other data are looked at", async () => {
    await show(page, link({ data: "own" }));
    await choose("one.csv", good);
    const first = await figures();
    await choose("two.csv", good.replaceAll(/n\d+/g, "3").replace("y,name", "z,y"));
    expect(await figures()).not.toEqual(first);
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelector(".file")?.textContent === "File: one.csv",
    );
    await trained(page, 0);
    expect(await figures()).toEqual(first);
    await page.selectOption(".setting select", "moons");
    await trained(page, 0);
    await page.selectOption(".setting select", "own");
    await page.waitForSelector(".file");
    await trained(page, 0);
    expect(await text(".file")).toBe("File: one.csv");
    await page.waitForFunction(() => location.hash.includes("t.file=one.csv"));
    expect(await figures()).toEqual(first);
  });

  test("can be dropped where the plots will be", async () => {
    const fresh = await playground.open(link({ data: "own" }));
    await fresh.waitForSelector(".plots .note");
    const data = await fresh.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.csv"));
      return transfer;
    }, good);
    await fresh.dispatchEvent(".plots", "dragover", { dataTransfer: data });
    await fresh.waitForSelector(".plots.dropping");
    await fresh.dispatchEvent(".plots", "drop", { dataTransfer: data });
    await trained(fresh, 0);
    expect(await fresh.locator(".file").innerText()).toBe("File: dropped.csv");
    expect(await fresh.locator(".plots.dropping").count()).toBe(0);
    await fresh.context().close();
  });

  test("that is broken is told in both languages, and the one before stays", async () => {
    await show(page, link({ data: "own" }));
    await choose("own.csv", good);
    const before = await figures();
    for (const [lang, name, content, message] of [
      ["en", "odd.csv", "a,b\n1,2\n3\n", "Not read: odd.csv, row 3: expected 2 cells, got 1."],
      ["en", "words.csv", "a,b\nx,y\n", "words.csv, row 2, column 'a': 'x' is not a number"],
      ["en", "one.csv", "a\n1\n2\n", "one.csv has one column only"],
      ["en", "names.csv", "a,b\n", "names.csv has names but no rows"],
      ["ru", "empty.csv", "", "файл empty.csv пуст"],
      ["ru", "comma.csv", "a;b\n1,5;2\n1.5;x\n", "дробная часть отделяется точкой"],
      ["ru", "book.xlsx", "PK\u0003\u0004\u0000\u0000", "сохраните как CSV"],
    ] as const) {
      await page.evaluate((wanted) => {
        location.hash = location.hash.replace(/lang=../, `lang=${wanted}`);
      }, lang);
      await page.setInputFiles(".file input", file(name, content));
      await page.waitForFunction(
        (wanted) => document.querySelector(".settings .wrong")?.textContent?.includes(wanted),
        message,
      );
      expect(await text(".settings .wrong")).toContain("own.csv");
      expect(await text(".file")).toMatch(/: own\.csv$/);
      expect(await figures()).toEqual(before);
      expect(
        await page.getByRole("button", { name: lang === "en" ? "Play" : "Пуск" }).isDisabled(),
      ).toBe(false);
    }
    await show(page, link({ data: "own" }));
    await choose("own.csv", good);
    expect(await page.locator(".settings .wrong").count()).toBe(0);
    await page.setInputFiles(".file input", file("short.csv", "a,b\n1,2\n"));
    await page.waitForFunction(() =>
      document
        .querySelector(".setting .wrong")
        ?.textContent?.includes("a smaller share for testing"),
    );
    await page.locator(".setting", { hasText: "For testing" }).locator("select").selectOption("0");
    await trained(page, 0);
  });
});

test("a value that cannot be used is told beside its field with what it takes, and the one before stays", async () => {
  for (const [label, bad, takes, good, part] of [
    ["Rows", "1001", "A whole number from 4 to 1000. In use: 200.", "100", "t.rows=100"],
    ["Noise", "-1", "A number from 0 to 10. In use: 0.12.", "0,2", "t.noise=0.2"],
    ["Seed", "1.5", "A whole number from 0 to 999999999. In use: 0.", "7", "seed=7"],
    [
      "Layers",
      "8-0",
      "such as 8 or 16-16: up to 4 layers of 1 to 64. In use: 8.",
      "4",
      "t.layers=4",
    ],
    [
      "Learning rate",
      "0",
      "A number from 1e−12 to 1000000. Left empty: from the data.",
      "",
      "t.rate=none",
    ],
    ["Batch", "0", "A whole number from 1 to 1000000. Left empty: all rows.", "20", "t.batch=20"],
    [
      "Epochs at most",
      "many",
      "A whole number from 1 to 100000. In use: 500.",
      "1 000",
      "t.epochs=1000",
    ],
    ["Loss below", "x", "A number. Left empty: never. In use: never.", "0.1", "t.untilLoss=0.1"],
  ] as const) {
    await go({ data: "moons" });
    const before = [await figures(), await text(".epoch"), await text(".pipeline .legend")];
    const now = async () => [
      await figures(),
      await text(".epoch"),
      await text(".pipeline .legend"),
    ];
    const field = page.getByRole("textbox", { name: label, exact: true });
    const shown = await field.inputValue();
    await field.fill(bad);
    await field.press("Enter");
    await page.waitForSelector('.setting input[aria-invalid="true"]');
    expect(await field.inputValue()).toBe(bad);
    expect(await text(".setting .wrong"), label).toContain(takes);
    expect(await now(), label).toEqual(before);
    // it goes as soon as it is mended, before the field is left
    await field.fill(good);
    await page.waitForSelector(".setting .wrong", { state: "detached" });
    expect(await field.inputValue()).toBe(good);
    await field.fill(bad);
    await page.waitForSelector(".setting .wrong");
    await field.press("Escape");
    await page.waitForSelector(".setting .wrong", { state: "detached" });
    expect(await field.inputValue()).toBe(shown);
    await field.fill(good);
    await field.press("Enter");
    await trained(page, 0);
    expect(await page.locator(".setting .wrong").count()).toBe(0);
    await page.waitForFunction((wanted) => location.hash.includes(wanted), part);
  }
});

test("a run that cannot begin says why beside the setting and beside the buttons, and nothing is trained meanwhile", async () => {
  await go({ data: "line" });
  const before = await figures();
  const loss = page.locator(".settings select").nth(4);
  await loss.selectOption("cross-entropy");
  await page.waitForSelector(".setting .wrong");
  expect(await text(".setting .wrong")).toMatch(
    /cross-entropy takes numbers from 0 to 1; row \d+ of the data has −/,
  );
  expect(await text(".state")).toContain("Shown is the run before");
  for (const name of ["Play", "One epoch", "Start again"])
    expect(await page.getByRole("button", { name }).isDisabled()).toBe(true);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(".");
  await page.keyboard.press(" ");
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  expect(await figures()).toEqual(before);
  await loss.selectOption("squares");
  await page.waitForSelector(".setting .wrong", { state: "detached" });
  await trained(page, 0);
  expect(await text(".state output")).toBe("");
});

test("axe finds nothing to object to while training", async () => {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const size of [desktop, phoneSize]) {
    await page.setViewportSize(size);
    for (const [train, state] of [
      [{}, { theme: "light" }],
      [{ data: "spiral" }, { theme: "dark", lang: "ru" }],
      [{ data: "own" }, { theme: "light" }],
      [{ data: "line", link: "sigmoid", loss: "cross-entropy" }, { theme: "dark" }],
    ] as const) {
      await show(page, link(train, state));
      await page.waitForSelector('.training[data-running="false"]');
      const violations = await page.evaluate(async () => {
        const { violations: all } = await Reflect.get(window, "axe").run(document, {
          resultTypes: ["violations"],
        });
        return all.map(
          (one: { id: string; nodes: { html: string }[] }) => `${one.id} ${one.nodes[0]?.html}`,
        );
      });
      for (const violation of violations)
        found.push(`${size.width} ${JSON.stringify(train)}: ${violation}`);
    }
  }
  expect(found).toEqual([]);
});

test("training loads with its tab, not before", async () => {
  const fresh = await playground.open();
  const scripts = (): Promise<string[]> =>
    fresh.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name.split("/").at(-1) as string)
        .filter((name) => /^(?:TrainView|training-worker).*\.js$/.test(name)),
    );
  expect(await scripts()).toEqual([]);
  await fresh.click(".tabs button:nth-child(2)");
  await trained(fresh, 0);
  expect((await scripts()).length).toBeGreaterThan(0);
  await fresh.context().close();
});

test("nothing went wrong on the console and nothing left the page", () => {
  expect(playground.problems).toEqual([]);
});
