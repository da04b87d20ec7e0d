import { trainWords } from "../words/words.js";
import { DataSettings } from "./DataSettings.js";
import { DescentSettings } from "./DescentSettings.js";
import { ModelSettings } from "./ModelSettings.js";

/** What is trained and how. */
export function Settings() {
  return (
    <section class="settings" aria-label={trainWords.value.settings}>
      <DataSettings />
      <ModelSettings />
      <DescentSettings />
    </section>
  );
}
