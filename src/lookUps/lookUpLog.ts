/** How look-ups went, for the log: object types, version, kind of account and numbers, never an id or a name. */
import type { Account } from '../accounts/accounts.ts';
import type { LookUp } from '../core/lookUp/lookUp.ts';
import type { Log } from '../editor/log.ts';

/** Logs that a look-up begins or goes on, and how it ends. */
export function logLookUp({ answer, plan, done }: LookUp, account: Account, log: Log): void {
  const name = `Lookup ${log.number('look-up')}`;
  const { from, to } = answer.question;
  const began = performance.now();
  log.info(
    `${name}: ${from} -> ${to}, ${answer.apiVersion}, account ${account.kind} ${account.accountType ?? ''}`.trimEnd() +
      `, records to read: ${plan.records}, in calls: ${plan.calls}`,
  );
  void done.then(({ stopped }) => {
    const { asked, found, none, failed, notRead } = answer.counts;
    const numbers = `${asked} asked = ${found} found + ${none} none + ${failed} failed + ${notRead} not read`;
    const end = stopped ? `stopped (${stopped.kind})` : answer.completeness;
    log.info(`${name}: ${end} after ${Math.round(performance.now() - began)} ms, ${numbers}`);
  });
}
