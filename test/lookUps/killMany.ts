/** Kills a saved look-up at 200 random moments, half of them with a disk that is full now and then: `npm run test:kills`. */
import { killRepeatedly } from './killing.ts';

const kills = Number(process.argv[2] ?? 200);
for (const isDiskFull of [false, true]) {
  await killRepeatedly({
    asked: 200_000,
    batchSize: 100,
    kills: Math.ceil(kills / 2),
    isDiskFull,
    onKill: (kill, records) =>
      console.log(`${isDiskFull ? 'full disk, ' : ''}kill ${kill}: ${records} records are kept whole`),
  });
}
console.log(`${2 * Math.ceil(kills / 2)} kills, and nothing was lost or said that is not so.`);
