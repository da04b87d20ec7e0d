// `npm run playground [-- --port N]`: builds the page where its sources changed and serves it on loopback.

import { buildPlayground, playgroundFolder } from "./playground-build.mjs";
import { build, install } from "./prepare.mjs";

install();
build();
buildPlayground();
const { serveFolder } = await import("../dist/cli/open/serve.js");
const at = process.argv.indexOf("--port");
const { url } = await serveFolder(
  playgroundFolder,
  at < 0 ? {} : { port: Number(process.argv[at + 1]) },
);
console.log(`The playground: ${url}   (Ctrl-C stops it)`);
