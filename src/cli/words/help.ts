import type { Text } from "../../formula/index.js";

/** Descriptions of commands and options, titles of help. */
export const phrases = {
  program: {
    en: "Derivatives of formulas and functions, computed and explained.",
    ru: "Производные формул и функций: вычислить и объяснить.",
  },
  explain: {
    en: "Value and derivatives of an expression with the whole derivation.",
    ru: "Значение и производные выражения со всем выводом.",
  },
  grad: {
    en: "The partial derivatives of an expression, numbers only.",
    ru: "Частные производные выражения, только числа.",
  },
  hessian: {
    en: "The second derivatives of an expression, numbers only.",
    ru: "Вторые производные выражения, только числа.",
  },
  gradcheck: {
    en: "Checks derivatives, forward and reverse mode, against finite differences.",
    ru: "Сверяет производные в прямом и обратном режиме с конечными разностями.",
  },
  train: {
    en: "Fits the model θx = p, ψ(p) = μ (or a small network) to a CSV file.",
    ru: "Подгоняет модель θx = p, ψ(p) = μ (или небольшую сеть) к файлу CSV.",
  },
  demo: {
    en: "The lecture's example: differentiated, explained, checked, and a model trained.",
    ru: "Пример из лекции: производные, вывод, проверка и обучение модели.",
  },
  open: {
    en: "The playground in your browser, with an expression; everything stays on this machine.",
    ru: "Интерактивная страница в браузере с выражением; всё остаётся на этой машине.",
  },
  served: { en: "Ctrl-C stops the page.", ru: "Ctrl-C останавливает страницу." },
  noBrowser: { en: "only print the address", ru: "только напечатать адрес" },
  port: {
    en: "port on 127.0.0.1 (any free one unless given)",
    ru: "порт на 127.0.0.1 (без него — любой свободный)",
  },
  completions: {
    en: "Prints a script that completes commands and options in your shell.",
    ru: "Печатает скрипт, дополняющий команды и параметры в оболочке.",
  },
  help: { en: "Shows help for a command.", ru: "Показывает справку о команде." },
  expression: {
    en: "formula, or - to read it from standard input",
    ru: "формула или -, чтобы прочитать её со стандартного ввода",
  },
  checked: {
    en: "formula, text file with one, or .mjs file exporting f and args; - reads standard input",
    ru: "формула, текстовый файл с ней или файл .mjs, экспортирующий f и args; - читает стандартный ввод",
  },
  at: {
    en: "values of the variables: a=23,b=2,x=[1,2]",
    ru: "значения переменных: a=23,b=2,x=[1,2]",
  },
  wrt: {
    en: "variables to differentiate by: a,b (all unless given)",
    ru: "по каким переменным: a,b (без него — по всем)",
  },
  order: { en: "2 adds the second derivatives", ru: "2 добавляет вторые производные" },
  paths: { en: "how many paths to list", ru: "сколько путей показать" },
  steps: {
    en: "also every step of the backward pass",
    ru: "ещё и каждый шаг обратного прохода",
  },
  format: { en: "format of the output", ru: "формат вывода" },
  json: { en: "JSON with schema 1", ru: "JSON по схеме 1" },
  output: {
    en: "write to a file; its extension chooses the format",
    ru: "записать в файл; формат выбирается по расширению",
  },
  lang: { en: "language of the output", ru: "язык вывода" },
  noColor: { en: "no colours", ru: "без цвета" },
  quiet: { en: "no progress, no notes", ru: "без хода работы и примечаний" },
  verbose: { en: "more detail, also of errors", ru: "подробнее, в том числе об ошибках" },
  showHelp: { en: "show this help", ru: "показать эту справку" },
  version: { en: "show the version", ru: "показать версию" },
  checkAt: {
    en: "values of variables; those without one are drawn",
    ru: "значения переменных; остальные выбираются случайно",
  },
  eps: {
    en: "largest step of the differences (1/32 and smaller ones unless given)",
    ru: "наибольший шаг разностей (без него — 1/32 и меньше)",
  },
  rtol: { en: "relative tolerance", ru: "относительный допуск" },
  atol: { en: "absolute tolerance", ru: "абсолютный допуск" },
  samples: { en: "points to draw", ru: "сколько точек выбрать" },
  data: {
    en: "CSV file; its first row names the columns; - reads standard input",
    ru: "файл CSV с названиями столбцов в первой строке; - читает стандартный ввод",
  },
  dataOption: { en: "the same as the argument", ru: "то же, что аргумент" },
  model: {
    en: "theta, or mlp:2-8-1 for a network of layers of these sizes",
    ru: "theta или mlp:2-8-1 — сеть со слоями таких размеров",
  },
  target: {
    en: "column to predict (the last one unless given)",
    ru: "какой столбец предсказывать (без него — последний)",
  },
  features: {
    en: "columns to predict from: a,b (all others unless given)",
    ru: "по каким столбцам предсказывать: a,b (без него — по всем остальным)",
  },
  activation: {
    en: "between the layers of a network (tanh unless given)",
    ru: "между слоями сети (без него — tanh)",
  },
  link: { en: "ψ", ru: "ψ" },
  lossOption: {
    en: "what to minimise; cross-entropy goes with sigmoid, poisson with exp",
    ru: "что минимизировать; cross-entropy — с sigmoid, poisson — с exp",
  },
  noBias: { en: "p = θx without a constant", ru: "p = θx без свободного члена" },
  noStandardize: {
    en: "train on the features as they are",
    ru: "обучать на признаках как есть",
  },
  epochs: { en: "passes over the data at most", ru: "сколько проходов по данным, не больше" },
  rate: {
    en: "learning rate (chosen from the data unless given)",
    ru: "скорость обучения (без неё выбирается по данным)",
  },
  optimizer: {
    en: "gd, momentum or adam (gd for theta, adam for mlp unless given)",
    ru: "gd, momentum или adam (без него gd для theta, adam для mlp)",
  },
  batch: {
    en: "rows a step (all unless given)",
    ru: "строк за шаг (без него — все)",
  },
  seed: { en: "seed of everything random", ru: "начальное значение всего случайного" },
  untilLoss: {
    en: "stop at this loss; exit status 1 if it is not reached",
    ru: "остановиться при такой потере; если не достигнута, код возврата 1",
  },
  untilGradient: {
    en: "stop when the gradient is at most this long",
    ru: "остановиться, когда длина градиента не больше этой",
  },
  testSplit: {
    en: "share of the rows set aside for testing",
    ru: "доля строк, отложенных для проверки",
  },
  save: {
    en: "write a checkpoint at the end, on Ctrl-C and now and then",
    ru: "записать контрольную точку в конце, по Ctrl-C и время от времени",
  },
  resume: {
    en: "go on from a checkpoint, bit for bit as without the stop",
    ru: "продолжить с контрольной точки, бит в бит как без остановки",
  },
  log: {
    en: "write a line of JSON for every epoch",
    ru: "записать строку JSON на каждую эпоху",
  },
  shell: { en: "your shell", ru: "ваша оболочка" },
  examples: { en: "Examples:", ru: "Примеры:" },
  usage: { en: "Usage:", ru: "Использование:" },
  options: { en: "Options:", ru: "Параметры:" },
  arguments: { en: "Arguments:", ru: "Аргументы:" },
  commands: { en: "Commands:", ru: "Команды:" },
  exitStatus: { en: "Exit status:", ru: "Код возврата:" },
  exitCodes: {
    en: "0 done · 1 a check failed or a target was missed · 2 command line or expression · 3 NaN or infinity · 4 file · 130 interrupted",
    ru: "0 готово · 1 проверка не прошла или цель не достигнута · 2 командная строка или выражение · 3 NaN или бесконечность · 4 файл · 130 прервано",
  },
  choices: (list: string): Text => ({ en: `one of ${list}`, ru: `одно из ${list}` }),
  defaults: (value: string): Text => ({ en: `default ${value}`, ru: `по умолчанию ${value}` }),
};
