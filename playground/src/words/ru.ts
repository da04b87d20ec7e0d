import type { Words } from "./en.js";

/** 1 узел, 2 узла, 5 узлов. */
function count(n: string | number, one: string, few: string, many: string): string {
  const tail = Number(String(n).slice(-2));
  const last = tail % 10;
  const form = tail > 10 && tail < 20 ? many : last === 1 ? one : last > 1 && last < 5 ? few : many;
  return `${n} ${form}`;
}

const paths = (n: string) => count(n, "путь", "пути", "путей");
const nodes = (n: number) => count(n, "узел", "узла", "узлов");
const edges = (n: number) => count(n, "ребро", "ребра", "рёбер");

export const ru: Words = {
  title: "cotangent: каждое число градиента",
  explain: "Разбор",
  train: "Обучение",
  lecture: "Лекция",
  skip: "К графу",
  formula: "Формула",
  examples: "Примеры",
  chooseExample: "Выберите пример",
  language: "English",
  languageLabel: "Show the page in English",
  theme: (now) => `Тема: ${now}`,
  themes: { auto: "как в системе", light: "светлая", dark: "тёмная" },
  help: "Клавиши",
  views: "Разделы",
  panes: "Что показать",
  size: (n, m) => `${nodes(n)} · ${edges(m)}`,
  working: "считаю …",
  valueOf: (name) => `Значение ${name}`,
  slider: (name) => `${name}, ползунок`,
  twice: "Квадрат как Prod(s, s)",
  twiceHint: "Значение входит в произведение дважды: два пути, два слагаемых.",
  graph: "Граф",
  table: "Таблица",
  code: "Код",
  gradientGraph: "∇ градиент",
  hessianGraph: "∇² гессиан",
  gradientGraphHint: "Вырастить производные на том же холсте",
  hessianGraphHint: "Вырастить вторые производные на том же холсте",
  chainRule: "Цепное правило",
  by: "по",
  paths,
  noPath: "Сюда не ведёт ни один путь: производная равна 0.",
  moreOf: (listed, n) => `показано ${listed} из ${count(n, "пути", "путей", "путей")}`,
  showMore: "Показать ещё",
  showFewer: "Показать меньше",
  sum: "Сумма",
  check: "Конечная разность",
  cost: "Цена",
  allPaths: "все пути",
  backprop: "обратный проход",
  factors: (n) => count(n, "множитель", "множителя", "множителей"),
  edges,
  stepBar: "Шаги двух проходов",
  first: "В начало",
  previous: "Шаг назад",
  next: "Шаг вперёд",
  last: "В конец",
  play: "Пуск",
  pause: "Пауза",
  start: "Начало: известны только входы.",
  forward: "прямой проход",
  backward: "обратный проход",
  progress: (step, of, pass) => `${step}/${of} ${pass}`,
  done: "Все производные известны.",
  seedStep: (partial) => `${partial} = 1`,
  tooLarge: (n) => `В графе ${nodes(n)}: слишком много для рисунка. Все числа есть в таблице.`,
  graphLabel: (n, m) => `Вычислительный граф, ${nodes(n)}, ${edges(m)}`,
  nodeLabel: (text, value, gradient) => `${text}, значение ${value}, производная ${gradient}`,
  unknown: "ещё не вычислено",
  fit: "Вписать",
  zoomIn: "Крупнее",
  zoomOut: "Мельче",
  notScalar: (type) =>
    `Результат — ${type}. Дифференцировать можно одно число: возьмите сумму, sum(…).`,
  noVariables: "Дифференцировать не по чему. Добавьте переменную: x^2.",
  fix: "Исправить",
  derivativeLabel: (names, formula, value) =>
    `${names}, вычислено как ${formula}, значение ${value}`,
  tooManyGrown: (n) => `С производными в графе ${nodes(n)}: слишком много для рисунка.`,
  backToResult: "Назад к f",
  makeOutput: (id) => `Дифференцировать ${id}`,
  slip: (s) =>
    `В конспекте ∂f/∂h = ${s.slip}. Это 2·f, а производная h² равна 2·h = 2·(${s.h}) = ${s.right}. ` +
    `${s.wrt === "" ? "" : `Поэтому там выходит ∂f/∂${s.wrt} = ${s.wrong} вместо ${s.gradient}. `}Решает конечная разность: вот зачем градиенты проверяют.`,
  nodesTable: "Узлы",
  edgesTable: "Рёбра",
  node: "Узел",
  edge: "Ребро",
  value: "Значение",
  partial: "Локальная производная",
  cache: "Хранится для обратного хода",
  term: (n) => `Слагаемое ${n}: подсветить его путь`,
  soon: "Раздел готовится.",
};
