/** Judges the numbers of free text: by what stands around each, and by the number before when it goes on with a list. */

import { isDigit } from '../characters/characters.ts';
import { type IgnoredReason, reasonFor } from '../found/reasons.ts';
import { groupsOfDigitsEnd, phoneEnd } from '../shapes/phones.ts';
import { groupedEnd, groupedReason, roundedEnd } from '../shapes/thousands.ts';
import { isAmountBehind, isCurrencyBeside, isListNumber, isMoney, isPercent, unitBehind } from '../shapes/units.ts';
import {
  isMaybeTime,
  isYear,
  leastCounted,
  leastLong,
  leastNamed,
  longestAssociationTypeId,
  noId,
} from '../shapes/wholeNumbers.ts';
import { isCategoryBehind, isLinkText, linkedRecord, typeBeside } from './besideNumber.ts';
import { printedEvidence, startsList } from './consoleOutput.ts';
import { gapBetween } from './enumerations.ts';
import { type NumberEvidence, noEvidence, type RecordEvidence, recordEvidence } from './evidence.ts';
import { EvidenceBefore } from './evidenceBefore.ts';
import type { UrlContext } from './hubSpotUrls.ts';
import { InsertRows } from './insertRows.ts';
import { ListHeads } from './listHeads.ts';
import type { LogLines } from './logLines.ts';
import { isOpen, Surroundings } from './surroundings.ts';
import { WordsBefore } from './wordsBefore.ts';

export class NumberJudge {
  readonly text: string;
  /** Takes the verdicts. */
  readonly lines: LogLines;
  /** Where the text that is read now ends. */
  end = 0;
  line = 0;
  lineStart = 0;
  /** The line is nothing but numbers, in a text of such lines. */
  inListLine = false;
  /** The end of the last word with digits that was judged: nothing before it is looked at again. */
  floor = 0;
  /** Where the number ends that was judged last, and what was known of it: the next one may go on with its list. */
  lastEnd = -1;
  lastEvidence: NumberEvidence = noEvidence;
  /** The batch call that was read last and whose body may follow. */
  urlContext: UrlContext | undefined;
  readonly words = new WordsBefore();
  readonly insertRows: InsertRows;
  readonly #evidence: EvidenceBefore;
  readonly #surroundings: Surroundings;
  readonly #listHeads: ListHeads;
  /** Where the piece starts that is read now. */
  #start = 0;

  constructor(text: string, lines: LogLines) {
    this.text = text;
    this.lines = lines;
    this.#evidence = new EvidenceBefore(this.words);
    this.#surroundings = new Surroundings(text, this.words);
    this.#listHeads = new ListHeads(text);
    this.insertRows = new InsertRows(text, this.words);
  }

  /** Starts with a piece of the text that has nothing to do with the one before. */
  enter(from: number, to: number, line: number): void {
    this.end = to;
    this.line = line;
    this.floor = from;
    this.#start = from;
    this.lastEnd = -1;
  }

  /** Goes on with a piece that belongs to the one before. */
  goOn(to: number, line: number): void {
    this.end = to;
    this.line = line;
  }

