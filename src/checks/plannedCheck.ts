/** What a check is going to be: the choices that were made so far, and the expectation that follows from them. */
import { type ApiVersion, isPrimaryOnly } from '../core/domain/associations.ts';
import type { ObjectType } from '../core/domain/objectTypes.ts';
import type { Steps } from '../core/domain/steps.ts';
import { FilePairs } from '../core/expectation/filePairs.ts';
import type { IdMapping } from '../core/expectation/idMapping.ts';
import type { LabelDefinitions, LabelProblem } from '../core/expectation/labelReading.ts';
import { MappedPairs } from '../core/expectation/mappedPairs.ts';
import type { PairColumns } from '../core/expectation/pairColumns.ts';
import type { CheckedFile } from '../core/expectation/signOff.ts';
import { choosingFirst, type SomePairs } from '../core/expectation/somePairs.ts';

/** How many pairs a trial checks. */
export const trialPairs = 1_000;

/** A file that translates the ids of one object type. */
export interface ReadMapping {
  readonly mapping: IdMapping;
  readonly file: CheckedFile;
}

/** The choices of a person. Object types are names as they go into a path. */
export interface CheckChoices {
  /** Of the two columns or keys, in the direction that is asked. */
  readonly from: string;
  readonly to: string;
  /** The pairs are asked from the second column to the first. */
  readonly isTurned: boolean;
  readonly apiVersion: ApiVersion;
  /** The file claims to name all there ought to be of its records. */
  readonly isWhole: boolean;
  /** By object type, as `from` and `to` name them. */
  readonly mappings: ReadonlyMap<string, ReadMapping>;
  /** Whose type a bare number means, by the number. */
  readonly categoryOf: ReadonlyMap<number, string>;
}

export interface PlannedCheck {
  readonly expectation: FilePairs | MappedPairs;
  readonly labelProblems: readonly LabelProblem[];
  /** Those of the chosen ones that translate: of a type that is not asked any more a file translates nothing. */
  readonly mappings: CheckChoices['mappings'];
  /** Pairs with an id that the mapping has no line for: nothing can be told of them. */
  readonly notInMapping: number;
}

/** In steps. @param known what the account says of labels in this direction, and its custom types */
export function* planningCheck(
  pairs: PairColumns,
  { from, to, apiVersion, isWhole, mappings, categoryOf }: CheckChoices,
  known: { readonly definitions: LabelDefinitions; readonly customTypes?: readonly ObjectType[] | undefined },
): Steps<PlannedCheck> {
  const { definitions, customTypes } = known;
  const options = { from, to, apiVersion, isWhole, definitions, categoryOf, ...(customTypes && { customTypes }) };
  const filePairs = new FilePairs(pairs, options);
  const { labelProblems } = filePairs;
  const used = new Map([...mappings].filter(([type]) => type === from || type === to));
  if (used.size === 0) return { expectation: filePairs, labelProblems, mappings: used, notInMapping: 0 };
  const [fromMapping, toMapping] = [used.get(from)?.mapping, used.get(to)?.mapping];
  const expectation = yield* MappedPairs.translating(filePairs, {
    ...(fromMapping && { from: fromMapping }),
    ...(toMapping && { to: toMapping }),
  });
  let notInMapping = 0;
  for (let pair = expectation.length - 1; pair >= 0 && expectation.doubt(pair); pair--) notInMapping++;
  return { expectation, labelProblems, mappings: used, notInMapping };
}

/** The first pairs alone, in steps; undefined where there are no more than those. */
export function trialOf({ expectation }: PlannedCheck): Steps<SomePairs> | undefined {
  return expectation.length > trialPairs ? choosingFirst(expectation, trialPairs) : undefined;
}

/**
 * The version a check begins with. v3 hides all but primary companies, and of what it hides nothing can be told: a date version is
 * proposed first there.
 */
export function proposedVersion(from: string, to: string, own: ApiVersion): ApiVersion {
  return isPrimaryOnly({ from, to, apiVersion: own }) ? '2026-09' : own;
}
