import { describe, it } from "vitest";
import { expectWithinUlps } from "../../../test/reference/ulps.js";
import { geluTanh, log1mexp, logit, logSigmoid, sigmoid, silu, softplus } from "./logistic.js";

describe("numerics/logistic", () => {
  it("sigmoid stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "sigmoid", sigmoid);
  });

  it("softplus stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "softplus", softplus);
  });

  it("logSigmoid stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "logSigmoid", logSigmoid);
  });

  it("log1mexp stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "log1mexp", log1mexp);
  });

  it("logit stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "logit", logit);
  });

  it("silu stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "silu", silu);
  });

  it("geluTanh stays within 1 ulp of its reference", () => {
    expectWithinUlps(1, "geluTanh", geluTanh);
  });
});
