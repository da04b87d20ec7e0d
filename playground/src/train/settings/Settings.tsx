import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { formatNumber } from "../../../src/explain/numbers.js";
import {
  activations,
  type LinkName,
  type LossName,
  links,
  losses,
} from "../../../src/train/index.js";
import { state } from "../state/store.js";
import { change, chooseFile, columns, problem, setup } from "./run.js";
import { dataNames, readPart, type Setup } from "./setup.js";
import { trainWords } from "./words/words.js";

/** What is trained and how. */
export function Settings() {
  const say = trainWords.value;
  const now = setup.value;
  const network = now.layers !== "";
  return (
    <section class="settings" aria-label={say.settings}>
      <fieldset>
        <legend>{say.data}</legend>
        <Choice
          wide
          label={say.dataset}
          value={now.data}
          options={dataNames.map((name) => [name, say.datasets[name]])}
          choose={(data) => change({ data })}
        />
        {now.data === "own" ? (
          <OwnData />
        ) : (
          <>
            <Entry label={say.rows} part="rows" show={formatNumber(now.rows)} />
            <Entry label={say.noise} part="noise" show={formatNumber(now.noise)} />
          </>
        )}
        <Choice
          label={say.testShare}
          value={String(now.testShare)}
          options={shares(now.testShare).map((share) => [
            String(share),
            `${Math.round(100 * share)} %`,
          ])}
          choose={(share) => change({ testShare: Number(share) })}
        />
        <Entry label={say.seed} part="seed" show={formatNumber(now.seed)} />
        <Problem />
      </fieldset>
      <fieldset>
        <legend>{say.model}</legend>
        <Choice
          wide
          label={say.kind}
          value={network ? "network" : "theta"}
          options={[
            ["theta", say.theta],
            ["network", say.network],
          ]}
          choose={(kind) => change(kind === "network" ? toNetwork : toTheta)}
        />
        {network && (
          <>
            <Entry label={say.layers} part="layers" show={now.layers} hint={say.layersHint} />
            <Choice
              label={say.activation}
              value={now.activation}
              options={Object.keys(activations).map((name) => [name, name])}
              choose={(activation) => change({ activation: activation as Setup["activation"] })}
            />
          </>
        )}
        <Choice
          wide
          label={say.link}
          value={now.link}
          options={(Object.keys(links) as LinkName[]).map((name) => [name, say.links[name]])}
          choose={(link) =>
            change({ link, loss: losses[now.loss].links.includes(link) ? now.loss : "squares" })
          }
        />
        <Choice
          wide
          label={say.loss}
          value={now.loss}
          options={(Object.keys(losses) as LossName[]).map((name) => [name, say.losses[name]])}
          choose={(loss) => {
            const { links: fitting } = losses[loss];
            change({
              loss,
              link: fitting.includes(now.link) ? now.link : (fitting[0] as LinkName),
            });
          }}
        />
        {!network && (
          <Check label={say.bias} checked={now.bias} choose={(bias) => change({ bias })} />
        )}
        <Check
          label={say.standardize}
          hint={say.standardizeHint}
          checked={now.standardize}
          choose={(standardize) => change({ standardize })}
        />
      </fieldset>
      <fieldset>
        <legend>{say.descent}</legend>
        <Choice
          wide
          label={say.optimizer}
          value={now.optimizer}
          options={(["gd", "momentum", "adam"] as const).map((name) => [
            name,
            say.optimizers[name],
          ])}
          choose={(optimizer) => change({ optimizer })}
        />
        <Entry label={say.rate} part="rate" show={optional(now.rate)} empty={say.rateAuto} />
        <Entry label={say.batch} part="batch" show={optional(now.batch)} empty={say.all} />
        <Entry label={say.epochs} part="epochs" show={formatNumber(now.epochs)} />
        <Entry
          label={say.untilLoss}
          part="untilLoss"
          show={optional(now.untilLoss)}
          empty={say.never}
        />
      </fieldset>
    </section>
  );
}

