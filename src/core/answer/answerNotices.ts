import type { Notice } from '../domain/associations.ts';
import type { RecordError } from '../domain/failure.ts';

/** How many ids a notice names to the reader of an Answer, and how many errors without a record are kept. */
const listed = 100;

/** Gathers what a reader of the Answer has to know, each thing once however many batches repeat it. */
export class AnswerNotices {
  #primaryCompanyOnly = false;
  #userToken = false;
  readonly #unasked = new Set<string>();
  readonly #withError = new Set<string>();
  readonly #withTwoCursors = new Set<string>();
  readonly #statuses = new Map<string, number>();
  readonly #withoutRecord = new Map<string, RecordError>();
  #disagreements = 0;
  #errorsSaid = 0;
  #errorsListed = 0;

  /** How many distinct ids were answered that nobody asked for. */
  get unasked(): number {
    return this.#unasked.size;
  }

  /** @param notice about one answer, a run or the whole look-up; where it is about ids it names all of them */
  add(notice: Notice): void {
    switch (notice.kind) {
      case 'primaryCompanyOnly':
        this.#primaryCompanyOnly = true;
        return;
      case 'userToken':
        this.#userToken = true;
        return;
      case 'unaskedIds':
        addAll(this.#unasked, notice.ids);
        return;
      case 'resultAndError':
        addAll(this.#withError, notice.ids);
        return;
      case 'twoCursors':
        addAll(this.#withTwoCursors, notice.ids);
        return;
      case 'batchStatus':
        this.#statuses.set(notice.status, (this.#statuses.get(notice.status) ?? 0) + notice.batches);
        return;
      case 'errorCountDisagrees':
        this.#disagreements++;
        this.#errorsSaid += notice.said;
        this.#errorsListed += notice.listed;
        return;
      case 'errorWithoutRecord':
        if (this.#withoutRecord.size < listed) this.#withoutRecord.set(JSON.stringify(notice.problem), notice.problem);
    }
  }

  /** @param most how many ids one notice names; its count is that of all */
  list(most = listed): readonly Notice[] {
    const notices: Notice[] = [];
    if (this.#primaryCompanyOnly) notices.push({ kind: 'primaryCompanyOnly' });
    if (this.#userToken) notices.push({ kind: 'userToken' });
    for (const [status, batches] of this.#statuses) notices.push({ kind: 'batchStatus', status, batches });
    if (this.#unasked.size > 0) notices.push({ kind: 'unaskedIds', ...firstOf(this.#unasked, most) });
    if (this.#withError.size > 0) notices.push({ kind: 'resultAndError', ...firstOf(this.#withError, most) });
    if (this.#withTwoCursors.size > 0) notices.push({ kind: 'twoCursors', ...firstOf(this.#withTwoCursors, most) });
    if (this.#disagreements > 0) {
      notices.push({ kind: 'errorCountDisagrees', said: this.#errorsSaid, listed: this.#errorsListed });
    }
    for (const problem of this.#withoutRecord.values()) notices.push({ kind: 'errorWithoutRecord', problem });
    return notices;
  }
}

function addAll(ids: Set<string>, more: readonly string[]): void {
  for (const id of more) ids.add(id);
}

function firstOf(ids: ReadonlySet<string>, most: number): { ids: readonly string[]; count: number } {
  const first: string[] = [];
  for (const id of ids) {
    if (first.push(id) >= most) break;
  }
  return { ids: first, count: ids.size };
}
