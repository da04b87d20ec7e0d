/** Loaded when asked for. @type {Record<string, () => Promise<{ default: import("../answer.mjs").Functions }>>} */
export const evals = {
  hello: () => import("./hello.mjs"),
  llsq: () => import("./llsq.mjs"),
  lse: () => import("./lse.mjs"),
  gmm: () => import("./gmm.mjs"),
  lstm: () => import("./lstm.mjs"),
  ode: () => import("./ode.mjs"),
  kmeans: () => import("./kmeans.mjs"),
  ba: () => import("./ba.mjs"),
  ht: () => import("./ht.mjs"),
  particle: () => import("./particle.mjs"),
  saddle: () => import("./saddle.mjs"),
  det: () => import("./det.mjs"),
};