const toNetwork = { layers: "8", optimizer: "adam", rate: 0.03 } as const;
const toTheta = { layers: "", optimizer: "gd", rate: null } as const;

function optional(value: number | null): string {
  return value === null ? "" : formatNumber(value);
}

/** Shares to choose from, and the one of a link. */
function shares(now: number): number[] {
  return [...new Set([0, 0.1, 0.2, 0.3, 0.5, now])].sort((a, b) => a - b);
}

function Field({
  label,
  wide = false,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label class={wide ? "setting wide" : "setting"}>
      <span>{label}</span>
      {children}
    </label>
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly wide?: boolean;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly choose: (value: T) => void;
}) {
  const { label, wide = false, value, options, choose } = props;
  return (
    <Field label={label} wide={wide}>
      <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value as T)}>
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Check(props: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly choose: (checked: boolean) => void;
}) {
  return (
    <label class="check" title={props.hint}>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={({ currentTarget }) => props.choose(currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}

/** A number or layers, taken when the field is left; what cannot be used changes nothing. */
function Entry(props: {
  readonly label: string;
  readonly part: "rows" | "noise" | "seed" | "layers" | "rate" | "batch" | "epochs" | "untilLoss";
  readonly show: string;
  readonly empty?: string;
  readonly hint?: string;
}) {
  const say = trainWords.value;
  const { part, show, empty, hint } = props;
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const take = (text: string): void => {
    const plain = text.trim();
    const value =
      part === "seed"
        ? seedIn(plain)
        : readPart(part, plain === "" && empty !== undefined ? "none" : plain);
    const fits = value !== undefined && !(part === "layers" && value === "");
    setWrong(!fits);
    if (fits) change({ [part]: value });
  };
  return (
    <Field label={props.label}>
      <input
        type="text"
        inputMode={part === "layers" ? "text" : "decimal"}
        value={show}
        placeholder={empty}
        title={hint}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      {wrong && (
        <span class="wrong" id={id}>
          {hint ?? say.notUnderstood}
        </span>
      )}
    </Field>
  );
}

function seedIn(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function Problem() {
  const { lang } = state.value;
  const text = problem.value?.[lang];
  return (
    <p class="wrong" role="status">
      {text ?? ""}
    </p>
  );
}

/** A file, the column to predict and those to predict from. */
function OwnData() {
  const say = trainWords.value;
  const { lang } = state.value;
  const given = columns.value;
  const now = setup.value;
  const target = now.target === "" ? given?.columns.at(-1) : now.target;
  const others = given?.columns.filter((name) => name !== target) ?? [];
  const from = now.features.length === 0 ? others : now.features;
  const toggle = (name: string, taken: boolean): void => {
    const next = others.filter((one) => (one === name ? taken : from.includes(one)));
    if (next.length > 0) change({ features: next.length === others.length ? [] : next });
  };
  return (
    <>
      <label class="file wide">
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) chooseFile(file);
            // the same file can be chosen again once it is mended
            currentTarget.value = "";
          }}
        />
        {given === undefined ? say.file : say.fileOf(given.name)}
      </label>
      {given !== undefined && (
        <>
          <Choice
            wide
            label={say.target}
            value={target ?? ""}
            options={given.columns.map((name) => [name, name])}
            choose={(name) => change({ target: name, features: [] })}
          />
          <fieldset class="columns wide">
            <legend>{say.features}</legend>
            {others.map((name) => (
              <Check
                key={name}
                label={name}
                checked={from.includes(name)}
                choose={(taken) => toggle(name, taken)}
              />
            ))}
          </fieldset>
          {given.leftOut.length > 0 && (
            <p class="left-out wide">
              {say.leftOut} {given.leftOut.map((text) => text[lang]).join("; ")}
            </p>
          )}
        </>
      )}
    </>
  );
}
