// GradBench's tool (https://gradben.ch): one JSON message a line on stdin, one answer a line on stdout.
import { answerToLine } from "./answer.mjs";
import { lines } from "./lines.mjs";
import { pieces } from "./pieces.mjs";

for await (const line of lines(process.stdin)) {
  if (line.trim() === "") continue;
  for (const piece of pieces(await answerToLine(line))) await write(piece);
  await write("\n");
}

/** @param {string} text @returns {Promise<void>} */
function write(text) {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
