import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../words/words.js";

const loaded = signal<ComponentType | undefined>(undefined);

/** Training comes when it is first asked for. */
export function Train() {
  useEffect(() => {
    mendLanguage();
    if (loaded.peek() === undefined)
      import("./TrainView.js").then(({ TrainView }) => {
        loaded.value = TrainView;
      });
  }, []);
  const View = loaded.value;
  return View === undefined ? <p class="loading">{words.value.working}</p> : <View />;
}

/** uPlot formats numbers by the browser's language, which on a system of the locale POSIX is no language at all. */
function mendLanguage(): void {
  try {
    new Intl.NumberFormat(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "en", configurable: true });
  }
}
