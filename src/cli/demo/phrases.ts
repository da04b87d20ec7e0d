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
  model: {
    en: "A model trained through the chain rule",
    ru: "Модель, обученная по цепному правилу",
  },
  modelText: {
    en: "θx + b = p,  ψ(p) = μ,  y − μ = d,  d² = z,  Σ z = S,  S / N = L\n∂L/∂θ = ∂L/∂S · ∂S/∂d · ∂d/∂μ · ∂μ/∂p · ∂p/∂θ = (1/N) · Σ 2d · (−1) · ψ′(p) · x",
    ru: "θx + b = p,  ψ(p) = μ,  y − μ = d,  d² = z,  Σ z = S,  S / N = L\n∂L/∂θ = ∂L/∂S · ∂S/∂d · ∂d/∂μ · ∂μ/∂p · ∂p/∂θ = (1/N) · Σ 2d · (−1) · ψ′(p) · x",
  },
  threeWays: {
    en: "The same derivative in three ways, at θ = 0.5, b = 0, with ψ(p) = p:",
    ru: "Одна и та же производная тремя способами, при θ = 0.5, b = 0 и ψ(p) = p:",
  },
  byPath: { en: "factor by factor along the path", ru: "множитель за множителем вдоль пути" },
  byGraph: { en: "one backward pass of the graph", ru: "один обратный проход по графу" },
  inClosedForm: { en: "the textbook formula", ru: "формула из учебника" },
  descent: (rows: number, rate: string): Text => ({
    en: `Gradient descent on ${rows} points around y = 1 + 2x, learning rate ${rate} (1/Λ, from the data):`,
    ru: `Градиентный спуск, ${rows} точки около y = 1 + 2x, скорость обучения ${rate} (1/Λ, по данным):`,
  }),
  epoch: (epoch: number): Text => ({
    en: `epoch ${String(epoch).padStart(3)}`,
    ru: `эпоха ${String(epoch).padStart(3)}`,
  }),
  descentAnswer: { en: "descent", ru: "спуск" },
  exactAnswer: { en: "least squares", ru: "наименьшие квадраты" },
};
