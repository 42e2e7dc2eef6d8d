/** The tool that checks whether HubSpot has the pairs that somebody expects. */
import * as vscode from 'vscode';
import type { Engine } from '../accounts/connections.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { MissingExistence } from '../checks/missingExistence.ts';
import { readPairLabels } from '../checks/pairLabels.ts';
import { planningCheck } from '../checks/plannedCheck.ts';
import type { LabelProblem } from '../core/expectation/labelReading.ts';
import { checkReport } from '../core/report/checkReport.ts';
import { quoted } from '../core/report/quoting.ts';
import { Turns } from '../editor/turns.ts';
import { noIdPlaces } from '../ids/idPlaces.ts';
import { ConsentedTool, type ConsentedToolParts } from './consentedTool.ts';
import { hasLabels, type PlannedPairs, pairsConfirmation, planPairs } from './plannedPairs.ts';
import { reportedEntry } from './reportedEntry.ts';
import { refusal } from './tool.ts';
import { type CheckInput, parseCheck } from './toolInput.ts';

export interface CheckToolParts extends ConsentedToolParts {
  readonly engine: Engine;
  readonly catalog: ObjectTypeCatalog;
  readonly missingExistence: MissingExistence;
}

export class CheckTool extends ConsentedTool<CheckInput, PlannedPairs> {
  protected readonly progress = vscode.l10n.t('Checking pairs');
  protected readonly parse = parseCheck;
  protected readonly confirmation = pairsConfirmation;
  readonly #services: CheckToolParts;

  constructor(parts: CheckToolParts) {
    super(parts);
    this.#services = parts;
  }

  protected plan(input: CheckInput, signal: AbortSignal) {
    return planPairs(input, this.parts.accounts, signal);
  }

  protected async start({ account, choices, pairs, plan, source, file }: PlannedPairs, signal: AbortSignal) {
    const { lookUps, missingExistence } = this.#services;
    const labels = hasLabels(pairs) ? await readPairLabels(choices, account, this.#services) : undefined;
    const { expectation, labelProblems } = labels
      ? await new Turns(signal).through(planningCheck(pairs, choices, labels))
      : plan;
    const { from, to, apiVersion } = choices;
    // Every record is read to its end: of one that is cut, a pair that is not there yet could not be called missing.
    const question = { from, to, apiVersion, ids: expectation.asked, recordCap: Number.POSITIVE_INFINITY };
    const { entry, finished } = lookUps.run(question, account, noIdPlaces, undefined, { expectation, source });
    signal.addEventListener('abort', () => missingExistence.cancel(entry.id), { once: true });
    return {
      id: entry.id,
      lookUps: [entry.id],
      // What became of the records of missing pairs is asked as soon as the look-up has ended, where that takes few calls.
      finished: finished.then(() => missingExistence.settled(entry.id)),
      source:
        [...(file === undefined ? [] : [`From ${file}.`]), ...problemLines(labelProblems)].join('\n') || undefined,
    };
  }

  protected async report(id: string, { offset, maxBytes }: CheckInput, source: string | undefined) {
    const entry = await this.parts.lookUps.open(id);
    if (!entry) return undefined;
    const { check, checkSource } = entry;
    if (!check) return refusal('what was expected is not known any more. Check again');
    const options = { lookUpId: id, offset, maxBytes, ...(source !== undefined && { source }) };
    const report = checkReport({ ...reportedEntry(entry), check, rows: checkSource?.rows }, options);
    return new Turns().through(report);
  }
}

const mostProblems = 3;

/** Labels that the account does not have, or that cannot be compared: said, since every pair with one of them differs. */
function problemLines(problems: readonly LabelProblem[]): string[] {
  const said = problems.slice(0, mostProblems).map((problem) => `Note: ${problemWords(problem)}`);
  const more = problems.length - said.length;
  return more > 0 ? [...said, `Note: ${more} more labels have problems.`] : said;
}

function problemWords(problem: LabelProblem): string {
  const label = quoted(problem.text, 60);
  switch (problem.kind) {
    case 'unknown': {
      const nearest = problem.nearest === undefined ? '' : `; the nearest is ${quoted(problem.nearest, 60)}`;
      return `there is no label ${label} between these object types${nearest}.`;
    }
    case 'ambiguous':
      return `${label} names several labels; HubSpot's own was taken.`;
    case 'cannotCompare':
      return `HubSpot did not tell its labels, so ${label} could not be compared.`;
  }
}
