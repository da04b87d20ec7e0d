// `npm run playground [-- --port N]`: builds the page where its sources changed and serves it on loopback.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { buildPlayground, playgroundFolder } from "./playground-build.mjs";
import { install } from "./prepare.mjs";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

install();
buildPlayground();
const at = process.argv.indexOf("--port");
const wanted = at < 0 ? 5173 : Number(process.argv[at + 1]);
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const path = normalize(decodeURIComponent(pathname)).replace(/[/\\]$/, `${sep}index.html`);
  try {
    const content = await readFile(join(playgroundFolder, path));
    const type = types[/** @type {keyof typeof types} */ (extname(path))];
    response.setHeader("Content-Type", type ?? "application/octet-stream");
    response.setHeader(
      "Content-Security-Policy",
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    );
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
});
server.on("error", (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE" || at >= 0) throw error;
  server.listen(0, "127.0.0.1"); // any other port
});
server.on("listening", () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`The playground: http://127.0.0.1:${port}/   (Ctrl-C stops it)`);
});
server.listen(wanted, "127.0.0.1");
