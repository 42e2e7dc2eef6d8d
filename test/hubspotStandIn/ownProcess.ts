/** A stand-in in a process of its own: see hubspotStandIn.ts for how it is started and spoken to. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { obey } from './command.ts';
import { type GeneratedAccountOptions, generatedAccount } from './generatedAccount.ts';
import type { StandIn, StandInOptions } from './standIn.ts';

/** What it can be told when it starts: everything but an account, which may be a generated one. */
type ProcessOptions = Omit<StandInOptions, 'account'> & { readonly generated?: GeneratedAccountOptions };

export async function runAsProcess(start: (options: StandInOptions) => Promise<StandIn>): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, options: { type: 'string' } } });
  const { generated, ...options }: ProcessOptions = JSON.parse(values.options ?? '{}');
  const standIn = await start({
    ...options,
    ...(generated ? { account: generatedAccount(generated) } : {}),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  process.stdout.write(`${JSON.stringify({ origin: standIn.origin, token: standIn.token })}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(obey(standIn, JSON.parse(line)))}\n`);
  }
  await standIn.close();
}
