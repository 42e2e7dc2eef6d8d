/**
 * A look-up that is kept on the disk, in a process of its own, made to be killed:
 * `node killedLookUp.ts <origin> <token> <folder> <ids> <batch size> <check or plain> <full from> <full for>`. Goes on from what
 * is in the folder; a check of which the pairs were not kept begins anew, as its user would have to. From its nth append on the
 * disk is full, for so many. Prints one line of JSON when it has ended.
 */

import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import type { LookUpState } from '../../src/core/lookUp/lookUpState.ts';
import { noPlaces } from '../../src/ids/storedPlaces.ts';
import { HeldCheck } from '../../src/lookUps/heldCheck.ts';
import type { LedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { SavedLookUps } from '../../src/lookUps/savedLookUps.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds } from '../hubspotStandIn/generatedAccount.ts';
import { cardOf } from './cards.ts';
import { faultyDisk } from './faultyDisk.ts';
import { contactsOfNth, plantedPairs } from './plantedPairs.ts';

const [origin = '', token = '', folder = '', ids = '0', batchSize = '100', kind = '', fullFrom = '0', fullFor = '0'] =
  process.argv.slice(2);
const deals = Number(ids);
const expectation = kind === 'check' ? plantedPairs(deals, contactsOfNth) : undefined;
const types = { from: 'deals', to: 'contacts' };
const question = expectation ? { ...types, ids: expectation.asked } : { ...types, ids: dealIds(deals) };

let appends = 0;
const disk = faultyDisk((operation) => {
  if (operation === 'append') appends++;
  if (operation !== 'append' && operation !== 'replace') return undefined;
  const since = appends - Number(fullFrom);
  return since >= 0 && since < Number(fullFor) ? 'ENOSPC' : undefined;
});
const saved = new SavedLookUps(folder, 10, disk);

let card = cardOf({ id: '00000000-0000-4000-8000-000000000001' });
let ledger: LedgerFile | undefined;
let resume: LookUpState | undefined;
let check: HeldCheck | undefined;
for await (const each of saved.restore()) {
  for (const entry of each) {
    if (entry.kind !== 'restored' || !entry.ledger) throw new Error(`The look-up is ${JSON.stringify(entry)}`);
    if (expectation && !entry.check) {
      await saved.remove(card.id);
      continue;
    }
    ledger = entry.ledger;
    resume = entry.state;
    check = entry.check;
    card = entry.card;
    if (ledger.isBroken) await saved.makeWhole(card, resume, check?.notes());
  }
}
ledger ??= saved.begin(card, noPlaces);
const run = lookUp(
  question,
  madePorts({
    fetch: globalThis.fetch,
    origin,
    token: async () => token,
    limiter: new RateLimiter(systemClock, { requests: Number.MAX_SAFE_INTEGER }),
  }),
  {
    batchSize: Number(batchSize),
    ledger,
    ...(resume ? { resume } : {}),
    ...(expectation && !resume && { notes: notes() }),
  },
);
if (expectation) check ??= new HeldCheck(run.answer, { expectation, source: { claimsToBeWhole: true } });
const { answer, stopped, ledgerProblem } = await run.done;
card = { ...card, ended: !stopped };
// There is room again: what is known is written down as a whole.
appends = Number.MAX_SAFE_INTEGER;
const notKept = ledgerProblem === undefined ? undefined : await saved.makeWhole(card, run.state, check?.notes());
await saved.update(card);
await saved.close();
console.log(JSON.stringify({ counts: answer.counts, complete: answer.complete, stopped, ledgerProblem, notKept }));

async function* notes() {
  if (check) yield* check.firstNotes();
}
