import { Icon } from "../parts/Icon.js";
import { narrow } from "../parts/media.js";
import { words } from "../words/words.js";
import { fit, zoomBy } from "./view.js";

/** Makes the drawing larger and smaller. */
export function Zoom() {
  const say = words.value;
  return (
    <div class="zoom">
      <button type="button" aria-label={say.zoomOut} onClick={() => zoomBy(1 / 1.2)}>
        −
      </button>
      <button type="button" aria-label={say.fit} title={say.fitHint} onClick={fit}>
        {narrow.value ? <Icon name="fit" /> : say.fit}
      </button>
      <button type="button" aria-label={say.zoomIn} onClick={() => zoomBy(1.2)}>
        +
      </button>
    </div>
  );
}
