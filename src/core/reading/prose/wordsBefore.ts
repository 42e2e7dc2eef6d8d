/** What the words before a number say: names of fields and types, and words that may stand between those and the number. */
import { isBlank, nameParts } from '../characters/characters.ts';
import { WordTable } from '../characters/wordTable.ts';
import { KnownNames, meaningOf, type NameMeaning, recordOf, typeOfList } from '../names/fieldNames.ts';
import { negations, otherTools } from '../names/fieldWords.ts';
import { typeAtEnd } from '../names/objectTypeWords.ts';

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** What a word may be besides a name. */
const kinds = {
  /** Stands between a name and its number and says nothing itself. */
  between: words(
    'in not where with for of the is was are were has have having by on und mit der die das le la les el los de del di da no nr num number get got get record object named called equals eq s should must be const let var val final',
  ),
  /** What happened to a record: the number behind may be when. */
  event: words(
    'updated created deleted removed merged fetched synced loaded read processing processed saved changed imported',
  ),
  /** Stands in a heading behind the name of a type: `Contacts affected:`. */
  heading: words('affected missing failed concerned remaining below following involved skipped orphaned found'),
  /** Says that what follows is not there. */
  negation: negations,
  /** May stand between a word that says "not there" and what is not: "not associated with a company". */
  withinNegation: words(
    'a an any the associated linked related connected assigned its their with to have has having been t yet hat haben med en ett een una um uma une der die das den',
  ),
  /** May stand between what something is missing from and the word that says so: "contacts that still have no company". */
  beforeNegation: words(
    'that which who still currently are is do does with have has had having were was t hat haben die das que qui som der dont yet',
  ),
  /** Another program with contacts and deals of its own. */
  tool: otherTools,
  /** Names of slots: what they hold is said beside them, as in `{ name: 'amount', value: 5 }` or `{ from: 5, to: 6, type: ... }`. */
  slot: words('value values val default propertyvalue uniqueidentifiervalue from to n'),
  /** Before a constructor. */
  new: words('new'),
  in: words('in'),
} as const;

/** What makes a list of the numbers in brackets behind it: `new Set([5])`, `List.of(5L)`, `id = ANY(ARRAY[5])`. */
const constructors = words(
  'of aslist set hashset treeset array list arraylist tuple frozenset long bigint numberlong int number valueof int64 uint64 int32 uint32 i64 u64 i32 u32 any isin in_ string str strings w',
);
/** `Deal.id.in_([5])` asks as SQL's `IN (5)` does. */
const calledIn = words('isin in_ any');

/** SQL calls its tables by a letter or two: `FROM companies c WHERE c.id IN (5)`. */
const aliased = /^([a-z]\w?)\.(\w+)$/i;

/** `client.crm.contacts.basicApi.update`: its first argument is a record's id. */
const apiCall = /\.(?:basic_?)?api\.(?:get|update|archive|read|delete|purge)\w*$/i;

/** What is known of a word before a number. */
export class Word {
  readonly meaning: NameMeaning;
  /** The `c` of `c.id`, which stands for a table. */
  readonly alias: string | undefined;
  readonly isConstructor: boolean;
  readonly isIn: boolean;
  readonly isPlural: boolean;
  /** The type of the records in a list of this name: `pilot_deals`. */
  readonly listType: string | undefined;
  readonly #lower: string;

  constructor(text: string) {
    const [, alias, column] = aliased.exec(text) ?? [];
    const last = text.slice(text.lastIndexOf('.') + 1);
    this.#lower = text.replace(/\.$/, '').toLowerCase();
    this.meaning = meaningIn(text, last, column);
    this.alias = alias;
    this.isConstructor = constructors.has(last.toLowerCase());
    this.isIn = this.is('in') || calledIn.has(last.toLowerCase());
    this.isPlural = this.#lower.endsWith('s');
    this.listType = this.meaning.kind === 'unknown' ? typeOfList(last) : undefined;
  }

  is(kind: keyof typeof kinds): boolean {
    return kinds[kind].has(this.#lower);
  }
}

/** The meaning of a word, a path of names among them; `column` is what stands behind a table's alias. */
function meaningIn(text: string, last: string, column: string | undefined): NameMeaning {
  const lastTwo = text.slice(text.lastIndexOf('.', text.lastIndexOf('.') - 1) + 1);
  const name = column ?? (/by_?ids?$/i.test(last) ? last : lastTwo);
  const meaning = meaningInCode(text) ?? meaningOf(name);
  if (meaning.kind === 'id') return ownerInPath(text) ?? meaning;
  if (meaning.kind !== 'unknown') return meaning;
  const owner = apiCall.test(text) ? ownerInPath(text) : undefined;
  if (owner) return owner;
  // "hubspot.test.contact=5"
  const ofLast = name === last ? meaning : meaningOf(last);
  if (ofLast.kind === 'type') return ofLast;
  const objectType = name.charCodeAt(name.length - 1) > 0x3000 ? typeAtEnd(name) : undefined;
  return objectType === undefined ? meaning : { kind: 'type', objectType, plural: false };
}

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
    if (meaning.kind === 'type') return recordOf(meaning.objectType);
    if (meaning.kind === 'other' && meaning.reason === 'otherId') return meaning;
  }
  return undefined;
}

const longestTool = 24;

/** The words of one text, each found out once. */
export class WordsBefore extends KnownNames {
  readonly #table = new WordTable((text) => new Word(text));

  at(text: string, start: number, end: number): Word {
    return this.#table.at(text, start, end);
  }

  of(word: string): Word {
    return this.#table.at(word, 0, word.length);
  }

  /** "Salesforce lead ID 5" is no lead of HubSpot's. */
  isOfOtherTool(text: string, at: number): boolean {
    let end = at;
    while (end > 0 && (isBlank(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 45)) end--;
    if (end === at) return false;
    if (text.endsWith("'s", end)) end -= 2;
    let start = end;
    while (start > 0 && end - start < longestTool && nameParts[text.charCodeAt(start - 1)] === 1) start--;
    return start < end && this.at(text, start, end).is('tool');
  }
}
