/** Which of some names was meant by one that nobody knows. */

/** The most letters that may be wrong; of a short name at most a third of them. */
const mostWrong = 3;

/** No name is nearly as long, in UTF-16 code units. */
const longest = 500;

/** The known name that takes the fewest letters to change, if few enough: `compnay` means `companies`, `widgets` nothing. */
export function nearestName(wanted: string, known: Iterable<string>): string | undefined {
  const name = wanted.trim().toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.min(mostWrong, Math.floor(name.length / 3)) + 1;
  for (const each of known) {
    const other = each.toLowerCase();
    // So many letters have to be put in or taken out; and to compare very long names takes seconds.
    if (Math.abs(other.length - name.length) >= fewest || other.length > longest) continue;
    const wrong = wrongLetters(name, other);
    if (wrong >= fewest) continue;
    fewest = wrong;
    nearest = each;
  }
  return nearest;
}

/** Letters to put in, take out or exchange, with two neighbours in the wrong order counted once (optimal string alignment). */
function wrongLetters(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1;
      let fewest = Math.min(last[at]! + 1, now[at - 1]! + 1, last[at - 1]! + same);
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) fewest = Math.min(fewest, beforeLast[at - 2]! + 1);
      now.push(fewest);
    }
    [beforeLast, last] = [last, now];
  }
  return last[other.length]!;
}
