/** The tool that looks up associations: what was planned is confirmed, what was confirmed is done, and the answer stands in the tree. */
import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts.ts';
import { environmentWords } from '../accounts/accountWords.ts';
import { areForeignToSample } from '../answers/sampleIds.ts';
import { confirmPlan } from '../asking/confirmPlan.ts';
import type { ReportedLookUp } from '../core/report/firstLine.ts';
import { lookUpReport } from '../core/report/lookUpReport.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { lookUpConfirmation, type PlannedLookUp, planLookUp, sourceLine } from './plannedLookUp.ts';
import { cancelled, type Preparation, refusal, type Tool } from './tool.ts';
import { type LookUpInput, parseLookUp } from './toolInput.ts';

export interface LookUpToolParts {
  readonly accounts: Accounts;
  readonly lookUps: LookUps;
}

/** Plans that wait for their confirmation. A person answers one after the other; an older one was declined. */
const mostPlans = 4;

export class LookUpTool implements Tool {
  readonly #parts: LookUpToolParts;
  /** By the input that was planned for. */
  readonly #plans = new Map<string, PlannedLookUp>();
  /** Look-ups that a model has had an answer from: it may have the rest of that, and of no other. */
  readonly #told = new Map<string, string | undefined>();

  constructor(parts: LookUpToolParts) {
    this.#parts = parts;
  }

  async prepare(given: unknown, signal: AbortSignal): Promise<Preparation> {
    const { t } = vscode.l10n;
    const parsed = parseLookUp(given);
    const progress = t('Looking up associations');
    if ('refused' in parsed || parsed.input.lookUp !== undefined) return { progress };
    const plan = await planLookUp(parsed.input, this.#parts.accounts, signal);
    if ('refused' in plan) return { progress };
    this.#keep(JSON.stringify(given), plan);
    return { progress, confirmation: lookUpConfirmation(plan) };
  }

  async invoke(given: unknown, signal: AbortSignal): Promise<string> {
    const parsed = parseLookUp(given);
    if ('refused' in parsed) return refusal(parsed.refused);
    const { input } = parsed;
    if (input.lookUp !== undefined) return this.#more(input.lookUp, input);
    const { accounts } = this.#parts;
    const key = JSON.stringify(given);
    const confirmed = this.#plans.get(key);
    this.#plans.delete(key);
    const plan = confirmed ?? (await planLookUp(input, accounts, signal));
    if ('refused' in plan) return refusal(plan.refused);
    if (plan.account.id !== accounts.active.id) {
      return refusal('another account has become the active one since this was confirmed. Ask again');
    }
    const choice = await confirmPlan(plan.question.ids.length, plan.account, false, confirmed === undefined);
    if (!choice) return refusal('a person did not allow it');
    if (signal.aborted) return cancelled;
    return this.#run(plan, input, signal);
  }

  async #run(
    { question, account, places, read, source: from }: PlannedLookUp,
    input: LookUpInput,
    signal: AbortSignal,
  ) {
    const { lookUps } = this.#parts;
    const { entry, finished } = lookUps.run(question, account, places, read);
    const source = from && sourceLine(from, question.ids.length);
    this.#told.set(entry.id, source);
    const cancel = () => void lookUps.cancel(entry.id);
    signal.addEventListener('abort', cancel, { once: true });
    await finished;
    signal.removeEventListener('abort', cancel);
    return reportOf(entry, input, source);
  }

  /** The rest of an answer, which sends nothing. */
  async #more(id: string, input: LookUpInput): Promise<string> {
    const entry = this.#told.has(id) ? await this.#parts.lookUps.open(id) : undefined;
    if (!entry)
      return refusal('no lookup of this id was made by a tool in this window, or it was removed. Look up again');
    return reportOf(entry, input, this.#told.get(id));
  }

  #keep(key: string, plan: PlannedLookUp): void {
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    for (const old of this.#plans.keys()) {
      if (this.#plans.size <= mostPlans) break;
      this.#plans.delete(old);
    }
  }
}

function reportOf(entry: LookUpEntry, { offset, maxBytes }: LookUpInput, source: string | undefined): string {
  return lookUpReport(reported(entry), {
    lookUpId: entry.id,
    offset,
    maxBytes,
    ...(source !== undefined && { source }),
  });
}

function reported(entry: LookUpEntry): ReportedLookUp {
  const { account, answer, state, stopped } = entry;
  const environment = environmentWords(account);
  return {
    answer,
    state,
    stopped,
    areForeign: areForeignToSample(entry),
    account: {
      name: account.name,
      isSample: account.kind === 'sample',
      ...(environment !== undefined && { environment }),
      ...(account.portalId !== undefined && { portalId: account.portalId }),
    },
  };
}