  /** Judges the bare number at [start, end), and returns where to go on. */
  number(start: number, end: number): number {
    const { text } = this;
    const length = end - start;
    if (length <= 5 && text.charCodeAt(start) === 48 && length > 1) {
      const phone = phoneEnd(text, start, end, this.end);
      if (phone > end) return this.ignore(start, phone, 'phone');
    }
    const inserted = this.insertRows.at(start, end, this.#start);
    if (inserted) return this.#told(start, end, inserted);
    const continued = this.#continued(start, end);
    if (!continued && length <= 4 && isListNumber(text, this.lineStart, start, end)) {
      return this.ignore(start, end, 'listNumber');
    }
    if (this.inListLine) return this.#listed(start, end, continued);
    if (isPercent(text, end)) return this.ignore(start, end, 'percentage');
    if (
      length <= 6 &&
      text.charCodeAt(end) === 32 &&
      !continued &&
      text.charCodeAt(start - 1) === 32 &&
      !isKeySign(text.charCodeAt(start - 2))
    ) {
      // "153 ms": no need to look for what stands before.
      const unit = unitBehind(text, end);
      if (unit) return this.ignore(start, end, unit);
    }
    const beside = continued ?? this.#linked(start, end) ?? this.#besideType(start, end);
    return this.#told(start, end, beside ?? this.#before(start));
  }

  /** A number of a line that is nothing but numbers: an id, unless it is written as something else. */
  #listed(start: number, end: number, continued: NumberEvidence | undefined): number {
    const { text } = this;
    const next = text.charCodeAt(end);
    const grouped = next === 44 || next === 39 || next > 127 ? groupedEnd(text, start, end, this.end) : end;
    const reason = grouped > end ? groupedReason(text, start, end, grouped) : undefined;
    // A comma between numbers separates them in a list.
    if (reason && (next !== 44 || reason === 'rounded')) return this.ignore(start, grouped, reason);
    if (isPercent(text, end)) return this.ignore(start, end, 'percentage');
    if (isMoney(text, start, end)) return this.ignore(start, end, 'amount');
    const evidence = continued ?? this.#before(start);
    if (evidence.kind === 'record') this.judge(start, end, { ...evidence, least: 0 });
    else if (evidence.kind === 'other' && ofLists.has(evidence.reason)) this.judge(start, end, evidence);
    else this.judge(start, end, listed);
    return this.judged(end, evidence);
  }

