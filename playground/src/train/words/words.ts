import { computed, type ReadonlySignal } from "@preact/signals";
import { state } from "../../state/store.js";
import { en, type TrainWords } from "./en.js";
import { ru } from "./ru.js";

const dictionaries = { en, ru } as const;

/** The texts of Train in the language chosen: apart from the page's, for they come later. */
export const trainWords: ReadonlySignal<TrainWords> = computed(
  () => dictionaries[state.value.lang],
);
