/** The tool that looks up associations. */
import * as vscode from 'vscode';
import { lookUpReport } from '../core/report/lookUpReport.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import { ConsentedTool } from './consentedTool.ts';
import { lookUpConfirmation, type PlannedLookUp, planLookUp, sourceLine } from './plannedLookUp.ts';
import { reportedEntry } from './reportedEntry.ts';
import { type LookUpInput, parseLookUp } from './toolInput.ts';

export class LookUpTool extends ConsentedTool<LookUpInput, PlannedLookUp> {
  protected readonly progress = vscode.l10n.t('Looking up associations');
  protected readonly parse = parseLookUp;
  protected readonly confirmation = lookUpConfirmation;

  protected plan(input: LookUpInput, signal: AbortSignal) {
    return planLookUp(input, this.parts.accounts, signal);
  }

  protected async start({ question, account, places, read, source }: PlannedLookUp) {
    const started = this.parts.lookUps.run(question, account, places, read);
    return { ...started, source: source && sourceLine(source, question.ids.length) };
  }

  protected report(entry: LookUpEntry, { offset, maxBytes }: LookUpInput, source: string | undefined): string {
    const options = { lookUpId: entry.id, offset, maxBytes, ...(source !== undefined && { source }) };
    return lookUpReport(reportedEntry(entry), options);
  }
}
