// One import of the library in this process: prints the milliseconds until it can be called.
const processor = process.cpuUsage();
const started = performance.now();
const { grad } = await import("../library.mjs");
const milliseconds = performance.now() - started;
const { user, system } = process.cpuUsage(processor);
const result = Number(grad((x) => x.mul(x))(1));
console.log(JSON.stringify({ milliseconds, processor: (user + system) / 1000, result }));
