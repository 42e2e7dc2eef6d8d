/** Reads a million records and prints the most memory it took: `node memoryOfReader.ts '{"reader":"ours","origin":"...","records":1000000}'`. */
import { dealIds, readOfficially, readOurs } from './readers.ts';

const { reader, origin, records } = JSON.parse(process.argv[2] ?? '{}');
const ids = dealIds(records);
const kept = reader === 'ours' ? await readOurs(origin, ids) : await readOfficially(origin, ids, 1000);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ megabytes, kept: kept instanceof Map ? kept.size : kept.counts.found }));
process.exit();
