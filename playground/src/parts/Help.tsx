import { useEffect, useRef } from "preact/hooks";
import { helping, letters, setLetters } from "../explain/keys.js";
import { words } from "../words/words.js";

/** The page's keys, and whether single letters are among them. */
export function Help() {
  const say = words.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const open = helping.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <>
      <button
        type="button"
        class="quiet"
        aria-label={`? ${say.help}`}
        onClick={() => {
          helping.value = true;
        }}
      >
        ?
      </button>
      <dialog
        ref={dialog}
        aria-labelledby="help-title"
        onClose={() => {
          helping.value = false;
        }}
      >
        <h2 id="help-title">{say.help}</h2>
        <dl>
          {say.keys.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input
            type="checkbox"
            checked={letters.value}
            onChange={({ currentTarget }) => setLetters(currentTarget.checked)}
          />
          {say.letters}
        </label>
        <form method="dialog">
          <button type="submit" class="more">
            {say.close}
          </button>
        </form>
      </dialog>
    </>
  );
}
