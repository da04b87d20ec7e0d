export { add, divide, multiply, negative, subtract } from "./arithmetic.js";
export { cast } from "./cast.js";
export { equal, greater, less, logicalNot, logicalOr, where } from "./select.js";
export { broadcastTo, reshape, sum, transpose } from "./shape.js";
export { cos, sin } from "./trigonometric.js";
export { operations } from "./list.js";
