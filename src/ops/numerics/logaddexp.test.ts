import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { logaddexp, logaddexp2 } from "./logaddexp.js";

describe("numerics/logaddexp", () => {
  it("logaddexp stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "logaddexp", logaddexp);
  });

  it("logaddexp2 stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "logaddexp2", logaddexp2);
  });
});
