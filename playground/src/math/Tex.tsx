import katex from "katex";
import { useLayoutEffect, useRef } from "preact/hooks";

const rendered = new Map<string, DocumentFragment>();

/** A formula set by KaTeX, built in the document: text in markup would need inline styles. */
export function Tex({ math, block = false }: { readonly math: string; readonly block?: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    place.current?.replaceChildren(typeset(math, block).cloneNode(true));
  }, [math, block]);
  return <span class={block ? "tex block" : "tex"} ref={place} />;
}

function typeset(math: string, block: boolean): DocumentFragment {
  const key = `${block ? "b" : "i"}${math}`;
  const known = rendered.get(key);
  if (known !== undefined) return known;
  const host = document.createElement("span");
  katex.render(math, host, { displayMode: block, throwOnError: false, strict: false });
  const made = document.createDocumentFragment();
  made.append(...host.childNodes);
  if (rendered.size > 2000) rendered.clear();
  rendered.set(key, made);
  return made;
}
