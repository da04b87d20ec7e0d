import { formatNumber } from "../../../../src/explain/numbers.js";
import { change, setup } from "../run.js";
import { trainWords } from "../words/words.js";
import { Entry } from "./Entry.js";
import { Choice } from "./fields.js";

/** How it learns, and when it stops. */
export function DescentSettings() {
  const say = trainWords.value;
  const now = setup.value;
  return (
    <fieldset>
      <legend>{say.descent}</legend>
      <Choice
        wide
        label={say.optimizer}
        value={now.optimizer}
        options={(["gd", "momentum", "adam"] as const).map((name) => [name, say.optimizers[name]])}
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
  );
}

function optional(value: number | null): string {
  return value === null ? "" : formatNumber(value);
}
