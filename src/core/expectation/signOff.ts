/** What a check comes to, on a page that can be signed: of which file and account, when, and how each pair turned out. */
import type { Expectation, VerdictCounts } from '../domain/expectation.ts';
import { pairsOfStep, type Steps } from '../domain/steps.ts';
import { plainLine } from '../text/plainText.ts';
import type { Check } from './check.ts';
import type { RowCounts } from './pairColumns.ts';

/** A file as it was when it was read. */
export interface CheckedFile {
  readonly name: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/**
 * agrees: every pair is as expected, and nothing that the file does not name was found. disagrees: at least one is not, or was
 * found. undecided: as far as it was read HubSpot agrees, but not everything was.
 */
type Outcome = 'agrees' | 'disagrees' | 'undecided';

export interface SignOff {
  readonly writtenBy: 'Associations for HubSpot';
  readonly outcome: Outcome;
  readonly counts: VerdictCounts;
  /** How many of the missing pairs are so although nobody knows whether both of their records exist. */
  readonly missingUnchecked: number;
  /** False where the pairs are not all there ought to be: then nothing is told of what is unexpected. */
  readonly claimsToBeWhole: boolean;
  /** Of how many records it is told what is unexpected, where more may be expected of the others than is known. */
  readonly unexpectedToldOf?: { readonly records: number; readonly of: number };
  readonly account: { readonly name: string; readonly environment?: string; readonly portalId?: string };
  /** Object types, as they were asked. */
  readonly from: string;
  readonly to: string;
  readonly apiVersion: string;
  /** Absent where the pairs stood in no file. */
  readonly file?: CheckedFile & { readonly rows: RowCounts; readonly isPart?: true };
  /** Files that translated the ids of the first, by object type. */
  readonly mappings: readonly (CheckedFile & { readonly objectType: string })[];
  /** How many pairs the file has, where only the first of them were checked. */
  readonly trialOf?: number;
  /** How many pairs an earlier check had, where only those were checked that it did not confirm. */
  readonly unconfirmedOf?: number;
  /** ISO 8601, in UTC. */
  readonly checkedAt: string;
  readonly signedAt: string;
}

export interface SignOffParts
  extends Pick<SignOff, 'account' | 'claimsToBeWhole' | 'file' | 'trialOf' | 'unconfirmedOf'> {
  readonly mappings?: SignOff['mappings'];
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
  readonly signedAt: number;
}

/** In steps. What is learnt between two of them has it begin anew: a page holds one state of the verdicts. */
export function* signingOff(
  check: Check,
  { account, claimsToBeWhole, file, mappings = [], trialOf, unconfirmedOf, ...times }: SignOffParts,
): Steps<SignOff> {
  let revision: number;
  let unchecked: number;
  do {
    yield* check.looking();
    ({ revision } = check);
    unchecked = yield* missingUnchecked(check);
  } while (check.revision !== revision);
  const { counts, answer } = check;
  return {
    writtenBy: 'Associations for HubSpot',
    outcome: outcomeOf(counts),
    counts,
    missingUnchecked: unchecked,
    claimsToBeWhole,
    ...(claimsToBeWhole && partlyTold(check)),
    account,
    from: answer.question.from,
    to: answer.question.to,
    apiVersion: answer.apiVersion,
    ...(file && { file }),
    mappings,
    ...(trialOf !== undefined && { trialOf }),
    ...(unconfirmedOf !== undefined && { unconfirmedOf }),
    checkedAt: new Date(times.checkedAt).toISOString(),
    signedAt: new Date(times.signedAt).toISOString(),
  };
}

function outcomeOf({ expected, asExpected, cannotTell, unexpected, unexpectedAtLeast }: VerdictCounts): Outcome {
  if (asExpected + cannotTell < expected || unexpected > 0) return 'disagrees';
  return cannotTell > 0 || unexpectedAtLeast ? 'undecided' : 'agrees';
}

function partlyTold({ expectation }: Check): Pick<SignOff, 'unexpectedToldOf'> {
  const of = expectation.asked.length;
  const records = wholeRecords(expectation);
  return records < of ? { unexpectedToldOf: { records, of } } : {};
}

/** Of how many records the pairs are all there ought to be. */
export function wholeRecords(expectation: Expectation): number {
  let records = 0;
  for (let record = 0; record < expectation.asked.length; record++) if (expectation.isWhole(record)) records++;
  return records;
}

function* missingUnchecked(check: Check): Steps<number> {
  let count = 0;
  for (let pair = 0; pair < check.expectation.length; pair++) {
    if (pair % pairsOfStep === 0) yield;
    if (check.verdict(pair) !== 'missing') continue;
    const finding = check.finding(pair);
    if (finding.verdict === 'missing' && !finding.existenceKnown) count++;
  }
  return count;
}

/** The text of a JSON file. */
export function signOffJson(of: SignOff): string {
  return `${JSON.stringify(of, null, 2)}\n`;
}

/** Of some of a file's pairs, or where a row makes none, nothing is said about the file. */
function outcomeWords({ outcome, file, trialOf, unconfirmedOf }: SignOff): string {
  const isAll = file && !file.isPart && file.rows.withoutPair + file.rows.partly === 0;
  const whom =
    isAll && trialOf === undefined && unconfirmedOf === undefined ? 'the file' : 'the pairs that were checked';
  const words: Readonly<Record<Outcome, string>> = {
    agrees: `HubSpot agrees with ${whom}`,
    disagrees: `HubSpot does not agree with ${whom}`,
    undecided: 'Undecided: HubSpot agrees as far as it was read, but not everything was read',
  };
  return words[outcome];
}

/** The same as lines of text. Each is one line, whatever names hold. */
export function signOffText(of: SignOff): string {
  const { counts, account, file } = of;
  const told = of.unexpectedToldOf && `, told of ${of.unexpectedToldOf.records} of ${of.unexpectedToldOf.of} records`;
  const where = [account.environment, account.portalId].filter(Boolean).join(', ');
  const lines = [
    outcomeWords(of),
    equationText(counts),
    ...(of.missingUnchecked === 0
      ? []
      : [`Missing pairs whose records were not checked for existence: ${of.missingUnchecked}`]),
    of.claimsToBeWhole
      ? `Unexpected: ${counts.unexpectedAtLeast ? 'at least ' : ''}${counts.unexpected}${told ?? ''}`
      : 'Unexpected: not told, as the pairs do not claim to be all of their records',
    `Checked: ${of.from} to ${of.to}`,
    `Account: ${account.name}${where ? ` (${where})` : ''}`,
    `API version: ${of.apiVersion}`,
    ...(file ? [fileLine(file.isPart ? 'Selected part of the file' : 'File', file), rowsLine(file.rows)] : []),
    ...(of.trialOf === undefined ? [] : [`Trial: the first ${counts.expected} of ${of.trialOf} pairs`]),
    ...(of.unconfirmedOf === undefined
      ? []
      : [`Check Again: the ${counts.expected} of ${of.unconfirmedOf} pairs that were not confirmed before`]),
    ...of.mappings.map((mapping) => fileLine(`Mapping of ${mapping.objectType}`, mapping)),
    `Looked up: ${of.checkedAt}`,
    `Signed: ${of.signedAt}`,
  ];
  return `${lines.map(plainLongLine).join('\n')}\n`;
}

function rowsLine({ rows, withPairs, expectingNothing, withoutPair, partly, duplicates }: RowCounts): string {
  const some = partly > 0 ? `; with pairs and a value that makes none: ${partly}` : '';
  return `Rows: ${rows} = ${withPairs} with pairs + ${expectingNothing} expecting nothing + ${withoutPair} without a pair${some}; duplicates: ${duplicates}`;
}

/** "5 expected = 2 confirmed + 1 label differs + ..." */
export function equationText(counts: VerdictCounts): string {
  const { expected, asExpected, differs, missing, noSuchRecord, cannotTell } = counts;
  return `${expected} expected = ${asExpected} confirmed + ${differs} label differs + ${missing} missing + ${noSuchRecord} no such record + ${cannotTell} cannot tell`;
}

function fileLine(what: string, { name, bytes, sha256 }: CheckedFile): string {
  return `${what}: ${plainLine(name)}, ${bytes} bytes, SHA-256 ${sha256}`;
}

/** Every character that some reader takes for the end of a line becomes a space. */
function plainLongLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029\v\f]+/g, ' ');
}
