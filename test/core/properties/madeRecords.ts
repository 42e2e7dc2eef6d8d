/** An account of deals of every fate, and a reader of them in a test's own time. */
import type { Existence } from '../../../src/core/domain/cell.ts';
import { Memory } from '../../../src/core/properties/knownRecords.ts';
import { RecordReader } from '../../../src/core/properties/recordReader.ts';
import { type AccountRecord, inMemoryAccount } from '../../../src/core/sampleHubSpot/inMemoryAccount.ts';
import { sampleAccount } from '../../../src/core/sampleHubSpot/sampleAccount.ts';
import { FakeTime } from '../fakeTime.ts';
import { type InMemoryOptions, inMemoryHubSpot } from '../inMemoryHubSpot.ts';
import { madePorts } from '../madePorts.ts';

/**
 * told: HubSpot answers for it by the survivor, which lists it. untold: the survivor comes but lists nothing. listed: HubSpot
 * knows no such record, and the survivor lists it.
 */
export type Fate = 'named' | 'nameless' | 'archived' | 'missing' | 'told' | 'untold' | 'listed';

export const dealId = (nth: number): string => String(7_000_000_000 + nth);

/** The nth deal has the nth fate. A merged one has a survivor of its own, which is the id 1,000,000 further. */
export const survivorOf = (nth: number): string => dealId(1_000_000 + nth);

export const nameOf = (id: string): string => `Deal ${id}`;

/** What became of the nth deal. A survivor that is not asked for with it may be unknown: then HubSpot says that it is missing. */
export function existenceOf(fate: Fate, nth: number): Existence {
  if (fate === 'named' || fate === 'nameless') return { kind: 'exists' };
  if (fate === 'archived' || fate === 'missing') return { kind: fate };
  return { kind: 'merged', into: survivorOf(nth) };
}

export function recordsOf(fates: readonly Fate[]) {
  const { details, scopes } = sampleAccount();
  const deal = (id: string, name: string | null, more: object = {}): AccountRecord => ({
    typeId: '0-3',
    id,
    properties: { dealname: name, amount: name && `${id}.50`, ...more },
  });
  const recordsOfOne = (fate: Fate, nth: number): readonly AccountRecord[] => {
    const id = dealId(nth);
    switch (fate) {
      case 'named':
        return [deal(id, nameOf(id))];
      case 'nameless':
        return [deal(id, null)];
      case 'archived':
        return [{ ...deal(id, nameOf(id)), archived: true }];
      case 'missing':
        return [];
      case 'untold':
        return [deal(survivorOf(nth), nameOf(survivorOf(nth)))];
      case 'told':
      case 'listed':
        return [deal(survivorOf(nth), nameOf(survivorOf(nth)), { hs_merged_object_ids: `12345;${id}` })];
    }
  };
  return inMemoryAccount({
    details,
    scopes,
    customTypes: [],
    definitions: [],
    links: [],
    records: fates.flatMap(recordsOfOne),
    merged: fates.flatMap((fate, nth) =>
      fate === 'told' || fate === 'untold' ? [{ typeId: '0-3', id: dealId(nth), into: survivorOf(nth) }] : [],
    ),
  });
}

interface Setting extends Pick<InMemoryOptions, 'strike'> {
  readonly account: InMemoryOptions['account'];
  readonly mostBytes?: number;
}

/** A reader of deals with their names and amounts. */
export function readerOf({ account, strike, mostBytes }: Setting) {
  const time = new FakeTime();
  const hubSpot = inMemoryHubSpot({ account, clock: time, ...(strike ? { strike } : {}) });
  const ports = madePorts({ fetch: hubSpot.fetch, clock: time, random: () => 0.5 });
  const memory = new Memory(mostBytes);
  const listeners = new Set<() => void>();
  let turn = async () => {};
  const reader = new RecordReader({
    memory,
    ports: () => ports,
    onDidLearn: () => {
      for (const listener of listeners) listener();
    },
    turn: () => turn(),
  });
  reader.objectType = 'deals';
  reader.properties = ['dealname', 'amount'];
  /** Resolves when nothing is read any more. */
  const rest = async () => {
    while (reader.isReading) await time.sleep(50);
  };
  return {
    reader,
    memory,
    time,
    hubSpot,
    rest,
    onDidLearn: (listener: () => void) => void listeners.add(listener),
    onTurn(listener: typeof turn) {
      turn = listener;
    },
  };
}
