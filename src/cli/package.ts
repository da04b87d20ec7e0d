import { existsSync, readFileSync } from "node:fs";

/** The folder of this package, with a slash at the end: the nearest above that has a package.json. */
export const packageFolder: URL = (() => {
  let folder = new URL("./", import.meta.url);
  while (folder.pathname !== "/" && !existsSync(new URL("package.json", folder)))
    folder = new URL("../", folder);
  return folder;
})();

/** The package's version. */
export function version(): string {
  const file = new URL("package.json", packageFolder);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
