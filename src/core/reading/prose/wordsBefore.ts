/** What the words before a number say: names of fields and types, and words that may stand between those and the number. */

import { WordTable } from '../characters/wordTable.ts';
import { meaningOf, type NameMeaning } from '../names/fieldNames.ts';

/** Words that may stand between a name and its number. */
const between = new Set(
  'in not where with for of the is was are were has have having by on und mit der die das le la les el los de del di da no nr num number get got record object named called equals eq s const let var val final'.split(
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
  'of aslist set hashset treeset array list arraylist tuple frozenset long bigint numberlong int number valueof int64 uint64 int32 uint32 i64 u64 i32 u32 any isin in_'.split(
    ' ',
  ),
);

/** Stands in a heading behind the name of a type: `Contacts affected:`. */
const headingWords = new Set(
  'affected missing failed concerned remaining below following involved skipped orphaned found'.split(' '),
);

/** A type's name where words are written without blanks. */
const unspaced = /(?:コンタクト|会社|企業|取引|チケット|リード)$/;

/** SQL calls its tables by a letter or two: `FROM companies c WHERE c.id IN (5)`. */
const aliased = /^([a-z]\w?)\.(\w+)$/i;

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
}

export const wordsBefore = new WordTable((text): Word => {
  const [, alias, column] = aliased.exec(text) ?? [];
  const last = text.slice(text.lastIndexOf('.') + 1);
  const lastTwo = text.slice(text.lastIndexOf('.', text.lastIndexOf('.') - 1) + 1);
  const name = column ?? (/by_?ids?$/i.test(last) ? last : lastTwo);
  const lower = text.replace(/\.$/, '').toLowerCase();
  const call = last.toLowerCase();
  let meaning = meaningInCode(text) ?? meaningOf(name);
  if (meaning.kind === 'id') meaning = ownerInPath(text) ?? meaning;
  if (meaning.kind === 'unknown' && name.charCodeAt(name.length - 1) > 0x3000) {
    meaning = meaningOf(unspaced.exec(name)?.[0] ?? '');
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
