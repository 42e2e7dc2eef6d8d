/** Judges the words of free text that are more than digits: dates, addresses, `dealId_5` ... */
import { evidenceInWord } from './evidenceInWord.ts';
import type { NumberJudge } from './numberJudge.ts';
import { isDigit } from './plainList.ts';
import { shapeOf, wholeDigits } from './tokenShape.ts';
import { trailingDigits } from './wordBounds.ts';
import { fractionEnd, groupedEnd, isMoney, isPercent, phoneEnd, unitBehind } from './writtenNumbers.ts';

/** Judges the word at [start, end), and returns where to go on. */
export function judgeMixedWord(numbers: NumberJudge, start: number, end: number): number {
  const { text } = numbers;
  const shape = shapeOf(text, start, end);
  if (text.charCodeAt(start) === 43) {
    const phone = phoneEnd(text, start, end, numbers.end);
    if (phone > end || shape === 'phone') return numbers.ignore(start, phone, 'phone');
  }
  if (shape === 'partOfWord') {
    const digits = trailingDigits(text, start, end);
    if (digits > start + 1 && digits < end) {
      const evidence = evidenceInWord(text, start, digits, end);
      if (evidence) {
        numbers.judge(digits, end, evidence);
        return numbers.judged(end);
      }
    }
    // What starts with a letter may be the name of what follows: `crm2_id=5`.
    numbers.reading.ignore(start, end - start, numbers.line, 'partOfWord');
    if (!isDigit(text.charCodeAt(start))) {
      numbers.floor = start;
      return end;
    }
    return numbers.judged(end);
  }
  if (shape === 'number') return numbers.number(start, end);
  if (shape === 'date' || shape === 'time') return numbers.ignore(start, fractionEnd(text, end, numbers.end), shape);
  if (shape === 'decimal' || shape === 'thousands') {
    const whole = numbers.inListLine ? wholeDigits(text, start, end) : 0;
    if (whole > 0) {
      numbers.reading.doubt(start, whole, numbers.line, 'decimalZero');
      return numbers.judged(end);
    }
    const grouped = groupedEnd(text, start, end, numbers.end);
    const amount = isMoney(text, start, grouped);
    const unit = text.charCodeAt(grouped) === 32 ? unitBehind(text, grouped) : undefined;
    return numbers.ignore(
      start,
      grouped,
      amount ? 'amount' : isPercent(text, grouped) ? 'percentage' : (unit ?? shape),
    );
  }
  return numbers.ignore(start, end, shape);
}
