/** Which columns of a table hold record ids, by header and content, and which of them are read unless somebody picks another. */
import { finished, type Steps } from '../../domain/steps.ts';
import { ranks } from '../found/candidates.ts';
import { meaningOf, type Role, wordsOf } from '../names/fieldNames.ts';
import { speaksForItself } from '../names/objectTypeWords.ts';
import { isHubSpotUrl } from '../prose/hubSpotUrls.ts';
import { isIdNumber, isMaybeTime } from '../shapes/wholeNumbers.ts';

export interface TableColumn {
  readonly column: number;
  readonly header: string;
  /** recordIds: header or addresses say so. maybe: only the numbers look like it. */
  readonly likely: 'recordIds' | 'maybe' | 'no';
  readonly role: Role;
  readonly objectType?: string;
  /** Of the columns with record ids, those with the lowest rank are read unless somebody picks another; see `ranks`. */
  readonly rank?: number;
  readonly isDefault: boolean;
  /** The first values that are not empty. */
  readonly samples: readonly string[];
}

type Rank = Exclude<keyof typeof ranks, 'prose'>;

/** The columns of a table whose header row is `headers` and whose first rows hold these values (by column). */
export function chooseColumns(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): readonly TableColumn[] {
  return finished(choosingColumns(headers, samples));
}

/** So many columns, with their first values, take a few milliseconds. */
export const columnsOfStep = 200;

/** The same, in steps. */
export function* choosingColumns(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
): Steps<readonly TableColumn[]> {
  const names: string[] = [];
  const columns: Ranked[] = [];
  for (const [column, header] of headers.entries()) {
    if (column % columnsOfStep === 0) yield;
    const values = samples[column] ?? [];
    const ranking = rankOf(header, values);
    const isMaybe = ranking.rank === undefined && looksLikeIds(values) && meaningOf(header).kind !== 'other';
    columns.push({ header, column, values, isMaybe, ...ranking });
    names.push(wordsOf(header).join(''));
  }
  yield;
  const own = ownType(names);
  const best = columns.reduce(
    (least, { rank }) => (rank === undefined ? least : Math.min(least, ranks[rank])),
    Number.POSITIVE_INFINITY,
  );
  return columns.map(({ header, column, values, isMaybe, rank, role, objectType }) => {
    const type = objectType ?? (rank === 'record' || rank === 'id' ? own : undefined);
    return {
      column,
      header,
      likely: rank ? 'recordIds' : isMaybe ? 'maybe' : 'no',
      role,
      ...(type === undefined ? {} : { objectType: type }),
      ...(rank === undefined ? {} : { rank: ranks[rank] }),
      isDefault: rank !== undefined && ranks[rank] === best,
      samples: values.slice(0, 5),
    };
  });
}

interface Ranking {
  readonly rank?: Rank;
  readonly role: Role;
  readonly objectType?: string;
}

interface Ranked extends Ranking {
  readonly header: string;
  readonly column: number;
  readonly values: readonly string[];
  readonly isMaybe: boolean;
}

function rankOf(header: string, values: readonly string[]): Ranking {
  const meaning = meaningOf(header);
  if (meaning.kind === 'recordId') {
    const { role, objectType } = meaning;
    const rank = role === 'record' ? (objectType ? 'typed' : 'record') : role;
    return { rank, role, ...(objectType === undefined ? {} : { objectType }) };
  }
  if (meaning.kind === 'id' && (values.length === 0 || values.some((value) => /^\W*\d{1,19}\W*$/.test(value))))
    return { rank: 'id', role: 'record' };
  // "Contacts" may head how many there are, "Contact" does not.
  const isIds = ({ plural }: { plural: boolean }) =>
    plural
      ? looksLikeIds(values) && values.some((value) => value.length > 7)
      : areWholeNumbers(values) || looksLikeIds(values);
  if (meaning.kind === 'type' && speaksForItself(meaning.objectType) && isIds(meaning))
    return { rank: 'type', role: 'record', objectType: meaning.objectType };
  if (values.length > 0 && values.every((value) => isHubSpotUrl(value, 0, value.length)))
    return { rank: 'address', role: 'record' };
  return { role: 'record' };
}

/** Most values are whole numbers as long as record ids of the last years, and not times. */
export function looksLikeIds(values: readonly string[]): boolean {
  const fit = values.filter((value) => /^[1-9]\d{5,18}$/.test(value) && !isMaybeTime(value, 0, value.length));
  return values.length > 0 && fit.length * 10 >= values.length * 8;
}

function areWholeNumbers(values: readonly string[]): boolean {
  return values.length > 0 && values.every(isIdNumber);
}

/** Names of columns, in the languages of exports, as joined words. */
const telltale: readonly (readonly [string, RegExp])[] = [
  [
    '0-3',
    /^(?:dealname|dealstage|nomdelatransaction|nombredelnegocio|nometrattativa|nomedonegocio|dealnaam|nazwatransakcji|affarensnamn|kaupannimi|取引名)$/,
  ],
  ['0-5', /^(?:ticketname|ticketstatus|nombredelticket|nomduticket|nometicket|nomedoticket|ticketnaam)$/],
  [
    '0-1',
    /^(?:firstname|lastname|vorname|nachname|prenom|apellidos?|cognome|sobrenome|voornaam|achternaam|imie|nazwisko|fornamn|efternamn|etunimi|sukunimi)$/,
  ],
  ['0-2', /^(?:companydomainname)$/],
];

/** The type of an export's own records, by columns that only exports of that type have. @param names as joined words */
function ownType(names: readonly string[]): string | undefined {
  return telltale.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0];
}
