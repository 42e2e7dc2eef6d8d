/** Pairs that are given whole: by other extensions, tasks and keybindings. */
import * as z from 'zod';
import type { Account, Accounts } from '../accounts/accounts.ts';
import type { Engine } from '../accounts/connections.ts';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import type { Names } from '../answers/recordNames.ts';
import { allowedSignal, confirmGiven } from '../asking/confirmPlan.ts';
import { firstProblems } from '../asking/givenQuestion.ts';
import type { SharedQuestion } from '../core/answer/growingIds.ts';
import { type ApiVersion, apiVersions } from '../core/domain/associations.ts';
import type { VerdictCounts } from '../core/domain/expectation.ts';
import { objectTypeName } from '../core/domain/objectTypes.ts';
import { isRecordId } from '../core/domain/recordId.ts';
import { Check } from '../core/expectation/check.ts';
import { PairColumns } from '../core/expectation/pairColumns.ts';
import { readSettings } from '../editor/settings.ts';
import { Turns } from '../editor/turns.ts';
import { noIdPlaces } from '../ids/idPlaces.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import type { LookUpUnseen } from '../lookUps/openedLookUps.ts';
import { isWithinBudget, type MissingExistence, readMissingExistence } from './missingExistence.ts';
import { noLabels, readPairLabels } from './pairLabels.ts';
import { type PlannedCheck, planningCheck, proposedVersion } from './plannedCheck.ts';

interface GivenCheckParts {
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly catalog: ObjectTypeCatalog;
}

interface Given {
  readonly from: string;
  readonly to: string;
  readonly apiVersion: ApiVersion;
  readonly isWhole: boolean;
  readonly pairs: PairColumns;
}

/**
 * Checks given pairs in the active account, shows the check in the tree and returns its counts.
 * @param given `{ from, to, pairs, isWhole?, apiVersion? }`
 * @returns undefined where a person was asked, because of their number, and did not allow it
 * @throws TypeError when the argument does not fit; nothing is sent then
 */
export async function checkGiven(
  given: unknown,
  parts: GivenCheckParts & {
    readonly lookUps: LookUps;
    readonly missingExistence: MissingExistence;
    readonly show: (lookUpId: string) => void;
  },
): Promise<VerdictCounts | undefined> {
  const parsed = await parseCheck(given, given);
  const account = parts.accounts.active;
  if (!(await confirmGiven(parsed.pairs.asked.length, account))) return undefined;
  const { question, plan } = await planned(parsed, account, parts);
  const { expectation } = plan;
  const source = { claimsToBeWhole: parsed.isWhole, rows: parsed.pairs.rowCounts };
  const { entry, finished } = parts.lookUps.run(question, account, noIdPlaces, undefined, { expectation, source });
  parts.show(entry.id);
  await finished;
  await parts.missingExistence.settled(entry.id);
  return entry.check!.counts;
}

/**
 * The same without showing or keeping it. What a person did not allow is as when it was aborted: of no pair anything can be told.
 * @throws TypeError when one of them does not fit; nothing is sent then
 */
export async function checkUnseen(
  question: unknown,
  expectation: unknown,
  options: Parameters<LookUpUnseen>[2],
  parts: GivenCheckParts & { readonly names: Names; readonly lookUpUnseen: LookUpUnseen },
): Promise<VerdictCounts> {
  const parsed = await parseCheck(question, expectation);
  const account = parts.accounts.active;
  const signal = await allowedSignal(options.signal, parsed.pairs.asked.length, account);
  const { question: asked, plan } = await planned(parsed, account, signal?.aborted ? undefined : parts);
  const answer = await parts.lookUpUnseen(asked, account, { ...options, ...(signal && { signal }) });
  const check = new Check(answer, plan.expectation);
  await new Turns().through(check.restoring());
  if (!signal?.aborted && isWithinBudget(check)) {
    await readMissingExistence(check, account, parts.names, {
      ...(signal && { signal }),
      learn: async (side, known) => {
        for (const [id, existence] of known) check.learn(side, id, existence);
      },
    });
  }
  return check.counts;
}

/** @param services undefined where nothing may be sent: then labels are not known */
async function planned(
  { pairs, ...choices }: Given,
  account: Account,
  services: GivenCheckParts | undefined,
): Promise<{ readonly question: SharedQuestion; readonly plan: PlannedCheck }> {
  const { from, to, apiVersion } = choices;
  const hasLabels = pairs.labelSets.texts.length > 0;
  const labels = services && hasLabels ? await readPairLabels(choices, account, services) : noLabels;
  const whole = { ...choices, isTurned: false, mappings: new Map(), categoryOf: new Map() };
  const plan = await new Turns().through(planningCheck(pairs, whole, labels));
  const question = { from, to, apiVersion, ids: plan.expectation.asked, recordCap: Number.POSITIVE_INFINITY };
  return { question, plan };
}

const recordId = z
  .union([z.string(), z.int().nonnegative().transform(String)])
  .refine(isRecordId, { error: 'Not a record ID' });
const questionSchema = z.object({
  from: objectTypeName,
  to: objectTypeName,
  apiVersion: z.enum(apiVersions).optional(),
});
const pairSchema = z.object({ from: recordId, to: recordId, labels: z.array(z.string()).default([]) });
const expectationSchema = z.object({
  pairs: z.array(z.unknown()).min(1, { error: 'There is no pair' }),
  isWhole: z.boolean().default(false),
});

/** A slice of the host's time after the other: there may be a million pairs. */
async function parseCheck(question: unknown, expectation: unknown): Promise<Given> {
  const asked = questionSchema.safeParse(question);
  const expected = expectationSchema.safeParse(expectation);
  if (!asked.success || !expected.success) throw unfit((asked.error ?? expected.error)!.issues);
  const { from, to, apiVersion } = asked.data;
  const pairs = new PairColumns();
  const turns = new Turns();
  for (const [line, each] of expected.data.pairs.entries()) {
    const pair = pairSchema.safeParse(each);
    if (!pair.success) throw unfit(pair.error.issues.map((of) => ({ ...of, path: ['pairs', line, ...of.path] })));
    pairs.addRow(pair.data.from, [pair.data.to], pairs.labelSets.of(pair.data.labels), line);
    if (turns.isOver) await turns.next();
  }
  const own = apiVersion ?? proposedVersion(from, to, readSettings().apiVersion);
  return { from, to, apiVersion: own, isWhole: expected.data.isWhole, pairs };
}

function unfit(issues: z.ZodError['issues']): TypeError {
  const problems = firstProblems(new z.ZodError(issues));
  return new TypeError(`A check takes { from, to } and { pairs: [{ from, to, labels? }] }. ${problems}`);
}
