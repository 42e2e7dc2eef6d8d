/** From a label as a source writes it to a test of an association's types, by how the account defines labels for the pair. */
import type { ApiVersion } from '../domain/associations.ts';
import { isPrimary } from '../domain/associations.ts';
import type { LabelTest } from '../domain/expectation.ts';
import { labelsOf } from '../domain/labels.ts';
import { nearestName } from '../domain/nearestName.ts';
import type { ObjectType } from '../domain/objectTypes.ts';
import { labelKey } from './labelSets.ts';

/** One of the ways in which records of two types can be associated, in one direction. */
interface LabelDefinition {
  readonly category: string;
  readonly typeId: number;
  /** Undefined for the plain association, which has none. */
  readonly label: string | undefined;
}

/** How an account defines labels between two object types, in the direction of the look-up. */
export interface LabelDefinitions {
  /** `GET .../associations/{from}/{to}/labels`; undefined where HubSpot refuses it. */
  readonly labels: readonly LabelDefinition[] | undefined;
  /** Under v3, `GET /crm/v3/associations/{from}/{to}/types`: what answers call each type id; undefined where HubSpot refuses it. */
  readonly names?: readonly { readonly typeId: number; readonly name: string }[] | undefined;
}

/** What somebody has to know or decide about a label before anything is asked. */
export type LabelProblem =
  /** The pair has no such label in this direction; `nearest` is one that is written almost like it. */
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest: string | undefined }
  /** HubSpot and the account number a type alike, and the source does not say whose it means. HubSpot's is taken until said. */
  | { readonly kind: 'ambiguous'; readonly text: string; readonly choices: readonly LabelDefinition[] }
  /** HubSpot did not tell the pair's labels, so that this one cannot be compared. */
  | { readonly kind: 'cannotCompare'; readonly text: string };

export interface LabelReading {
  readonly test: LabelTest;
  readonly problem?: LabelProblem;
}

export interface LabelContext {
  /** The object types of the look-up. */
  readonly from: string;
  readonly to: string;
  readonly apiVersion: ApiVersion;
  readonly definitions: LabelDefinitions;
  /** The account's custom object types, as far as they are known. */
  readonly customTypes?: readonly ObjectType[];
  /** Whose type a bare number means where several define it, by the number: a category such as `USER_DEFINED`. */
  readonly categoryOf?: ReadonlyMap<number, string>;
}

const hubSpots = 'HUBSPOT_DEFINED';

/** Reads one label: a text, a bare type number, or `USER_DEFINED 28`. */
export function readLabel(text: string, context: LabelContext): LabelReading {
  const exact = /^([a-z]+_defined)[\s:,]+(\d{1,15})$/i.exec(text);
  if (exact) return exactType(text, exact[1]!.toUpperCase(), Number(exact[2]), context);
  const labelled = definedWith(text, context);
  if (/^\d{1,15}$/.test(text) && !isOnlyText(Number(text), labelled, context)) {
    return numbered(text, Number(text), context);
  }
  if (labelKey(text) === 'primary' || labelled.some((definition) => isPrimaryType(definition))) {
    return primary(text, context);
  }
  return context.apiVersion === 'v3' ? named(text, labelled, context) : worded(text, labelled, context);
}

/** True for a number that is the text of a label and numbers no type. */
function isOnlyText(typeId: number, labelled: readonly LabelDefinition[], { definitions }: LabelContext): boolean {
  return labelled.length > 0 && !definitions.labels?.some((each) => each.typeId === typeId);
}

function exactType(text: string, category: string, typeId: number, context: LabelContext): LabelReading {
  const { labels } = context.definitions;
  const isDefined = labels?.some((each) => each.category === category && each.typeId === typeId);
  const reading = typeTest(text, { category, typeId, label: undefined }, context);
  return isDefined === false ? { test: reading.test, problem: unknown(text, context) } : reading;
}

