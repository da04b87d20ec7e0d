export {
  type DerivativeEdge,
  type DerivativeGraph,
  type DerivativeNode,
  findNode,
  growDerivatives,
  nameGraph,
} from "./derivatives.js";
export { type ExplainOptions, explain } from "./explain.js";
export type * from "./explanation.js";
export { formatDot } from "./format/dot.js";
export { formatHtml, type HtmlOptions } from "./format/html.js";
export { formatJson } from "./format/json.js";
export type { Language } from "./format/language.js";
export { formatLatex, type LatexOptions } from "./format/latex.js";
export { formatModules } from "./format/modules.js";
export { formatSvg, type SvgOptions } from "./format/svg.js";
export { formatText, type TextOptions } from "./format/text.js";
export { formatTypeScript } from "./format/typescript.js";
export { escapeFragment } from "./link.js";
export { explainNaN } from "./nan.js";
export { formatNumber } from "./numbers.js";
export { traceProgram } from "./trace-program.js";
export { warningText } from "./warnings.js";
