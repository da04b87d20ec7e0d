import type { Language } from "../../../src/formula/index.js";
import { lecture, type State } from "../state/state.js";

/** What the graph beside a section shows. */
type Scene = Pick<State, "expr" | "inputs" | "wrt" | "of" | "step" | "order" | "twice" | "pin">;

export interface Section {
  readonly title: string;
  /** Paragraphs; between dollars stands TeX, a paragraph of one formula between double dollars. */
  readonly text: readonly string[];
}

const graph: Scene = {
  expr: lecture.expr,
  inputs: lecture.inputs,
  wrt: "a",
  of: "",
  step: null,
  order: 0,
  twice: false,
  pin: "",
};

/** One for each section, in order. */
export const scenes: readonly Scene[] = [
  { ...graph, step: 0 },
  { ...graph, step: 4 },
  { ...graph, step: 4, pin: "node:h" },
  { ...graph, pin: "path:0" },
  { ...graph, twice: true, pin: "edge:h→f#0" },
  { ...graph, step: 6, pin: "node:f" },
  { ...graph, order: 1 },
  {
    ...graph,
    expr: "p = θ*x; μ = sigmoid(p); d = y - μ; z = d^2; L = z/N; L",
    inputs: { θ: 0.5, x: 2, y: 1, N: 1 },
    wrt: "θ",
    pin: "path:0",
  },
];

const raw = String.raw;

