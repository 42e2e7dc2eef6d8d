/** Reads a million records and prints the most memory it took: `node memoryOfReader.ts '{"reader":"ours","origin":"...","records":1000000}'`. */
import { firstDeal } from './precomputedHubSpot.ts';

const { reader, origin, records } = JSON.parse(process.argv[2] ?? '{}');
const ids = Array.from({ length: records }, (_, nth) => String(firstDeal + nth));
// Each process loads only the reader that it measures.
const read =
  reader === 'ours' ? (await import('./readers.ts')).readOurs : (await import('./officialReader.ts')).readOfficially;
const kept = await read(origin, ids);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ megabytes, kept: 'length' in kept ? kept.length : kept.counts.found }));
process.exit();
