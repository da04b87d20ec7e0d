import { composite } from "./references-composite.mjs";
import { elementary } from "./references-elementary.mjs";
import { special } from "./references-special.mjs";
import { trigonometric } from "./references-trigonometric.mjs";

/** Values to 40 digits and more, each by its definition, under the names of src/math. */
export const references = { ...elementary, ...composite, ...trigonometric, ...special };
