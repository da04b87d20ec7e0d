import type { Language } from "./language.js";

/** What generated programs say beside their code. */
export interface Comments {
  readonly byLibrary: string;
  readonly byHandForward: string;
  readonly byHandBackward: string;
  readonly forward: string;
  readonly backward: string;
}

export const comments: Readonly<Record<Language, Comments>> = {
  en: {
    byLibrary: "By the library: value and all partial derivatives in one backward pass.",
    byHandForward: "By hand, as in the notes: every operation is a module. Forward, caching …",
    byHandBackward:
      "… and backward: upstream in, downstream out, added up where a value is used more than once.",
    forward: "forward",
    backward: "backward: what arrives at a node from all its uses adds up",
  },
  ru: {
    byLibrary: "Библиотекой: значение и все частные производные за один обратный проход.",
    byHandForward: "Вручную, как в лекции: каждая операция — модуль. Прямой проход, с кэшем …",
    byHandBackward:
      "… и обратный: производная по результату превращается в производные по операндам; где значение взято не раз, они складываются.",
    forward: "прямой проход",
    backward: "обратный проход: то, что приходит в узел от всех, кто его взял, складывается",
  },
};
