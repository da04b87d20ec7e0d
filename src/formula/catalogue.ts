import { quote, showPoint } from "./characters.js";

/** A text in every language the product speaks. */
export interface Text {
  readonly en: string;
  readonly ru: string;
}

/** The languages of messages. */
export type Language = keyof Text;

/** How one kind of mistake is told; `label` stands at the caret, else the fix does. */
export interface Wording {
  readonly message: Text;
  readonly label?: Text;
  readonly fix?: Text;
}

function write(replacement: string): Text {
  return { en: `write ${replacement}`, ru: `напишите ${replacement}` };
}

/** With a word for letters of another alphabet, which look alike. */
function didYouMean(suggestion: string, written: string): Text {
  const latin = isAscii(suggestion) && !isAscii(written);
  return {
    en: `did you mean ${quote(suggestion)}${latin ? " in Latin letters" : ""}?`,
    ru: `возможно, вы имели в виду ${quote(suggestion)}${latin ? " латиницей" : ""}?`,
  };
}

function isAscii(text: string): boolean {
  return Array.from(text).every((point) => point < "\u0080");
}

/** `1 аргумент, 2 аргумента, 5 аргументов`. */
function russianPlural(count: number, one: string, few: string, many: string): string {
  const tens = count % 100;
  const ones = count % 10;
  if (tens >= 11 && tens <= 14) return `${count} ${many}`;
  return `${count} ${ones === 1 ? one : ones >= 2 && ones <= 4 ? few : many}`;
}

function englishArguments(count: number): string {
  return `${count} argument${count === 1 ? "" : "s"}`;
}

function russianArguments(count: number): string {
  return russianPlural(count, "аргумент", "аргумента", "аргументов");
}

function fixOfNeighbours(
  meant: string | { readonly element: string } | { readonly choice: string },
  other: string | undefined,
): Text {
  if (typeof meant === "string") {
    return {
      en: `to multiply, write ${meant}${other === undefined ? "" : ` or ${other}`}`,
      ru: `чтобы умножить, напишите ${meant}${other === undefined ? "" : ` или ${other}`}`,
    };
  }
  return "element" in meant
    ? {
        en: `to take an element, write ${meant.element}`,
        ru: `чтобы взять элемент, напишите ${meant.element}`,
      }
    : { en: `to choose, write ${meant.choice}`, ru: `чтобы выбрать, напишите ${meant.choice}` };
}

/** How many arguments a function takes, `max` infinite for any number. */
function arity(min: number, max: number): Text {
  if (max === Number.POSITIVE_INFINITY) {
    return {
      en: `at least ${englishArguments(min)}`,
      ru: `не меньше ${russianPlural(min, "аргумента", "аргументов", "аргументов")}`,
    };
  }
  return min === max
    ? { en: englishArguments(min), ru: russianArguments(min) }
    : {
        en: `${min} to ${englishArguments(max)}`,
        ru: `от ${min} до ${russianPlural(max, "аргумента", "аргументов", "аргументов")}`,
      };
}

/** What stands before the place where a value is missing. */
export type Before = { readonly after: string } | "start";

const russianEnd = "выражение здесь обрывается";

