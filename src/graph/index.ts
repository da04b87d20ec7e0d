export type { Cost } from "./cost.js";
export { Graph, type NodeName } from "./graph.js";
export type { GraphJSON } from "./json.js";
export { fromJSON } from "./parse.js";
export { label, trace } from "./trace.js";
