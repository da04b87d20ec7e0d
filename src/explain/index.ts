export { type ExplainOptions, explain } from "./explain.js";
export type * from "./explanation.js";
