// Serves the built page on loopback, under the policy it is written for.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { playgroundFolder } from "./playground-build.mjs";

/** @type {Readonly<Record<string, string>>} */
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * @param {{ port?: number, under?: string, exact?: boolean }} [options] the port (another one where it is taken, unless
 * `exact`), and the path the page stands under (`/`).
 * @returns {Promise<{ url: string, close(): void }>}
 */
export function servePlayground({ port = 0, under = "/", exact = false } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const inside = pathname.startsWith(under) ? pathname.slice(under.length - 1) : "/none";
    const path = normalize(decodeURIComponent(inside)).replace(/[/\\]$/, `${sep}index.html`);
    try {
      const content = await readFile(join(playgroundFolder, path));
      response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
      response.setHeader("Content-Security-Policy", policy);
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const taken = /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE";
      if (taken && !exact) server.listen(0, "127.0.0.1");
      else reject(error);
    });
    server.on("listening", () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      resolve({
        url: `http://127.0.0.1:${address.port}${under}`,
        close() {
          server.closeAllConnections();
          server.close();
        },
      });
    });
    server.listen(port, "127.0.0.1");
  });
}
