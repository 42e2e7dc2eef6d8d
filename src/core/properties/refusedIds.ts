/** What becomes of calls that HubSpot refuses as a whole, by id: the search for the ids that spoil them is the look-ups' own. */
import type { Failure } from '../domain/failure.ts';
import { recordBatchLimit } from '../hubspot/records.ts';
import type { Blame } from '../hubspot/setback.ts';
import type { BatchCall } from '../lookUp/calls.ts';
import { RefusedBatches } from '../lookUp/refusedBatches.ts';
import type { RefusedRecords } from '../lookUp/spoilerSearch.ts';

/** Ids that one call asks for. `part` stands for a part of a call that was refused. */
export interface IdsCall {
  readonly ids: readonly string[];
  readonly part?: BatchCall;
}

/** Ids that are not asked again, and why. */
export interface Refused {
  readonly ids: readonly string[];
  readonly failure: Failure;
}

export class RefusedIds {
  readonly #batches = new RefusedBatches(recordBatchLimit);
  /** Ids that were part of a refused call; the search knows them by their place. */
  readonly ids: string[] = [];

  /** The most ids a call should have, as far as is known. */
  get batchSize(): number {
    return this.#batches.batchSize;
  }

  /** True when no call is worth sending any more: HubSpot refuses them all, whatever ids they ask for. */
  get isHopeless(): boolean {
    return this.#batches.isHopeless;
  }

  /** The part of a refused call to ask next. */
  next(): IdsCall | undefined {
    const part = this.#batches.next();
    return part && { ids: Array.from(part.records, (place) => this.ids[place]!), part };
  }

  /** Takes note of a call that was answered. Returns the ids that this proves to spoil a call. */
  answered({ ids, part }: IdsCall): readonly Refused[] {
    return this.#batches.answered(part ?? { kind: 'batch', records: new Uint32Array(ids.length) }).map(this.#byId);
  }

  /** Takes note of a call that was refused for its ids or their number. Returns the ids that are not asked again. */
  refused(call: IdsCall, failure: Extract<Failure, { kind: 'refused' }>, blame: Blame): readonly Refused[] {
    const part = call.part ?? this.#numbered(call.ids);
    // HubSpot may name any number of ids.
    const blamed = new Set(blame.kind === 'size' ? [] : blame.ids);
    const { failed, givenUp } =
      blame.kind === 'size'
        ? this.#batches.tooLarge(part)
        : this.#batches.refused(part, {
            words: failure.hubSpot,
            named: new Set(Array.from(part.records).filter((place) => blamed.has(this.ids[place]!))),
            accuses: blame.accuses,
          });
    const rest = Array.from(givenUp, (place) => this.ids[place]!);
    return [...failed.map(this.#byId), { ids: rest, failure }];
  }

  /** Takes note that a call was lost for another reason. */
  lost({ part }: IdsCall): void {
    if (part) this.#batches.lost(part);
  }

  #numbered(ids: readonly string[]): BatchCall {
    const first = this.ids.length;
    this.ids.push(...ids);
    return { kind: 'batch', records: Uint32Array.from(ids, (_, at) => first + at) };
  }

  readonly #byId = ({ records, words }: RefusedRecords): Refused => ({
    ids: records.map((place) => this.ids[place]!),
    failure: { kind: 'refused', hubSpot: words },
  });
}
