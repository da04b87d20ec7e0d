import { useId, useState } from "preact/hooks";
import { formatNumber } from "../../../../src/explain/numbers.js";
import { change, setup } from "../run.js";
import { type EntryPart, layerLimits, type NumberRange, ranges, readEntry } from "../setup.js";
import type { TrainWords } from "../words/en.js";
import { trainWords } from "../words/words.js";
import { Field } from "./fields.js";

/** What stands in a field and is not in use: to be mended, or just being mended. */
interface Draft {
  readonly text: string;
  readonly wrong: boolean;
  /** The value in use meanwhile; with another one the draft is gone. */
  readonly beside: string;
}

/**
 * A number or layers, taken when the field is left. What cannot be used stays there to be mended, with what the field
 * takes beside it; the value before stays in use.
 */
export function Entry(props: {
  readonly label: string;
  readonly part: EntryPart;
  readonly show: string;
  /** What an empty field stands for; without it the field must be filled in. */
  readonly empty?: string;
}) {
  const say = trainWords.value;
  const { part, show, empty } = props;
  const [kept, keepDraft] = useState<Draft>();
  const id = useId();
  const beside = `${setup.value.data} ${show}`;
  const draft = kept?.beside === beside ? kept : undefined;
  const wrong = draft?.wrong === true;
  const taken = takenBy(part, empty, say);
  const read = (text: string) => readEntry(part, text, empty !== undefined);
  const take = (field: HTMLInputElement): void => {
    const value = read(field.value);
    keepDraft(value === undefined ? { text: field.value, wrong: true, beside } : undefined);
    if (value === undefined) return;
    // what was taken stands as the setup writes it
    field.value = show;
    if (value !== setup.peek()[part]) change({ [part]: value });
  };
  return (
    <Field
      label={props.label}
      wrong={
        wrong && (
          <p class="wrong" id={id} role="alert">
            {taken} {say.inUse(show === "" ? (empty ?? "") : show)}
          </p>
        )
      }
    >
      <input
        type="text"
        inputMode={part === "layers" ? "text" : "decimal"}
        value={draft?.text ?? show}
        placeholder={empty}
        title={taken}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onInput={({ currentTarget: { value: text } }) => {
          // a mistake that was told goes as soon as it is mended
          if (draft !== undefined) keepDraft({ text, wrong: read(text) === undefined, beside });
        }}
        onChange={({ currentTarget }) => take(currentTarget)}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== "Escape") return;
          keepDraft(undefined);
          currentTarget.value = show;
        }}
      />
    </Field>
  );
}

/** What can stand in a field, for people. */
function takenBy(part: EntryPart, empty: string | undefined, say: TrainWords): string {
  if (part === "layers") return say.takesLayers(layerLimits.layers, layerLimits.neurons);
  const { least, most, whole = false }: NumberRange = ranges[part];
  const [low, high] = [formatNumber(least), formatNumber(most)];
  const numbers =
    most >= 1e300 ? say.takesAny : whole ? say.takesWhole(low, high) : say.takesNumber(low, high);
  return empty === undefined ? numbers : `${numbers} ${say.orEmpty(empty)}`;
}
