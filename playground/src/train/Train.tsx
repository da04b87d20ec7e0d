import { words } from "../words/words.js";

export function Train() {
  return <p class="soon">{words.value.soon}</p>;
}
