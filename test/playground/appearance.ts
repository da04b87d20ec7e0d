/** What is wrong with how a page looks, seen from inside it; runs in the browser and so refers to nothing outside. */
export function faultsOfAppearance(): string[] {
  const faults: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    faults.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);

  // texts of the drawing: none too small, none over another
  const drawing = document.querySelector<SVGSVGElement>("svg.graph");
  const texts = drawing === null ? [] : [...drawing.querySelectorAll<SVGTextElement>("text")];
  const scale = drawing?.getScreenCTM()?.a ?? 1;
  const boxes = texts.map((text) => {
    const sizes = [text, ...text.querySelectorAll("tspan")].map((part) =>
      Number.parseFloat(getComputedStyle(part).fontSize),
    );
    const size = Math.min(...sizes) * scale;
    if (size < 11) faults.push(`small text in the graph: ${text.textContent} ${size}`);
    return { text: text.textContent ?? "", box: text.getBoundingClientRect() };
  });
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      if (
        a.text !== "" &&
        b.text !== "" &&
        a.box.left < b.box.right - 1 &&
        b.box.left < a.box.right - 1 &&
        // a line's box is higher than its letters
        a.box.top < b.box.bottom - 4 &&
        b.box.top < a.box.bottom - 4
      )
        faults.push(`texts overlap in the graph: ${a.text} / ${b.text}`);
  for (const node of drawing?.querySelectorAll<SVGGElement>(".node") ?? []) {
    const frame = node.querySelector("rect")?.getBoundingClientRect() as DOMRect;
    for (const text of node.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      if (text.textContent === "") continue;
      if (box.left < frame.left || box.right > frame.right)
        faults.push(`text leaves its node: ${text.textContent}`);
    }
  }

  // other texts: none too small, none cut off, controls not over one another
  const shown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return width > 1 && height > 1 && style.visibility !== "hidden" && style.clipPath === "none";
  };
  const fixed = (element: Element | null): boolean =>
    element !== null &&
    (getComputedStyle(element).position === "fixed" || fixed(element.parentElement));
  for (const element of document.querySelectorAll<HTMLElement>("body *:not(svg *, .katex *)")) {
    const own = [...element.childNodes].some(
      (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== "",
    );
    if (!own || !shown(element)) continue;
    if (Number.parseFloat(getComputedStyle(element).fontSize) < 11)
      faults.push(`small text: ${element.textContent}`);
    const clipped = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
    if (clipped && element.closest("pre, textarea, .mirror, .told, select") === null)
      faults.push(`text is cut off: ${element.textContent?.slice(0, 60)}`);
  }
  // names and numbers stay in the block they belong to
  for (const element of document.querySelectorAll(".slider > *, .rule .name, .facts *, .sum *")) {
    if (!shown(element) || element.closest(".katex") !== null) continue;
    const block = element.closest(".slider, .rule") as Element;
    const [own, room] = [element.getBoundingClientRect(), block.getBoundingClientRect()];
    if (own.right > room.right + 1 || own.left < room.left - 1)
      faults.push(`leaves its block: ${element.textContent?.slice(0, 60)}`);
  }
  const blocks = [
    ...document.querySelectorAll<HTMLElement>(
      ".transport, .plot, .pipeline > *, .settings, .ask, .bar, .stage, .prose, .figure > *",
    ),
  ]
    // on a phone some lie at the foot of the page, over the rest
    .filter((element) => shown(element) && !fixed(element));
  for (const [i, a] of blocks.entries())
    for (const b of blocks.slice(i + 1)) {
      const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      if (
        !a.contains(b) &&
        !b.contains(a) &&
        one.left < other.right - 1 &&
        other.left < one.right - 1 &&
        one.top < other.bottom - 1 &&
        other.top < one.bottom - 1
      )
        faults.push(`blocks overlap: ${a.className} / ${b.className}`);
    }
  const controls = [
    ...document.querySelectorAll<HTMLElement>(
      "header button, header select, summary, .bar button, .sliders input, .steps button, .steps input",
    ),
  ].filter((element) => shown(element) && element.closest(".menu") === null);
  const rects = controls.map((element) => element.getBoundingClientRect());
  for (const [i, a] of rects.entries()) {
    if (a.right > root.clientWidth + 1 || a.left < -1)
      faults.push(`control leaves the page: ${controls[i]?.outerHTML.slice(0, 80)}`);
    for (const [j, b] of rects.entries())
      if (
        j > i &&
        controls[i]?.closest("section, header, nav") ===
          controls[j]?.closest("section, header, nav") &&
        a.left < b.right - 1 &&
        b.left < a.right - 1 &&
        a.top < b.bottom - 1 &&
        b.top < a.bottom - 1
      )
        faults.push(
          `controls overlap: ${controls[i]?.outerHTML.slice(0, 60)} / ${controls[j]?.outerHTML.slice(0, 60)}`,
        );
  }
  return faults;
}
