/** What the screen says of an Answer, each a number of records. */
export interface AnswerNumbers {
  readonly asked: number;
  readonly found: number;
  readonly none: number;
  readonly failed: number;
  readonly notRead: number;
}

/** Reads `12 asked = 9 found + 3 none + 0 failed + 0 not read` off the tree or the panel. */
export function answerNumbers(text: string): AnswerNumbers {
  const before = (word: string): number => {
    // Thousands may be grouped in any way; other numbers may stand before.
    const number = new RegExp(String.raw`(?<!\d)(\d{1,3}(?:[,.\s]\d{3})+|\d+)\s+${word}\b`).exec(text)?.[1];
    if (number === undefined) throw new Error(`The screen does not say how many are "${word}": ${text}`);
    return Number(number.replaceAll(/\D/g, ''));
  };
  return {
    asked: before('asked'),
    found: before('found'),
    none: before('none'),
    failed: before('failed'),
    notRead: before('not read'),
  };
}
