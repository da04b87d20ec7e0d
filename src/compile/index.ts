export { type FlatFunction, type JitFunction, type JitOptions, jit } from "./call/jit.js";
