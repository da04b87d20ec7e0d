import { describe } from "vitest";
import { itAgreesWith } from "./support/reference.js";

describe("contractions, diagonals, triangles and creation agree with NumPy", () => {
  itAgreesWith("contraction.json", 1e-14);
});
