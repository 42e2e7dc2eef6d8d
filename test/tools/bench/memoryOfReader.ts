import { writeSync } from 'node:fs';
import { dealIds } from './precomputedHubSpot.ts';

/** Reads so many records and prints the most memory that the process took, with the ids and what was read still held. */
export async function memoryOfReader(read: (origin: string, ids: readonly string[]) => Promise<unknown>) {
  const { origin, records } = JSON.parse(process.argv[2] ?? '{}');
  const ids = dealIds(records);
  const kept = await read(origin, ids);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  if (!kept || ids.length !== records) throw new Error('Nothing is held');
  writeSync(1, `${JSON.stringify({ megabytes })}\n`);
  process.exit();
}
