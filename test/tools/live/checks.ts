/**
 * What no published source says, or where two contradict each other, each as something that can be asked by reading only.
 * A check turns answers into facts that do not depend on the account, so that those of two accounts can be compared.
 */
import { standardObjectTypes } from '../../../src/core/domain/objectTypes.ts';
import { at, type LiveAccount, type LiveAnswer, type Subjects } from './liveAccount.ts';

export type Facts = Readonly<Record<string, unknown>>;

export interface Check {
  readonly title: string;
  /** The record without which it cannot be asked. */
  readonly needs?: keyof Subjects;
  /** What published sources say, where the stand-in has no answer because the product never asks. */
  readonly supposed?: Facts;
  ask(account: LiveAccount): Promise<Facts>;
}

export type Version = 'v3' | '2026-03' | '2026-09';
export const versions: readonly Version[] = ['v3', '2026-03', '2026-09'];

/** No check follows a record's pages further than this. */
const mostPages = 20;

/** Looks like an id, and no account has it. */
export const nobody = '9000000000000000001';

function associationsPath(version: Version, from: string, to: string): string {
  return version === 'v3'
    ? `/crm/v3/associations/${from}/${to}/batch/read`
    : `/crm/associations/${version}/${from}/${to}/batch/read`;
}

export const read = (
  account: LiveAccount,
  version: Version,
  ids: readonly string[],
  from = 'deals',
  to = 'companies',
) =>
  account.batchRead(
    associationsPath(version, from, to),
    ids.map((id) => ({ id })),
  );

export function recordsPath(version: Version, type: string, archived = false): string {
  const objects = version === 'v3' ? '/crm/v3/objects' : `/crm/objects/${version}`;
  return `${objects}/${type}/batch/read?archived=${archived}`;
}

/** An id may be told to the maintainer, but not two accounts' ids compared. */
const withoutDigits = (text: unknown) => (typeof text === 'string' ? text.replace(/\d+/g, '#') : text);

/** How an answer refuses, or that it does not. */
export function refusal({ status, body, headers }: LiveAnswer): Facts {
  if (status < 300) return { status, errors: errorsOf(body), results: listLength(at(body, 'results')) };
  return {
    status,
    type: headers.get('content-type')?.split(';')[0],
    message: withoutDigits(at(body, 'message')),
    category: at(body, 'category'),
  };
}

