import { operations } from "cotangent";
import { conformance } from "cotangent/testing";
import { exceptions } from "../../conformance/exceptions.js";
import { report } from "../report.js";

await report(
  conformance(operations, { exceptions }).map(({ name, run }) => ({
    name,
    run: () => {
      run();
    },
  })),
);
