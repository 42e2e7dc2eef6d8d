/** What the words before a number say: names of fields and types, and words that may stand between those and the number. */

import { WordTable } from '../characters/wordTable.ts';
import { meaningOf, type NameMeaning, typeOfList } from '../names/fieldNames.ts';
import { negations, otherTools } from '../names/fieldWords.ts';
import { typeAtEnd } from '../names/objectTypeWords.ts';

/** Words that may stand between a name and its number. */
const between = new Set(
  'in not where with for of the is was are were has have having by on und mit der die das le la les el los de del di da no nr num number get got record object named called equals eq s should must be const let var val final'.split(
    ' ',
  ),
);

/** What happened to a record: the number behind may be when. */
const events = new Set(
  'updated created deleted removed merged fetched synced loaded read processing processed saved changed imported'.split(
    ' ',
  ),
);

/** What makes a list of the numbers in brackets behind it: `new Set([5])`, `List.of(5L)`, `id = ANY(ARRAY[5])`. */
const constructors = new Set(
  'of aslist set hashset treeset array list arraylist tuple frozenset long bigint numberlong int number valueof int64 uint64 int32 uint32 i64 u64 i32 u32 any isin in_ string str strings w'.split(
    ' ',
  ),
);

/** Stands in a heading behind the name of a type: `Contacts affected:`. */
const headingWords = new Set(
  'affected missing failed concerned remaining below following involved skipped orphaned found'.split(' '),
);

/** May stand between a word that says "not there" and what is not: "not associated with a company". */
const withinNegation = new Set(
  'a an any the associated linked related connected assigned its their with to have has having been t yet hat haben med en ett een una um uma une der die das den'.split(
    ' ',
  ),
);

/** May stand between what something is missing from and the word that says so: "contacts that still have no company". */
const beforeNegation = new Set(
  'that which who still currently are is do does with have has had having were was t hat haben die das que qui som der dont yet'.split(
    ' ',
  ),
);

/** Names of slots: what they hold is said beside them, as in `{ name: 'amount', value: 5 }` or `{ from: 5, to: 6, type: ... }`. */
const slots = new Set('value values val default propertyvalue uniqueidentifiervalue from to n'.split(' '));

/** SQL calls its tables by a letter or two: `FROM companies c WHERE c.id IN (5)`. */
const aliased = /^([a-z]\w?)\.(\w+)$/i;

/** `client.crm.contacts.basicApi.update`: its first argument is a record's id. */
const apiCall = /\.(?:basic_?)?api\.(?:get|update|archive|read|delete|purge)\w*$/i;

/** What is known of a word, found out once for each of the few different words of a text. */
export interface Word {
  readonly meaning: NameMeaning;
  /** The `c` of `c.id`, which stands for a table. */
  readonly alias: string | undefined;
  /** Stands between a name and its number and says nothing itself. */
  readonly isBetween: boolean;
  readonly isEvent: boolean;
  readonly isIn: boolean;
  readonly isConstructor: boolean;
  readonly isHeading: boolean;
  /** `new`, before a constructor. */
  readonly isNew: boolean;
  readonly isPlural: boolean;
  /** Says that what follows is not there. */
  readonly isNegation: boolean;
  readonly isWithinNegation: boolean;
  readonly isBeforeNegation: boolean;
  /** Another program with contacts and deals of its own. */
  readonly isTool: boolean;
  readonly isSlot: boolean;
  /** The type of the records in a list of this name: `pilot_deals`. */
  readonly listType: string | undefined;
}

export const wordsBefore = new WordTable((text): Word => {
  const [, alias, column] = aliased.exec(text) ?? [];
  const last = text.slice(text.lastIndexOf('.') + 1);
  const lastTwo = text.slice(text.lastIndexOf('.', text.lastIndexOf('.') - 1) + 1);
  const name = column ?? (/by_?ids?$/i.test(last) ? last : lastTwo);
  const lower = text.replace(/\.$/, '').toLowerCase();
  const call = last.toLowerCase();
  let meaning = meaningInCode(text) ?? meaningOf(name);
  if (meaning.kind === 'id' || (meaning.kind === 'unknown' && apiCall.test(text)))
    meaning = ownerInPath(text) ?? meaning;
  // "hubspot.test.contact=5"
  if (meaning.kind === 'unknown' && name !== last && meaningOf(last).kind === 'type') meaning = meaningOf(last);
  if (meaning.kind === 'unknown' && name.charCodeAt(name.length - 1) > 0x3000) {
    const objectType = typeAtEnd(name);
    if (objectType) meaning = { kind: 'type', objectType, plural: false };
  }
  return {
    meaning,
    alias,
    isBetween: between.has(lower),
    isEvent: events.has(lower),
    isIn: lower === 'in' || call === 'isin' || call === 'in_' || call === 'any',
    isConstructor: constructors.has(call),
    isHeading: headingWords.has(lower),
    isNew: lower === 'new',
    isPlural: lower.endsWith('s'),
    isNegation: negations.has(lower),
    isWithinNegation: withinNegation.has(lower),
    isBeforeNegation: beforeNegation.has(lower),
    isTool: otherTools.has(lower),
    isSlot: slots.has(lower),
    listType: meaning.kind === 'unknown' ? typeOfList(last) : undefined,
  };
});

/** `value="5"` says nothing; `data-deal-id="5"` says what `deal-id` does, and `data-id` nothing. */
function meaningInCode(text: string): NameMeaning | undefined {
  if (text === 'value') return { kind: 'unknown' };
  if (!text.startsWith('data-')) return undefined;
  const meaning = meaningOf(text.slice(5));
  return meaning.kind === 'id' ? { kind: 'unknown' } : meaning;
}

/** `client.crm.contacts.basicApi.getById`: whose id it is stands in the path. */
function ownerInPath(text: string): NameMeaning | undefined {
  const segments = text.split('.').slice(0, -1).reverse();
  for (const segment of segments) {
    const meaning = meaningOf(segment);
    if (meaning.kind === 'type') return { kind: 'recordId', objectType: meaning.objectType, role: 'record' };
    if (meaning.kind === 'other' && meaning.reason === 'otherId') return meaning;
  }
  return undefined;
}
