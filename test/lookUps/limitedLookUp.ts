/** A look-up whose ledger runs into the system's limit on the size of a file: `node limitedLookUp.ts <ledger>`. */
import { wholeLines } from '../../src/core/ledger/wholeLines.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { createPortal } from '../../src/core/sampleHubSpot/portal.ts';
import { LedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds, generatedAccount } from '../hubspotStandIn/generatedAccount.ts';

process.on('SIGXFSZ', () => {}); // as it is for the editor's processes
const ledger = LedgerFile.create(process.argv[2] ?? '');
const { fetch } = createPortal(generatedAccount({ deals: 1000 }));
const ports = madePorts({ fetch });
const { state, done } = lookUp({ from: 'deals', to: 'contacts', ids: dealIds(1000) }, ports, { ledger, batchSize: 50 });
const { answer, ledgerProblem } = await done;
const notAnew = await ledger
  .rewrite((unknown) => wholeLines(state.answer, state.pages.standStill(), true, unknown))
  .then(() => undefined, String);
console.log(JSON.stringify({ complete: answer.complete, ledgerProblem, notAnew }));
