import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as jsonc from 'jsonc-parser';
import { ignoredReasons, unsureReasons } from '../../../src/core/reading/found/reasons.ts';
import { tokenKinds } from '../../../src/core/reading/json/jsonWalk.ts';
import { meaningOf, wordsOf } from '../../../src/core/reading/names/fieldNames.ts';

function meaning(name: string): string {
  const found = meaningOf(name);
  if (found.kind === 'recordId') return `${found.role} ${found.objectType ?? '-'}`;
  if (found.kind === 'type') return `type ${found.objectType}`;
  return found.kind === 'other' ? found.reason : found.kind;
}

const meanings: Record<string, readonly string[]> = {
  'record -': [
    'Record ID',
    'hs_object_id',
    'recordId',
    'record_ids',
    'objectId',
    'HubSpot ID',
    'Datensatz-ID',
    'ID del registro',
    'レコードID',
    'Identyfikator rekordu',
    'Tietueen tunnus',
    'Post-ID',
    "ID de l'enregistrement",
    'ID do registro',
    'Record-id',
  ],
  'record 0-1': [
    'contactId',
    'contact_id',
    'CONTACT ID',
    'vid',
    'Record ID - Contact',
    'hubspotContactId',
    'Kontakt-ID',
    'ID contatto',
    'ID do contato',
    'contactIDs',
  ],
  'record 0-2': [
    'companyId',
    'Company ID',
    'Unternehmens-ID',
    "ID de l'entreprise",
    'ID azienda',
    'bedrijf-ID',
    'Företags-ID',
  ],
  'record 0-3': ['deal_id', 'DealIDs', 'dealid', 'ID de negocio', '取引ID', 'ID transakcji'],
  'record 0-8': ['lineItemId', 'line_item_id'],
  'associated 0-2': [
    'Associated Company IDs',
    'Associated Company ID',
    'associatedcompanyid',
    'Associated Company IDs (Primary)',
    'primary_company_id',
    'Zugeordnete Unternehmens-IDs',
    '関連付けられた会社ID',
    'ID de empresa asociada',
  ],
  'associated -': ['Associated Machine IDs'],
  'from -': ['fromObjectId'],
  'to -': ['toObjectId'],
  'merged -': ['primaryObjectId', 'newObjectId', 'mergedObjectIds'],
  id: ['id', 'ID', 'ids'],
  portalId: ['portalId', 'hub_id', 'Portal ID', 'hubId'],
  eventId: ['eventId'],
  objectTypeId: ['objectTypeId', 'fromObjectTypeId'],
  associationTypeId: ['associationTypeId', 'typeId'],
  otherId: [
    'hubspot_owner_id',
    'userId',
    'appId',
    'subscriptionId',
    'requestId',
    'contactOwnerId',
    'correlation-id',
    'listId',
    'Contact owner ID',
    'taxId',
  ],
  epoch: ['occurredAt', 'createdate', 'timestamp', 'hs_createdate'],
  amount: ['amount', 'Deal Amount'],
  'type 0-1': ['contact', 'contacts', 'Contact'],
  unknown: [
    'name',
    'Company name',
    'dealname',
    'Associated Company',
    'foo',
    '',
    '__proto__',
    'constructor',
    'valid',
    'paid',
    'grid',
  ],
};

for (const [expected, names] of Object.entries(meanings)) {
  test(`names that mean: ${expected}`, () => {
    for (const name of names) assert.equal(meaning(name), expected, name);
  });
}

test('names split into the same words however they are written', () => {
  for (const name of [
    'associatedCompanyIDs',
    'Associated Company IDs',
    'associated_company_ids',
    'ASSOCIATED-COMPANY-IDS',
  ]) {
    assert.deepEqual(wordsOf(name), ['associated', 'company', 'ids']);
  }
});

test('each reason has a sentence of its own', () => {
  const sentences = [...Object.values(ignoredReasons), ...Object.values(unsureReasons)];
  assert.equal(new Set(sentences).size, sentences.length);
  for (const sentence of sentences) assert.ok(sentence.length > 3);
});

test('token kinds are those of the scanner', () => {
  const kinds = (text: string): number[] => {
    const scanner = jsonc.createScanner(text, true);
    const all: number[] = [];
    for (let kind = scanner.scan() as number; kind !== tokenKinds.EOF; kind = scanner.scan() as number) all.push(kind);
    return all;
  };
  const { OpenBraceToken, CloseBraceToken, OpenBracketToken, CloseBracketToken, CommaToken, ColonToken } = tokenKinds;
  assert.deepEqual(kinds('{}[],:'), [
    OpenBraceToken,
    CloseBraceToken,
    OpenBracketToken,
    CloseBracketToken,
    CommaToken,
    ColonToken,
  ]);
  const { NullKeyword, TrueKeyword, FalseKeyword, StringLiteral, NumericLiteral, Unknown } = tokenKinds;
  assert.deepEqual(kinds('null true false "a" 1 x'), [
    NullKeyword,
    TrueKeyword,
    FalseKeyword,
    StringLiteral,
    NumericLiteral,
    Unknown,
  ]);
});
