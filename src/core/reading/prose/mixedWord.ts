/** Judges the words of free text that are more than digits: dates, addresses, `dealId_5` ... */

import { digitsEnd, isDigit } from '../characters/characters.ts';
import { areJoined, longSuffix } from '../shapes/joinedNumbers.ts';
import { phoneEnd } from '../shapes/phones.ts';
import { groupedEnd } from '../shapes/thousands.ts';
import { shapeOf } from '../shapes/tokenShape.ts';
import { fractionEnd, isMoney, isPercent, unitBehind } from '../shapes/units.ts';
import { hasLongNumber, wholeDigits } from '../shapes/wholeNumbers.ts';
import { recordsInWord } from './evidenceInWord.ts';
import type { NumberJudge } from './numberJudge.ts';

/** Judges the word at [start, end), and returns where to go on. */
export function judgeMixedWord(numbers: NumberJudge, start: number, end: number): number {
  const { text } = numbers;
  const shape = shapeOf(text, start, end);
  if (text.charCodeAt(start) === 43) {
    const phone = phoneEnd(text, start, end, numbers.end);
    if (phone > end || shape === 'phone') return numbers.ignore(start, phone, 'phone');
  }
  if (areJoined(text, start, end)) {
    let at = start;
    // The last one may be more than its digits: "17982944313:17982944314,5E+11".
    do at = numbers.number(at, digitsEnd(text, at, end)) + 1;
    while (at < end);
    return at - 1;
  }
  if (shape === 'partOfWord') {
    const suffix = longSuffix(text, start, end);
    if (suffix === 0) return judgeNamed(numbers, start, end);
    numbers.number(start, suffix);
    return numbers.reached(end);
  }
  if (shape === 'number') return numbers.number(start, end);
  if (shape === 'date' || shape === 'time') return numbers.ignore(start, fractionEnd(text, end, numbers.end), shape);
  return shape === 'decimal' || shape === 'thousands'
    ? judgeDecimal(numbers, start, end, shape)
    : numbers.ignore(start, end, shape);
}

function judgeDecimal(numbers: NumberJudge, start: number, end: number, shape: 'decimal' | 'thousands'): number {
  const { text } = numbers;
  const whole = numbers.inListLine ? wholeDigits(text, start, end) : 0;
  if (whole > 0) {
    numbers.lines.doubt(start, whole, numbers.line, 'decimalZero');
    return numbers.judged(end);
  }
  const grouped = groupedEnd(text, start, end, numbers.end);
  if (isMoney(text, start, grouped)) return numbers.ignore(start, grouped, 'amount');
  if (isPercent(text, grouped)) return numbers.ignore(start, grouped, 'percentage');
  const unit = text.charCodeAt(grouped) === 32 ? unitBehind(text, grouped) : undefined;
  return numbers.ignore(start, grouped, unit ?? shape);
}

/** A word with letters, which may name the records whose ids stand in it. */
function judgeNamed(numbers: NumberJudge, start: number, end: number): number {
  const { text } = numbers;
  const records = recordsInWord(text, start, end, numbers.words);
  if (records.length > 0) {
    let from = start;
    for (const record of records) {
      ignoreLong(numbers, from, record.start);
      numbers.judge(record.start, record.end, record.evidence);
      from = record.end;
    }
    ignoreLong(numbers, from, end);
    return numbers.judged(end);
  }
  // What starts with a letter may be the name of what follows: `crm2_id=5`.
  numbers.lines.ignore(start, end - start, numbers.line, 'partOfWord');
  if (isDigit(text.charCodeAt(start))) return numbers.judged(end);
  // `ids := []int64{5}`: what is before the type's name counts.
  if (end - start < 7 && /^(?:u?int|[iu])(?:32|64)$/.test(text.slice(start, end))) return end;
  numbers.floor = start;
  return end;
}

/** Says of the rest of a path that it names no record, if there are numbers in it that could be one. */
function ignoreLong(numbers: NumberJudge, start: number, end: number): void {
  if (hasLongNumber(numbers.text, start, end)) numbers.lines.ignore(start, end - start, numbers.line, 'partOfWord');
}
