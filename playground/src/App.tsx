import { Explain } from "./explain/Explain.js";
import { useKeys } from "./explain/keys.js";
import { Lecture } from "./lecture/Lecture.js";
import { Header } from "./parts/Header.js";
import { Notice } from "./parts/Notice.js";
import { state } from "./state/store.js";
import { Train } from "./train/Train.js";
import { words } from "./words/words.js";

/** The page. */
export function App() {
  useKeys();
  const { tab } = state.value;
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        {words.value.skip}
      </button>
      <Header />
      <Notice />
      <main id="main" class={tab} tabIndex={-1}>
        {tab === "explain" ? <Explain /> : tab === "train" ? <Train /> : <Lecture />}
      </main>
    </>
  );
}

/** The fragment holds the state, so no link can lead there: to a node, or to the table or the code in its place. */
function skip(): void {
  const first = ['.graph [tabindex="0"]', ".tables", ".codes pre", "#main"]
    .map((selector) => document.querySelector<HTMLElement | SVGElement>(selector))
    .find((element) => element !== null);
  first?.focus();
}