/** The lecture: eight short sections that follow the notes. */
export const sections: Readonly<Record<Language, readonly Section[]>> = {
  en: [
    {
      title: "A formula is a graph",
      text: [
        raw`Take $f = ((a + e)\cdot(b - d))^2$ at $a = 23,\ b = 2,\ e = -5,\ d = 7$.`,
        raw`To compute it you go step by step: first $u = a + e$ and $v = b - d$, then $h = u \cdot v$, at last $f = h^2$. Every step is a node; an edge leads from each value to the step that uses it. This is the computational graph.`,
        "Nothing has been computed yet: only the inputs are known.",
      ],
    },
    {
      title: "Forwards: the values",
      text: [
        "Go through the nodes in order and write down each value as soon as its operands are known.",
        raw`$$u = 18,\qquad v = -5,\qquad h = u \cdot v = -90,\qquad f = h^2 = 8100$$`,
        "Four operations, four steps. Keep the values: the way back will need them.",
      ],
    },
    {
      title: "Every operation knows its own derivative",
      text: [
        raw`How does a node answer to a small change of one operand? For a sum the answer is $1$, for a difference $1$ and $-1$. A product answers with the other factor, a square with twice its operand:`,
        raw`$$\frac{\partial h}{\partial u} = v = -5,\qquad \frac{\partial h}{\partial v} = u = 18,\qquad \frac{\partial f}{\partial h} = 2h = -180$$`,
        "These local derivatives stand on the edges. No operation needs to know the rest of the graph.",
        raw`The handwritten notes slip here: they write $\partial f/\partial h = 16200$. That is $2f$, not $2h$.`,
      ],
    },
    {
      title: "The chain rule: multiply along a path",
      text: [
        raw`A change of $a$ reaches $f$ through $u$ and $h$. Each edge multiplies it:`,
        raw`$$\frac{\partial f}{\partial a} = \frac{\partial f}{\partial h}\cdot\frac{\partial h}{\partial u}\cdot\frac{\partial u}{\partial a} = (-180)\cdot(-5)\cdot 1 = 900$$`,
        raw`The notes add $\frac{\partial f}{\partial h}\cdot\frac{\partial h}{\partial v}\cdot\frac{\partial v}{\partial a}$; no edge leads from $a$ to $v$, so that term is $0$.`,
        raw`With the slip they get $-81000$. Who is right? Move $a$ a little: $\frac{f(a + 0.001) - f(a - 0.001)}{0.002} = 900$. Always check a gradient this way.`,
      ],
    },
    {
      title: "Several paths add up",
      text: [
        raw`Write the square as a product, $f = h \cdot h$. Now $h$ enters twice, and two paths lead from $a$ to $f$. The chain rule is a sum over paths:`,
        raw`$$\frac{\partial f}{\partial a} = (-90)(-5)\,1 + (-90)(-5)\,1 = 450 + 450 = 900$$`,
        raw`Paths multiply quickly: $x \cdot x$ repeated forty times has $2^{40}$ of them. Backpropagation never walks them one by one. It goes through the nodes from the result to the inputs, and at every edge multiplies once and adds once, $\mathrel{+}=$. Each edge is visited once, and all derivatives come out together.`,
      ],
    },
    {
      title: "Modules and their caches",
      text: [
        raw`As a program, every operation becomes a small module. Forwards it computes and keeps what its derivative will read; backwards it multiplies that with what arrives:`,
        raw`$\texttt{Square}$ keeps $x$ and returns $x^2$; back it gives $2x$ times what arrived.`,
        raw`$\texttt{Prod}$ keeps $x_2$ and $x_1$ and returns $x_1 x_2$; back it gives $x_2$ times what arrived to its first operand and $x_1$ times that to its second.`,
        "The pane “Code” of the first tab writes these classes for any formula, ready to run.",
      ],
    },
    {
      title: "The derivative is a graph too",
      text: [
        raw`The way back consists of products and sums, so it can be drawn in the same graph. Four dashed nodes hold all seven derivatives, and they reuse $u$, $v$ and $h$.`,
        raw`One node serves $\partial f/\partial a$, $\partial f/\partial e$ and $\partial f/\partial u$: what is the same is computed once.`,
        raw`And a graph can be differentiated again. So second derivatives come free: $\frac{\partial^2 f}{\partial a^2} = 50$, $\frac{\partial^2 f}{\partial a\,\partial b} = -360$, $\frac{\partial^2 f}{\partial b^2} = 648$.`,
      ],
    },
    {
      title: "Training is the same graph",
      text: [
        raw`A model predicts $\mu = \psi(\theta x)$; the link $\psi$ may be the identity, a sigmoid, an exponential. Its loss is one more graph:`,
        raw`$$\theta x = p,\quad \psi(p) = \mu,\quad y - \mu = d,\quad d^2 = z,\quad \textstyle\sum z = S,\quad S/N = L$$`,
        raw`$$\frac{\partial L}{\partial \theta} = \frac{1}{N}\sum 2d \cdot (-1)\cdot \psi'(p) \cdot x$$`,
        raw`The notes write $\partial d/\partial \mu = 1$, which holds for $d = \mu - y$. With $d = y - \mu$, as there, it is $-1$.`,
        "Move θ a little against its derivative, and again: that is training. The tab “Train” does it before your eyes.",
      ],
    },
  ],
  ru: [
    {
      title: "Формула — это граф",
      text: [
        raw`Возьмём $f = ((a + e)\cdot(b - d))^2$ при $a = 23,\ b = 2,\ e = -5,\ d = 7$.`,
        raw`Вычисляют её по шагам: сначала $u = a + e$ и $v = b - d$, затем $h = u \cdot v$, наконец $f = h^2$. Каждый шаг — узел; ребро ведёт от значения к шагу, который его использует. Это вычислительный граф.`,
        "Пока ничего не вычислено: известны только входы.",
      ],
    },
    {
      title: "Вперёд: значения",
      text: [
        "Пройдём узлы по порядку и запишем значение каждого, как только известны его операнды.",
        raw`$$u = 18,\qquad v = -5,\qquad h = u \cdot v = -90,\qquad f = h^2 = 8100$$`,
        "Четыре операции — четыре шага. Значения надо сохранить: они понадобятся на обратном пути.",
      ],
    },
    {
      title: "Каждая операция знает свою производную",
      text: [
        raw`Как узел отвечает на малое изменение одного операнда? Сумма отвечает единицей, разность — $1$ и $-1$. Произведение отвечает другим множителем, квадрат — удвоенным операндом:`,
        raw`$$\frac{\partial h}{\partial u} = v = -5,\qquad \frac{\partial h}{\partial v} = u = 18,\qquad \frac{\partial f}{\partial h} = 2h = -180$$`,
        "Эти локальные производные стоят на рёбрах. Знать остальной граф операции не нужно.",
        raw`В рукописном конспекте здесь описка: там $\partial f/\partial h = 16200$. Это $2f$, а не $2h$.`,
      ],
    },
    {
      title: "Цепное правило: умножаем вдоль пути",
      text: [
        raw`Изменение $a$ доходит до $f$ через $u$ и $h$. Каждое ребро его умножает:`,
        raw`$$\frac{\partial f}{\partial a} = \frac{\partial f}{\partial h}\cdot\frac{\partial h}{\partial u}\cdot\frac{\partial u}{\partial a} = (-180)\cdot(-5)\cdot 1 = 900$$`,
        raw`В конспекте прибавлено ещё $\frac{\partial f}{\partial h}\cdot\frac{\partial h}{\partial v}\cdot\frac{\partial v}{\partial a}$; ребра из $a$ в $v$ нет, и это слагаемое равно $0$.`,
        raw`С опиской выходит $-81000$. Кто прав? Сдвинем $a$ чуть-чуть: $\frac{f(a + 0.001) - f(a - 0.001)}{0.002} = 900$. Проверяйте градиент так всегда.`,
      ],
    },
    {
      title: "Несколько путей складываются",
      text: [
        raw`Запишем квадрат как произведение, $f = h \cdot h$. Теперь $h$ входит дважды, и от $a$ к $f$ ведут два пути. Цепное правило — сумма по путям:`,
        raw`$$\frac{\partial f}{\partial a} = (-90)(-5)\,1 + (-90)(-5)\,1 = 450 + 450 = 900$$`,
        raw`Число путей растёт быстро: у $x \cdot x$, повторённого сорок раз, их $2^{40}$. Обратное распространение не обходит их по одному. Оно идёт по узлам от результата ко входам и на каждом ребре один раз умножает и один раз прибавляет, $\mathrel{+}=$. Каждое ребро пройдено однажды, а все производные получены сразу.`,
      ],
    },
    {
      title: "Модули и их память",
      text: [
        raw`В программе каждая операция становится маленьким модулем. На прямом ходе он вычисляет и запоминает то, что прочтёт производная; на обратном умножает это на пришедшее:`,
        raw`$\texttt{Square}$ запоминает $x$ и возвращает $x^2$; назад отдаёт $2x$, умноженное на пришедшее.`,
        raw`$\texttt{Prod}$ запоминает $x_2$ и $x_1$ и возвращает $x_1 x_2$; назад отдаёт первому операнду $x_2$, второму $x_1$, умноженные на пришедшее.`,
        "Раздел «Код» первой вкладки пишет такие классы для любой формулы, готовые к запуску.",
      ],
    },
    {
      title: "Производная — тоже граф",
      text: [
        raw`Обратный ход состоит из произведений и сумм, поэтому его можно нарисовать в том же графе. Четыре пунктирных узла хранят все семь производных и пользуются готовыми $u$, $v$ и $h$.`,
        raw`Один узел служит и $\partial f/\partial a$, и $\partial f/\partial e$, и $\partial f/\partial u$: одинаковое вычисляется один раз.`,
        raw`А граф можно дифференцировать снова. Вторые производные достаются даром: $\frac{\partial^2 f}{\partial a^2} = 50$, $\frac{\partial^2 f}{\partial a\,\partial b} = -360$, $\frac{\partial^2 f}{\partial b^2} = 648$.`,
      ],
    },
    {
      title: "Обучение — тот же граф",
      text: [
        raw`Модель предсказывает $\mu = \psi(\theta x)$; функция связи $\psi$ — тождественная, сигмоида, экспонента. Её потеря — ещё один граф:`,
        raw`$$\theta x = p,\quad \psi(p) = \mu,\quad y - \mu = d,\quad d^2 = z,\quad \textstyle\sum z = S,\quad S/N = L$$`,
        raw`$$\frac{\partial L}{\partial \theta} = \frac{1}{N}\sum 2d \cdot (-1)\cdot \psi'(p) \cdot x$$`,
        raw`В конспекте $\partial d/\partial \mu = 1$, что верно для $d = \mu - y$. Для $d = y - \mu$, как там, это $-1$.`,
        "Сдвиньте θ немного против производной, потом ещё: это и есть обучение. Вкладка «Обучение» показывает его вживую.",
      ],
    },
  ],
};

/** A paragraph in parts: text and TeX by turns, text first. */
export function partsOf(paragraph: string): { readonly block: boolean; readonly parts: string[] } {
  const block = paragraph.startsWith("$$");
  return { block, parts: block ? ["", paragraph.slice(2, -2)] : paragraph.split("$") };
}
