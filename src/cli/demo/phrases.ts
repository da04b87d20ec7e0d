import type { Text } from "../../formula/index.js";

/** What the demo tells, around the numbers it computes. */
export const phrases = {
  title: {
    en: "The lecture's example: a graph, its derivatives, the derivation",
    ru: "Пример из лекции: граф, его производные, вывод",
  },
  slips: { en: "Two slips in the notes", ru: "Две описки в конспекте" },
  firstSlip: (slip: string, right: string, h: string): Text => ({
    en: `1. The notes write ∂f/∂h = ${slip}. That is 2·f; the derivative of h² is 2·h = 2·(${h}) = ${right}.`,
    ru: `1. В конспекте ∂f/∂h = ${slip}. Это 2·f, а производная h² равна 2·h = 2·(${h}) = ${right}.`,
  }),
  wrongGradient: (slip: string, right: string, difference: string): Text => ({
    en: `   So the notes get ∂f/∂a = ${slip} instead of ${right}. A finite difference decides:\n   (f(a + 0.001) − f(a − 0.001)) / 0.002 = ${difference}. This is why gradients get checked.`,
    ru: `   Поэтому там выходит ∂f/∂a = ${slip}, а не ${right}. Решает конечная разность:\n   (f(a + 0.001) − f(a − 0.001)) / 0.002 = ${difference}. Вот зачем градиенты проверяют.`,
  }),
  secondSlip: (right: string): Text => ({
    en: `2. The notes write ∂d/∂μ = 1, which holds for d = μ − y. With d = y − μ, as there, it is ${right}.`,
    ru: `2. В конспекте ∂d/∂μ = 1, что верно для d = μ − y. Для d = y − μ, как там, это ${right}.`,
  }),
  twoPaths: {
    en: "Prod(h, h) instead of Square(h): two paths",
    ru: "Prod(h, h) вместо Square(h): два пути",
  },
  twoPathsText: {
    en: "h now enters twice, so the chain rule for a is a sum over two paths:",
    ru: "Теперь h входит дважды, и цепное правило для a — сумма по двум путям:",
  },
  modules: {
    en: "The notes' modules do the same, backwards, adding up what arrives at h:",
    ru: "Модули из конспекта делают то же от конца к началу, складывая приходящее в h:",
  },
  cache: (module: string, cache: string): Text => ({
    en: `${module} kept ${cache} on the way forward.`,
    ru: `${module} при прямом проходе запомнил ${cache}.`,
  }),
};
