import { computed, type ReadonlySignal } from "@preact/signals";
import { state } from "../state/store.js";
import { en, type Words } from "./en.js";
import { ru } from "./ru.js";

const dictionaries = { en, ru } as const;

/** The texts in the language chosen. */
export const words: ReadonlySignal<Words> = computed(() => dictionaries[state.value.lang]);
