/**
 * Whether the records of missing pairs exist: asked once a check has ended, by itself where that takes no more calls than the check
 * did, and otherwise when somebody says so.
 */
import * as vscode from 'vscode';
import type { Account } from '../accounts/accounts.ts';
import { existenceCalls } from '../answers/checkButtons.ts';
import type { Names } from '../answers/recordNames.ts';
import type { Existence } from '../core/domain/cell.ts';
import type { Side } from '../core/domain/expectation.ts';
import type { Failure } from '../core/domain/failure.ts';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import type { Check } from '../core/expectation/check.ts';
import { labelTexts } from '../core/expectation/otherQuestion.ts';
import { recordBatchLimit } from '../core/hubspot/records.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import { howMany } from '../editor/howMany.ts';
import { Turns } from '../editor/turns.ts';
import { isRead, type ListedLookUp, type LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';

/** What is learnt is written down after so many records. */
const learntAtOnce = 10 * recordBatchLimit;

/** So few calls are made before anybody would want to cancel that. */
const fewCalls = 10;

export interface MissingExistenceParts {
  readonly lookUps: LookUps;
  readonly names: Names;
}

/** True where it is asked by itself: it takes no more calls than the check did, with those that read its labels. */
export function isWithinBudget(check: Check): boolean {
  const calls = existenceCalls(check);
  const { requests } = check.answer.effort;
  if (calls === 0 || calls <= requests) return calls > 0;
  // A check of one call mostly needs two, one for each side: its labels took some as well, v3's by name and by text.
  const labelCalls = labelTexts(check.expectation).length === 0 ? 0 : check.answer.apiVersion === 'v3' ? 2 : 1;
  return calls <= requests + labelCalls;
}

interface ReadingMissing {
  readonly signal?: AbortSignal;
  /** So many records more are done. */
  readonly onDone?: (records: number) => void;
  readonly learn: (side: Side, known: readonly (readonly [id: string, existence: Existence])[]) => Promise<void>;
}

/**
 * Asks which records of missing pairs exist. What is known already is not asked again.
 * @returns why that is not known of all; what was learnt before stays
 */
export async function readMissingExistence(
  check: Check,
  account: Account,
  names: Names,
  reading: ReadingMissing,
): Promise<Failure | undefined> {
  const turns = new Turns();
  const asked = await turns.through(check.askingExistence());
  const { question } = check.answer;
  // Of a record that was gone before this check, nobody knows what it is now.
  for (const side of ['from', 'to'] as const) {
    const ids = new Set(asked[side]);
    names.forgetGone(account, question[side], (id) => ids.has(id));
  }
  const read = (side: Side, ids: readonly string[]) =>
    readSide({ side, ids, type: question[side] }, account, names, reading);
  const first = await read('from', asked.from);
  if (first?.kind === 'cancelled') return first;
  // A record that is gone explains its pairs: whether the other one exists need not be known.
  const open = new Set((await turns.through(check.askingExistence())).to);
  const second = await read(
    'to',
    asked.to.filter((id) => open.has(id)),
  );
  return first ?? second;
}

async function readSide(
  { side, ids, type }: { readonly side: Side; readonly ids: readonly string[]; readonly type: string },
  account: Account,
  names: Names,
  { signal, onDone, learn }: ReadingMissing,
): Promise<Failure | undefined> {
  let first: Failure | undefined;
  for (let at = 0; at < ids.length; at += learntAtOnce) {
    const some = ids.slice(at, at + learntAtOnce);
    const failure = await names.tryExistence(account, type, some, { signal });
    const known = some.flatMap((id) => {
      const existence = names.existenceOf(account, type, id);
      return existence ? [[id, existence] as const] : [];
    });
    await learn(side, known);
    onDone?.(some.length);
    if (failure?.kind === 'cancelled') return failure;
    first ??= failure;
    // What failed for every record of a thousand fails for the next ones too.
    if (failure && known.length === 0) return failure;
  }
  return first;
}

export class MissingExistence implements vscode.Disposable {
  readonly #parts: MissingExistenceParts;
  /** Checks that were running when they last changed. */
  readonly #running = new Set<string>();
  readonly #asking = new Map<string, Promise<void>>();
  readonly #subscription: vscode.Disposable;
  readonly #aborts = new Map<string, AbortController>();

  constructor(parts: MissingExistenceParts) {
    this.#parts = parts;
    this.#subscription = parts.lookUps.onDidChange((entry) => this.#changed(entry));
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const abort of this.#aborts.values()) abort.abort();
  }

  /** Asks no more for this check; what was learnt stays. */
  cancel(id: string): void {
    this.#aborts.get(id)?.abort();
  }

  #changed(entry: ListedLookUp | undefined): void {
    // What was removed is not asked about any more.
    if (!entry) for (const id of this.#aborts.keys()) if (!this.#parts.lookUps.find(id)) this.cancel(id);
    if (!entry?.checked) return;
    if (entry.state === 'running') this.#running.add(entry.id);
    else if (this.#running.delete(entry.id) && entry.state === 'ended' && isRead(entry) && entry.check) {
      if (isWithinBudget(entry.check)) void this.ask(entry);
    }
  }

  /** Resolves when nothing is being asked for this check. */
  async settled(id: string): Promise<void> {
    await this.#asking.get(id);
  }

  /** Asks for all of them. What is known already is not asked again; a second call waits for the first. */
  ask(entry: LookUpEntry): Promise<void> {
    const { id, check } = entry;
    if (!check || entry.state === 'running') return Promise.resolve();
    const asking =
      this.#asking.get(id) ??
      this.#ask(entry, check).finally(() => {
        this.#asking.delete(id);
        this.#aborts.delete(id);
      });
    this.#asking.set(id, asking);
    return asking;
  }

  async #ask(entry: LookUpEntry, check: Check): Promise<void> {
    const { names, lookUps } = this.#parts;
    const { account, question } = entry;
    const abort = new AbortController();
    this.#aborts.set(entry.id, abort);
    const failure = await this.#withProgress(existenceCalls(check), abort, (signal, onDone) =>
      readMissingExistence(check, account, names, {
        signal,
        onDone,
        learn: (side, known) => lookUps.learn(entry.id, side, known),
      }),
    );
    if (failure && failure.kind !== 'cancelled') {
      const { sentence } = failureNotice(failure, scopesForPair(question.from, question.to));
      void vscode.window.showWarningMessage(
        vscode.l10n.t('Whether the records of missing pairs exist could not be read. {0}', sentence),
      );
    }
  }

  #withProgress(
    calls: number,
    abort: AbortController,
    work: (signal: AbortSignal, onDone: (records: number) => void) => Promise<Failure | undefined>,
  ): Promise<Failure | undefined> {
    const { t } = vscode.l10n;
    const isQuiet = calls <= fewCalls;
    const location = isQuiet ? { viewId: 'hubspotAssociations.lookUps' } : vscode.ProgressLocation.Notification;
    const title = t('Checking whether the records of missing pairs exist: {0}', howMany(calls, 'calls'));
    return Promise.resolve(
      vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        const records = calls * recordBatchLimit;
        return work(abort.signal, (done) => progress.report({ increment: (100 * done) / records }));
      }),
    );
  }
}
