/** Longer words are not misspelt names. */
const longest = 40;

/** Cyrillic and Greek letters that look like Latin ones. */
const lookalikes: Readonly<Record<string, string>> = {
  а: "a",
  в: "b",
  с: "c",
  е: "e",
  н: "h",
  і: "i",
  ј: "j",
  к: "k",
  м: "m",
  о: "o",
  р: "p",
  ѕ: "s",
  т: "t",
  х: "x",
  у: "y",
  ο: "o",
  ν: "v",
  ρ: "p",
};

function fold(word: string): string[] {
  return Array.from(word.toLowerCase(), (letter) => lookalikes[letter] ?? letter);
}

/** Least number of letters to insert, drop, change or swap with a neighbour. */
function distance(a: readonly string[], b: readonly string[]): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}

/** The known name that `word` most likely misspells: at most a third of its letters differ. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const letters = fold(word);
  if (letters.length > longest) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(letters.length / 3)) + 0.5;
  for (const name of known) {
    const other = fold(name);
    if (name === word || Math.abs(other.length - letters.length) >= least) continue;
    const steps = distance(letters, other);
    // a word of one letter is not a misspelling of another
    if (steps >= Math.min(letters.length, other.length)) continue;
    // between equally near names the one that begins alike
    const score = steps + (letters[0] === other[0] ? 0 : 0.25);
    if (score < least) {
      least = score;
      best = name;
    }
  }
  return best;
}
