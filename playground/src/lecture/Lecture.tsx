import { useEffect, useRef } from "preact/hooks";
import { answer, settled } from "../engine/client.js";
import { StepBar } from "../explain/StepBar.js";
import { progressAt } from "../explain/steps.js";
import { Canvas } from "../graph/Canvas.js";
import { Zoom } from "../graph/Zoom.js";
import { Tex } from "../math/Tex.js";
import { state, update } from "../state/store.js";
import { words } from "../words/words.js";
import { partsOf, type Section, scenes, sections } from "./sections.js";

/** Eight sections to scroll through; the graph beside them follows. */
export function Lecture() {
  const { lang, section, step } = state.value;
  const given = answer.value;
  const progress = given && progressAt(given.explanation, step);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const column = place.current;
    if (column === null) return;
    const parts = [...column.querySelectorAll<HTMLElement>("[data-section]")];
    // a link opens at its section
    if (state.peek().section > 0) parts[state.peek().section]?.scrollIntoView();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries)
          if (isIntersecting) enter(Number((target as HTMLElement).dataset.section));
      },
      { rootMargin: "-35% 0px -65% 0px" },
    );
    for (const part of parts) observer.observe(part);
    return () => observer.disconnect();
  }, []);
  return (
    <>
      <article class="prose" ref={place}>
        {sections[lang].map((one, i) => (
          <Part key={one.title} section={one} index={i} current={i === section} />
        ))}
      </article>
      {given !== undefined && progress !== undefined && (
        <figure class="figure">
          <Zoom />
          <div class="stage" data-settled={settled.value}>
            <Canvas answer={given} progress={progress} />
          </div>
          <StepBar explanation={given.explanation} progress={progress} />
        </figure>
      )}
    </>
  );
}

/** Shows a section's graph, unless it is the one that is shown. */
function enter(section: number): void {
  if (state.peek().section !== section) update({ section, ...scenes[section] });
}

function Part({
  section,
  index,
  current,
}: {
  readonly section: Section;
  readonly index: number;
  readonly current: boolean;
}) {
  const say = words.value;
  const next = index + 1 < sections.en.length;
  return (
    <section class={current ? "part current" : "part"} data-section={index}>
      <h2 tabIndex={-1}>
        <span class="ordinal">{index + 1}</span> {section.title}
      </h2>
      {section.text.map((paragraph) => (
        <Paragraph key={paragraph} text={paragraph} />
      ))}
      <button
        type="button"
        class="more"
        onClick={({ currentTarget }) => {
          if (!next) update({ tab: "train" }, { keep: true });
          else goTo(currentTarget.closest("article"), index + 1);
        }}
      >
        {next ? say.nextSection : say.toTrain}
      </button>
    </section>
  );
}

function goTo(article: Element | null, index: number): void {
  const part = article?.querySelector<HTMLElement>(`[data-section="${index}"]`);
  part?.scrollIntoView();
  part?.querySelector("h2")?.focus({ preventScroll: true });
  enter(index);
}

function Paragraph({ text }: { readonly text: string }) {
  const { block, parts } = partsOf(text);
  return (
    <p class={block ? "display" : undefined}>
      {parts.map((part, i) => (i % 2 === 1 ? <Tex key={part} math={part} block={block} /> : part))}
    </p>
  );
}
