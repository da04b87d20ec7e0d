// `npm run playground [-- --port N]`: builds the page where its sources changed and serves it on loopback.

import { buildPlayground } from "./playground-build.mjs";
import { servePlayground } from "./playground-serve.mjs";
import { install } from "./prepare.mjs";

install();
buildPlayground();
const at = process.argv.indexOf("--port");
const asked = at >= 0;
const port = asked ? Number(process.argv[at + 1]) : 5173;
const { url } = await servePlayground({ port, exact: asked });
console.log(`The playground: ${url}   (Ctrl-C stops it)`);
