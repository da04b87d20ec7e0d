import type { Text } from "../../words/en.js";

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** The texts of Train in English. */
export const en = {
  settings: "What is trained, and how",
  data: "Data",
  model: "Model",
  descent: "Descent",
  stop: "Stop",
  dataset: "Data set",
  datasets: {
    line: "Line: y = θx",
    logistic: "Logistic: yes or no",
    sine: "Sine",
    xor: "XOR",
    moons: "Two moons",
    spiral: "Spiral",
    own: "My own CSV …",
  },
  rows: "Rows",
  noise: "Noise",
  testShare: "For testing",
  seed: "Seed",
  file: "Choose a CSV file",
  fileOf: (name: string) => `File: ${name}`,
  fileHint:
    "The first row holds names, the others numbers, with commas, semicolons or tabs between them. The last column is predicted from the others, unless you choose; one of a few words or whole numbers can be predicted as a class. Choose it in the settings, or drop it here: it stays on your machine.",
  askForFile: (before: string) =>
    before === ""
      ? "Choose a CSV file to begin."
      : `Choose ${before} again: a link carries only short files.`,
  reading: (name: string) => `Reading ${name} …`,
  notRead: (reason: string) => `Not read: ${reason}.`,
  fileStays: (name: string) => `${name} stays in use.`,
  fileTooLarge: (name: string, megabytes: number, most: number) =>
    `${name} has ${megabytes} MB, the page reads up to ${most}; the command line takes more`,
  thinned: (used: number, rows: number) =>
    `${used} of its ${rows} rows are used, drawn at random; the command line takes all.`,
  noTrainingRows: (rows: number) =>
    `No rows are left to train on: the data have ${rows}. Take a smaller share for testing.`,
  badTarget: (loss: string, targets: string, row: number, value: string) =>
    `The loss ${loss} takes ${targets}; row ${row} of the data has ${value}. Choose another loss or other data.`,
  target: "Predict",
  numberTargets: "a number",
  classTargets: "a class: yes or no",
  features: "From",
  allColumns: (n: number) => `All ${n}`,
  firstColumn: "Only the first",
  chosen: (n: number) => `chosen: ${n}`,
  leftOut: "Left out:",
  kind: "Model",
  theta: "θx = p, ψ(p) = μ",
  network: "Network of layers",
  layers: "Layers",
  activation: "Activation",
  bias: (name: string) => `Constant ${name}`,
  standardize: "Standardise",
  standardizeHint: "To mean 0 and mean square 1",
  link: "Link ψ",
  links: { identity: "identity", sigmoid: "sigmoid", tanh: "tanh", relu: "relu", exp: "exp" },
  loss: "Loss",
  losses: { squares: "squares", "cross-entropy": "cross-entropy", poisson: "Poisson" },
  optimizer: "Optimiser",
  optimizers: { gd: "SGD", momentum: "SGD with momentum", adam: "Adam" },
  rate: "Learning rate",
  rateAuto: "from the data",
  batch: "Batch",
  all: "all rows",
  epochs: "Epochs at most",
  untilLoss: "Loss below",
  never: "never",
  takesLayers: (layers: number, neurons: number) =>
    `Neurons per layer, such as 8 or 16-16: up to ${layers} layers of 1 to ${neurons}.`,
  takesNumber: (least: string, most: string) => `A number from ${least} to ${most}.`,
  takesWhole: (least: string, most: string) => `A whole number from ${least} to ${most}.`,
  takesAny: "A number.",
  orEmpty: (meaning: string) => `Left empty: ${meaning}.`,
  inUse: (value: string) => `In use: ${value}.`,
  transport: "Training",
  play: "Play",
  pause: "Pause",
  step: "One epoch",
  reset: "Start again",
  speed: "Speed",
  speeds: { "10": "10 epochs/s", "60": "60 epochs/s", "300": "300 epochs/s", max: "full speed" },
  notBegun: "Not begun: the settings do not go together, see what is red. Shown is the run before.",
  epoch: (n: number, of: number) => `epoch ${n} of ${of}`,
  train: "train",
  test: "test",
  lossIs: "loss",
  accuracy: "accuracy",
  split: (train: number, test: number) =>
    `Rows for training: ${train}${test === 0 ? "" : `, for testing: ${test}`}.`,
  stopped: {
    loss: "Stopped: the loss wanted is reached.",
    gradient: "Stopped: the gradient is as good as 0, there is nowhere down.",
    epochs: "Stopped: all epochs are done.",
  },
  diverged: {
    rate: (epoch: number) =>
      `Diverged after epoch ${epoch}: each step overshoots and the loss grows. Take a smaller learning rate.`,
    features: (epoch: number, largest: string) =>
      `Diverged after epoch ${epoch}: features reach ${largest}, so steps overshoot and the loss grows. Scale them.`,
    size: (column: string, largest: string, by: string) =>
      `Not computable: ${column} reaches ${largest}, and its squares are infinite. Divide that column by ${by}.`,
  },
  remedy: {
    rateFromData: "Rate from the data",
    rate: (rate: string) => `Rate ${rate}`,
    standardize: "Standardise",
  },
  parameters: (n: number) => count(n, "parameter", "parameters"),
  rateIs: (rate: string) => `learning rate ${rate}`,
  fit: "Fit",
  boundary: "Decision",
  prediction: "Predictions",
  pairs: "Prediction and target",
  curve: "Loss",
  log: "log",
  logHint: "Losses on a logarithmic axis",
  surface: (names: string) => `Loss over ${names}`,
  surfaceLabel: (names: string, values: string) =>
    `Loss over ${names}, and the way down; now ${values}`,
  fitLabel: (train: number, test: number) =>
    `${count(train, "training example", "training examples")}, ${count(test, "test example", "test examples")}, and the predictions between them`,
  curveLabel: (epochs: number, loss: string) => `Loss over ${epochs} epochs; now ${loss}`,
  trainingDots: "training",
  testDots: "test",
  chooseDot: "Click an example to choose it",
  graph: "The model as a graph",
  example: "Example",
  ofRows: (rows: number) => `of ${rows}`,
  explain: "Open in Explain",
  explainHint: "The loss of this one example as a formula, with the numbers of this epoch",
  explainScaled:
    "The loss of this one example as a formula, with the numbers of this epoch; u is x standardised",
  scaled: "x standardised",
  found: "θ in the units of the data",
  inUnits: "in the units of the data",
  leastSquares: "least squares",
  noSingleAnswer: "no single answer: the columns depend on each other",
} as const;

export type TrainWords = Text<typeof en>;
