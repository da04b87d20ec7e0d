import { state } from "../../state/store.js";
import type { Columns } from "../messages.js";
import { change, chooseFile, columns, fileProblem, predict, setup } from "../run.js";
import { trainWords } from "../words/words.js";
import { Check, Field, wrongWith } from "./fields.js";

/** A file, the column to predict and those to predict from. */
export function OwnData() {
  const given = columns.value;
  return (
    <>
      <FileChoice />
      {given !== undefined && <ColumnChoice given={given} />}
    </>
  );
}

/** The file in use, and what keeps the one chosen last from being used. */
function FileChoice() {
  const say = trainWords.value;
  const { lang } = state.value;
  const given = columns.value;
  const refused = fileProblem.value?.[lang];
  const wrong = wrongWith("file");
  return (
    <div class="wide">
      <label class="file">
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
      {refused !== undefined && (
        <p class="wrong" role="alert">
          {say.notRead(refused)} {given !== undefined && say.fileStays(given.name)}
        </p>
      )}
      {wrong !== undefined && given !== undefined && refused === undefined && (
        <p class="wrong">{wrong}</p>
      )}
    </div>
  );
}

/** So many columns are chosen one by one. */
const fewColumns = 6;

function ColumnChoice({ given }: { readonly given: Columns }) {
  const say = trainWords.value;
  const { lang } = state.value;
  const now = setup.value;
  const target = now.target === "" ? given.target : now.target;
  const column = given.targets.find(({ name }) => name === target)?.column;
  const others = given.numbers.filter((name) => name !== column);
  const from = now.features.length === 0 ? others : now.features;
  const toggle = (name: string, taken: boolean): void => {
    const next = others.filter((one) => (one === name ? taken : from.includes(one)));
    change({ features: next.length === others.length ? [] : next });
  };
  const many = others.length > fewColumns;
  const groups = [
    [say.numberTargets, given.targets.filter(({ value }) => value === undefined)],
    [say.classTargets, given.targets.filter(({ value }) => value !== undefined)],
  ] as const;
  return (
    <>
      {given.used < given.rows && (
        <p class="left-out wide">{say.thinned(given.used, given.rows)}</p>
      )}
      <Field wide label={say.target}>
        <select value={target} onChange={({ currentTarget }) => predict(currentTarget.value)}>
          {groups.map(
            ([label, targets]) =>
              targets.length > 0 && (
                <optgroup key={label} label={label}>
                  {targets.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ),
          )}
        </select>
      </Field>
      <fieldset class="columns wide">
        <legend>{say.features}</legend>
        {many && (
          <div class="picks">
            <button type="button" class="more" onClick={() => change({ features: [] })}>
              {say.allColumns(others.length)}
            </button>
            <button
              type="button"
              class="more"
              onClick={() => change({ features: others.slice(0, 1) })}
            >
              {say.firstColumn}
            </button>
            <span>{say.chosen(from.length)}</span>
          </div>
        )}
        <div class={many ? "list many" : "list"}>
          {others.map((name) => (
            <Check
              key={name}
              label={name}
              checked={from.includes(name)}
              disabled={from.length === 1 && from[0] === name}
              choose={(taken) => toggle(name, taken)}
            />
          ))}
        </div>
      </fieldset>
      {given.leftOut.length > 0 && (
        <p class="left-out wide">
          {say.leftOut} {given.leftOut.map((text) => text[lang]).join("; ")}
        </p>
      )}
    </>
  );
}
