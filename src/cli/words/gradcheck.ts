import type { Text } from "../../formula/index.js";

/** What `gradcheck` says. */
export const gradcheckMessages = {
  points: (points: number, comparisons: number): Text => ({
    en: `points: ${points}, comparisons: ${comparisons}; forward and reverse mode, first and second derivatives`,
    ru: `точек: ${points}, сравнений: ${comparisons}; прямой и обратный режим, первые и вторые производные`,
  }),
  worst: (share: string, at: string): Text => ({
    en: `largest deviation: ${share} of the tolerance (${at})`,
    ru: `наибольшее отклонение: ${share} от допуска (${at})`,
  }),
  kink: (point: string): Text => ({
    en: `left out, at a kink: ${point}`,
    ru: `пропущено, излом: ${point}`,
  }),
  agrees: {
    en: "the derivatives agree with finite differences",
    ru: "производные совпадают с конечными разностями",
  },
  differs: (point: string, order: number, mode: string): Text => ({
    en: `the derivative differs from finite differences at ${point} (order ${order}, ${mode})`,
    ru: `производная расходится с конечными разностями в точке ${point} (порядок ${order}, ${mode})`,
  }),
  partial: (leaf: string, derivative: string, difference: string): Text => ({
    en: `by ${leaf}: derivative ${derivative}, finite difference ${difference}`,
    ru: `по ${leaf}: производная ${derivative}, конечная разность ${difference}`,
  }),
  along: (expected: string, actual: string): Text => ({
    en: `along a direction drawn: derivative ${actual}, finite difference ${expected}`,
    ru: `вдоль случайного направления: производная ${actual}, конечная разность ${expected}`,
  }),
  nothingToCheck: {
    en: "no value is finite near the points tried",
    ru: "вблизи испытанных точек нет конечных значений",
  },
  chooseThePoint: {
    en: "give a point where the expression is defined: --at x=1",
    ru: "задайте точку, где выражение определено: --at x=1",
  },
  threw: (path: string, reason: string): Text => ({
    en: `the function of ${path} threw an error: ${reason}`,
    ru: `функция из ${path} завершилась ошибкой: ${reason}`,
  }),
  noFunction: (path: string): Text => ({
    en: `${path} exports no function f (nor a default one)`,
    ru: `${path} не экспортирует функцию f (и функцию по умолчанию)`,
  }),
  noArguments: (path: string): Text => ({
    en: `${path} exports no list args of arguments to check at`,
    ru: `${path} не экспортирует список args с аргументами для проверки`,
  }),
  cannotImport: (path: string, reason: string): Text => ({
    en: `cannot import ${path}: ${reason}`,
    ru: `не удалось импортировать ${path}: ${reason}`,
  }),
};