  #linked(start: number, end: number): NumberEvidence | undefined {
    if (!isLinkText(this.text, start, end)) return undefined;
    this.lines.forget();
    return linkedRecord(this.text, start, end, this.end);
  }

  #besideType(start: number, end: number): NumberEvidence | undefined {
    if (end - start < leastLong) return undefined;
    // The type's id was judged last, as its digits are those of a word.
    const mayStandBefore = this.floor > this.#start && start - this.floor <= 4;
    return typeBeside(this.text, start, end, mayStandBefore ? this.lineStart : undefined);
  }

  /** What stands before the number says of it, and what is around it where that leaves something open. */
  #before(start: number): NumberEvidence {
    const { text } = this;
    const printed = startsList(text, start) ? printedEvidence(text, start, this.words) : undefined;
    if (printed) return printed;
    const evidence = this.#evidence.of(text, this.floor, start);
    if (evidence.kind === 'none') return this.#underHeading(start);
    if (!isOpen(evidence)) return evidence;
    this.lines.forget();
    return this.#surroundings.complete(evidence, {
      lineStart: this.lineStart,
      start,
      floor: this.#start,
      end: this.end,
    });
  }

  /** The first number of a list item has what the line above the list says: `Deals without contacts:` and then `- 5 (Acme)`. */
  #underHeading(start: number): NumberEvidence {
    const { text, lineStart } = this;
    if (start - lineStart > 12 || !bullet.test(text.slice(lineStart, start))) return noEvidence;
    const head = this.#listHeads.of(lineStart, this.#start);
    return head === undefined
      ? noEvidence
      : this.#evidence.of(text, Math.max(this.#start, head - longestHeading), head);
  }

  /** A number among words, of which what stands before it tells this. */
  #told(start: number, end: number, evidence: NumberEvidence): number {
    const { text } = this;
    const length = end - start;
    const grouped = this.#groupedEnd(start, end, evidence);
    if (grouped > end) return this.#grouped(start, end, grouped, evidence);
    if (isCurrencyBeside(text, start, end)) return this.ignore(start, end, 'amount');
    const counted = this.#countedAs(length, end, evidence);
    if (counted) return this.ignore(start, end, counted);
    if (length <= longestAssociationTypeId && isCategoryBehind(text, end))
      return this.ignore(start, end, 'associationTypeId');
    const phone = this.#phoneAround(start, end, evidence);
    if (phone) return this.ignore(phone.start, phone.end, 'phone');
    this.judge(start, end, evidence);
    return this.judged(end, evidence);
  }

  /** What the unit behind a number makes of it; of a long one only a currency makes something. */
  #countedAs(length: number, end: number, evidence: NumberEvidence): IgnoredReason | undefined {
    const next = this.text.charCodeAt(end);
    if (next !== 32 && next !== 0xa0) return undefined;
    const isRecord = evidence.kind === 'record' && evidence.least === 0;
    if (length <= 6 && !isRecord) return unitBehind(this.text, end);
    return isAmountBehind(this.text, end) ? 'amount' : undefined;
  }

  /** `(555) 010-0199`, and behind the name of a record also `823 4567 8901`. */
  #phoneAround(start: number, end: number, evidence: NumberEvidence): { start: number; end: number } | undefined {
    const { text } = this;
    const length = end - start;
    if (length === 3 && text.charCodeAt(start - 1) === 40 && text.charCodeAt(end) === 41) {
      const phone = phoneEnd(text, start - 1, start - 1, this.end);
      if (phone >= start) return { start: start - 1, end: phone };
    }
    const isNamed = evidence.kind !== 'none' && evidence.kind !== 'other';
    const groups = isNamed && length <= 4 ? groupsOfDigitsEnd(text, start, end, this.end) : end;
    return groups > end ? { start, end: groups } : undefined;
  }

  /** What is left of an id that a spreadsheet rounded does not end the list of ids it stands in. */
  #grouped(start: number, end: number, grouped: number, evidence: NumberEvidence): number {
    const reason = groupedReason(this.text, start, end, grouped);
    this.ignore(start, grouped, reason);
    return reason === 'rounded' ? this.judged(grouped, evidence) : grouped;
  }

  /** Where the number ends if it goes on with thousands, decimals or an exponent; a comma may separate the ids of a list. */
  #groupedEnd(start: number, end: number, evidence: NumberEvidence): number {
    const { text } = this;
    const next = text.charCodeAt(end);
    const rounded = next === 44 ? roundedEnd(text, start, this.end) : start;
    if (rounded > start) return rounded;
    const isShort = end - start <= 3 && (next === 44 || next === 39 || next > 127);
    const isList = evidence.kind === 'record' && evidence.list && evidence.least < leastCounted;
    const mayGoOn = isShort ? !isList : next === 44 && evidence.kind !== 'record' && isDigit(text.charCodeAt(end + 1));
    return mayGoOn ? groupedEnd(text, start, end, this.end) : end;
  }

  /** Says what the number is by what stands before it. */
  judge(start: number, end: number, evidence: NumberEvidence): void {
    const { text, lines, line } = this;
    const length = end - start;
    const never = noId(text.charCodeAt(start), length);
    if (evidence.kind === 'other') lines.ignore(start, length, line, reasonFor(evidence.reason, length));
    else if (never) lines.ignore(start, length, line, never);
    else if (evidence.kind === 'record') this.#record(start, length, evidence);
    else if (length < leastLong) lines.ignore(start, length, line, shortReason(evidence));
    else if (isBracketed(text, this.lineStart, start, end)) lines.ignore(start, length, line, 'otherField');
    else if (isMaybeTime(text, start, length)) {
      if (isLogTime(text, this.lineStart, start, end)) lines.ignore(start, length, line, 'epoch');
      else lines.doubt(start, length, line, 'maybeTime');
    } else lines.doubt(start, length, line, evidence.kind === 'unclear' ? 'keyUnclear' : 'loneNumber');
  }

  #record(start: number, length: number, evidence: RecordEvidence): void {
    const { text, lines, line } = this;
    const isCounted =
      length < evidence.least ||
      (evidence.least > 0 && isYear(text, start, length)) ||
      (evidence.least === leastCounted && happened.test(text.slice(start + length, start + length + 14)));
    if (isCounted) lines.doubt(start, length, line, 'shortAfterWord');
    else if (evidence.distant && isMaybeTime(text, start, length)) lines.doubt(start, length, line, 'maybeTime');
    else {
      lines.record(start, length, line, evidence.objectType === undefined ? this.#byAddress(evidence) : evidence);
    }
  }

  /** A batch call says of what type the ids in its body are. */
  #byAddress(evidence: RecordEvidence): RecordEvidence {
    const objectType = evidence.role === 'record' ? this.urlContext?.from : undefined;
    return { ...evidence, objectType, why: 'url' };
  }

  /** Goes on behind a word that was judged, with what is known of its number. */
  judged(end: number, evidence: NumberEvidence = noEvidence): number {
    this.lastEvidence = evidence;
    return this.reached(end);
  }

  /** Goes on behind what belongs to the number that was judged last. */
  reached(end: number): number {
    this.lastEnd = end;
    this.floor = end;
    return end;
  }

  /** Takes the word for something else, and goes on behind it. */
  ignore(start: number, end: number, reason: IgnoredReason): number {
    this.lines.ignore(start, end - start, this.line, reason);
    return this.judged(end);
  }

  /** The evidence of the number before, when this one goes on with its list. */
  #continued(start: number, end: number): NumberEvidence | undefined {
    const evidence = this.lastEvidence;
    if (this.lastEnd < 0 || evidence.kind === 'none') return undefined;
    const { list } = evidence;
    const gap = gapBetween(this.text, this.lastEnd, start) ?? (list ? this.#blanksBefore(start, end) : undefined);
    if (!gap) return undefined;
    if (list) return evidence;
    return gap === 'here' && evidence.kind === 'record' ? { ...evidence, least: leastNamed } : undefined;
  }

  /** Blanks separate the numbers of a list when each is as long as an id. */
  #blanksBefore(start: number, end: number): 'here' | undefined {
    const last = this.lastEnd;
    if (end - start < leastLong || start - last > 3) return undefined;
    for (let at = last; at < start; at++) if (this.text.charCodeAt(at) !== 32) return undefined;
    for (let at = last - leastLong; at < last; at++) if (!isDigit(this.text.charCodeAt(at))) return undefined;
    return 'here';
  }
}

