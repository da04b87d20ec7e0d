import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { entr, xlog1py, xlogy } from "./entropy.js";

describe("numerics/entropy", () => {
  it("entr stays within 2 ulp of its reference", () => {
    expectWithinUlps(2, "entr", entr);
  });

  it("xlogy stays within 2 ulp of its reference", () => {
    expectWithinUlps(2, "xlogy", xlogy);
  });

  it("xlog1py stays within 2 ulp of its reference", () => {
    expectWithinUlps(2, "xlog1py", xlog1py);
  });
});
