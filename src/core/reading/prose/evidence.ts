/** What is known of a number in prose, a log line or a piece of code, before it is judged. */
import type { TypeEvidence } from '../found/reading.ts';
import type { IgnoredReason } from '../found/reasons.ts';
import { type NameMeaning, type RecordMeaning, type Role, recordOf } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { leastCounted } from '../shapes/wholeNumbers.ts';

export interface RecordEvidence {
  readonly kind: 'record';
  readonly name: string;
  readonly role: Role;
  readonly objectType: string | undefined;
  readonly why: TypeEvidence;
  /** Numbers of fewer digits are not surely meant: only a type's name stands before them, which may be counted. */
  readonly least: number;
  /** More ids may follow: `ids:`, `IN (`, `[`. */
  readonly list: boolean;
  /** Words such as "updated" stand between, so what looks like a time may be one. */
  readonly distant: boolean;
}

export type NumberEvidence =
  | RecordEvidence
  | { readonly kind: 'other'; readonly reason: IgnoredReason; readonly list: boolean }
  /** A key or "id" stands before it that does not say of what. A short number under a container's name is `short`. */
  | {
      readonly kind: 'unclear';
      readonly list: boolean;
      readonly known: boolean;
      readonly short?: IgnoredReason | undefined;
      /** The slot's name, which something beside it explains: `value`, `from`, `to`. */
      readonly slot?: string | undefined;
    }
  | { readonly kind: 'none' };

export const noEvidence: NumberEvidence = { kind: 'none' };

export function recordEvidence(
  { role, objectType }: RecordMeaning,
  name: string,
  keyed: boolean,
  list: boolean,
  distant = false,
): RecordEvidence {
  const why = keyed ? 'key' : 'word';
  return { kind: 'record', name: role === 'record' ? '' : name, role, objectType, why, least: 0, list, distant };
}

export function other(reason: IgnoredReason, list = false): NumberEvidence {
  return { kind: 'other', reason, list };
}

export function unclear(list: boolean): NumberEvidence {
  return { kind: 'unclear', list, known: true };
}

/** Nothing around the number makes it a record's. */
export const ofOthers: NumberEvidence = { kind: 'unclear', list: false, known: false };

/** A noun alone says that a number is an id only where it is as long as one; everyday words ("Order #4711") never do. */
export function byNoun(meaning: NameMeaning, keyed: boolean, list: boolean): RecordEvidence | undefined {
  if (meaning.kind !== 'type' || !speaksForItself(meaning.objectType)) return undefined;
  return { ...recordEvidence(recordOf(meaning.objectType), '', keyed, list), least: leastCounted };
}
