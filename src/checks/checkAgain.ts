/** Another check of pairs that are known already: of those that are not confirmed, in the other direction, under another version. */
import type { Accounts } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { confirmPlan } from '../asking/confirmPlan.ts';
import type { GrowingIds } from '../core/answer/growingIds.ts';
import type { ApiVersion } from '../core/domain/associations.ts';
import type { Expectation } from '../core/domain/expectation.ts';
import { FilePairs } from '../core/expectation/filePairs.ts';
import { type LabelContext, readLabel } from '../core/expectation/labelReading.ts';
import { labelTexts, RelabelledPairs, turningPairs } from '../core/expectation/otherQuestion.ts';
import { choosingUnconfirmed } from '../core/expectation/somePairs.ts';
import type { CheckSource } from '../core/expectation/storedCheck.ts';
import { Turns } from '../editor/turns.ts';
import { noIdPlaces } from '../ids/idPlaces.ts';
import type { LookUpEntry } from '../lookUps/lookUpEntry.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { noLabels, readPairLabels } from './pairLabels.ts';

export interface CheckAgainParts {
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly catalog: ObjectTypeCatalog;
  readonly lookUps: LookUps;
  readonly show: (lookUpId: string, record?: number) => void;
}

type Pairs = Expectation & { readonly asked: GrowingIds };

interface Question {
  readonly from: string;
  readonly to: string;
  readonly apiVersion: ApiVersion;
}

/** Asks HubSpot once more for what was not confirmed, after somebody has mended it. A check of its own. */
export async function checkUnconfirmed(entry: LookUpEntry, parts: CheckAgainParts): Promise<void> {
  const { check, checkSource } = entry;
  if (!check) return;
  const expectation = await new Turns().through(choosingUnconfirmed(check));
  if (expectation.length === 0) return;
  const { trialOf: _, ...source } = checkSource ?? {};
  const unconfirmedOf = check.expectation.length;
  await start(entry, questionOf(entry), expectation, { ...source, unconfirmedOf }, parts);
}

/** Every pair was missing: the same pairs from the other record. False where they cannot be turned. */
export async function checkReverse(entry: LookUpEntry, parts: CheckAgainParts): Promise<boolean> {
  const source = entry.checkSource ?? {};
  const isAll = source.trialOf === undefined && source.unconfirmedOf === undefined && !source.rows?.withoutPair;
  const turned = entry.check && (await new Turns().through(turningPairs(entry.check.expectation, isAll)));
  if (!turned) return false;
  const { from, to, apiVersion } = questionOf(entry);
  const question = { from: to, to: from, apiVersion };
  const hasLabels = turned.labelSets.texts.length > 0;
  const context = await labelContext(entry, question, hasLabels, parts);
  // Turned pairs know themselves of which records they are all there ought to be.
  const expectation = new FilePairs(turned, { ...context, isWhole: true });
  const claimsToBeWhole = source.claimsToBeWhole === true && turned.isWhole(0);
  await start(entry, question, expectation, { ...source, claimsToBeWhole }, parts);
  return true;
}

/** The same check under another version of the API. False where the look-up is no check. */
export async function checkUnder(apiVersion: ApiVersion, entry: LookUpEntry, parts: CheckAgainParts): Promise<boolean> {
  if (!entry.check) return false;
  const source = entry.check.expectation as Pairs;
  const question = { ...questionOf(entry), apiVersion };
  const context = await labelContext(entry, question, labelTexts(source).length > 0, parts);
  const expectation = new RelabelledPairs(source, (text) => readLabel(text, context).test);
  await start(entry, question, expectation, entry.checkSource ?? {}, parts);
  return true;
}

function questionOf({ question, answer }: LookUpEntry): Question {
  return { from: question.from, to: question.to, apiVersion: answer.apiVersion };
}

async function labelContext(
  { account }: LookUpEntry,
  question: Question,
  hasLabels: boolean,
  parts: CheckAgainParts,
): Promise<LabelContext> {
  const { definitions, customTypes } = hasLabels ? await readPairLabels(question, account, parts) : noLabels;
  return { ...question, definitions, ...(customTypes && { customTypes }) };
}

async function start(
  { account }: LookUpEntry,
  question: Question,
  expectation: Pairs,
  source: CheckSource,
  { lookUps, show }: CheckAgainParts,
): Promise<void> {
  if (!(await confirmPlan(expectation.asked.length, account, { mayExport: false }))) return;
  const asked = { ...question, ids: expectation.asked, recordCap: Number.POSITIVE_INFINITY };
  const { entry } = lookUps.run(asked, account, noIdPlaces, undefined, { expectation, source });
  show(entry.id);
}
