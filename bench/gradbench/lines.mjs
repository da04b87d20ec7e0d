const newline = "\n".charCodeAt(0);

/**
 * The lines of a stream of bytes, however long, joined once each.
 * @param {AsyncIterable<Buffer>} stream
 */
export async function* lines(stream) {
  /** @type {Buffer[]} */
  let begun = [];
  for await (const chunk of stream) {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(newline, from);
      if (end < 0) break;
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString();
      begun = [];
      from = end + 1;
    }
    begun.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(begun).toString();
  if (rest.trim() !== "") yield rest;
}
