/** The tool that looks up associations with one object type, or with several together. */
import * as vscode from 'vscode';
import { groupReport } from '../core/report/groupReport.ts';
import { lookUpReport } from '../core/report/lookUpReport.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import { ConsentedTool, type ConsentedToolParts, type Started } from './consentedTool.ts';
import { lookUpConfirmation, type PlannedLookUp, planLookUp, sourceLine } from './plannedLookUp.ts';
import { reportedEntry } from './reportedEntry.ts';
import { type LookUpInput, parseLookUp } from './toolInput.ts';

export interface LookUpToolParts extends ConsentedToolParts {
  readonly groups: LookUpGroups;
}

export class LookUpTool extends ConsentedTool<LookUpInput, PlannedLookUp> {
  protected readonly progress = vscode.l10n.t('Looking up associations');
  protected readonly parse = parseLookUp;
  protected readonly confirmation = lookUpConfirmation;
  readonly #groups: LookUpGroups;

  constructor(parts: LookUpToolParts) {
    super(parts);
    this.#groups = parts.groups;
  }

  protected plan(input: LookUpInput, signal: AbortSignal) {
    return planLookUp(input, this.parts.accounts, signal);
  }

  protected async start({ question, to, account, places, read, source: from }: PlannedLookUp): Promise<Started> {
    const source = from && sourceLine(from, question.ids.length);
    const [only, ...others] = to;
    if (only !== undefined && others.length === 0) {
      const { entry, finished } = this.parts.lookUps.run({ ...question, to: only }, account, places, read);
      return { id: entry.id, lookUps: [entry.id], finished, source };
    }
    const types = to.map((each) => ({ to: each }));
    const { id, finished } = this.#groups.start(question, types, { account, places, read });
    const lookUps = this.#groups.find(id)?.members.map((member) => member.id) ?? [];
    for (const each of lookUps) this.mayTell(each, source);
    return { id, lookUps, finished, source };
  }

  protected async report(id: string, { offset, maxBytes }: LookUpInput, source: string | undefined) {
    const { lookUps } = this.parts;
    const more = source === undefined ? {} : { source };
    const group = this.#groups.find(id);
    if (!group) {
      const entry = await lookUps.open(id);
      return entry && lookUpReport(reportedEntry(entry), { lookUpId: id, offset, maxBytes, ...more });
    }
    const entries = await Promise.all(group.members.map((member) => lookUps.open(member.id)));
    const members = entries.flatMap((entry) => (entry ? [{ ...reportedEntry(entry), lookUpId: entry.id }] : []));
    // A type that was removed would be missing without a word.
    if (members.length === 0 || members.length < group.group.members.length) return undefined;
    return groupReport(members, { groupId: id, offset, maxBytes, ...more });
  }
}
