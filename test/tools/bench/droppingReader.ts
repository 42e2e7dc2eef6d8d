import { batchReadPath } from './precomputedHubSpot.ts';

/** The requests of our look-up with the same fetch, as many in flight; every answer is parsed as JSON and dropped at once. */
export async function readAndDrop(origin: string, ids: readonly string[], batchSize = 1000, inFlight = 16) {
  let next = 0;
  let results = 0;
  const worker = async () => {
    while (next < ids.length) {
      const inputs = ids.slice(next, next + batchSize).map((id) => ({ id }));
      next += batchSize;
      const headers = { authorization: 'Bearer a-token', 'content-type': 'application/json' };
      const response = await fetch(origin + batchReadPath, {
        method: 'POST',
        headers,
        body: JSON.stringify({ inputs }),
      });
      const answer = JSON.parse(await response.text());
      results += answer.results.length;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  if (results !== ids.length) throw new Error(`${results} records were read`);
  return results;
}
