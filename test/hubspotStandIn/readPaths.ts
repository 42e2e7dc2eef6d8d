/**
 * What this product may send to HubSpot, written down by hand and from HubSpot's documentation, so that it does not repeat a
 * mistake of the product's own table. A stand-in holds every request against it as long as it lives.
 */

const objectType = '(?:[0-9]-[0-9]{1,19}|[A-Za-z][A-Za-z0-9_]{0,99})';
const recordId = '[1-9][0-9]{0,18}';
const cursor = '(?:[A-Za-z0-9._~=-]|%[0-9A-Fa-f]{2})*';

const reads: readonly RegExp[] = [
  `POST /crm/v3/associations/${objectType}/${objectType}/batch/read`,
  `POST /crm/associations/2026-03/${objectType}/${objectType}/batch/read`,
  `POST /crm/associations/2026-09/${objectType}/${objectType}/batch/read`,
  `GET /crm/v3/objects/${objectType}/${recordId}/associations/${objectType}[?]limit=500(?:&after=${cursor})?`,
  `GET /crm/associations/2026-0[39]/${objectType}/${objectType}/labels`,
  `GET /crm/v3/associations/${objectType}/${objectType}/types`,
  `POST /crm/v3/objects/${objectType}/batch/read[?]archived=(?:true|false)`,
  `POST /crm/objects/2026-0[39]/${objectType}/batch/read[?]archived=(?:true|false)`,
  `GET /crm/(?:v3/properties|properties/2026-0[39])/${objectType}(?:[?]dataSensitivity=(?:sensitive|highly_sensitive))?`,
  `GET /crm/v3/owners[?]archived=(?:true|false)&limit=500(?:&after=${cursor})?`,
  'GET /crm-object-schemas/(?:v3|2026-0[39])/schemas',
  'GET /crm/(?:v3/limits|limits/2026-09)/records',
  'GET /account-info/(?:v3|2026-09)/details',
  'POST /oauth/v2/private-apps/get/access-token-info',
].map((line) => new RegExp(`^${line}$`));

/** True for a request that reads. @param path path and query as they arrived */
export function isRead(method: string, path: string): boolean {
  return reads.some((read) => read.test(`${method} ${path}`));
}
