/** Kills a saved look-up at 200 random moments, half of them a check, half of each with a disk that is full now and then: `npm run test:kills`. */
import { killRepeatedly } from './killing.ts';

const kills = Math.ceil(Number(process.argv[2] ?? 200) / 4);
for (const isCheck of [false, true]) {
  for (const isDiskFull of [false, true]) {
    const which = [isCheck && 'check', isDiskFull && 'full disk'].filter(Boolean).map((word) => `${word}, `);
    await killRepeatedly({
      asked: 200_000,
      batchSize: 100,
      kills,
      isDiskFull,
      isCheck,
      onKill: (kill, records) => console.log(`${which.join('')}kill ${kill}: ${records} records are kept whole`),
    });
  }
}
console.log(`${4 * kills} kills, and nothing was lost or said that is not so.`);
