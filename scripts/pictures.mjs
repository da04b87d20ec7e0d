// `npm run pictures`: takes the pictures of the page anew that the tests compare it with.
import { install, runNode, tool } from "./prepare.mjs";

install();
process.env.PICTURES = "take";
const file = "test/playground/pictures.test.ts";
process.exitCode = await runNode([tool("vitest"), "run", "--project", "playground", file]);