/** Every mistake the language knows. A text missing in one language does not compile. */
export const catalogue = {
  /** A character no formula has; `instead` is what was likely meant. */
  E001: (point: string, instead?: string): Wording => ({
    message: {
      en: `unexpected character ${showPoint(point)}`,
      ru: `неожиданный символ ${showPoint(point)}`,
    },
    ...(instead === undefined
      ? {
          label: { en: "formulas have no such character", ru: "в формулах такого символа нет" },
        }
      : { fix: write(instead) }),
  }),
  E002: (written: string): Wording => ({
    message: { en: `${quote(written)} is not a number`, ru: `${quote(written)} — не число` },
    label: {
      en: "a number has one decimal point",
      ru: "в числе одна десятичная точка",
    },
  }),
  E003: (written: string, size: "large" | "small"): Wording => ({
    message:
      size === "large"
        ? { en: `${quote(written)} is too large`, ru: `${quote(written)} — слишком большое число` }
        : { en: `${quote(written)} is too small`, ru: `${quote(written)} — слишком малое число` },
    label:
      size === "large"
        ? {
            en: "the largest number is about 1.8e308; infinity is inf",
            ru: "наибольшее число — около 1.8e308; бесконечность — inf",
          }
        : {
            en: "the smallest number is about 5e-324",
            ru: "наименьшее число — около 5e-324",
          },
  }),
  E004: (): Wording => ({
    message: { en: "the closing quote is missing", ru: "нет закрывающей кавычки" },
    label: { en: "this text is never closed", ru: "этот текст не закрыт" },
  }),

  E010: (open: string, close: string): Wording => ({
    message: {
      en: `expected ${quote(close)} to close ${quote(open)}`,
      ru: `${quote(open)} не закрыта: ожидалась ${quote(close)}`,
    },
    fix: { en: `add ${quote(close)}`, ru: `добавьте ${quote(close)}` },
  }),
  /** A closing bracket for which nothing, or another bracket, is open. */
  E011: (close: string, open?: string, expected?: string): Wording =>
    open === undefined || expected === undefined
      ? {
          message: {
            en: `${quote(close)} closes nothing`,
            ru: `${quote(close)} ничего не закрывает`,
          },
          fix: { en: "remove it", ru: "уберите её" },
        }
      : {
          message: {
            en: `${quote(close)} does not close ${quote(open)}`,
            ru: `${quote(close)} не закрывает ${quote(open)}`,
          },
          fix: write(quote(expected)),
        },
  E012: (before: Before, found: string | "end"): Wording => ({
    message:
      before === "start"
        ? { en: "expected a value at the start", ru: "ожидалось значение в начале" }
        : {
            en: `expected a value after ${quote(before.after)}`,
            ru: `ожидалось значение после ${quote(before.after)}`,
          },
    label:
      found === "end"
        ? { en: "the expression ends here", ru: russianEnd }
        : {
            en: `${quote(found)} cannot start a value`,
            ru: `с ${quote(found)} значение не начинается`,
          },
  }),
  /** Two values side by side; `meant` is how to write them multiplied, or what else they look like. */
  E013: (
    left: string,
    right: string,
    meant: string | { readonly element: string } | { readonly choice: string },
    other?: string,
  ): Wording => ({
    message: {
      en: `an operator is missing between ${quote(left)} and ${quote(right)}`,
      ru: `между ${quote(left)} и ${quote(right)} нет знака операции`,
    },
    fix: fixOfNeighbours(meant, other),
  }),
  E014: (): Wording => ({
    message: { en: "the expression is empty", ru: "выражение пусто" },
    label: { en: "expected a value", ru: "ожидалось значение" },
  }),
  E015: (operator: string): Wording => ({
    message: { en: "comparisons do not chain", ru: "сравнения не выстраиваются в цепочку" },
    label: {
      en: `a second comparison ${quote(operator)}`,
      ru: `второе сравнение ${quote(operator)}`,
    },
    fix: {
      en: "join two comparisons: logicalAnd(a < b, b < c)",
      ru: "соедините два сравнения: logicalAnd(a < b, b < c)",
    },
  }),
  E016: (one: string, other: string): Wording => ({
    message: {
      en: "it is not clear what this power applies to",
      ru: "неясно, к чему относится эта степень",
    },
    fix: { en: `write ${one} or ${other}`, ru: `напишите ${one} или ${other}` },
  }),
  E017: (): Wording => ({
    message: {
      en: "'=' can only stand after a name that begins a line",
      ru: "'=' может стоять только после имени в начале строки",
    },
    fix: { en: "to compare, write ==", ru: "чтобы сравнить, напишите ==" },
  }),
  /** A comma where no list is; `decimal` where a decimal comma was likely meant. */
  E018: (decimal?: string): Wording => ({
    message: { en: "',' cannot stand here", ru: "',' здесь стоять не может" },
    ...(decimal === undefined
      ? {
          label: {
            en: "commas separate a function's arguments and the elements of [ ]",
            ru: "запятые разделяют аргументы функции и элементы [ ]",
          },
        }
      : {
          fix: {
            en: `decimals use a point: write ${decimal}`,
            ru: `дробная часть отделяется точкой: напишите ${decimal}`,
          },
        }),
  }),
  /** An operator of other languages. */
  E019: (operator: string, instead: string): Wording => ({
    message: {
      en: `there is no operator ${quote(operator)}`,
      ru: `операции ${quote(operator)} нет`,
    },
    fix: write(instead),
  }),

  /** `formula` is how to write what the function is called for elsewhere; null where there is nothing. */
  E021: (name: string, suggestion?: string, formula?: string | null): Wording => ({
    message: {
      en: `unknown function ${quote(name)}`,
      ru: `неизвестная функция ${quote(name)}`,
    },
    ...(typeof formula === "string"
      ? { fix: write(formula) }
      : formula === null
        ? { label: { en: "formulas cannot do this yet", ru: "этого формулы пока не умеют" } }
        : suggestion === undefined
          ? {
              label: {
                en: `to multiply, write ${quote(name).slice(1, -1)}*(…)`,
                ru: `чтобы умножить, напишите ${quote(name).slice(1, -1)}*(…)`,
              },
            }
          : { fix: didYouMean(suggestion, name) }),
  }),
  E022: (name: string, call: string): Wording => ({
    message: {
      en: `the function ${quote(name)} needs its argument in parentheses`,
      ru: `аргумент функции ${quote(name)} пишется в скобках`,
    },
    fix: write(call),
  }),
  E023: (name: string, min: number, max: number, given: number, hint?: string): Wording => {
    const takes = arity(min, max);
    return {
      message: {
        en: `${quote(name)} takes ${takes.en}, got ${given}`,
        ru: `${quote(name)} принимает ${takes.ru}, получено: ${given}`,
      },
      ...(hint === undefined ? {} : { fix: write(hint) }),
    };
  },
  E024: (name: string, option: string, known: readonly string[], suggestion?: string): Wording => ({
    message: {
      en: `${quote(name)} has no option ${quote(option)}`,
      ru: `у ${quote(name)} нет параметра ${quote(option)}`,
    },
    ...(suggestion === undefined
      ? {
          label:
            known.length === 0
              ? { en: "it takes no options", ru: "параметров у неё нет" }
              : { en: `it has ${known.join(", ")}`, ru: `есть ${known.join(", ")}` },
        }
      : { fix: didYouMean(suggestion, option) }),
  }),
  E025: (option: string): Wording => ({
    message: {
      en: `the option ${quote(option)} is given twice`,
      ru: `параметр ${quote(option)} задан дважды`,
    },
    fix: { en: "keep one", ru: "оставьте один" },
  }),
  E026: (what: string): Wording => ({
    message: {
      en: `${quote(what)} takes a constant`,
      ru: `для ${quote(what)} нужна постоянная`,
    },
    label: {
      en: "a number, a list of numbers, true, false or a word",
      ru: "число, список чисел, true, false или слово",
    },
  }),
  E027: (): Wording => ({
    message: {
      en: "arguments come before options",
      ru: "аргументы стоят перед параметрами",
    },
    fix: {
      en: "move this argument before the options",
      ru: "перенесите этот аргумент перед параметрами",
    },
  }),
  E028: (name: string, example: string): Wording => ({
    message: {
      en: `${quote(name)} takes a list of values`,
      ru: `${quote(name)} принимает список значений`,
    },
    fix: write(example),
  }),
  E029: (): Wording => ({
    message: { en: "a text cannot stand here", ru: "текст здесь стоять не может" },
    label: {
      en: "texts are values of options",
      ru: "текст бывает значением параметра",
    },
  }),

  E030: (name: string): Wording => ({
    message: {
      en: `${quote(name)} is already defined`,
      ru: `${quote(name)} уже определено`,
    },
    fix: { en: "choose another name", ru: "выберите другое имя" },
  }),
  E031: (name: string): Wording => ({
    message: {
      en: `${quote(name)} is used before its definition`,
      ru: `${quote(name)} используется до определения`,
    },
    fix: {
      en: "define it first, or choose another name",
      ru: "определите его раньше или выберите другое имя",
    },
  }),
  E032: (): Wording => ({
    message: {
      en: "the value of this expression is not used",
      ru: "значение этого выражения не используется",
    },
    fix: {
      en: "give it a name (u = …), or end the line with an operator to continue it",
      ru: "дайте ему имя (u = …) или закончите строку знаком операции, чтобы продолжить её",
    },
  }),
  E033: (name: string, definition: string): Wording => ({
    message: {
      en: `functions are not defined here: ${quote(name)} names a value`,
      ru: `функции здесь не определяются: ${quote(name)} — имя значения`,
    },
    fix: write(definition),
  }),
  E034: (expected: string, received: string): Wording => ({
    message: {
      en: "the rows of a list must have one shape",
      ru: "строки списка должны быть одной формы",
    },
    label: {
      en: `expected shape ${expected}, got ${received}`,
      ru: `ожидалась форма ${expected}, получена ${received}`,
    },
  }),

  E040: (before: Before, found: string | "end"): Wording => ({
    message:
      before === "start"
        ? { en: "expected a name at the start", ru: "ожидалось имя в начале" }
        : {
            en: `expected a name after ${quote(before.after)}`,
            ru: `ожидалось имя после ${quote(before.after)}`,
          },
    label:
      found === "end"
        ? { en: "the list ends here", ru: "список здесь обрывается" }
        : { en: `${quote(found)} is not a name`, ru: `${quote(found)} — не имя` },
  }),
  E041: (name: string): Wording => ({
    message: {
      en: `expected '=' after the name ${quote(name)}`,
      ru: `ожидался знак '=' после имени ${quote(name)}`,
    },
    fix: {
      en: `give it a value: ${quote(name).slice(1, -1)}=1`,
      ru: `задайте значение: ${quote(name).slice(1, -1)}=1`,
    },
  }),
  E042: (name: string): Wording => ({
    message: {
      en: `the value of ${quote(name)} must be a number or a list of numbers`,
      ru: `значением ${quote(name)} должно быть число или список чисел`,
    },
    label: { en: "this is not a constant", ru: "это не постоянная" },
  }),
  E043: (name: string): Wording => ({
    message: {
      en: `${quote(name)} is given twice`,
      ru: `${quote(name)} задано дважды`,
    },
    fix: { en: "keep one", ru: "оставьте одно" },
  }),
  E044: (next: string): Wording => ({
    message: {
      en: `expected ',' before ${quote(next)}`,
      ru: `ожидалась ',' перед ${quote(next)}`,
    },
    fix: { en: "separate values with ','", ru: "разделяйте значения запятой ','" },
  }),

  /** A variable nobody gave a value; `given` are the names that have one. */
  E050: (name: string, suggestion?: string): Wording => ({
    message: {
      en: `no value for ${quote(name)}`,
      ru: `нет значения для ${quote(name)}`,
    },
    ...(suggestion === undefined
      ? {
          label: {
            en: "every variable needs a value",
            ru: "у каждой переменной должно быть значение",
          },
        }
      : { fix: didYouMean(suggestion, name) }),
  }),
  E051: (name: string): Wording => ({
    message: {
      en: `the operation ${quote(name)} is not available`,
      ru: `операция ${quote(name)} недоступна`,
    },
  }),
  /** What an operation said about its arguments. */
  /** `number`: a variable that is a number where there should be axes. */
  E052: (operation: string, complaint: Text, number?: string): Wording => ({
    message: {
      en: `${quote(operation)} does not fit its arguments`,
      ru: `${quote(operation)} не подходит к своим аргументам`,
    },
    label: complaint,
    ...(number === undefined
      ? {}
      : {
          fix: {
            en: `${number} is one number; for a vector give it a list: [1, 2] as its value, or --at "${number}=[1, 2]"`,
            ru: `${number} — одно число; чтобы это был вектор, дайте список: [1, 2] как его значение или --at "${number}=[1, 2]"`,
          },
        }),
  }),
  /** A free name in a `math` tag. */
  E053: (name: string): Wording => ({
    message: {
      en: `no value for ${quote(name)}`,
      ru: `нет значения для ${quote(name)}`,
    },
    fix: write(`\${${quote(name).slice(1, -1)}}`),
  }),
};

/** What is said at other places that matter. */
export const notes = {
  opened: (bracket: string): Text => ({
    en: `${quote(bracket)} is opened here`,
    ru: `${quote(bracket)} открыта здесь`,
  }),
  defined: { en: "defined here", ru: "определено здесь" },
  used: { en: "used here", ru: "использовано здесь" },
  given: { en: "first given here", ru: "впервые задано здесь" },
};

export type Code = keyof typeof catalogue;
