import { Client } from '@hubspot/api-client';

/** The official client in the loop that people write: one batch after the other, all results kept. */
export async function readOfficially(origin: string, ids: readonly string[], batchSize = 1000) {
  const client = new Client({ accessToken: 'a-token', basePath: origin });
  const all = [];
  for (let first = 0; first < ids.length; first += batchSize) {
    const inputs = ids.slice(first, first + batchSize).map((id) => ({ id }));
    const { results } = await client.crm.associations.batchApi.read('deals', 'contacts', { inputs });
    all.push(...results);
  }
  if (all.length !== ids.length) throw new Error(`The official client read ${all.length} records`);
  return all;
}
