import { formatNumber } from "../../../../src/explain/numbers.js";
import { change, setup } from "../run.js";
import { dataNames } from "../setup.js";
import { trainWords } from "../words/words.js";
import { Entry } from "./Entry.js";
import { Choice, wrongWith } from "./fields.js";
import { OwnData } from "./OwnData.js";

/** What is learnt from. */
export function DataSettings() {
  const say = trainWords.value;
  const now = setup.value;
  return (
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
        wrong={wrongWith("testShare")}
      />
      <Entry label={say.seed} part="seed" show={formatNumber(now.seed)} />
      <Other />
    </fieldset>
  );
}

/** Shares to choose from, and the one of a link. */
function shares(now: number): number[] {
  return [...new Set([0, 0.1, 0.2, 0.3, 0.5, now])].sort((a, b) => a - b);
}

/** What is wrong with no one setting. */
function Other() {
  const text = wrongWith("other");
  return text === undefined ? null : <p class="wrong wide">{text}</p>;
}
