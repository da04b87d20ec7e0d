import type { TrainWords } from "./en.js";

function count(n: number, one: string, few: string, many: string): string {
  const tail = n % 100;
  const last = tail % 10;
  const form = tail > 10 && tail < 20 ? many : last === 1 ? one : last > 1 && last < 5 ? few : many;
  return `${n} ${form}`;
}

export const ru: TrainWords = {
  settings: "Что обучать и как",
  data: "Данные",
  model: "Модель",
  descent: "Спуск",
  stop: "Остановка",
  dataset: "Набор данных",
  datasets: {
    line: "Прямая: y = θx",
    logistic: "Логистика: да или нет",
    sine: "Синус",
    xor: "XOR",
    moons: "Две луны",
    spiral: "Спираль",
    own: "Свой CSV …",
  },
  rows: "Строк",
  noise: "Шум",
  testShare: "На проверку",
  seed: "Зерно",
  file: "Выбрать файл CSV",
  fileOf: (name) => `Файл: ${name}`,
  fileHint:
    "В первой строке названия, в остальных числа; между ними запятые, точки с запятой или табуляция. Последний столбец предсказывается по остальным, если не выбрать иначе; столбец с несколькими разными словами или целыми числами можно предсказывать как класс. Выберите файл в настройках или перетащите сюда: он остаётся на вашем компьютере.",
  askForFile: (before) =>
    before === ""
      ? "Выберите файл CSV, чтобы начать."
      : `Выберите ${before} ещё раз: ссылка хранит только короткие файлы.`,
  reading: (name) => `Чтение ${name} …`,
  notRead: (reason) => `Не прочитано: ${reason}.`,
  fileStays: (name) => `Обучение идёт на ${name}, как и раньше.`,
  fileTooLarge: (name, megabytes, most) =>
    `в ${name} ${megabytes} МБ, страница читает до ${most}; командная строка возьмёт и больше`,
  thinned: (used, rows) => `Взято случайных строк: ${used} из ${rows}; командная строка берёт все.`,
  noTrainingRows: (rows) =>
    `Для обучения не осталось строк: в данных их ${rows}. Возьмите меньше на проверку.`,
  badTarget: (loss, targets, row, value) =>
    `Для потери «${loss}» нужны ${targets}; в строке данных ${row} стоит ${value}. Выберите другую потерю или другие данные.`,
  target: "Предсказать",
  numberTargets: "число",
  classTargets: "класс: да или нет",
  features: "По",
  allColumns: (n) => `Все ${n}`,
  firstColumn: "Только первый",
  chosen: (n) => `выбрано: ${n}`,
  leftOut: "Пропущено:",
  kind: "Модель",
  theta: "θx = p, ψ(p) = μ",
  network: "Сеть из слоёв",
  layers: "Слои",
  activation: "Активация",
  bias: (name) => `Константа ${name}`,
  standardize: "Нормировка",
  standardizeHint: "Признаки приводятся к среднему 0 и среднему квадрату 1",
  link: "Связь ψ",
  links: { identity: "тождество", sigmoid: "сигмоида", tanh: "tanh", relu: "relu", exp: "exp" },
  loss: "Потеря",
  losses: { squares: "квадраты", "cross-entropy": "перекрёстная энтропия", poisson: "Пуассон" },
  optimizer: "Оптимизатор",
  optimizers: { gd: "SGD", momentum: "SGD с импульсом", adam: "Adam" },
  rate: "Скорость",
  rateAuto: "по данным",
  batch: "Пакет",
  all: "все",
  epochs: "Эпох до",
  untilLoss: "Потеря ниже",
  never: "никогда",
  takesLayers: (layers, neurons) =>
    `Нейронов в слое, например 8 или 16-16: до ${layers} слоёв, в каждом от 1 до ${neurons}.`,
  takesNumber: (least, most) => `Число от ${least} до ${most}.`,
  takesWhole: (least, most) => `Целое число от ${least} до ${most}.`,
  takesAny: "Число.",
  orEmpty: (meaning) => `Если пусто: ${meaning}.`,
  inUse: (value) => `Сейчас: ${value}.`,
  transport: "Обучение",
  play: "Пуск",
  pause: "Пауза",
  step: "Одна эпоха",
  reset: "Сначала",
  speed: "Темп",
  speeds: { "10": "10 эпох/с", "60": "60 эпох/с", "300": "300 эпох/с", max: "полный ход" },
  notBegun: "Не начато: настройки не сочетаются, см. красное. Показано прежнее обучение.",
  epoch: (n, of) => `эпоха ${n} из ${of}`,
  train: "обучение",
  test: "проверка",
  lossIs: "потеря",
  accuracy: "точность",
  split: (train, test) =>
    `Строк для обучения: ${train}${test === 0 ? "" : `, для проверки: ${test}`}.`,
  stopped: {
    loss: "Остановка: нужная потеря достигнута.",
    gradient: "Остановка: градиент практически 0, ниже идти некуда.",
    epochs: "Остановка: все эпохи пройдены.",
  },
  diverged: {
    rate: (epoch) =>
      `Расходится, эпоха ${epoch}: каждый шаг проскакивает минимум, потеря растёт. Возьмите скорость меньше.`,
    features: (epoch, largest) =>
      `Расходится, эпоха ${epoch}: признаки доходят до ${largest}, шаги проскакивают минимум. Нормируйте их.`,
    size: (column, largest, by) =>
      `Не вычислить: ${column} доходит до ${largest}, квадраты бесконечны. Разделите этот столбец на ${by}.`,
  },
  remedy: {
    rateFromData: "Скорость по данным",
    rate: (rate) => `Скорость ${rate}`,
    standardize: "Нормировать",
  },
  parameters: (n) => count(n, "параметр", "параметра", "параметров"),
  rateIs: (rate) => `скорость ${rate}`,
  fit: "Приближение",
  boundary: "Решение",
  prediction: "Предсказания",
  pairs: "Предсказание и цель",
  curve: "Потеря",
  log: "лог.",
  logHint: "Потеря на логарифмической шкале",
  // the whole form has no room beside two names
  surface: (names) =>
    names.length > 2 ? `Потеря от ${names}` : `Потеря в зависимости от ${names}`,
  surfaceLabel: (names, values) => `Потеря в зависимости от ${names} и путь вниз; сейчас ${values}`,
  fitLabel: (train, test) =>
    `Примеров для обучения: ${train}, для проверки: ${test}; между ними предсказания`,
  curveLabel: (epochs, loss) =>
    `Потеря за ${count(epochs, "эпоху", "эпохи", "эпох")}; сейчас ${loss}`,
  trainingDots: "обучение",
  testDots: "проверка",
  chooseDot: "Щёлкните пример, чтобы выбрать его",
  graph: "Модель как граф",
  example: "Пример",
  ofRows: (rows) => `из ${rows}`,
  explain: "Открыть в Разборе",
  explainHint: "Потеря одного этого примера как формула с числами этой эпохи",
  explainScaled:
    "Потеря одного этого примера как формула с числами этой эпохи; u — нормированный x",
  scaled: "x нормирован",
  found: "θ в единицах данных",
  inUnits: "в единицах данных",
  leastSquares: "наименьшие квадраты",
  noSingleAnswer: "ответ не один: столбцы зависимы",
};
