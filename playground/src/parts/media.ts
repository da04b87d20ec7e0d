import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether the window has the width of a phone. */
export const narrow: ReadonlySignal<boolean> = matching("(max-width: 719px)");

function matching(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const found = signal(list.matches);
  list.addEventListener("change", () => {
    found.value = list.matches;
  });
  return found;
}
