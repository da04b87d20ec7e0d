// `npm run build`: `src` to `dist`, and the page to `dist/playground`.
import { buildPlayground } from "./playground-build.mjs";
import { build, install } from "./prepare.mjs";

install();
build();
buildPlayground();
