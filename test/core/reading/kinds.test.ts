/**
 * Texts by the kind of mistake they provoke. Each was judged by hand before it was first read. Expected is written as
 * `28809324115:0-3` for an id with its type, `512:-` for one without, `?28809324115` for an unsure number and `!60000` for an
 * ignored one; numbers under seven digits need not be listed where they are no ids.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordIdsReading } from '../../../src/core/reading/found/reading.ts';
import { readRecordIds } from '../../../src/core/reading/readRecordIds.ts';
import { readSelections } from '../../../src/core/reading/selections.ts';

/** A text, what is expected, and the language VS Code would say. */
type Case = readonly [text: string, expected: string, languageId?: string];

const page = 'https://app.hubspot.com/contacts/62515/record';

const kinds: Record<string, readonly Case[]> = {
  'the link to the next page names what was asked about': [
    [
      '{"results":[{"toObjectId":9018837421}],"paging":{"next":{"link":"https://api.hubapi.com/crm/v4/objects/contacts/51234567/associations/companies?after=2"}}}',
      '9018837421:-',
      'json',
    ],
    [
      '{"results":[{"id":"9018837421","type":"contact_to_company"}],"paging":{"next":{"link":"https://api.hubapi.com/crm/v3/objects/0-1/51234567/associations/0-2?after=2"}}}',
      '9018837421:0-2',
      'json',
    ],
    [
      "{'results': [{'toObjectId': 9018837421}], 'paging': {'next': {'link': 'https://api.hubapi.com/crm/v4/objects/contacts/51234567/associations/companies?after=2'}}}",
      '9018837421:-',
      'python',
    ],
    [
      'results: [ { toObjectId: 9018837421 } ],\npaging: { next: { link: "https://api.hubapi.com/crm/v4/objects/contacts/51234567/associations/companies?after=2" } }',
      '9018837421:-',
    ],
    [
      '{"paging":{"next":{"link":"https://api.hubapi.com/crm/v3/objects/deals/28809324115/associations/contacts?after=2"}}}',
      '28809324115:0-3',
      'json',
    ],
    ['{"results":[],"url":"https://app.hubspot.com/contacts/62515/record/0-3/28809324115"}', '28809324115:0-3', 'json'],
  ],
  'ids of one end of an association, in a list of objects': [
    [
      "{'from': {'id': '9018837421'}, 'to': [{'id': '51234567', 'type': 'company_to_contact'}, {'id': '51234568', 'type': 'company_to_contact'}]}",
      '9018837421:-',
      'python',
    ],
    ['from: { id: 51234567 }, to: [ { id: 9018837421 }, { id: 9018837422 } ]', '51234567:-', 'javascript'],
    ["'to' => [['id' => '51234567'], ['id' => '51234568']]", '51234567:- 51234568:-', 'php'],
    ['{ "to": [ { id: "51234567", "labels": [] }, { id: "51234568" } ] }', '51234567:- 51234568:-', 'javascript'],
    ['deal: { id: 28809324115 }, to: [{ id: 51234567 }, { id: 51234568 }]', '28809324115:0-3', 'javascript'],
  ],
  'ids that a console prints': [
    ['irb> contacts.map(&:id)\n=> ["51234567", "512345", "1180233"]', '51234567:0-1 512345:0-1 1180233:0-1'],
    ["> deals.map(d => d.id)\n[ '28809324115', '28809324116' ]", '28809324115:0-3 28809324116:0-3'],
    [">>> [d[\"id\"] for d in results]\n['28809324115', '51234']", '28809324115:- 51234:-', 'python'],
    ['In [3]: [c.id for c in companies]\nOut[3]: [9018837421, 9018837422]', '9018837421:0-2 9018837422:0-2'],
    ['Company.pluck(:hubspot_id)\n=> ["9018837421", "9018837422"]', '9018837421:0-2 9018837422:0-2'],
    ['owners.map(&:id)\n=> ["81234567", "81234568"]', '!81234567 !81234568'],
    ['pages.map(p => p.id)\n[ 81234567, 81234568 ]', '!81234567 !81234568'],
    ['things.map(t => t.id)\n[ 81234567, 81234568 ]', '81234567:- 81234568:-'],
    ['res.results.map(&:id)\n=> ["51234567"]\nres.results.map(&:amount)\n=> ["6000000"]', '51234567:- ?6000000'],
  ],
  'items of a list beside known ones': [
    [
      '- deal 28809324115 is open\n- 28809324116\n- 28809324117: ask Jo',
      '28809324115:0-3 28809324116:0-3 28809324117:0-3',
    ],
    [
      `Found by the check (run 3):\n * 28809324115 (owner 81234567 left)\n * 28809324116\n\nsee ${page}/0-3/28809324115`,
      '28809324115:0-3 28809324115:0-3 !81234567 28809324116:0-3',
    ],
    [
      '- [x] contact 51234567 into 51234568\n- [ ] 51234569 later',
      '51234567:0-1 51234568:0-1 51234569:0-1',
      'markdown',
    ],
    ['1. company 9018837421\n2. 9018837422\n', '9018837421:0-2 9018837422:0-2', 'markdown'],
    ['- deal 28809324115\n- 4155550123 is his number', '28809324115:0-3 ?4155550123'],
    ['- deal 28809324115\n\nInvoice\n- 28809324119', '28809324115:0-3 ?28809324119'],
    ['- owner 81234567\n- 81234568\n', '!81234567 ?81234568'],
    ['- contact 51234567\n- phone 41234567\n- 51234568', '51234567:0-1 !41234567 ?51234568'],
  ],
  'associations between': [
    ['Will skip association between [51234567] and [unknown]', '51234567:-', 'log'],
    ['association of [contact] between [51234567] and [9018837421] failed', '51234567:- 9018837421:-', 'log'],
    ['Could not create the association between 51234567 and 9018837421', '51234567:- 9018837421:-'],
    ['associations between contact 51234567 and company 9018837421', '51234567:0-1 9018837421:0-2'],
    ['no association was found between (51234567) and owner 81234567', '51234567:- !81234567', 'log'],
    ['the difference between 51234567 and 51234568 is 1', '?51234567 ?51234568'],
    ['association type 280 between them', ''],
  ],
  'lists of name and value': [
    [
      '{"properties":[{"name":"amount","value":"60000"},{"name":"hubspot_owner_id","value":"81234567"}]}',
      '!60000 !81234567',
      'json',
    ],
    ['{"values":[{"name":"phone","value":"4155550123","objectTypeId":"0-1"}]}', '!4155550123', 'json'],
    [
      '{"fields":[{"key":"associatedcompanyid","value":"9018837421"},{"key":"portal_id","value":"149063119"}]}',
      '9018837421:0-2 !149063119',
      'json',
    ],
    [
      '[{"property":"hs_object_id","value":"28809324115"},{"property":"mobilephone","value":"4915112345678"}]',
      '28809324115:- !4915112345678',
      'json',
    ],
    [
      '{"inputs":[{"id":"28809324115","properties":[{"propertyName":"dealstage","value":"1189022345"}]}]}',
      '28809324115:- !1189022345',
      'json',
    ],
    [
      '- name: hubspot_owner_id\n  value: 81234567\n- name: deal_id\n  value: 28809324115\n',
      '28809324115:0-3 !81234567',
      'yaml',
    ],
    [
      "const p = [{ name: 'annualrevenue', value: 12500000 }, { name: 'contact_id', value: '51234567' }];",
      '51234567:0-1 !12500000',
      'javascript',
    ],
    [
      '{"fields":[{"value":"4155550123","name":"phone"},{"value":"28809324115","field":"dealId"}]}',
      '28809324115:0-3 !4155550123',
      'json',
    ],
    [
      '<property name="amount">6000000</property><property name="dealId">28809324115</property>',
      '28809324115:0-3 !6000000',
      'xml',
    ],
    ['{"properties":[{"name":"custom_ref","value":"81234567"}]}', '?81234567', 'json'],
  ],
  'a wrong guess of the format': [
    ['select dealid, name\nfrom deals where dealid in (350676159, 350681680)', '350676159:0-3 350681680:0-3'],
    ['SELECT id, name\nFROM contacts WHERE id IN (51234567, 51234568)', '51234567:0-1 51234568:0-1', 'sql'],
    ['/* deal 28809324115 */\nexport const x = [1];\n', '28809324115:0-3', 'javascript'],
    [`// ${page}/0-3/28809324115\nfunction f() { return 1; }\n`, '28809324115:0-3', 'javascript'],
    ['{\n  // contact 51234567 was merged\n  "name": "x"\n}', '51234567:0-1', 'jsonc'],
    ['[4711] deal 28809324115', '28809324115:0-3'],
    ['[4711] deal 28809324115\n[4712] deal 28809324116\n', '28809324115:0-3 28809324116:0-3', 'log'],
    ['[12345678] INFO contact 51234567 saved', '51234567:0-1 !12345678', 'log'],
    ['{done} deal 28809324115', '28809324115:0-3'],
    ["import { a, b } from 'x';\nconst contactId = 51234567, n = 2;\n", '51234567:0-1'],
    [
      'ids, names = load(), []\nfor deal_id in [28809324115, 28809324116]:\n    push(deal_id, names)\n',
      '28809324115:0-3 28809324116:0-3',
    ],
    ['{"dealId": 28809324115}\nretry of deal 28809324116 failed\n', '28809324115:0-3 28809324116:0-3', 'log'],
  ],
  'what is missing is not what the ids are of': [
    ['deals missing a company: 28809324115', '28809324115:0-3'],
    ['contacts without company:\n51234567\n51234568\n', '51234567:0-1 51234568:0-1'],
    ['Company has no contacts: 14520938817', '14520938817:0-2'],
    ['Deal lacks a contact: 28809324115', '28809324115:0-3'],
    ['Kontakte ohne Unternehmen:\n51234567\n51234568', '51234567:0-1 51234568:0-1'],
    ['Contactos sin empresa: 51234567, 51234568', '51234567:0-1 51234568:0-1'],
    ['tickets not associated with a company: 2201938847', '2201938847:0-5'],
    ['Entreprises sans contact : 14520938817', '14520938817:0-2'],
    ['deals with no associated contacts: 28809324115, 28809324116', '28809324115:0-3 28809324116:0-3'],
    ["contacts that don't have a company: 51234567", '51234567:0-1'],
    ['No company for contact 51234567', '51234567:0-1'],
    ['missing company: 28809324115', '?28809324115'],
    ['Empresas sem contato: 14520938817', '14520938817:0-2'],
    ['Aziende senza contatto: 14520938817', '14520938817:0-2'],
    ['bedrijven zonder contact: 14520938817', '14520938817:0-2'],
  ],
  'numbers that a spreadsheet with decimal commas rounded': [
    ['Record ID;Email\n1,48213E+11;a@b.c\n148212903377;d@e.f\n', '148212903377:-', 'csv'],
    ['Record ID\n"1,48213E+11"\n"148212903377"\n', '148212903377:-', 'csv'],
    ['{"dealId":"1,48213E+11","contactId":"51234567"}', '51234567:0-1', 'json'],
    ['deal ids: 1,48213E+11, 28809324115', '28809324115:0-3'],
    ['dealId=14821,3E+7', ''],
    ['1,48213E+11\n148212903377\n', '148212903377:-'],
  ],
  'the id of an association type': [
    ['{"id":"51234567","type":"category=HUBSPOT_DEFINED id=280"}', '51234567:-', 'json'],
    ['{"contacts":[{"objectId":"51234567","type":"category=USER_DEFINED id=12"}]}', '51234567:0-1', 'json'],
    ['contact 51234567 linked, id=280 category=HUBSPOT_DEFINED', '51234567:0-1 !280', 'log'],
    ['contact 51234567 linked, category: INTEGRATOR_DEFINED, id: 7', '51234567:0-1 !7', 'log'],
    ['{"contacts":[{"toObjectId":51234567,"types":[{"category":"HUBSPOT_DEFINED","id":280}]}]}', '51234567:-', 'json'],
    [
      '{"contacts":[{"toObjectId":51234567,"types":[{"id":"280","category":"HUBSPOT_DEFINED"}]}]}',
      '51234567:-',
      'json',
    ],
    ["const types = [{ category: 'HUBSPOT_DEFINED', id: 280 }];\nlink(contactId = 51234567);", '51234567:0-1 !280'],
    ["contacts: [{ 'category': 'HUBSPOT_DEFINED', 'id': 280 }]", '!280'],
  ],
  'a type that is told further away': [
    ["WARNING - missing companies: ['27715044390', '27715051174']", '27715044390:0-2 27715051174:0-2', 'log'],
    ['[sync] ERROR: missing deals: 28809324115', '28809324115:0-3', 'log'],
    ['contact 51234567 - missing companies: 27715044390', '51234567:0-1 ?27715044390'],
    ["{ companies: Collection { results: [ { id: '26440189335' } ] } }", '26440189335:0-2', 'javascript'],
    [
      'query { CRM { deal(uniqueIdentifier: "hs_object_id", uniqueIdentifierValue: "40227710833") { amount } } }',
      '40227710833:0-3',
    ],
    [
      'query { CRM { contact(uniqueIdentifier: "phone", uniqueIdentifierValue: "4155550123") { email } } }',
      '!4155550123',
    ],
    [
      'variable "pilot_company_ids" {\n  default = ["30440177182", "30440179913"]\n}',
      '30440177182:0-2 30440179913:0-2',
    ],
    ['variable "deal_id" {\n  default = 28809324115\n}', '28809324115:0-3'],
    ['variable "aws_account_id" { default = "418820337745" }', '!418820337745'],
    ['variable "reference" { default = "418820337745" }', '?418820337745'],
    ['subscriptionType=contact.deletion objectId=170933862251 portalId=9143377', '170933862251:0-1 !9143377', 'log'],
    ['objectId=170933862251 subscriptionType=deal.creation', '170933862251:0-3', 'log'],
    ['objectId=170933862251 type=click', '170933862251:-', 'log'],
    ['Companies to keep\n31204477180\n\nContacts to move\n184420338871\n', '31204477180:0-2 184420338871:0-1'],
    ['Deals without a contact\n28809324115\n28809324116\n', '28809324115:0-3 28809324116:0-3'],
    ['Contacts to merge:\n- [ ] 51234567 (same phone)\n- [x] 51234568\n', '51234567:0-1 51234568:0-1', 'markdown'],
    ['{"vid":1844203,"associated-company":{"company-id":7302214480}}', '1844203:0-1', 'json'],
    ['./cli.js get object 2-23164882 11980441787 --age=41', '11980441787:2-23164882'],
    ["getById('2-23164882', '11980441787')", '11980441787:2-23164882'],
    ['schema 2-23164882 1764000000', '?1764000000'],
    ['schema 2-23164882 300', ''],
    ['machine  = 29177044205   (2-41177305)', '29177044205:2-41177305'],
    ['call 2-23164882, 11980441787 and 11980441788', '11980441787:2-23164882 11980441788:2-23164882'],
    ['contact 170220418833, the company should be 28330417720', '170220418833:0-1 28330417720:0-2'],
  ],
  'rows of an INSERT': [
    [
      'INSERT INTO map (netsuite_id, hubspot_company_id, at) VALUES\n  (1048200, 9871236540, 5),\n  (1051700, 9871240022, 5);',
      '9871236540:0-2 9871240022:0-2 !1048200 !1051700',
      'sql',
    ],
    [
      "insert into deals (id, name, amount) values (28809324115, 'a, (b) 7654321', 6000000)",
      '28809324115:0-3 !6000000 ?7654321',
      'sql',
    ],
    [
      "INSERT INTO `crm`.`map` (`x`, `contact_id`) VALUES ('81234567','51234567'),('81234568','51234568')",
      '51234567:0-1 51234568:0-1 ?81234567 ?81234568',
      'sql',
    ],
    [
      'INSERT INTO map (deal_id, custom_ref) VALUES (28809324115, 81234567);\n-- see contact 51234567',
      '28809324115:0-3 51234567:0-1 ?81234567',
      'sql',
    ],
    ['INSERT INTO map (deal_id, owner_id) VALUES (512,345);', '512:0-3', 'sql'],
    ['INSERT INTO map VALUES (81234567, 81234568);', '?81234567 ?81234568', 'sql'],
    [
      'INSERT INTO tags (deal_id) VALUES (28809324115);\nSELECT f(81234567), (81234568)',
      '28809324115:0-3 ?81234567 ?81234568',
      'sql',
    ],
  ],
  'the same digits again': [
    [`<r><id>414861480977</id><url>${page}/0-1/414861480977</url></r>`, '414861480977:0-1 414861480977:0-1', 'xml'],
    [`see 414861480977 first\n${page}/0-1/414861480977`, '414861480977:0-1 414861480977:0-1'],
    [`see 414861480978 first\n${page}/0-1/414861480977`, '414861480977:0-1 ?414861480978'],
    [
      `see 414861480977: ${page}/0-1/414861480977 or ${page}/0-2/414861480977`,
      '?414861480977 414861480977:0-1 414861480977:0-2',
    ],
    [
      '{"id":"182204471930","url":"https://app.hubspot.com/contacts/62515/record/0-1/182204471930"}',
      '182204471930:0-1 182204471930:0-1',
      'json',
    ],
    ['ref 5123456 of contact 5123456', '?5123456 5123456:0-1'],
  ],
  'a word that is a container and a reason': [
    ['{"results":[28809324115]}', '28809324115:-', 'json'],
    ['{"data":[28809324115,28809324116]}', '28809324115:- 28809324116:-', 'json'],
    ['{"items":["51234567"]}', '51234567:-', 'json'],
    ['{"rows":[51234567]}', '51234567:-', 'json'],
    ['{"batch":[51234567,51234568]}', '51234567:- 51234568:-', 'json'],
    ['{"failed":[51234567]}', '51234567:-', 'json'],
    ['{"records":["51234567"]}', '51234567:-', 'json'],
    ['{"uniqueIdentifierValue":"51234567"}', '?51234567', 'json'],
    ['setId("5432109876")', '?5432109876', 'java'],
    ['deal.setId("28809324115");', '28809324115:0-3', 'java'],
    ['failed: 51234567, 51234568', '?51234567 ?51234568'],
    ['{"total":12345678,"count":1234567}', '!12345678 !1234567', 'json'],
    ['{"results":12345678}', '!12345678', 'json'],
  ],
  'an id whose noun stands further away': [
    ['Contact already exists. Existing ID: 48876239064', '48876239064:0-1'],
    ['409 Conflict: Contact already exists. Existing ID: 48876239064', '48876239064:0-1', 'log'],
    ['Created HubSpot contact: a@b.c (ID: 88123456789)', '88123456789:0-1'],
    ['Company already exists. Existing ID: 14520938817', '14520938817:0-2'],
    ['Updated deal "Acme renewal" (ID: 28809324115)', '28809324115:0-3'],
    [
      '{"status":"error","message":"Contact already exists. Existing ID: 48876239064","category":"CONFLICT"}',
      '48876239064:0-1',
      'json',
    ],
    ['Ticket created: Printer broken [id=2201938847]', '2201938847:0-5'],
    ['Found company Acme Inc. with ID 14520938817', '14520938817:0-2'],
    ['Deal created successfully, id: 28809324115', '28809324115:0-3'],
    ['Contact synced (request id: 77665544)', '?77665544'],
    ['Contact assigned to owner (ID: 71882213)', '!71882213'],
    ['Contact enrolled in workflow Welcome (ID: 1189022345)', '!1189022345'],
  ],
  "another noun's number, another tool's id": [
    ['Jane Doe is the owner who owns the active deal (`89050212`)', '?89050212'],
    ['Owner Jane owns the active deal (89050212).', '?89050212'],
    ['Salesforce lead ID 256033482 was synced', '?256033482'],
    ['Pipedrive deal ID 9988776 imported', '?9988776'],
    ['Zendesk ticket #12345678 was closed', '?12345678'],
    ['Marketo lead ID: 256033482', '?256033482'],
    ["the deal's owner (71882213) left", '!71882213'],
    ['user 12345678 owns company (14520938817)', '!12345678 ?14520938817'],
    ['HubSpot deal ID 28809324115 was imported from Pipedrive', '28809324115:0-3'],
  ],
  'literals that are no JSON': [
    ["const payload = { deal: { hs_object_id: '60712345678' } };", '60712345678:0-3', 'javascript'],
    ["const payload = { deal: { name: 'x', hs_object_id: '60712345678' } };", '60712345678:0-3', 'javascript'],
    ['var dealIds = new List<long>() { 55120001, 55120002 };', '55120001:0-3 55120002:0-3', 'csharp'],
    ["link({ from: '81234567890', to: '90234567890', type: 'contact_to_company' });", '81234567890:0-1', 'typescript'],
    ['{"body":"{\\"dealIds\\":[\\"28809324115\\",\\"28809324116\\"]}"}', '28809324115:0-3 28809324116:0-3', 'json'],
    [
      '{"cells":[{"cell_type":"code","source":["deal_ids = [\\n","    28809324115,\\n","    28809324116\\n","]"]}]}',
      '28809324115:0-3 28809324116:0-3',
      'json',
    ],
    ["x = {'contact': {'email': 'a@b.c', 'id': 51234567}}", '51234567:0-1', 'python'],
    ['Map.of("companyId", "14520938817")', '14520938817:0-2', 'java'],
    ["send({ objectTypeId: '0-3', objectId: 28809324115 });", '28809324115:0-3', 'javascript'],
    ["$r = ['objectType' => 'deal', 'id' => '28809324115'];", '28809324115:0-3', 'php'],
    ["send({ objectId: 28809324115, objectTypeId: '0-3' });", '28809324115:0-3', 'javascript'],
    ['{"from":"81234567890","to":"90234567890","type":"contact_to_company"}', '81234567890:0-1', 'json'],
  ],
  'keys in table rows, names of lists, headings without a colon': [
    [
      '| Field | Value |\n|---|---|\n| HubSpot contact id | 63412345678 |\n| Owner id | 71882213 |\n',
      '63412345678:0-1 !71882213',
      'markdown',
    ],
    ['| HubSpot contact id | 63412345678 |', '63412345678:0-1', 'markdown'],
    ['pilot_deals = [28809324115, 28809324116]', '28809324115:0-3 28809324116:0-3', 'python'],
    ["const testContacts = ['51234567'];", '51234567:0-1', 'javascript'],
    ['Deals\n28809324115\n28809324116', '28809324115:0-3 28809324116:0-3'],
    ['## Companies\n\n- 14520938817\n- 14520938818\n', '14520938817:0-2 14520938818:0-2', 'markdown'],
    [
      'Checked today.\n\nDeals\n28809324115\n28809324116\n\nContacts\n51234567\n',
      '28809324115:0-3 28809324116:0-3 51234567:0-1',
    ],
    ['affected_companies: [14520938817]', '14520938817:0-2', 'yaml'],
    ['Please check.\n\n**Tickets**\n* 2201938847\n* 2201938848\n', '2201938847:0-5 2201938848:0-5', 'markdown'],
    ['num_deals: 12345678', '!12345678', 'yaml'],
  ],
  'one column at a time': [
    ['primary_record_id,associated_companies_ids\n28809324115,14520938817;14520938818\n', '28809324115:-', 'csv'],
    ['Name,Associated Contact IDs,Associated Company IDs\nx,51234567,14520938817\n', '51234567:0-1', 'csv'],
    ['deal_id,associated_contact_ids\n28809324115,51234567\n', '28809324115:0-3', 'csv'],
    ['hs_object_id,associated_company_id,merged_ids\n28809324115,14520938817,28809324116\n', '28809324115:-', 'csv'],
    ['record id\tprimary company id\n28809324115\t14520938817\n', '28809324115:-', 'tsv'],
    ['| Record ID | Associated Company IDs |\n|---|---|\n| 28809324115 | 14520938817 |\n', '28809324115:-', 'markdown'],
  ],
  'prose in a cell': [
    ['a,source\nx,HubSpot company 9912384401\ny,none\n', '9912384401:0-2', 'csv'],
    ['Name,Notes\nAcme,"call about deal 28809324115, urgent"\nFoo,ok\n', '28809324115:0-3', 'csv'],
    [`name,link\na,see ${page}/0-1/51234567 please\nb,-\n`, '51234567:0-1', 'csv'],
    ['Deal ID,Notes\n28809324115,merged from deal 28809324999\n', '28809324115:0-3', 'csv'],
    ['subject;body\nHi;contact 51234567 wants 5000000 EUR\nHo;nothing\n', '51234567:0-1 !5000000', 'csv'],
    ['Name,Phone\nJane,4155550123\nJoe,4155550124\n', '!4155550123 !4155550124', 'csv'],
    ['Deal ID,Amount\n28809324115,5000000\n', '28809324115:0-3 !5000000', 'csv'],
  ],
  "other scripts' digits": [
    ['٣٧٢٩٥ 37295', '37295:-'],
    ['37295, ٣٧٢٩٥', '37295:-'],
    ['１２３４５ 28809324115', '28809324115:-'],
    ['deal ٣٧٢٩٥, deal 28809324115', '28809324115:0-3'],
    ['28809324115\n२८८०९\n28809324116\n', '28809324115:- 28809324116:-'],
    ['٣٧٢٩٥;37295;512', '37295:- 512:-'],
  ],
  'what must never be sent': [
    [
      '| Type | ID |\n|---|---|\n| Contact | 51234567 |\n| Company | 9018837421 |\n| Owner | 81234567 |\n',
      '51234567:0-1 9018837421:0-2 !81234567',
      'markdown',
    ],
    [
      'company ids to merge (master first):\n9018837421\n9018837422\n\nphone numbers to remove:\n4155550123\n\namounts:\n1200000\n5000000',
      '9018837421:0-2 9018837422:0-2 !4155550123 !1200000 !5000000',
    ],
    ['Owners\n81234567\n81234568\n\nDeals\n28809324115', '28809324115:0-3 !81234567 !81234568'],
    ['10:00:00 sync contacts: 1200000 read, 5000000 skipped', '?1200000 ?5000000', 'log'],
    ['await setOwner(contact.id, 81234567);', '?81234567', 'javascript'],
    [
      '{"filters":[{"propertyName":"hubspot_owner_id","operator":"EQ","value":"81234567"}],"sorts":[{"propertyName":"createdate"}]}',
      '!81234567',
      'json',
    ],
    [
      '{"phoneNumbers":["4155550123"],"amounts":[1200000],"ownerIds":["81234567"],"contacts":["51234567"]}',
      '51234567:0-1 !4155550123 !1200000 !81234567',
      'json',
    ],
    [
      '{"chart":{"data":[[1764000000000,5000000],[1764000000001,5000001]]}}',
      '?1764000000000 ?5000000 ?1764000000001 ?5000001',
      'json',
    ],
    ['[{"type":"contact","id":51234567,"links":[{"type":"owner","id":81234567}]}]', '51234567:0-1 ?81234567', 'json'],
    [
      'date,contacts,deals,revenue\n2026-01-01,1200000,5000000,99999999\n2026-01-02,1200001,5000001,99999998\n',
      '?1200000 ?5000000 ?1200001 ?5000001 !99999999 !99999998',
      'csv',
    ],
    [
      'Company ID,Phone Number,Owner,Portal,Notes\n9018837421,4155550123,81234567,62515000,"call 4155550124"\n',
      '9018837421:0-2 !4155550123 !81234567 !62515000 !4155550124',
      'csv',
    ],
    [
      '<property name="hubspot_owner_id" value="81234567"/><record type="deal" id="28809324115"/>',
      '28809324115:0-3 !81234567',
      'xml',
    ],
    ['Associated deal->contact: 28809324115', '28809324115:0-3', 'log'],
    ['Contact owner: 81234567\nPhone: 4155550123\n', '!81234567 !4155550123'],
  ],
  'headers of all export languages': [
    [
      'Datensatz-ID,Deal-Name,Betrag,Zugeordnete Kontakt-IDs\n28809324115,A,1200000,51234567\n',
      '28809324115:0-3 !1200000',
      'csv',
    ],
    ['记录 ID,交易名称,金额,关联的公司 ID\n28809324115,A,1200000,9018837421\n', '28809324115:- !1200000', 'csv'],
    ['記錄 ID,交易名稱,金額,關聯的公司 ID\n28809324115,A,1200000,9018837421\n', '28809324115:- !1200000', 'csv'],
    ['레코드 ID,거래 이름,금액,연결된 회사 ID\n28809324115,A,1200000,9018837421\n', '28809324115:- !1200000', 'csv'],
    [
      "Record-ID,Aftalenavn,Beløb,Tilknyttede virksomheds-ID'er\n28809324115,A,1200000,9018837421\n",
      '28809324115:- !1200000',
      'csv',
    ],
    [
      'Post-ID,Navn på avtale,Beløp,Tilknyttede selskaps-ID-er\n28809324115,A,1200000,9018837421\n',
      '28809324115:- !1200000',
      'csv',
    ],
    ['ID เรกคอร์ด,ชื่อดีล,จำนวนเงิน,ID บริษัทที่เกี่ยวข้อง\n28809324115,A,1200000,9018837421\n', '28809324115:- !1200000', 'csv'],
    [
      'ID do registro,Nome do negócio,Valor,IDs de contato associados\n28809324115,A,1200000,51234567\n',
      '28809324115:0-3 !1200000',
      'csv',
    ],
    ['관련 연락처 ID,이름\n51234567,A\n', '51234567:0-1', 'csv'],
    ['联系人 ID,姓名\n51234567,A\n', '51234567:0-1', 'csv'],
    ['聯絡人 ID,姓名\n51234567,A\n', '51234567:0-1', 'csv'],
    ['Kontakt-ID,Navn\n51234567,A\n', '51234567:0-1', 'csv'],
    ['Virksomheds-ID,Navn\n9018837421,A\n', '9018837421:0-2', 'csv'],
    ['ID ผู้ติดต่อ,ชื่อ\n51234567,A\n', '51234567:0-1', 'csv'],
  ],
};

