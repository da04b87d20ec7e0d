import { buildPlayground } from "../../scripts/playground-build.mjs";

/** Builds the page before its suites run: once, whoever needs it. */
export default buildPlayground;
