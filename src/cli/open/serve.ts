import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** What the page is written for: its own files only, and WebAssembly. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export interface ServeOptions {
  /** 0, unless given: any free one. */
  readonly port?: number;
  /** The path the folder stands under; `/` unless given. */
  readonly under?: string;
}

export interface Served {
  readonly url: string;
  close(): void;
}

/** Serves the files of a folder on loopback. Rejects with the system's error for a port that is taken. */
export function serveFolder(folder: string, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, under = "/" } = options;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const inside = pathname.startsWith(under) ? pathname.slice(under.length - 1) : "/none";
    try {
      // what climbs out of the folder is cut off: an absolute path has no parent
      const path = normalize(decodeURIComponent(inside)).replace(/[/\\]$/, `${sep}index.html`);
      const content = await readFile(join(folder, path));
      response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
      response.setHeader("Content-Security-Policy", policy);
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${under}`,
        close() {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
