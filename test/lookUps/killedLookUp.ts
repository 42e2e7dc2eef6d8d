/**
 * A look-up with its ledger in a process of its own, made to be killed:
 * `node killedLookUp.ts <origin> <token> <ledger> <ids> <batch size>`. Prints one line of JSON when it has ended.
 */
import { existsSync } from 'node:fs';
import { RateLimiter } from '../../src/core/hubspot/limiter.ts';
import { systemClock } from '../../src/core/hubspot/machineClock.ts';
import { lookUp } from '../../src/core/lookUp/lookUp.ts';
import { LedgerFile } from '../../src/lookUps/ledgerFile.ts';
import { madePorts } from '../core/madePorts.ts';
import { dealIds } from '../hubspotStandIn/generatedAccount.ts';

const [origin = '', token = '', path = '', ids = '0', batchSize = '100'] = process.argv.slice(2);
const limiter = new RateLimiter(systemClock, { requests: Number.MAX_SAFE_INTEGER });
const ports = madePorts({ fetch: globalThis.fetch, origin, token: async () => token, limiter });
const question = { from: 'deals', to: 'contacts', ids: dealIds(Number(ids)) };
const options = { batchSize: Number(batchSize) };

const earlier = existsSync(path) ? await LedgerFile.reopen(path) : undefined;
if (earlier && earlier.restored.kind !== 'restored') throw new Error(`The ledger is ${earlier.restored.kind}`);
const ledger = earlier?.ledger ?? (await LedgerFile.create(path));
const resume = earlier?.restored.kind === 'restored' ? { resume: earlier.restored.state } : {};
const { answer, stopped, ledgerProblem } = await lookUp(question, ports, { ...options, ledger, ...resume }).done;
await ledger.close();
console.log(JSON.stringify({ counts: answer.counts, complete: answer.complete, stopped, ledgerProblem }));
