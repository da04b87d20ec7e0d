import { report } from "../report.js";

await report([
  { name: "right", run: () => {} },
  {
    name: "wrong",
    run: () => {
      throw new Error("1 is not 2");
    },
  },
  {
    name: "evaluates text",
    run: () => {
      new Function("return 1")();
    },
  },
  { name: "complains", run: () => console.error("complaint") },
  {
    name: "asks elsewhere",
    run: async () => {
      await fetch("http://127.0.0.1:9/");
    },
  },
]);
