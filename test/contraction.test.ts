import { describe } from "vitest";
import { itAgreesWith } from "./support/reference.js";

describe("contractions, filters, diagonals, triangles and creation agree with NumPy", () => {
  itAgreesWith("contraction.json", 1e-14);
});
