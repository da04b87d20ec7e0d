import {
  activations,
  type LinkName,
  type LossName,
  links,
  losses,
} from "../../../../src/train/index.js";
import { change, scene, setup } from "../run.js";
import type { Setup } from "../setup.js";
import { trainWords } from "../words/words.js";
import { Entry } from "./Entry.js";
import { Check, Choice, wrongWith } from "./fields.js";

/** What learns. */
export function ModelSettings() {
  const say = trainWords.value;
  const now = setup.value;
  const network = now.layers !== "";
  return (
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
          <Entry label={say.layers} part="layers" show={now.layers} />
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
        wrong={wrongWith("loss")}
      />
      {!network && (
        <Check
          label={say.bias(scene.value?.constant ?? "b")}
          checked={now.bias}
          choose={(bias) => change({ bias })}
        />
      )}
      <Check
        label={say.standardize}
        hint={say.standardizeHint}
        checked={now.standardize}
        choose={(standardize) => change({ standardize })}
      />
    </fieldset>
  );
}

const toNetwork = { layers: "8", optimizer: "adam", rate: 0.03 } as const;
const toTheta = { layers: "", optimizer: "gd", rate: null } as const;
