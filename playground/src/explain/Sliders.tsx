import { useId, useMemo, useState } from "preact/hooks";
import { formatNumber } from "../../../src/explain/numbers.js";
import { Name } from "../math/Name.js";
import { type InputValue, readValue } from "../state/state.js";
import { state, update } from "../state/store.js";
import { words } from "../words/words.js";

interface Props {
  readonly inputs: readonly (readonly [string, InputValue])[];
  readonly squares: boolean;
}

/** A slider and a field for every variable. */
export function Sliders({ inputs, squares }: Props) {
  const say = words.value;
  const { twice } = state.value;
  return (
    <div class="sliders">
      {inputs.map(([name, value]) => (
        <Slider key={name} name={name} value={value} inputs={inputs} />
      ))}
      {squares && (
        <label class="twice" title={say.twiceHint}>
          <input
            type="checkbox"
            checked={twice}
            onChange={({ currentTarget }) =>
              update({ twice: currentTarget.checked, step: null, pin: "" }, { keep: true })
            }
          />
          {say.twice}
        </label>
      )}
    </div>
  );
}

function Slider({
  name,
  value,
  inputs,
}: {
  readonly name: string;
  readonly value: InputValue;
  readonly inputs: Props["inputs"];
}) {
  const say = words.value;
  const set = (next: InputValue): void =>
    update({ inputs: { ...Object.fromEntries(inputs), ...state.peek().inputs, [name]: next } });
  // what was typed instead of a value, as long as the value stays
  const [draft, setDraft] = useState<{ readonly text: string; readonly beside: InputValue }>();
  const wrong = draft !== undefined && draft.beside === value;
  const id = useId();
  const reach = useMemo(() => reachOf(value), [name, typeof value]);
  return (
    <div class="slider">
      <span class="variable" aria-hidden="true">
        <Name text={name} />
      </span>
      {typeof value === "number" && (
        <input
          type="range"
          aria-label={say.slider(name)}
          min={Math.min(-reach, value)}
          max={Math.max(reach, value)}
          step={reach / 200}
          value={value}
          onInput={({ currentTarget }) => set(Number(currentTarget.value))}
        />
      )}
      <input
        class={typeof value === "number" ? "number" : "number list"}
        type="text"
        inputMode="text"
        aria-label={say.valueOf(name)}
        title={typeof value === "number" ? formatNumber(value) : JSON.stringify(value)}
        value={
          wrong
            ? draft.text
            : typeof value === "number"
              ? formatNumber(value)
              : JSON.stringify(value)
        }
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onChange={({ currentTarget }) => {
          const { value: text } = currentTarget;
          const next = readValue(text);
          setDraft(next === undefined ? { text, beside: value } : undefined);
          if (next !== undefined) set(next);
        }}
      />
      {wrong && (
        <span class="wrong" id={id} role="status">
          {say.badValue}
        </span>
      )}
    </div>
  );
}

/** How far a slider reaches: a round number well beyond the value it starts with. */
function reachOf(value: InputValue): number {
  const size = typeof value === "number" ? Math.abs(value) : 1;
  const decade = 10 ** Math.floor(Math.log10(Math.max(size, 1)));
  const steps = [2, 5, 10, 20];
  return decade * (steps.find((step) => step * decade >= 1.5 * size) ?? 50);
}