export function errorsOf(body: unknown): readonly string[] {
  const errors = at(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return [...new Set(errors.map((each) => `${at(each, 'category')} ${at(each, 'subCategory') ?? ''}`.trim()))];
}

export const listLength = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const cursorOf = (body: unknown) => at(body, 'results', 0, 'paging', 'next', 'after');
const idsOf = (body: unknown): readonly string[] => {
  const to = at(body, 'results', 0, 'to');
  return Array.isArray(to) ? to.map((each) => String(at(each, 'id') ?? at(each, 'toObjectId'))) : [];
};

/** v3 has a row for each type, so that a record may come again on a later page, with another type. */
function rowsOf(body: unknown): readonly string[] {
  const to = at(body, 'results', 0, 'to');
  return Array.isArray(to) ? to.map((each) => JSON.stringify(each)) : [];
}

/** The distinct ids of all pages, or undefined when there are too many pages or a cursor does not move. */
async function allIds(account: LiveAccount, version: Version, id: string, from: string, to: string) {
  const ids = new Set<string>();
  const seen = new Set<unknown>();
  let after: unknown;
  for (let page = 0; page < mostPages; page++) {
    const input = after === undefined ? { id } : { id, after };
    const { body } = await account.batchRead(associationsPath(version, from, to), [input]);
    for (const each of idsOf(body)) ids.add(each);
    after = cursorOf(body);
    if (after === undefined) return ids;
    if (seen.has(after)) return undefined;
    seen.add(after);
  }
  return undefined;
}

/** Whether v3 shows of one record what a date version shows. */
async function comparedWithDateVersion(account: LiveAccount, id: string, from: string, to: string): Promise<Facts> {
  const v3 = await allIds(account, 'v3', id, from, to);
  const date = await allIds(account, '2026-09', id, from, to);
  if (!v3 || !date) return { 'v3 shows': 'not told: too many pages' };
  if (date.size < 2) return { 'v3 shows': `not told: there is only ${date.size}` };
  return { 'v3 shows': v3.size === date.size ? 'all' : v3.size === 1 ? 'one' : 'some' };
}

/** What follows a page of a batch read when it is asked for by its cursor. */
async function secondPage(account: LiveAccount, version: Version, id: string): Promise<Facts> {
  const target = associationsPath(version, 'companies', 'contacts');
  const first = await account.batchRead(target, [{ id }]);
  const after = cursorOf(first.body);
  if (after === undefined) return { second: `not told: all ${idsOf(first.body).length} came in one page` };
  const second = await account.batchRead(target, [{ id, after }]);
  const again = rowsOf(second.body).some((each) => rowsOf(first.body).includes(each));
  return {
    second: second.status >= 300 ? `refused with ${second.status}` : again ? 'repeats the first' : 'goes on',
    'its cursor': cursorOf(second.body) === after ? 'is the same' : 'has moved or ended',
  };
}

async function pageSize(account: LiveAccount, version: Version, id: string): Promise<Facts> {
  const { body } = await read(account, version, [id], 'companies', 'contacts');
  const length = idsOf(body).length;
  return { 'first page': cursorOf(body) === undefined ? `not told: all ${length} came in one page` : length };
}

export const checks: readonly Check[] = [
  {
    title: 'more than 1,000 inputs',
    ask: async (account) => {
      const ids = Array.from({ length: 1001 }, (_, nth) => String(9000000000000000001n + BigInt(nth)));
      return refusal(await read(account, 'v3', ids));
    },
  },
  ...Object.entries({
    'an id that is no number': 'abc',
    'a negative id': '-1',
    'an id of 20 digits': '99999999999999999999',
    'an id with a leading zero': '0123',
  }).map(([title, id]) => ({
    title,
    ask: async (account: LiveAccount) => refusal(await read(account, 'v3', [id])),
  })),
  { title: 'no inputs', ask: async (account) => refusal(await read(account, 'v3', [])) },
  {
    title: 'the same id twice',
    needs: 'deal',
    ask: async (account) => refusal(await read(account, 'v3', [account.subjects.deal!, account.subjects.deal!])),
  },
  {
    title: 'a body that is not called JSON (415)',
    ask: async (account) =>
      refusal(await account.batchRead(associationsPath('v3', 'deals', 'companies'), [{ id: nobody }], 'text/plain')),
  },
  {
    title: 'types that cannot be associated',
    ask: async (account) => refusal(await read(account, 'v3', [nobody], 'line_items', 'tickets')),
  },
  ...versions.map((version) => ({
    title: `size of a page of a ${version} batch read`,
    needs: 'company' as const,
    ask: (account: LiveAccount) => pageSize(account, version, account.subjects.company!),
  })),
  ...versions.map((version) => ({
    title: `the second page of a ${version} batch read`,
    needs: 'company' as const,
    ask: (account: LiveAccount) => secondPage(account, version, account.subjects.company!),
  })),
  {
    title: "size of a page of one record's own associations",
    needs: 'company',
    ask: async (account) => {
      const { status, body } = await account.get(
        `/crm/v3/objects/companies/${account.subjects.company}/associations/contacts?limit=500`,
      );
      const isCut = at(body, 'paging', 'next', 'after') !== undefined;
      return { status, size: isCut ? listLength(at(body, 'results')) : 'not told: all came in one page' };
    },
  },
  {
    title: 'v3, from a deal to its companies',
    needs: 'deal',
    ask: (account) => comparedWithDateVersion(account, account.subjects.deal!, 'deals', 'companies'),
  },
  {
    title: 'v3, from a company to its contacts',
    needs: 'company',
    ask: (account) => comparedWithDateVersion(account, account.subjects.company!, 'companies', 'contacts'),
  },
  ...versions.map((version) => ({
    title: `${version}: one id with associations, one unknown`,
    needs: 'deal' as const,
    ask: async (account: LiveAccount) => {
      const { status, body } = await read(account, version, [account.subjects.deal!, nobody]);
      return {
        status,
        errors: errorsOf(body),
        ...(version === 'v3' ? {} : { toObjectId: typeof at(body, 'results', 0, 'to', 0, 'toObjectId') }),
      };
    },
  })),
  {
    title: 'a record that was deleted',
    needs: 'archived',
    ask: async (account) => refusal(await read(account, 'v3', [account.subjects.archived!])),
  },
  ...versions.map((version) => ({
    title: `${version}: records by id, one of them unknown`,
    needs: 'deal' as const,
    ask: async (account: LiveAccount) => {
      const inputs = [{ id: account.subjects.deal! }, { id: nobody }];
      const { status, body } = await account.batchRead(recordsPath(version, 'deals'), inputs);
      return { status, found: listLength(at(body, 'results')), errors: errorsOf(body) };
    },
  })),
  {
    title: 'a record that was deleted, by id among the archived ones',
    needs: 'archived',
    ask: async (account) => {
      const inputs = [{ id: account.subjects.archived! }];
      const { status, body } = await account.batchRead(recordsPath('v3', 'deals', true), inputs);
      return { status, found: listLength(at(body, 'results')), errors: errorsOf(body) };
    },
  },
  ...versions.map((version) => ({
    title: `${version}: the properties of deals`,
    ask: async (account: LiveAccount) => {
      const properties = version === 'v3' ? '/crm/v3/properties' : `/crm/properties/${version}`;
      const { status, body } = await account.get(`${properties}/deals`);
      const first: unknown = at(body, 'results', 0);
      return { status, fields: typeof first === 'object' && first !== null ? Object.keys(first).sort() : undefined };
    },
  })),
  {
    title: 'headers that tell the limits',
    ask: async (account) => {
      const { headers } = await read(account, 'v3', [nobody]);
      const names = [...headers.keys()].filter((name) => /ratelimit|rate-limit|retry-after/.test(name));
      return { names: names.sort() };
    },
  },
  {
    title: 'what a token tells of itself',
    ask: async (account) => {
      const { status, body } = await account.tokenInfo();
      return { status, fields: typeof body === 'object' && body !== null ? Object.keys(body).sort() : [] };
    },
  },
  {
    title: 'a pair of which the token may read only one side',
    ask: async (account) => {
      const granted = at((await account.tokenInfo()).body, 'scopes');
      if (!Array.isArray(granted)) return { refused: 'not told: the scopes are not known' };
      const closed = standardObjectTypes.find(({ readScopes }) => !readScopes.some((scope) => granted.includes(scope)));
      if (!closed) return { refused: 'not told: the token may read everything' };
      const there = await read(account, '2026-09', [nobody], 'deals', closed.id);
      const back = await read(account, '2026-09', [nobody], closed.id, 'deals');
      return { 'as target': there.status, 'as source': back.status };
    },
  },
];
