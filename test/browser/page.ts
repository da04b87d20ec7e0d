import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { launchChromium } from "./launch.js";
import type { Outcome } from "./report.js";

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const html = '<!doctype html><meta charset="utf-8"><script type="module" src="/entry.js"></script>';

export interface PageRun {
  readonly outcomes: readonly Outcome[];
  /** Console errors, uncaught errors, violations of the policy, requests that left the page's origin. */
  readonly problems: readonly string[];
}

/** Bundle `entry` with the built package, load it under a strict policy, and wait for its report. */
export async function runInBrowser(entry: string): Promise<PageRun> {
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const problems: string[] = [];
  let report: (outcomes: Outcome[]) => void;
  const reported = new Promise<Outcome[]>((resolve) => {
    report = resolve;
  });

  const server = createServer((request, response) => {
    response.setHeader("Content-Security-Policy", policy);
    if (request.method === "POST" && request.url === "/report") {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.end();
        report(JSON.parse(Buffer.concat(chunks).toString()));
      });
    } else if (request.url === "/entry.js") {
      response.setHeader("Content-Type", "text/javascript").end(script);
    } else if (request.url === "/") {
      response.setHeader("Content-Type", "text/html").end(html);
    } else {
      // browsers ask for an icon unasked
      response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(origin)) problems.push(`request: ${request.url()}`);
      });
      await page.goto(origin);
      const outcomes = await Promise.race([reported, timeLimit()]);
      return { outcomes, problems };
    } finally {
      await browser.close();
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }

  function timeLimit(): Promise<never> {
    return new Promise((_, reject) => {
      const seconds = 110;
      setTimeout(() => {
        reject(new Error(`The page reported nothing in ${seconds} s. ${problems.join("; ")}`));
      }, seconds * 1000).unref();
    });
  }
}
