/** What stands at an address: which record, among which associations of which other record. */
import type { Hop, Hops } from '../answers/hops.ts';
import { GrowingIds } from '../core/answer/growingIds.ts';
import type { Answer } from '../core/domain/associations.ts';
import { isSameObjectType } from '../core/domain/objectTypes.ts';
import type { Steps } from '../core/domain/steps.ts';
import { verdictGroups } from '../core/expectation/verdictGroups.ts';
import type { Address } from '../core/treaty/actions.ts';
import { idsOfStep } from '../ids/idPlaces.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';

interface RecordName {
  /** The object type, as HubSpot takes it in a path. */
  readonly type: string;
  readonly id: string;
}

/** The associations of one record with one object type: those of the look-up itself, or those of a hop. */
interface Associations {
  readonly from: string;
  readonly id: string;
  readonly to: string;
  /** The Answer they stand in, and the record's number there; undefined for a hop that was not read. */
  readonly answer: Answer | undefined;
  readonly number: number;
  readonly hop: Hop | undefined;
}

export interface Place {
  readonly entry: LookUpEntry;
  /** Set where the place is a whole group. */
  readonly group: Address['group'];
  /** Set where the place is all that is counted there in a check. */
  readonly verdict?: Address['verdict'];
  /** The record that stands there; undefined for a look-up, a group, a verdict, and for all associations of a record together. */
  readonly record: RecordName | undefined;
  /** The associations that stand there, or that the record stands in; undefined for a look-up, a group and a verdict. */
  readonly associations: Associations | undefined;
  /** The expected pair whose associated record stands there. */
  readonly pair?: number;
}

/** @returns undefined when nothing stands there */
export function placeAt(at: Address, entry: LookUpEntry, hops: Hops): Place | undefined {
  const { answer, question } = entry;
  const { group, record: number, nth, hop } = at;
  if (at.pair !== undefined) return pairAt(at.pair, entry);
  if (number === undefined)
    return { entry, group, ...(at.verdict && { verdict: at.verdict }), record: undefined, associations: undefined };
  if (number >= answer.counts.asked) return undefined;
  const { from, to } = question;
  const id = answer.recordId(number);
  const own: Associations = { from, id, to, answer, number, hop: undefined };
  let associations = own;
  let record: RecordName | undefined = { type: from, id };
  if (nth !== undefined) record = nthOf(own, nth);
  for (let next = hop; next; next = next.hop) {
    if (!record) return undefined;
    const isOwn = next === hop && nth === undefined && isSameObjectType(next.to, to);
    if (!isOwn) associations = ofHop(hops.of(entry, record.type, record.id, next.to));
    if (next.nth === undefined) {
      // A hop leads on from one record. This address leads on from all the records of a hop together, which no row does.
      return next.hop ? undefined : { entry, group: undefined, record: undefined, associations };
    }
    record = nthOf(associations, next.nth);
  }
  return record && { entry, group: undefined, record, associations };
}

/** An expected pair: its associated record, whether HubSpot names it or not. */
function pairAt(pair: number, entry: LookUpEntry): Place | undefined {
  const { check, question, answer } = entry;
  if (!check || pair >= check.expectation.length) return undefined;
  const { from, to } = question;
  const number = check.place(pair)?.record;
  const own =
    number === undefined ? undefined : { from, id: answer.recordId(number), to, answer, number, hop: undefined };
  const record = { type: to, id: check.expectation.toId(pair) };
  return { entry, group: undefined, record, associations: own, pair };
}

/** The ids of all that stands there: the records of a look-up, of a group or of a verdict, a record's associations, or the one record. */
export function* idsOf({ entry, group, verdict, record, associations }: Place): Iterable<string> {
  const { answer, check } = entry;
  if (record) yield record.id;
  else if (associations) {
    const { answer: read, number } = associations;
    for (let nth = 0; read && nth < read.associationCount(number); nth++) yield read.toId(number, nth);
  } else if (verdict) {
    if (check) yield* verdictGroups(check).recordIds(verdict);
  } else {
    for (let number = 0; number < answer.counts.asked; number++)
      if (!group || answer.state(number) === group) yield answer.recordId(number);
  }
}

/** The ids of all that stands at these places, one a line and each once. In steps. */
export function* idLines(places: readonly Place[]): Steps<{ readonly text: string }> {
  const seen = new GrowingIds();
  const pieces: string[] = [];
  let piece: string[] = [];
  const endPiece = () => {
    if (piece.length > 0) pieces.push(piece.join('\n'));
    piece = [];
  };
  let looked = 0;
  for (const place of places) {
    for (const id of idsOf(place)) {
      const { length } = seen;
      seen.add([id]);
      if (seen.length > length) piece.push(id);
      if (++looked % idsOfStep > 0) continue;
      endPiece();
      yield;
    }
  }
  endPiece();
  return { text: pieces.join('\n') };
}

function ofHop(hop: Hop): Associations {
  const { from, to, ids } = hop.question;
  return { from, id: ids[0]!, to, answer: hop.answer, number: 0, hop };
}

function nthOf({ answer, number, to }: Associations, nth: number): RecordName | undefined {
  return answer && nth < answer.associationCount(number) ? { type: to, id: answer.toId(number, nth) } : undefined;
}
