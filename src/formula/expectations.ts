import type { Text } from "./catalogue.js";

/** What operations expect of their arguments, in Russian; `$1`, `$2` stand for what differs. */
const russian: readonly (readonly [RegExp, string])[] = [
  [
    /^shapes that broadcast .*$/,
    "формы, которые растягиваются друг до друга (с последней оси длины равны или одна из них 1)",
  ],
  [/^tensors (?:with|of) at least one axis$/, "тензоры хотя бы с одной осью"],
  [
    /^the last axis of (.+) as long as the last but one of (.+)$/,
    "последняя ось $1 той же длины, что предпоследняя ось $2",
  ],
  [/^the last axis of (.+) as long as (.+)$/, "последняя ось $1 той же длины, что $2"],
  [/^axis (\d+) of (.+) as long as axis (\d+) of (.+)$/, "ось $1 $2 той же длины, что ось $3 $4"],
  [/^at least two axes$/, "не меньше двух осей"],
  [/^at least one element to choose from$/, "хотя бы один элемент"],
  [/^an axis from (-?\d+) to (-?\d+)$/, "ось от $1 до $2"],
  [/^a vector or a matrix$/, "вектор или матрица"],
  [/^each axis at most once$/, "каждая ось не больше одного раза"],
  [/^a start per sliced axis .*$/, "начало для каждой оси"],
  [/^indices of (\d+) axes, as (\S.*) has$/, "номера по осям ($1), как у $2"],
  [/^at most (\d+) entries for shape (.*)$/, "не больше $1 записей для формы $2"],
  [/^a number of parts that divides (\d+)$/, "число частей, на которое делится $1"],
  [/^each of the (\d+) axes of (.*) once$/, "каждая из $1 осей формы $2 один раз"],
  [/^a tensor of at least one axis$/, "тензор хотя бы с одной осью"],
  [/^a matrix or a vector$/, "матрица или вектор"],
  [/^a matrix$/, "матрица"],
  [/^"full", "same" or "valid"$/, '"full", "same" или "valid"'],
  [/^ord a number or "fro"$/, 'ord: число или "fro"'],
  [/^(\d+) inputs$/, "входов: $1"],
  [/^square matrices$/, "квадратные матрицы"],
  [/^vectors$/, "векторы"],
  [/^two vectors of at least one element$/, "два вектора хотя бы из одного элемента"],
  [/^numbers$/, "числа"],
  [/^numbers or booleans$/, "числа или логические значения"],
  [/^f32 or f64$/, "f32 или f64"],
  [/^f64, f32, i32, u32 or bool$/, "f64, f32, i32, u32 или bool"],
  [/^two tensors of one numeric dtype$/, "два тензора одного числового типа"],
  [/^a shape of (\d+) elements, as (\S.*) has$/, "форма из стольких же элементов, как в $2: $1"],
  [/^a shape that (.*) broadcasts to$/, "форма, до которой растягивается $1"],
  [
    /^lengths that divide (\d+) elements, and −1 once$/,
    "длины, на которые делятся элементы ($1), и −1 один раз",
  ],
  [
    /^inputs of one dtype that agree in every axis but (\d+)$/,
    "тензоры одного типа, которые совпадают во всех осях, кроме $1",
  ],
  [/^inputs of one shape and dtype$/, "тензоры одной формы и одного типа"],
  [/^tensors of one shape, (.*) as the first$/, "тензоры одной формы, как у первого: $1"],
  [/^whole indices$/, "целые номера"],
  [/^two different axes$/, "две разные оси"],
  [/^2 or 3 elements along axis (\d+)$/, "2 или 3 элемента вдоль оси $1"],
  [/^n a whole number ≥ 0$/, "целое n ≥ 0"],
  [/^q from 0 to 1$/, "q от 0 до 1"],
];

/**
 * What an operation said about its arguments, `operands` as the formula has them. Operations speak English; in Russian
 * stand what they expect, where it is known here, and the types of the arguments.
 */
export function complaintText(
  complaint: string,
  given: string,
  types: string,
  operands: readonly string[] = [],
): Text {
  const scalar = complaint === "no axis: the tensor is a scalar";
  const received = scalar ? types : given;
  const expected = scalar ? "a vector or a matrix" : inTheirNames(complaint, operands);
  const known = russian.find(([pattern]) => pattern.test(expected));
  const got = `получено: ${types}`;
  return {
    en: `expected ${expected}, got ${received.replace(/\b([fiu]\d\d|bool)\*/g, "$1")}`,
    ru: known === undefined ? got : `ожидалось: ${expected.replace(...known)}; ${got}`,
  };
}

/** Characters of an operand that a message has room for. */
const room = 20;

/** `the last axis of a as long as b`, with what the formula has for a and b. */
function inTheirNames(expected: string, [a, b]: readonly string[]): string {
  if (!expected.includes("as long as") || a === undefined || b === undefined) return expected;
  const named = { a: a.length > room ? "(…)" : a, b: b.length > room ? "(…)" : b };
  return expected.replace(/(?<=\b(?:of|as) )[ab]\b/g, (one) => named[one as "a" | "b"]);
}
