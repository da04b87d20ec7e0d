import { useEffect, useRef, useState } from "preact/hooks";
import { write } from "../engine/client.js";
import type { Format } from "../engine/messages.js";
import { drawingAsPng, drawingAsSvg } from "../graph/save.js";
import { link } from "../state/store.js";
import { words } from "../words/words.js";

const files = [
  ["svg", "SVG"],
  ["png", "PNG 1×"],
  ["png2", "PNG 2×"],
  ["html", "HTML"],
  ["latex", "LaTeX"],
  ["ts", "TypeScript"],
  ["json", "JSON"],
  ["dot", "DOT"],
] as const;

const extensions: Readonly<Record<string, string>> = { latex: "tex", png2: "png" };

/** Files of what is shown, and the link that opens it. */
export function Export() {
  const say = words.value;
  const [told, tell] = useState("");
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  return (
    <details class="export" ref={menu} onToggle={() => tell("")}>
      <summary>{say.export}</summary>
      <div class="menu">
        <button
          type="button"
          onClick={async () => {
            await navigator.clipboard.writeText(await link());
            tell(say.linkCopied);
          }}
        >
          {say.copyLink}
        </button>
        {files.map(([kind, name]) => (
          <button
            key={kind}
            type="button"
            data-export={kind}
            onClick={async () => {
              const made = await contentOf(kind);
              if (made === undefined) tell(say.noExport(name));
              else save(`gradient.${extensions[kind] ?? kind}`, made);
            }}
          >
            {name}
          </button>
        ))}
        <p role="status">{told}</p>
      </div>
    </details>
  );
}

/** A menu closes on Escape, where the focus goes back to its button, and on what happens elsewhere. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const outside = ({ target }: Event): void => {
      const element = menu.current;
      if (element?.open && !element.contains(target as Element)) element.open = false;
    };
    const onKey = (event: KeyboardEvent): void => {
      const element = menu.current;
      if (event.key !== "Escape" || !element?.open) return;
      event.stopPropagation();
      element.open = false;
      element.querySelector("summary")?.focus();
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    addEventListener("keydown", onKey, { capture: true });
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
      removeEventListener("keydown", onKey, { capture: true });
    };
  }, []);
}

async function contentOf(kind: (typeof files)[number][0]): Promise<Blob | undefined> {
  if (kind === "svg" || kind === "png" || kind === "png2") {
    const drawing = document.querySelector<SVGSVGElement>(".canvas svg.graph");
    if (drawing === null) return undefined;
    if (kind === "svg") return new Blob([drawingAsSvg(drawing)], { type: "image/svg+xml" });
    return drawingAsPng(drawing, kind === "png" ? 1 : 2);
  }
  const text = await write(kind satisfies Format);
  return text === "" ? undefined : new Blob([text], { type: "text/plain" });
}

function save(name: string, content: Blob): void {
  const anchor = document.createElement("a");
  anchor.href = URL.createObjectURL(content);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
