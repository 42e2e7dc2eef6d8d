import type { Notice } from '../domain/associations.ts';
import type { RecordError, Remark } from './intake.ts';

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

  primaryCompanyOnly(): void {
    this.#primaryCompanyOnly = true;
  }

  add(remark: Remark): void {
    switch (remark.kind) {
      case 'userToken':
        this.#userToken = true;
        return;
      case 'unaskedId':
        this.#unasked.add(remark.id);
        return;
      case 'resultAndError':
        this.#withError.add(remark.id);
        return;
      case 'twoCursors':
        this.#withTwoCursors.add(remark.id);
        return;
      case 'batchStatus':
        this.#statuses.set(remark.status, (this.#statuses.get(remark.status) ?? 0) + 1);
        return;
      case 'errorCount':
        this.#disagreements++;
        this.#errorsSaid += remark.said;
        this.#errorsListed += remark.listed;
        return;
      case 'errorWithoutRecord':
        if (this.#withoutRecord.size < listed) this.#withoutRecord.set(JSON.stringify(remark.problem), remark.problem);
    }
  }

  /** The remarks that lead to the same notices, but those on the status of a batch, which are no facts about the account. */
  remarks(): Remark[] {
    const remarks: Remark[] = [];
    if (this.#userToken) remarks.push({ kind: 'userToken' });
    for (const id of this.#unasked) remarks.push({ kind: 'unaskedId', id });
    for (const id of this.#withError) remarks.push({ kind: 'resultAndError', id });
    for (const id of this.#withTwoCursors) remarks.push({ kind: 'twoCursors', id });
    if (this.#disagreements > 0) {
      remarks.push({ kind: 'errorCount', said: this.#errorsSaid, listed: this.#errorsListed });
    }
    for (const problem of this.#withoutRecord.values()) remarks.push({ kind: 'errorWithoutRecord', problem });
    return remarks;
  }

  list(): readonly Notice[] {
    const notices: Notice[] = [];
    if (this.#primaryCompanyOnly) notices.push({ kind: 'primaryCompanyOnly' });
    if (this.#userToken) notices.push({ kind: 'userToken' });
    for (const [status, batches] of this.#statuses) notices.push({ kind: 'batchStatus', status, batches });
    if (this.#unasked.size > 0) notices.push({ kind: 'unaskedIds', ...firstOf(this.#unasked) });
    if (this.#withError.size > 0) notices.push({ kind: 'resultAndError', ...firstOf(this.#withError) });
    if (this.#withTwoCursors.size > 0) notices.push({ kind: 'twoCursors', ...firstOf(this.#withTwoCursors) });
    if (this.#disagreements > 0) {
      notices.push({ kind: 'errorCountDisagrees', said: this.#errorsSaid, listed: this.#errorsListed });
    }
    for (const problem of this.#withoutRecord.values()) notices.push({ kind: 'errorWithoutRecord', problem });
    return notices;
  }
}

function firstOf(ids: ReadonlySet<string>): { ids: readonly string[]; count: number } {
  const first: string[] = [];
  for (const id of ids) {
    if (first.push(id) === listed) break;
  }
  return { ids: first, count: ids.size };
}
