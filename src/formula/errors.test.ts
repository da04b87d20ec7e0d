import { expect, it } from "vitest";
import * as operations from "../ops/index.js";
import { parseAssignments } from "./assignments.js";
import { FormulaError } from "./error.js";
import { namesOf } from "./names.js";
import { parseProgram } from "./program.js";
import { renderError } from "./render.js";

const names = namesOf(operations);

function caught(read: () => unknown): FormulaError {
  try {
    read();
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const failing = (text: string) => caught(() => parseProgram(text, { names }));

/** The error in both languages, as a terminal shows it. */
function both(error: FormulaError): string {
  const { problem, source } = error;
  return `\n${renderError(problem, source, "en")}\n${renderError(problem, source, "ru")}\n`;
}

const told = (text: string) => both(failing(text));
const assigned = (text: string) => both(caught(() => parseAssignments(text)));

it("a missing operand is told where the value should stand", () => {
  expect(told("((a + * e)*(b-d))^2")).toMatchInlineSnapshot(`
    "
    error[E012]: expected a value after '+'
      1 | ((a + * e)*(b-d))^2
        |       ^ '*' cannot start a value
    ошибка[E012]: ожидалось значение после '+'
      1 | ((a + * e)*(b-d))^2
        |       ^ с '*' значение не начинается
    "
  `);
});

it("a misspelt function comes with the name that was meant", () => {
  expect(told("x + tanhh(y)")).toMatchInlineSnapshot(`
    "
    error[E021]: unknown function 'tanhh'
      1 | x + tanhh(y)
        |     ^^^^^ did you mean 'tanh'?
    ошибка[E021]: неизвестная функция 'tanhh'
      1 | x + tanhh(y)
        |     ^^^^^ возможно, вы имели в виду 'tanh'?
    "
  `);
});

it("an unclosed parenthesis also marks where it was opened", () => {
  expect(told("((a+e)*(b-d)^2")).toMatchInlineSnapshot(`
    "
    error[E010]: expected ')' to close '('
      1 | ((a+e)*(b-d)^2
        | -             ^ add ')'
        | '(' is opened here
    ошибка[E010]: '(' не закрыта: ожидалась ')'
      1 | ((a+e)*(b-d)^2
        | -             ^ добавьте ')'
        | '(' открыта здесь
    "
  `);
});

it("a missing sign of multiplication is not guessed", () => {
  expect(told("2x + 1")).toMatchInlineSnapshot(`
    "
    error[E013]: an operator is missing between '2' and 'x'
      1 | 2x + 1
        | ^^ to multiply, write 2*x
    ошибка[E013]: между '2' и 'x' нет знака операции
      1 | 2x + 1
        | ^^ чтобы умножить, напишите 2*x
    "
  `);
});

it("a number before a parenthesis is not multiplied silently", () => {
  expect(told("3(x + 1) - 2")).toMatchInlineSnapshot(`
    "
    error[E013]: an operator is missing between '3' and '('
      1 | 3(x + 1) - 2
        | ^^ to multiply, write 3*(x + 1)
    ошибка[E013]: между '3' и '(' нет знака операции
      1 | 3(x + 1) - 2
        | ^^ чтобы умножить, напишите 3*(x + 1)
    "
  `);
});

it("two parentheses side by side are not multiplied silently", () => {
  expect(told("(a)(b)")).toMatchInlineSnapshot(`
    "
    error[E013]: an operator is missing between ')' and '('
      1 | (a)(b)
        |   ^^ to multiply, write (a)*(b)
    ошибка[E013]: между ')' и '(' нет знака операции
      1 | (a)(b)
        |   ^^ чтобы умножить, напишите (a)*(b)
    "
  `);
});

it("a divisor with a missing sign shows both readings", () => {
  expect(told("a/2x")).toMatchInlineSnapshot(`
    "
    error[E013]: an operator is missing between '2' and 'x'
      1 | a/2x
        |   ^^ to multiply, write a/(2*x) or a/2*x
    ошибка[E013]: между '2' и 'x' нет знака операции
      1 | a/2x
        |   ^^ чтобы умножить, напишите a/(2*x) или a/2*x
    "
  `);
});

it("a bracket of the other kind marks the one it meets", () => {
  expect(told("(a + b]*c")).toMatchInlineSnapshot(`
    "
    error[E011]: ']' does not close '('
      1 | (a + b]*c
        | -     ^ write ')'
        | '(' is opened here
    ошибка[E011]: ']' не закрывает '('
      1 | (a + b]*c
        | -     ^ напишите ')'
        | '(' открыта здесь
    "
  `);
});

it("a function without parentheses is told how to be written", () => {
  expect(told("sin^2(x) + 1")).toMatchInlineSnapshot(`
    "
    error[E022]: the function 'sin' needs its argument in parentheses
      1 | sin^2(x) + 1
        | ^^^ write sin(x)^2
    ошибка[E022]: аргумент функции 'sin' пишется в скобках
      1 | sin^2(x) + 1
        | ^^^ напишите sin(x)^2
    "
  `);
});

it("comparisons do not chain", () => {
  expect(told("a < b < c")).toMatchInlineSnapshot(`
    "
    error[E015]: comparisons do not chain
      1 | a < b < c
        |       ^ a second comparison '<'
        = join two comparisons: logicalAnd(a < b, b < c)
    ошибка[E015]: сравнения не выстраиваются в цепочку
      1 | a < b < c
        |       ^ второе сравнение '<'
        = соедините два сравнения: logicalAnd(a < b, b < c)
    "
  `);
});

it("a power after a root sign is ambiguous", () => {
  expect(told("1 + √x^2")).toMatchInlineSnapshot(`
    "
    error[E016]: it is not clear what this power applies to
      1 | 1 + √x^2
        |     ^^^ write (√x)^2 or √(x^2)
    ошибка[E016]: неясно, к чему относится эта степень
      1 | 1 + √x^2
        |     ^^^ напишите (√x)^2 или √(x^2)
    "
  `);
});

it("a decimal comma is told from a list", () => {
  expect(told("1,5*x")).toMatchInlineSnapshot(`
    "
    error[E018]: ',' cannot stand here
      1 | 1,5*x
        |  ^ decimals use a point: write 1.5
    ошибка[E018]: ',' здесь стоять не может
      1 | 1,5*x
        |  ^ дробная часть отделяется точкой: напишите 1.5
    "
  `);
});

it("an unexpected character is named", () => {
  expect(told("x + $y")).toMatchInlineSnapshot(`
    "
    error[E001]: unexpected character '$'
      1 | x + $y
        |     ^ formulas have no such character
    ошибка[E001]: неожиданный символ '$'
      1 | x + $y
        |     ^ в формулах такого символа нет
    "
  `);
});

it("a second definition marks the first, on its own line", () => {
  expect(told("u = a + b\nv = 2*u\nu = v; u")).toMatchInlineSnapshot(`
    "
    error[E030]: 'u' is already defined
      1 | u = a + b
        | - defined here
      3 | u = v; u
        | ^ choose another name
    ошибка[E030]: 'u' уже определено
      1 | u = a + b
        | - определено здесь
      3 | u = v; u
        | ^ выберите другое имя
    "
  `);
});

it("a wrong number of arguments is counted", () => {
  expect(told("arctan2(x) + 1")).toMatchInlineSnapshot(`
    "
    error[E023]: 'arctan2' takes 2 arguments, got 1
      1 | arctan2(x) + 1
        | ^^^^^^^^^^ write arctan2(…, …)
    ошибка[E023]: 'arctan2' принимает 2 аргумента, получено: 1
      1 | arctan2(x) + 1
        | ^^^^^^^^^^ напишите arctan2(…, …)
    "
  `);
});

it("the end of the text can be the mistake", () => {
  expect(told("a +\n")).toMatchInlineSnapshot(`
    "
    error[E012]: expected a value after '+'
      1 | a +
        |    ^ the expression ends here
    ошибка[E012]: ожидалось значение после '+'
      1 | a +
        |    ^ выражение здесь обрывается
    "
  `);
});

it("a function definition is told how to be written", () => {
  expect(told("f(x) = x^2")).toMatchInlineSnapshot(`
    "
    error[E033]: functions are not defined here: 'f' names a value
      1 | f(x) = x^2
        | ^^^^ write f = …
    ошибка[E033]: функции здесь не определяются: 'f' — имя значения
      1 | f(x) = x^2
        | ^^^^ напишите f = …
    "
  `);
});

it("Cyrillic letters that look Latin are found out", () => {
  expect(told("соs(x)")).toMatchInlineSnapshot(`
    "
    error[E021]: unknown function 'соs'
      1 | соs(x)
        | ^^^ did you mean 'cos' in Latin letters?
    ошибка[E021]: неизвестная функция 'соs'
      1 | соs(x)
        | ^^^ возможно, вы имели в виду 'cos' латиницей?
    "
  `);
});

it("an operator of another language is told how to be written", () => {
  expect(told("a && b")).toMatchInlineSnapshot(`
    "
    error[E019]: there is no operator '&&'
      1 | a && b
        |   ^^ write logicalAnd(a, b)
    ошибка[E019]: операции '&&' нет
      1 | a && b
        |   ^^ напишите logicalAnd(a, b)
    "
  `);
});

it("an unknown option is compared with those there are", () => {
  expect(told("sum(x, axes=0)")).toMatchInlineSnapshot(`
    "
    error[E024]: 'sum' has no option 'axes'
      1 | sum(x, axes=0)
        |        ^^^^ did you mean 'axis'?
    ошибка[E024]: у 'sum' нет параметра 'axes'
      1 | sum(x, axes=0)
        |        ^^^^ возможно, вы имели в виду 'axis'?
    "
  `);
});

it("assignments: a decimal comma is told from the next name", () => {
  expect(assigned("a=1,5")).toMatchInlineSnapshot(`
    "
    error[E018]: ',' cannot stand here
      1 | a=1,5
        |    ^ decimals use a point: write 1.5
    ошибка[E018]: ',' здесь стоять не может
      1 | a=1,5
        |    ^ дробная часть отделяется точкой: напишите 1.5
    "
  `);
});

it("assignments: a name twice marks the first", () => {
  expect(assigned("a=23, b=2, a=5")).toMatchInlineSnapshot(`
    "
    error[E043]: 'a' is given twice
      1 | a=23, b=2, a=5
        | -          ^ keep one
        | first given here
    ошибка[E043]: 'a' задано дважды
      1 | a=23, b=2, a=5
        | -          ^ оставьте одно
        | впервые задано здесь
    "
  `);
});

it("assignments: a value must be constant", () => {
  expect(assigned("a=2, x=[1, y]")).toMatchInlineSnapshot(`
    "
    error[E042]: the value of 'x' must be a number or a list of numbers
      1 | a=2, x=[1, y]
        |            ^ this is not a constant
    ошибка[E042]: значением 'x' должно быть число или список чисел
      1 | a=2, x=[1, y]
        |            ^ это не постоянная
    "
  `);
});

it("assignments: a missing comma", () => {
  expect(assigned("a=1 b=2")).toMatchInlineSnapshot(`
    "
    error[E044]: expected ',' before 'b'
      1 | a=1 b=2
        |     ^ separate values with ','
    ошибка[E044]: ожидалась ',' перед 'b'
      1 | a=1 b=2
        |     ^ разделяйте значения запятой ','
    "
  `);
});

it("assignments: a missing value", () => {
  expect(assigned("a=, b=2")).toMatchInlineSnapshot(`
    "
    error[E012]: expected a value after '='
      1 | a=, b=2
        |   ^ ',' cannot start a value
    ошибка[E012]: ожидалось значение после '='
      1 | a=, b=2
        |   ^ с ',' значение не начинается
    "
  `);
});

it("assignments: rows of different length", () => {
  expect(assigned("x=[[1, 2], [3]]")).toMatchInlineSnapshot(`
    "
    error[E034]: the rows of a list must have one shape
      1 | x=[[1, 2], [3]]
        |            ^^^ expected shape [2], got [1]
    ошибка[E034]: строки списка должны быть одной формы
      1 | x=[[1, 2], [3]]
        |            ^^^ ожидалась форма [2], получена [1]
    "
  `);
});

it("a logarithm with a base is told how to be written", () => {
  expect(told("log(x, 2)")).toMatchInlineSnapshot(`
    "
    error[E023]: 'log' takes 1 argument, got 2
      1 | log(x, 2)
        | ^^^^^^^^^ write log(x)/log(2)
    ошибка[E023]: 'log' принимает 1 аргумент, получено: 2
      1 | log(x, 2)
        | ^^^^^^^^^ напишите log(x)/log(2)
    "
  `);
});

it("what other languages write for elements, transposes and choices is told by what to write here", () => {
  expect(told("x[0]^2")).toMatch(/to take an element, write take\(x, 0\)\n.*чтобы взять элемент/s);
  expect(told("softmax(z)[2]")).toContain("write take(softmax(z), 2)");
  expect(told("A.T@x")).toContain("write transpose(x)");
  expect(told("x'*y")).toContain("write transpose(x)");
  expect(told("W.x")).toContain("write a*b, a@b");
  expect(told("if x > 0 then x else 0")).toContain("to choose, write where(x > 0, a, b)");
  expect(told("x > 0 ? x : 0")).toContain("write where(x > 0, a, b)");
  expect(told("if(x>0, x, 0)")).toContain("write where(x>0, x, 0)");
  expect(told("2*x if x > 0 else 0")).toContain("to choose, write where(x > 0, 2*x, 0)");
  expect(told("u = x if x > 0 else 0")).toContain("to choose, write where(x > 0, a, b)");
  expect(told("x!")).toContain("write gamma(x + 1)");
  expect(told("2*exp(x + 1)!")).toContain("write gamma(exp(x + 1) + 1)");
  expect(told("mse(x, y)")).toContain("write mean((x - y)^2)");
  expect(told("det(A)")).toContain("formulas cannot do this yet");
});
