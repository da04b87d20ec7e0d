// Measures workloads and prints how the contenders compare.
import { machine } from "./harness/machine.mjs";
import { optionsFrom } from "./harness/options.mjs";
import { writePage } from "./harness/page.mjs";
import { plainTable, reasonsOf, rowsOf } from "./harness/table.mjs";
import { Torch } from "./harness/torch.mjs";
import { measure } from "./harness/workload.mjs";

const options = optionsFrom(process.argv.slice(2));
const torch = new Torch();
const reports = [];
try {
  for (const name of options.names) {
    if (!options.json) process.stderr.write(`${name} …\n`);
    reports.push(await measure(name, options, torch));
  }
} finally {
  torch.stop();
}

const where = machine(torch.version);
if (options.json) console.log(JSON.stringify({ machine: where, reports }, null, 2));
else {
  console.log(describe(where));
  console.log(plainTable(rowsOf(reports)));
  const reasons = reasonsOf(reports);
  if (reasons.length > 0) console.log(`\n– means no time:\n${reasons.join("\n")}`);
}
if (options.write) writePage(where, reports);

/** @param {ReturnType<typeof machine>} where */
function describe({ date, cpu, load, node, jax, tfjs, torch }) {
  return `${date}, ${cpu} (load ${load}), Node ${node}; jax-js ${jax}, tfjs ${tfjs}, PyTorch ${torch}; one thread
minimum over interleaved rounds; in brackets the peer's time, before it how many times ours\n`;
}
