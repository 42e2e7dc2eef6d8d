/** Texts that are nothing but whole numbers and what separates them. */
import type { Steps } from '../../domain/steps.ts';
import { digitsEnd, isDigit, isLineBreak, isSeparator, lineBreaks } from '../characters/characters.ts';
import { Reading } from '../found/reading.ts';
import { hasGroups, joinedNumbersIn, startsShort } from '../shapes/thousands.ts';
import { noId } from '../shapes/wholeNumbers.ts';

/** Reads a text that is only whole numbers and what separates them; undefined if anything else stands in it. */
export function* plainListOf(text: string): Steps<Reading | undefined> {
  const list = new PlainList(text);
  while (list.at < text.length) {
    if (!list.goOn(list.at + stepLength)) return undefined;
    yield;
  }
  return list.hasShort && (yield* hasGroups(text)) ? yield* groupsOf(text) : list.reading;
}

/** In UTF-16 code units: a few milliseconds. */
const stepLength = 400_000;

/** A plain list as far as it has been read. */
class PlainList {
  readonly reading: Reading;
  at = 0;
  /** A number in it is short enough to be a group of another. */
  hasShort = false;
  readonly #text: string;
  #line = 0;
  /** Where the number starts that the last step ended in; -1 if it ended in none. */
  #number = -1;

  constructor(text: string) {
    this.#text = text;
    this.reading = new Reading(text);
  }

  /** Reads on to this place or just behind it; false where the text turns out to be no plain list. */
  goOn(stop: number): boolean {
    const text = this.#text;
    let at = this.at;
    for (const last = Math.min(stop, text.length); at < last; ) {
      const start = at++;
      const code = text.charCodeAt(start);
      if (isDigit(code)) {
        at = digitsEnd(text, at, last);
        if (this.#number < 0) this.#number = start;
        const isCut = at === last && isDigit(text.charCodeAt(at));
        if (!isCut && !this.#take(this.#number, at)) return false;
      } else if (isLineBreak(code)) this.#line += lineBreaks(text, start, at);
      else if (!isSeparator(code)) return false;
    }
    this.at = at;
    return true;
  }

  /** Takes in a number; false where it starts that of a phone. */
  #take(start: number, end: number): boolean {
    const text = this.#text;
    this.#number = -1;
    if (text.charCodeAt(start) === 48 && isPhoneStart(text, start, end)) return false;
    this.hasShort ||= end - start < 4;
    put(this.reading, text, start, end, this.#line);
    return true;
  }
}

function put(reading: Reading, text: string, start: number, end: number, line: number): void {
  const reason = noId(text.charCodeAt(start), end - start);
  if (reason) reading.ignore(start, end - start, line, reason);
  else reading.id(start, end - start, line, 0);
}

/** 030 12345678 is a phone number. */
function isPhoneStart(text: string, start: number, end: number): boolean {
  return end - start > 1 && text.charCodeAt(end) === 32 && isDigit(text.charCodeAt(end + 1));
}

/**
 * Reads a plain list with numbers such as 1,234,567. They are numbers with thousands separators if all of the text looks so
 * and one starts with one or two digits. A single such number may be a list; three digits everywhere are a list.
 */
function* groupsOf(text: string): Steps<Reading> {
  const reading = new Reading(text);
  const areGrouped = yield* areAllGrouped(text);
  let line = 0;
  let counted = 0;
  let next = groupsOfStep;
  for (const { word, offset, isGrouped, isSure } of joinedNumbersIn(text)) {
    if (offset > next) {
      yield;
      next = offset + groupsOfStep;
    }
    line += lineBreaks(text, counted, offset);
    counted = offset;
    if (isSure || (isGrouped && areGrouped)) reading.ignore(offset, word.length, line, 'thousands');
    else if (isGrouped && startsShort(word)) doubtEach(reading, word, offset, line);
    else putEach(reading, text, offset, offset + word.length, line);
  }
  return reading;
}

/** In UTF-16 code units: a number takes longer here than where there are no groups. */
const groupsOfStep = 100_000;

function* areAllGrouped(text: string): Steps<boolean> {
  let numbers = 0;
  let isShort = false;
  let next = groupsOfStep;
  for (const each of joinedNumbersIn(text)) {
    if (each.mark !== ',' || !each.isGrouped) return false;
    numbers++;
    isShort ||= startsShort(each.word);
    if (each.offset <= next) continue;
    yield;
    next = each.offset + groupsOfStep;
  }
  return numbers > 1 && isShort;
}

function doubtEach(reading: Reading, word: string, offset: number, line: number): void {
  for (const { 0: digits, index } of word.matchAll(/\d+/g))
    reading.doubt(offset + index, digits.length, line, 'thousandsOrList');
}

function putEach(reading: Reading, text: string, from: number, to: number, line: number): void {
  for (const { 0: digits, index } of text.slice(from, to).matchAll(/\d+/g))
    put(reading, text, from + index, from + index + digits.length, line);
}
