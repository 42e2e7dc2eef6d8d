/** A window's claims in a process of their own: reads `take PATH`, `isOwn PATH` a line, and prints true or false. */
import { createInterface } from 'node:readline';
import { Claims } from '../../src/editor/claim.ts';

const claims = new Claims(process.argv[2] ?? '', { beat: 50, patience: 5000 });
for await (const line of createInterface({ input: process.stdin })) {
  const [what, path = ''] = line.split(' ');
  console.log(what === 'take' ? await claims.take(path) : await claims.isOwn(path));
}