/** A number of a list that nothing else is said of. */
const listed = recordEvidence({ kind: 'recordId', role: 'record' }, '', false, true);
/** What a heading may make of the numbers of a list. */
const ofLists: ReadonlySet<IgnoredReason> = new Set(['otherId', 'portalId', 'eventId', 'phone', 'amount']);
/** "contacts: 1200000 read" counts them. */
const happened =
  /^ (?:read|skipped|created|updated|failed|synced|processed|deleted|found|total|imported|exported|merged|missing|left|rows)\b/;

/** What stands before the first number of a list item. */
const bullet = /^[ \t]*[-*•][ \t]+(?:\[[ xX]\][ \t]+)?["'`[(]*$/;
/** A line above a list is looked at for so many code units. */
const longestHeading = 100;

/** What a number too short for an id is, where nothing says that it is one. */
function shortReason(evidence: NumberEvidence): IgnoredReason {
  if (evidence.kind !== 'unclear') return 'short';
  return evidence.short ?? (evidence.known ? 'short' : 'otherField');
}

/** `[12345678] INFO ...`: the number of a process or thread, where a line starts. */
function isBracketed(text: string, lineStart: number, start: number, end: number): boolean {
  if (start !== lineStart + 1 || end - start > 8) return false;
  return text.charCodeAt(lineStart) === 91 && /^\] +\p{L}/u.test(text.slice(end, end + 8));
}

/** A time where a log line starts, with a level or a bracket behind it. */
function isLogTime(text: string, lineStart: number, start: number, end: number): boolean {
  if (start - lineStart > 1) return false;
  return /^\]?[ \t|,]+(?:[[({]|[A-Z]{3,8}\b|[A-Za-z]+[:\]=])/.test(text.slice(end, end + 24));
}

function isKeySign(code: number): boolean {
  return code === 58 || code === 61 || code === 35;
}