for (const [kind, cases] of Object.entries(kinds)) {
  cases.forEach(([text, expected, languageId], nth) => {
    test(`${kind}, ${nth + 1}`, () => {
      assert.equal(told(readRecordIds(text, languageId), expected), expected, text);
    });
  });
}

/** A text with «the selection» in it. */
const selected: readonly Case[] = [
  ['deals:\n  - id: 28809324115\n«  - id: 28809324116»\n', '28809324116:0-3', 'yaml'],
  ['contacts = [\n  51234567,\n  «51234568,»\n]\n', '51234568:0-1', 'python'],
  ['Company IDs:\n512\n«513\n»514\n', '513:0-2'],
  ['WHERE contact_id IN (\n  51234567,\n  «51234568»\n)', '51234568:0-1', 'sql'],
  ['{"deals":[{"id":"28809324115"},«{"id":"28809324116"}»]}', '28809324116:0-3', 'json'],
  ['| Name | Ticket ID |\n|---|---|\n| a | 2201938847 |\n«| b | 2201938848 |\n»', '2201938848:0-5', 'markdown'],
  [`see «[674500112233](${page}/0-1/674500112233)» now`, '674500112233:0-1 674500112233:0-1', 'markdown'],
  ['select dealid, name\nfrom deals where dealid in («350676159, 350681680»)', '350676159:0-3 350681680:0-3'],
  ['// deal «28809324115»\nconst x = { a: 1 };', '28809324115:0-3', 'javascript'],
  ['contacts without company:\n«51234567\n51234568»\n', '51234567:0-1 51234568:0-1'],
  ['{"foo":«12345678901»}', '12345678901:-', 'json'],
  ['Record ID,Phone\n51234567,"+49 30 «1234567»"\n', '', 'csv'],
];

selected.forEach(([marked, expected, languageId], nth) => {
  test(`selections, ${nth + 1}`, () => {
    const start = marked.indexOf('«');
    const end = marked.indexOf('»') - 1;
    const text = marked.replace('«', '').replace('»', '');
    const reading = readSelections({ text, ...(languageId ? { languageId } : {}), selections: [{ start, end }] });
    assert.equal(told(reading, expected), expected, marked);
  });
});

/** What was read, in the words of the expectation. */
function told({ ids, unsure, ignored }: RecordIdsReading, expected: string): string {
  const listed = new Set(expected.split(' '));
  const all = [
    ...ids.map(({ id, objectType }) => `${id}:${objectType ?? '-'}`),
    ...ignored.map(({ text }) => `!${text}`).filter((each) => listed.has(each)),
    ...unsure.map(({ id }) => `?${id}`).filter((each) => listed.has(each) || each.length > 7),
  ];
  const order = expected.split(' ');
  return all.sort((a, b) => order.indexOf(a) - order.indexOf(b)).join(' ');
}
