// The workloads by name; a family is a folder, with one file that says what is computed and one per contender.

/**
 * @typedef {object} Entry
 * @property {string} family
 * @property {import("../harness/types.js").Parameters} parameters
 */

/** @type {Readonly<Record<string, Entry>>} */
export const workloads = {
  lecture: { family: "lecture", parameters: {} },
  rosenbrock100: { family: "rosenbrock", parameters: { n: 100 } },
  elementwise: { family: "elementwise", parameters: { n: 1_000_000 } },
  glm: { family: "glm", parameters: { rows: 10_000, columns: 100 } },
  gemm512: { family: "gemm", parameters: { n: 512 } },
  gemm1024: { family: "gemm", parameters: { n: 1024 } },
  mlp: { family: "mlp", parameters: { optimizer: "sgd" } },
  mlpAdam: { family: "mlp", parameters: { optimizer: "adam" } },
  lstm: { family: "lstm", parameters: {} },
  transformer: { family: "transformer", parameters: {} },
  cnn: { family: "cnn", parameters: {} },
};
