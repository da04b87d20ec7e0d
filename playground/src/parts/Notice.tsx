import { forgetIgnored, ignored } from "../state/store.js";
import { words } from "../words/words.js";

/** Characters of a part of a link that are shown. */
const most = 48;

/** Which parts of a link could not be followed. */
export function Notice() {
  const say = words.value;
  const parts = ignored.value.map((part) =>
    part.length > most ? `${part.slice(0, most - 1)}…` : part,
  );
  return (
    <div class="notice" role="status">
      {parts.length > 0 && (
        <>
          <p>{say.ignored(parts.join(", "))}</p>
          <button type="button" class="quiet" aria-label={say.close} onClick={forgetIgnored}>
            ×
          </button>
        </>
      )}
    </div>
  );
}
