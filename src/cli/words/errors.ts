import type { Text } from "../../formula/index.js";

/** Mistakes and their remedies. A text missing in one language does not compile. */
export const messages = {
  cannotRead: (path: string, reason: string): Text => ({
    en: `cannot read ${path}: ${reason}`,
    ru: `не удалось прочитать ${path}: ${reason}`,
  }),
  cannotWrite: (path: string, reason: string): Text => ({
    en: `cannot write ${path}: ${reason}`,
    ru: `не удалось записать ${path}: ${reason}`,
  }),
  unknownOption: (option: string): Text => ({
    en: `unknown option '${option}'`,
    ru: `неизвестный параметр '${option}'`,
  }),
  unknownCommand: (name: string): Text => ({
    en: `unknown command '${name}'`,
    ru: `неизвестная команда '${name}'`,
  }),
  notACommand: (expression: string): Text => ({
    en: `'${expression}' is not a command`,
    ru: `'${expression}' — не команда`,
  }),
  expressionCommand: (expression: string): Text => ({
    en: `to explain an expression: cotangent explain "${expression}" --at …`,
    ru: `чтобы объяснить выражение: cotangent explain "${expression}" --at …`,
  }),
  didYouMean: (suggestion: string): Text => ({
    en: `did you mean ${suggestion}?`,
    ru: `возможно, вы имели в виду ${suggestion}?`,
  }),
  missingArgument: (name: string): Text => ({
    en: `the argument <${name}> is missing`,
    ru: `не хватает аргумента <${name}>`,
  }),
  missingValue: (option: string): Text => ({
    en: `${option} needs a value`,
    ru: `у ${option} нет значения`,
  }),
  tooManyArguments: (count: string): Text => ({
    en: `too many arguments: ${count}`,
    ru: `слишком много аргументов: ${count}`,
  }),
  quoteExpression: {
    en: 'put an expression with spaces or parentheses in quotes: "(a + e)*(b - d)"',
    ru: 'выражение с пробелами или скобками пишется в кавычках: "(a + e)*(b - d)"',
  },
  badChoice: (option: string, given: string, choices: string): Text => ({
    en: `${option} is one of ${choices}, got '${given}'`,
    ru: `${option} принимает одно из ${choices}, получено '${given}'`,
  }),
  badNumber: (option: string, given: string): Text => ({
    en: `${option} takes a number, got '${given}'`,
    ru: `${option} принимает число, получено '${given}'`,
  }),
  badCount: (option: string, least: number, given: string): Text => ({
    en: `${option} takes a whole number from ${least}, got '${given}'`,
    ru: `${option} принимает целое число от ${least}, получено '${given}'`,
  }),
  badPositive: (option: string, given: string): Text => ({
    en: `${option} takes a number above 0, got '${given}'`,
    ru: `${option} принимает число больше 0, получено '${given}'`,
  }),
  badShare: (option: string, given: string): Text => ({
    en: `${option} takes a number from 0 up to, not including, 1, got '${given}'`,
    ru: `${option} принимает число от 0 до 1, не включая 1, получено '${given}'`,
  }),
  seeHelp: (command: string): Text => ({
    en: `see: cotangent ${command}--help`,
    ru: `см. cotangent ${command}--help`,
  }),
  formatConflict: (given: string): Text => ({
    en: `--json asks for JSON, --format for ${given}`,
    ru: `--json требует JSON, а --format — ${given}`,
  }),
  unknownExtension: (path: string): Text => ({
    en: `the name ${path} does not say which format to write`,
    ru: `по имени ${path} не понять, в каком формате писать`,
  }),
  chooseFormat: (extensions: string): Text => ({
    en: `end it in ${extensions}, or add --format`,
    ru: `закончите его на ${extensions} или добавьте --format`,
  }),
  missingValues: (names: string): Text => ({
    en: `no value for ${names}`,
    ru: `нет значения для ${names}`,
  }),
  misnamedValue: (given: string, meant: string): Text => ({
    en: `--at gives ${given}: did you mean ${meant}?`,
    ru: `в --at есть ${given}: возможно, вы имели в виду ${meant}?`,
  }),
  addValues: (example: string): Text => ({
    en: `add --at ${example}`,
    ru: `добавьте --at ${example}`,
  }),
  addEuler: (example: string): Text => ({
    en: `add --at ${example}; Euler's number is exp(1), its power exp(x)`,
    ru: `добавьте --at ${example}; число Эйлера — exp(1), его степень — exp(x)`,
  }),
  unusedValue: (name: string): Text => ({
    en: `the expression has no variable ${name}`,
    ru: `в выражении нет переменной ${name}`,
  }),
  itsVariables: (names: string): Text => ({
    en: `its variables: ${names}`,
    ru: `его переменные: ${names}`,
  }),
  noVariables: {
    en: "it has no variables",
    ru: "переменных в нём нет",
  },
  noHessian: (left: string): Text => ({
    en: `second derivatives are explained by numbers only, not by ${left}; see cotangent hessian`,
    ru: `вторые производные объясняются только по числам, не по ${left}; см. cotangent hessian`,
  }),
  noPage: (folder: string): Text => ({
    en: `the page is not there: ${folder}`,
    ru: `страницы нет на месте: ${folder}`,
  }),
  buildPage: {
    en: "in a clone of the repository, npm run build makes it",
    ru: "в клоне репозитория её собирает npm run build",
  },
  noServer: (reason: string): Text => ({
    en: `the page cannot be served: ${reason}`,
    ru: `страницу не удаётся показать: ${reason}`,
  }),
  tooLargeToDraw: (nodes: number): Text => ({
    en: `the graph is too large to draw: ${nodes} nodes`,
    ru: `граф слишком велик, чтобы его нарисовать; узлов: ${nodes}`,
  }),
  drawElsewhere: {
    en: "--format dot writes it for Graphviz",
    ru: "--format dot запишет его для Graphviz",
  },
  nothingToDifferentiate: {
    en: "the expression has no variables: there is nothing to differentiate by",
    ru: "в выражении нет переменных: дифференцировать не по чему",
  },
  useAVariable: {
    en: "write a letter for the number that may change: x^2 --at x=3",
    ru: "поставьте букву вместо числа, которое может меняться: x^2 --at x=3",
  },
  notScalar: (type: string): Text => ({
    en: `a derivative is of one number, but the value here is ${type}`,
    ru: `производную берут от одного числа, а здесь значение — ${type}`,
  }),
  makeScalar: {
    en: "make one number of it: sum(…), mean(…), norm(…)",
    ru: "сделайте из него одно число: sum(…), mean(…), norm(…)",
  },
  noDerivative: (type: string): Text => ({
    en: `the value here is ${type}: whole numbers and truth values have no derivative`,
    ru: `здесь значение — ${type}: у целых чисел и логических значений производной нет`,
  }),
  chooseByIt: {
    en: "choose by it: where(x > 1, x^2, 0)",
    ru: "выбирайте по нему: where(x > 1, x^2, 0)",
  },
  notFinite: (what: string): Text => ({
    en: `not finite: ${what}`,
    ru: `не конечно: ${what}`,
  }),
  internal: {
    en: "this is a mistake in cotangent itself; --verbose shows where",
    ru: "это ошибка в самом cotangent; --verbose покажет где",
  },
  error: { en: "error", ru: "ошибка" },
  warning: { en: "warning", ru: "предупреждение" },
};
