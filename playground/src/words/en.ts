const count = (n: string | number, one: string, many: string): string =>
  `${n} ${String(n) === "1" ? one : many}`;

/** Every text of the page in English; `Words` holds the other languages to the same keys. */
export const en = {
  title: "cotangent: every number of a gradient",
  explain: "Explain",
  train: "Train",
  lecture: "Lecture",
  skip: "Skip to the graph",
  formula: "Formula",
  examples: "Examples",
  chooseExample: "Choose an example",
  language: "Русский",
  languageLabel: "RU: показать страницу по-русски",
  theme: (now: string) => `Theme: ${now}`,
  themes: { auto: "as the system", light: "light", dark: "dark" },
  help: "Keys",
  views: "Views",
  panes: "What to show",
  size: (nodes: number, edges: number) =>
    `${count(nodes, "node", "nodes")} · ${count(edges, "edge", "edges")}`,
  working: "computing …",
  valueOf: (name: string) => `Value of ${name}`,
  badValue: "A number is meant, or a list such as [1, 2, 3].",
  slider: (name: string) => `${name}, slider`,
  twice: "Square as Prod(s, s)",
  twiceHint: "The value enters the product twice: two paths, two terms.",
  graph: "Graph",
  table: "Table",
  code: "Code",
  gradientGraph: "gradient",
  hessianGraph: "Hessian",
  gradientGraphHint: "Grow the derivatives on the same canvas",
  hessianGraphHint: "Grow the second derivatives on the same canvas",
  chainRule: "Chain rule",
  by: "by",
  paths: (n: string) => count(n, "path", "paths"),
  noPath: "No path leads there: the derivative is 0.",
  moreOf: (listed: number, n: string) => `the first ${listed} of ${count(n, "path", "paths")}`,
  showMore: "Show more",
  showFewer: "Show fewer",
  sum: "Sum",
  check: "Finite difference",
  allPaths: "All paths",
  backprop: "Backpropagation",
  factors: (n: string) => count(n, "factor", "factors"),
  edges: (n: number) => count(n, "edge", "edges"),
  stepBar: "Steps of the two passes",
  first: "To the start",
  previous: "One step back",
  next: "One step on",
  last: "To the end",
  play: "Play",
  pause: "Pause",
  start: "Start: only the inputs are known.",
  forward: "forward",
  backward: "backward",
  progress: (step: number, of: number, pass: string) => `${step}/${of} ${pass}`,
  done: "All derivatives are known.",
  seedStep: (partial: string) => `${partial} = 1`,
  tooLarge: (nodes: number) =>
    `The graph has ${nodes} nodes, too many to draw. The table has every number.`,
  graphLabel: (nodes: number, edges: number) =>
    `Computational graph, ${count(nodes, "node", "nodes")}, ${count(edges, "edge", "edges")}`,
  nodeLabel: (text: string, value: string, gradient: string) =>
    `${text}, value ${value}, derivative ${gradient}`,
  unknown: "not computed yet",
  fit: "Fit",
  fitHint: "Show the whole graph",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  notScalar: (type: string) =>
    `The result is ${type}. Only one number can be differentiated: put sum(…), mean(…) or norm(…) around it.`,
  noDerivative: (type: string) =>
    `The result is ${type}, which has no derivative. Choose by it: where(x > 1, x^2, 0).`,
  otherProblem: (text: string) => `This cannot be computed: ${text}`,
  noVariables: "There is nothing to differentiate by. Use a variable: x^2.",
  fix: "Apply",
  derivativeLabel: (names: string, formula: string, value: string) =>
    `${names}, computed as ${formula}, value ${value}`,
  tooManyGrown: (nodes: number) =>
    `With the derivatives the graph has ${nodes} nodes, too many to draw.`,
  backToResult: (result: string) => `Back to ${result}`,
  makeOutput: (id: string) => `Differentiate ${id} instead`,
  slip: (s: {
    slip: string;
    h: string;
    right: string;
    wrt: string;
    wrong: string;
    gradient: string;
  }) =>
    `The notes write ∂f/∂h = ${s.slip}. That is 2·f; the derivative of h² is 2·h = 2·(${s.h}) = ${s.right}. ` +
    `${s.wrt === "" ? "" : `So they get ∂f/∂${s.wrt} = ${s.wrong} where it is ${s.gradient}. `}The finite difference decides: this is why gradients are checked.`,
  byHand: "By hand: the modules of the notes",
  byLibrary: "By the library: one call",
  copy: "Copy",
  export: "Export",
  copyLink: "Copy a link to this",
  linkCopied: "Copied.",
  noExport: (format: string) => `There is no ${format} of what is shown.`,
  nextSection: "Next ↓",
  toTrain: "Train a model →",
  secondDerivatives: "Second derivatives",
  noHessian: (names: string) =>
    `${names}: no table of second derivatives, which by vectors and matrices are no single numbers.`,
  keys: [
    [", .", "one step back, one step on; also ← →"],
    ["Space", "play, pause"],
    ["Home End", "to the start, to the end"],
    ["← ↑ → ↓", "in the graph: along its edges"],
    ["Enter", "pin a node and write the chain rule for it"],
    ["Alt Enter", "differentiate that node instead; also Alt-click"],
    ["g", "the gradient's graph"],
    ["/", "the formula"],
    ["Esc", "let go; then back to differentiating f"],
    ["+ −", "larger, smaller; also Ctrl and the wheel, or two fingers"],
    ["0", "the whole graph; drag to move it"],
    [".", "in Train: one epoch"],
    ["?", "these keys"],
  ],
  letters: "Keys of one character act",
  close: "Close",
  ignored: (parts: string) => `Part of the link does not fit and was left out: ${parts}`,
  nodesTable: "Nodes",
  edgesTable: "Edges",
  derivativesTable: "Derivatives",
  computedAs: "Computed as",
  node: "Node",
  edge: "Edge",
  value: "Value",
  partial: "Local partial",
  cache: "Kept for the way back",
  cached: "Cache",
  term: (n: number) => `Term ${n}: light up its path`,
} as const;

export type Text<T> = T extends readonly (readonly [string, string])[]
  ? readonly (readonly [string, string])[]
  : T extends string
    ? string
    : T extends (...args: infer A) => string
      ? (...args: A) => string
      : { readonly [K in keyof T]: Text<T[K]> };

export type Words = Text<typeof en>;
