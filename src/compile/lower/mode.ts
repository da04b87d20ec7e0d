/**
 * How a node is computed: in registers, element by element (`tiny`); where its elements are read (`inline`); in a
 * loop nest with others, into memory (`root`); by a kernel, contraction or loop of its own (`unit`); as part of a
 * tuple (`project`).
 */
export type Mode = "tiny" | "inline" | "root" | "unit" | "project";
