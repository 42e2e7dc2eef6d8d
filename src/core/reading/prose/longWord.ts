/** Words of free text that are too long to be judged: megabytes of digits, of base64, of an address. */
import {
  areDigits,
  COLON,
  characterClasses,
  isAnyDigit,
  isDigit,
  OTHER_DIGIT,
  SLASH,
} from '../characters/characters.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { noId } from '../shapes/wholeNumbers.ts';
import { isEscape } from '../shapes/wordBounds.ts';
import { isInAddress } from './hubSpotUrls.ts';

/** Whether what started goes on with the character at this place. */
type GoesOn = (text: string, at: number) => boolean;

/** A word of which only the beginning was looked at so far, and which is passed over in steps up to where it ends. */
export class LongWord {
  readonly start: number;
  /** Behind what was looked at. */
  readonly end: number;
  #reason: IgnoredReason;
  readonly #goesOn: GoesOn;

  private constructor(start: number, end: number, reason: IgnoredReason, goesOn: GoesOn) {
    this.start = start;
    this.end = end;
    this.#reason = reason;
    this.#goesOn = goesOn;
  }

  /** Of digits alone it is said that there are too many of them. */
  static ofWord(text: string, start: number, end: number): LongWord {
    const isNumber = areDigits(text, start, end);
    const reason = isNumber ? (noId(text.charCodeAt(start), end - start) ?? 'tooLong') : 'partOfWord';
    return new LongWord(start, end, reason, wordGoesOn);
  }

  static ofOtherDigits(start: number, end: number): LongWord {
    return new LongWord(start, end, 'otherDigits', (text, at) => isAnyDigit(text.charCodeAt(at)));
  }

  static ofAddress(start: number, end: number): LongWord {
    return new LongWord(start, end, 'url', (text, at) => isInAddress(text.charCodeAt(at)));
  }

  /** Why it is no id. */
  get reason(): IgnoredReason {
    return this.#reason;
  }

  /** Where it ends, or `to` where that is not behind it. */
  goOn(text: string, from: number, to: number): number {
    const isNumber = this.#goesOn === wordGoesOn && this.#reason !== 'partOfWord';
    let at = from;
    if (isNumber) {
      while (at < to && isDigit(text.charCodeAt(at))) at++;
      if (at < to && wordGoesOn(text, at)) this.#reason = 'partOfWord';
    }
    while (at < to && this.#goesOn(text, at)) at++;
    return at;
  }
}

/** What ends a shorter word ends it, but for a colon: behind each of them all would start again. */
function wordGoesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const kind = characterClasses[code]!;
  if (code === 92 && isEscape(text.charCodeAt(at + 1))) return false;
  return kind === COLON || (kind >= SLASH && kind <= OTHER_DIGIT);
}
