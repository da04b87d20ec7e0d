import { useEffect, useState } from "preact/hooks";
import { write } from "../engine/client.js";
import type { Answer } from "../engine/messages.js";
import { words } from "../words/words.js";

/** The modules of the notes for this very graph, beside the library call that does the same. */
export function Code({ answer }: { readonly answer: Answer }) {
  const say = words.value;
  const [texts, setTexts] = useState({ modules: "", call: "" });
  useEffect(() => {
    let current = true;
    Promise.all([write("modules"), write("call")]).then(([modules, call]) => {
      if (current) setTexts({ modules, call });
    });
    return () => {
      current = false;
    };
  }, [answer]);
  return (
    <div class="codes">
      <Listing title={say.byHand} text={texts.modules} />
      <Listing title={say.byLibrary} text={texts.call} />
    </div>
  );
}

function Listing({ title, text }: { readonly title: string; readonly text: string }) {
  const say = words.value;
  return (
    <section aria-label={title}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="more" onClick={() => navigator.clipboard.writeText(text)}>
          {say.copy}
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </section>
  );
}