/** HubSpot's type if HubSpot defines that number for the pair in this direction, else the account's. */
function numbered(text: string, typeId: number, context: LabelContext): LabelReading {
  const { labels } = context.definitions;
  if (!labels) return cannotCompare(text);
  const choices = labels.filter((each) => each.typeId === typeId);
  const chosen =
    choices.find(({ category }) => category === context.categoryOf?.get(typeId)) ??
    choices.find(({ category }) => category === hubSpots) ??
    choices[0];
  if (!chosen) {
    const test: LabelTest = { kind: 'type', text, category: hubSpots, typeId };
    return { test, problem: unknown(text, context) };
  }
  const reading = typeTest(text, chosen, context);
  const isDecided = choices.length === 1 || context.categoryOf?.has(typeId);
  return isDecided ? reading : { test: reading.test, problem: { kind: 'ambiguous', text, choices } };
}

/** The date versions tell category and number. v3 tells neither, only a name. */
function typeTest(text: string, type: LabelDefinition, context: LabelContext): LabelReading {
  if (context.apiVersion === 'v3') {
    return isPrimaryType(type) ? { test: { kind: 'primary', text } } : named(text, [type], context);
  }
  return { test: { kind: 'type', text, category: type.category, typeId: type.typeId } };
}

function primary(text: string, context: LabelContext): LabelReading {
  const { labels } = context.definitions;
  const isDefined = !labels || labels.some((definition) => isPrimaryType(definition));
  const test: LabelTest = { kind: 'primary', text };
  return isDefined ? { test } : { test, problem: unknown(text, context) };
}

/** Under a date version every answer has the label's text in it. */
function worded(text: string, labelled: readonly LabelDefinition[], context: LabelContext): LabelReading {
  const test: LabelTest = { kind: 'label', text, key: labelKey(text) };
  const isUnknown = context.definitions.labels !== undefined && labelled.length === 0;
  return isUnknown ? { test, problem: unknown(text, context) } : { test };
}

/** Under v3 an answer has a name of the type's, which its definition gives by number. */
function named(text: string, types: readonly LabelDefinition[], context: LabelContext): LabelReading {
  const { labels, names } = context.definitions;
  const key = labelKey(text);
  const itself = names?.find(({ name }) => labelKey(name) === key);
  if (types.length === 0 && itself) return { test: { kind: 'names', text, names: [itself.name] } };
  if (!labels || !names) return cannotCompare(text);
  if (types.length === 0) return { test: { kind: 'names', text, names: [] }, problem: unknown(text, context) };
  const known = types.flatMap((type) => nameUnderV3(type, names, context) ?? []);
  return known.length === types.length ? { test: { kind: 'names', text, names: known } } : cannotCompare(text);
}

/**
 * The name of a type, if it can only be one. Where HubSpot's type and one of the account's share a number, two names do, and
 * HubSpot's is the one that is made of the object types: `deal_to_company_unlabeled` beside `billing_contact`.
 */
function nameUnderV3(
  { category, typeId }: LabelDefinition,
  names: NonNullable<LabelDefinitions['names']>,
  { definitions, customTypes, ...pair }: LabelContext,
): string | undefined {
  const all = names.filter((each) => each.typeId === typeId).map(({ name }) => name);
  const isAlone = (definitions.labels ?? []).filter((each) => each.typeId === typeId).length <= 1;
  const those = isAlone ? all : all.filter((name) => isHubSpots(name, pair, customTypes) === (category === hubSpots));
  return those.length === 1 ? those[0] : undefined;
}

/** Neither plain nor primary associations have a label under v3. */
function isHubSpots(name: string, pair: { from: string; to: string }, customTypes?: readonly ObjectType[]): boolean {
  return labelsOf([{ name }], pair, customTypes).labels.length === 0;
}

function cannotCompare(text: string): LabelReading {
  return { test: { kind: 'unknown', text }, problem: { kind: 'cannotCompare', text } };
}

function unknown(text: string, { definitions }: LabelContext): LabelProblem {
  const known = (definitions.labels ?? []).flatMap(({ label }) => label ?? []);
  return { kind: 'unknown', text, nearest: nearestName(text, known) };
}

function definedWith(text: string, { definitions }: LabelContext): readonly LabelDefinition[] {
  const key = labelKey(text);
  return (definitions.labels ?? []).filter(({ label }) => label !== undefined && labelKey(label) === key);
}

function isPrimaryType({ category, typeId }: LabelDefinition): boolean {
  return isPrimary([{ category, typeId }]);
}
