import type { Text } from "../../formula/index.js";

/** What training says. */
export const trainMessages = {
  noData: {
    en: "no data to train on",
    ru: "нет данных для обучения",
  },
  giveData: {
    en: "give a CSV file: cotangent train data.csv --target y",
    ru: "укажите файл CSV: cotangent train data.csv --target y",
  },
  dataTwice: (first: string, second: string): Text => ({
    en: `two files of data: ${first} and ${second}`,
    ru: `два файла с данными: ${first} и ${second}`,
  }),
  unknownModel: (given: string): Text => ({
    en: `--model is theta or mlp:2-8-1 (sizes of the layers, the last one 1), got '${given}'`,
    ru: `--model — это theta или mlp:2-8-1 (размеры слоёв, последний 1), получено '${given}'`,
  }),
  thetaOnly: (option: string): Text => ({
    en: `${option} goes with --model theta only`,
    ru: `${option} бывает только с --model theta`,
  }),
  networkOnly: (option: string): Text => ({
    en: `${option} goes with a network only: --model mlp:2-8-1`,
    ru: `${option} бывает только у сети: --model mlp:2-8-1`,
  }),
  modelSize: (model: string, expected: number, features: string): Text => ({
    en: `${model} takes ${expected} features, the data have ${features}`,
    ru: `${model} принимает признаков: ${expected}, а в данных: ${features}`,
  }),
  lossLink: (loss: string, link: string, links: string): Text => ({
    en: `--loss ${loss} goes with --link ${links}, not with ${link}`,
    ru: `--loss ${loss} сочетается с --link ${links}, а не с ${link}`,
  }),
  badTarget: (row: number, value: string, loss: string, targets: Text): Text => ({
    en: `row ${row} of the data: the target ${value} does not fit --loss ${loss} (${targets.en})`,
    ru: `строка данных ${row}: цель ${value} не подходит к --loss ${loss} (${targets.ru})`,
  }),
  fixedByCheckpoint: (option: string): Text => ({
    en: `${option} cannot change in the middle of a run`,
    ru: `${option} нельзя менять посреди обучения`,
  }),
  dropOption: (option: string): Text => ({
    en: `leave ${option} out (it is in the checkpoint), or start anew without --resume`,
    ru: `уберите ${option} (он записан в контрольной точке) или начните заново без --resume`,
  }),
  badCheckpoint: (path: string, expected: string, received: string): Text => ({
    en: `${path} is not a checkpoint of a training run: expected ${expected}, got ${received}`,
    ru: `${path} — не контрольная точка обучения: ожидалось ${expected}, получено ${received}`,
  }),
  otherColumns: (path: string, expected: string, given: string): Text => ({
    en: `${path} was made with the columns ${expected}, the data have ${given}`,
    ru: `${path} сделана со столбцами ${expected}, а в данных ${given}`,
  }),
  otherData: (path: string): Text => ({
    en: `the data are not those ${path} was made with: the run continues on the new ones`,
    ru: `данные не те, с которыми сделана ${path}: обучение продолжается на новых`,
  }),
  testSplitLeavesNothing: (rows: number): Text => ({
    en: `--test-split leaves no rows to train on: the data have ${rows}`,
    ru: `--test-split не оставляет строк для обучения: в данных их ${rows}`,
  }),
  trainDiverged: (epoch: number): Text => ({
    en: `the loss is not finite after epoch ${epoch}`,
    ru: `после эпохи ${epoch} потеря не конечна`,
  }),
  smallerRate: (rate: string): Text => ({
    en: `try a smaller --lr than ${rate}; the run stands before that epoch`,
    ru: `попробуйте --lr меньше ${rate}; обучение остановлено перед этой эпохой`,
  }),
  saved: (path: string, epoch: number): Text => ({
    en: `saved ${path} at epoch ${epoch}`,
    ru: `записано: ${path}, эпоха ${epoch}`,
  }),
  resumeWith: (command: string): Text => ({
    en: `to go on: ${command}`,
    ru: `чтобы продолжить: ${command}`,
  }),
  plan: (rows: number, features: string, target: string, how: string): Text => ({
    en: `${rows} rows, ${features} → ${target}: ${how}`,
    ru: `строк: ${rows}, ${features} → ${target}: ${how}`,
  }),
  rate: (rate: string): Text => ({
    en: `learning rate ${rate}`,
    ru: `скорость обучения ${rate}`,
  }),
  epoch: { en: "epoch", ru: "эпоха" },
  loss: { en: "loss", ru: "потеря" },
  test: { en: "test", ru: "проверка" },
  stopped: {
    loss: { en: "the loss wanted is reached", ru: "нужная потеря достигнута" },
    gradient: { en: "the gradient is as good as 0", ru: "градиент практически равен 0" },
    epochs: { en: "all epochs are done", ru: "все эпохи пройдены" },
    diverged: { en: "a number was not finite", ru: "появилось не конечное число" },
    interrupted: { en: "interrupted", ru: "прервано" },
  },
  stoppedAt: (epoch: number): Text => ({
    en: `stopped after epoch ${epoch}`,
    ru: `остановлено после эпохи ${epoch}`,
  }),
  missed: (target: string): Text => ({
    en: `the loss wanted, ${target}, was not reached`,
    ru: `нужная потеря ${target} не достигнута`,
  }),
  accuracy: { en: "accuracy", ru: "точность" },
  bias: { en: "constant", ru: "константа" },
  leastSquares: { en: "least squares", ru: "наименьшие квадраты" },
  difference: { en: "difference", ru: "разница" },
  targets: {
    squares: { en: "numbers", ru: "числа" },
    "cross-entropy": { en: "numbers from 0 to 1", ru: "числа от 0 до 1" },
    poisson: { en: "numbers of at least 0", ru: "числа не меньше 0" },
  },
};
