// One first call in this process, which nothing has warmed: prints the milliseconds and what came out.
import { messageOf } from "../harness/contenders.mjs";
import { tensorsOf } from "../harness/cotangent.mjs";
import { grad, jit } from "../library.mjs";
import { scanned, trainingStep, unrolled } from "../workloads/lstm/cotangent.mjs";
import { workload } from "../workloads/lstm/workload.mjs";
import { chain } from "./chain.mjs";

const [kind = "", nodes = "0"] = process.argv.slice(2);

/** @returns {() => number} gives a number of the result */
function caseNamed() {
  if (kind === "arithmetic" || kind === "mixed") {
    const f = chain(Number(nodes), kind === "mixed");
    return () => Number(jit(grad(f))(0.3, 0.5));
  }
  const { xs, y, w, u, b } = tensorsOf(workload().inputs());
  const step = trainingStep(kind === "scan" ? scanned : unrolled);
  return () => {
    const [loss] = jit(step)({ w, u, b }, xs, y);
    return Number(loss.item());
  };
}

try {
  const run = caseNamed();
  const processor = process.cpuUsage();
  const started = performance.now();
  const result = run();
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(processor);
  console.log(JSON.stringify({ milliseconds, processor: (user + system) / 1000, result }));
} catch (error) {
  console.log(JSON.stringify({ reason: messageOf(error) }));
}
