/** What the links, object types and categories right beside a number say of it. */

import { meaningOf } from '../names/fieldNames.ts';
import { type NumberEvidence, recordEvidence } from './evidence.ts';
import { isHubSpotUrl, readHubSpotUrl, urlEnd } from './hubSpotUrls.ts';

/** Of the address of a link so much is looked at. */
const longestLink = 400;

/** `[5](`: the number is the text of a link. */
export function isLinkText(text: string, start: number, end: number): boolean {
  return text.charCodeAt(end) === 93 && text.charCodeAt(end + 1) === 40 && text.charCodeAt(start - 1) === 91;
}

/** `[5](https://.../record/0-1/5)`: the text of a link is the id that its address names. */
export function linkedRecord(text: string, start: number, end: number, textEnd: number): NumberEvidence | undefined {
  const from = end + 2;
  const to = urlEnd(text, from, Math.min(textEnd, from + longestLink));
  let told: NumberEvidence | undefined;
  const record = (offset: number, length: number, objectType: string) => {
    if (length === end - start && text.startsWith(text.slice(start, end), offset))
      told = { ...recordEvidence({ kind: 'recordId', objectType, role: 'record' }, '', false, false), why: 'url' };
  };
  if (isHubSpotUrl(text, from, to)) readHubSpotUrl(text, from, to, { record, meaningOf, other() {}, unclear() {} });
  return told;
}

/**
 * `get object 2-23164882 11980441787`, `machine = 29177044205 (2-41177305)`: the id of the record's type stands beside it.
 * @param lineStart of the line, where a type's id may stand before the number
 */
export function typeBeside(
  text: string,
  start: number,
  end: number,
  lineStart: number | undefined,
): NumberEvidence | undefined {
  let objectType: string | undefined;
  if (lineStart !== undefined) objectType = typeIdBefore.exec(text.slice(Math.max(lineStart, start - 30), start))?.[1];
  if (objectType === undefined && text.charCodeAt(end) === 32 && isBracketBehind(text, end))
    objectType = typeIdBehind.exec(text.slice(end, end + 30))?.[1];
  if (objectType === undefined) return undefined;
  return recordEvidence({ kind: 'recordId', objectType, role: 'record' }, '', true, false, true);
}

/** `id=280 category=HUBSPOT_DEFINED`: the id of an association's type. */
const categoryBehind =
  /^["']?[\s,;]{1,12}["']?(?:association_?)?category["']?\s{0,3}(?:=>|[:=])\s{0,3}["']?(?:HUBSPOT|USER|INTEGRATOR)_DEFINED/i;

/** True where the category of an association stands behind the number; most of what does not is told by its first letter. */
export function isCategoryBehind(text: string, end: number): boolean {
  let at = end;
  while (at < end + 16 && (text.charCodeAt(at) > 127 || beforeCategory[text.charCodeAt(at)] === 1)) at++;
  const letter = text.charCodeAt(at) | 32;
  return at > end && (letter === 97 || letter === 99) && categoryBehind.test(text.slice(end, end + 48));
}
const beforeCategory = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\s,;"']/.test(String.fromCharCode(code))),
);

/** A bracket behind the blank at `end`, or behind a few more. */
function isBracketBehind(text: string, end: number): boolean {
  let at = end + 1;
  while (at < end + 4 && text.charCodeAt(at) === 32) at++;
  return text.charCodeAt(at) === 40;
}

/** The id of a custom object type, whose shape nothing else has. */
const typeIdBefore = /(?:^|[\s"'([=:])(2-[1-9]\d{4,18})["']?[ \t:,]{1,2}["']?$/;
const typeIdBehind = /^ {1,4}\((2-[1-9]\d{4,18})\)/;
