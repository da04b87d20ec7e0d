import { lecture, type State } from "./state/state.js";

export interface Example {
  readonly id: string;
  readonly name: { readonly en: string; readonly ru: string };
  readonly state: Pick<State, "expr" | "inputs" | "wrt">;
}

const repeated = Array.from({ length: 40 }, (_, i) => {
  const before = i === 0 ? "x" : `x${i}`;
  return `x${i + 1} = ${before}*${before}`;
}).join("; ");

/** From arithmetic to a recurrent cell. */
export const examples: readonly Example[] = [
  {
    id: "lecture",
    name: { en: "The lecture's graph", ru: "Граф из лекции" },
    state: { expr: lecture.expr, inputs: lecture.inputs, wrt: "a" },
  },
  {
    id: "sum",
    name: { en: "Arithmetic: a + a·b", ru: "Арифметика: a + a·b" },
    state: { expr: "a + a*b", inputs: { a: 3, b: 4 }, wrt: "a" },
  },
  {
    id: "shared",
    name: { en: "A value used twice", ru: "Значение, взятое дважды" },
    state: { expr: "u = x*y; u + sin(u)", inputs: { x: 2, y: 3 }, wrt: "x" },
  },
  {
    id: "neuron",
    name: { en: "A neuron", ru: "Нейрон" },
    state: {
      expr: "p = w1*x1 + w2*x2 + b; sigmoid(p)",
      inputs: { w1: 2, x1: -1, w2: -3, x2: -2, b: -3 },
      wrt: "w1",
    },
  },
  {
    id: "rosenbrock",
    name: { en: "Rosenbrock's valley", ru: "Долина Розенброка" },
    state: { expr: "(1 - x)^2 + 100*(y - x^2)^2", inputs: { x: -1.2, y: 1 }, wrt: "x" },
  },
  {
    id: "bell",
    name: { en: "A bell: exp(−x²/2)·sin y", ru: "Колокол: exp(−x²/2)·sin y" },
    state: { expr: "exp(-x^2/2)*sin(y)", inputs: { x: 0.5, y: 1 }, wrt: "x" },
  },
  {
    id: "kink",
    name: { en: "A kink: relu at 0", ru: "Излом: relu в нуле" },
    state: { expr: "relu(w*x + b)", inputs: { w: 2, x: 0.5, b: -1 }, wrt: "w" },
  },
  {
    id: "softmax",
    name: { en: "Softmax and cross-entropy", ru: "Softmax и перекрёстная энтропия" },
    state: {
      expr: "s = exp(z1) + exp(z2) + exp(z3); q = exp(z2)/s; -log(q)",
      inputs: { z1: 2, z2: 1, z3: 0.1 },
      wrt: "z2",
    },
  },
  {
    id: "lstm",
    name: { en: "An LSTM cell", ru: "Ячейка LSTM" },
    state: {
      expr:
        "i = sigmoid(wi*x + ui*h + bi); r = sigmoid(wr*x + ur*h + br); o = sigmoid(wo*x + uo*h + bo); " +
        "g = tanh(wg*x + ug*h + bg); m = r*c + i*g; o*tanh(m)",
      inputs: {
        wi: 0.5,
        x: 1,
        ui: 0.3,
        h: 0.2,
        bi: 0,
        wr: 0.4,
        ur: 0.1,
        br: 1,
        wo: 0.7,
        uo: 0.2,
        bo: 0,
        wg: 0.6,
        ug: -0.4,
        bg: 0,
        c: 0.5,
      },
      wrt: "h",
    },
  },
  {
    id: "vector",
    name: { en: "Vectors: a sum of squares", ru: "Векторы: сумма квадратов" },
    state: { expr: "sum((w*x - y)^2)", inputs: { w: 0.5, x: [1, 2, 3], y: [1, 3, 5] }, wrt: "w" },
  },
  {
    id: "product",
    name: { en: "A neuron with vectors", ru: "Нейрон с векторами" },
    state: { expr: "sigmoid(w@x + b)", inputs: { w: [2, -3], x: [-1, -2], b: -3 }, wrt: "w" },
  },
  {
    id: "layer",
    name: { en: "A layer, softmax, cross-entropy", ru: "Слой, softmax, перекрёстная энтропия" },
    state: {
      expr: "q = softmax(W@x + b); -sum(y*log(q))",
      inputs: {
        W: [
          [1, 0],
          [0.5, -1],
          [0, 2],
        ],
        x: [1, 0.5],
        b: [0, 0.1, -0.2],
        y: [0, 0, 1],
      },
      wrt: "W",
    },
  },
  {
    id: "repeated",
    name: { en: "x·x, forty times", ru: "x·x сорок раз" },
    state: { expr: repeated, inputs: { x: 1 }, wrt: "x" },
  },
];
