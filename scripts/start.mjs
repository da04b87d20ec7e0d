// `npm start` shows the main job; `npm start -- ARGS` hands ARGS to the command line instead.
import { build, install, runNode } from "./prepare.mjs";

install();
build();
const given = process.argv.slice(2);
process.exitCode = await runNode([
  "dist/node/cli/main.js",
  ...(given.length > 0 ? given : ["demo"]),
]);
