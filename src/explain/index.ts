export { type ExplainOptions, explain } from "./explain.js";
export type * from "./explanation.js";
export { formatDot } from "./format/dot.js";
export { formatJson } from "./format/json.js";
export type { Language } from "./format/language.js";
export { formatText, type TextOptions } from "./format/text.js";
