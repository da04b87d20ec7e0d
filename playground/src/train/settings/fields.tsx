import type { ComponentChildren } from "preact";
import { state } from "../../state/store.js";
import type { Fault } from "../refusal.js";
import { problem } from "../run.js";

/** A control under its name, and what is wrong with it below. */
export function Field(props: {
  readonly label: string;
  readonly wide?: boolean;
  readonly wrong?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={props.wide === true ? "setting wide" : "setting"}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children */}
      <label>
        <span>{props.label}</span>
        {props.children}
      </label>
      {props.wrong}
    </div>
  );
}

/** One of several values. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly wide?: boolean;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly choose: (value: T) => void;
  /** Why the run asked for does not begin, if that is because of this choice. */
  readonly wrong?: string | undefined;
}) {
  const { label, wide = false, value, options, choose, wrong } = props;
  return (
    <Field label={label} wide={wide} wrong={wrong !== undefined && <p class="wrong">{wrong}</p>}>
      <select
        value={value}
        aria-invalid={wrong !== undefined}
        onChange={({ currentTarget }) => choose(currentTarget.value as T)}
      >
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Yes or no. */
export function Check(props: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly choose: (checked: boolean) => void;
}) {
  return (
    <label class="check" title={props.hint}>
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={({ currentTarget }) => props.choose(currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** Why the run asked for cannot begin, if that is because of this setting. */
export function wrongWith(setting: Fault): string | undefined {
  const { about, text } = problem.value ?? {};
  return about === setting ? text?.[state.value.lang] : undefined;
}
