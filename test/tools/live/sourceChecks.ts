/**
 * What published sources say of reads that the product does not send, or sends without being sure of the answer. Where the stand-in
 * has no answer, a check carries what is supposed.
 */
import {
  type Check,
  errorsOf,
  type Facts,
  listLength,
  nobody,
  read,
  recordsPath,
  refusal,
  type Version,
  versions,
} from './checks.ts';
import { at, type LiveAccount, type LiveAnswer } from './liveAccount.ts';

const usagePaths: Readonly<Record<string, string>> = {
  v3: '/crm/v3/limits/records',
  '2026-09': '/crm/limits/2026-09/records',
};

const fieldsOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.keys(value).sort() : undefined;
const customUsage = (body: unknown) => at(body, 'customObjectTypes', 'byObjectType', 0);

function usageFacts({ status, body }: LiveAnswer): Facts {
  return {
    status,
    'fields of a type': fieldsOf(at(body, 'hubspotDefinedObjectTypes', 0)),
    'fields of a custom type': fieldsOf(customUsage(body)) ?? 'not told: the account has none',
  };
}

/** Scopes that open the definitions of custom types, and so their labels. */
const schemaScopes: readonly unknown[] = ['crm.schemas.custom.read', 'crm.objects.custom.read'];

async function labelsWithoutScope(account: LiveAccount): Promise<Facts> {
  const granted = at((await account.tokenInfo()).body, 'scopes');
  if (!Array.isArray(granted)) return { labels: 'not told: the scopes are not known' };
  if (granted.some((scope) => schemaScopes.includes(scope))) return { labels: 'not told: the token may read schemas' };
  const schemas = await account.get('/crm-object-schemas/v3/schemas');
  const { body } = await account.get(usagePaths.v3!);
  const type = customUsage(body);
  if (type === undefined) return { labels: 'not told: the account has no custom type' };
  return { schemas: schemas.status, labels: typeof at(type, 'pluralLabel') === 'string' ? 'told' : 'not there' };
}

/** Whether the count leaves out what was archived, and does not lag. */
async function usageBesideSearch(account: LiveAccount): Promise<Facts> {
  const types: unknown = at((await account.get(usagePaths.v3!)).body, 'hubspotDefinedObjectTypes');
  const deals: unknown = Array.isArray(types) ? types.find((type) => at(type, 'objectTypeId') === '0-3') : undefined;
  const usage = at(deals, 'usage');
  const total = at((await account.search('deals', [])).body, 'total');
  if (typeof usage !== 'number' || typeof total !== 'number') return { usage: 'not told: one of the two is not there' };
  return { usage: usage === total ? 'as many as a search finds' : usage > total ? 'more' : 'fewer' };
}

/** Whether records can be found by what they are not associated with, and whether that is true. */
async function withoutCompany(account: LiveAccount): Promise<Facts> {
  const found = await account.search('deals', [{ propertyName: 'associations.company', operator: 'NOT_HAS_PROPERTY' }]);
  if (found.status !== 200) return refusal(found);
  const results: unknown = at(found.body, 'results');
  const ids = Array.isArray(results) ? results.map((each) => String(at(each, 'id'))) : [];
  if (ids.length === 0) return { found: 'not told: every deal has a company' };
  const { body } = await read(account, '2026-09', ids);
  const after: unknown = at(body, 'results');
  const have = Array.isArray(after) ? after.filter((each) => (listLength(at(each, 'to')) ?? 0) > 0).length : 0;
  return { status: 200, total: typeof at(found.body, 'total'), 'have a company after all': have };
}

/** Whether a script of a web page may ask. */
async function preflight(account: LiveAccount): Promise<Facts> {
  const page = 'https://page.example';
  const { headers } = await account.preflight('/crm/v3/associations/deals/companies/batch/read', page);
  const allowed = headers.get('access-control-allow-origin');
  return { 'a page may ask': allowed === '*' || allowed === page };
}

async function deletedBesideOthers(account: LiveAccount, version: Version): Promise<Facts> {
  const { deal, archived } = account.subjects;
  if (deal === undefined) return { read: 'not told: it needs --deal ID' };
  const { status, body } = await read(account, version, [deal, archived!]);
  return { status, read: listLength(at(body, 'results')), errors: errorsOf(body) };
}

export const sourceChecks: readonly Check[] = [
  ...Object.entries(usagePaths).map(([version, path]) => ({
    title: `${version}: how many records of each type there are`,
    ask: async (account: LiveAccount) => usageFacts(await account.get(path)),
  })),
  {
    title: 'the number of records beside what a search finds',
    supposed: { usage: 'as many as a search finds' },
    ask: usageBesideSearch,
  },
  {
    title: 'labels of custom types without the scope for schemas',
    supposed: { schemas: 403, labels: 'told' },
    ask: labelsWithoutScope,
  },
  {
    title: 'deals found by having no company (NOT_HAS_PROPERTY)',
    supposed: { status: 200, total: 'number', 'have a company after all': 0 },
    ask: withoutCompany,
  },
  { title: 'whether a web page may ask (CORS)', supposed: { 'a page may ask': false }, ask: preflight },
  ...versions.map((version) => ({
    title: `${version}: a deleted record beside one that is there`,
    needs: 'archived' as const,
    ask: (account: LiveAccount) => deletedBesideOthers(account, version),
  })),
  {
    title: 'a list of archived meetings',
    supposed: { status: 400 },
    ask: async (account) => ({ status: (await account.get('/crm/v3/objects/meetings?archived=true&limit=1')).status }),
  },
  {
    title: 'archived meetings by ID',
    ask: async (account) => refusal(await account.batchRead(recordsPath('v3', 'meetings', true), [{ id: nobody }])),
  },
  {
    title: 'the largest page of a list of records',
    supposed: { 'of 100': 200, 'of 101': 400 },
    ask: async (account) => ({
      'of 100': (await account.get('/crm/v3/objects/deals?limit=100')).status,
      'of 101': (await account.get('/crm/v3/objects/deals?limit=101')).status,
    }),
  },
  {
    title: 'the largest page of owners',
    ask: async (account) => {
      const { status } = await account.get('/crm/v3/owners?archived=false&limit=500');
      return { 'of 500': status === 403 ? 'not told: the token may not read owners' : status };
    },
  },
];
