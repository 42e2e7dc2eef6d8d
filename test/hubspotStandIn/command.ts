import type { PortableFault } from './fault.ts';
import type { StandIn } from './standIn.ts';

/** A command to a stand-in in another process; its reply is one line of JSON. */
export type StandInCommand =
  | { readonly set: readonly PortableFault[] }
  | { readonly queue: readonly (PortableFault | null)[] }
  | { readonly clear: true }
  | { readonly requests: true }
  | { readonly forgetRequests: true }
  | { readonly expireToken: number }
  | { readonly issueToken: true };

/** Does what the command says. @returns its reply. */
export function obey(standIn: StandIn, command: StandInCommand): unknown {
  if ('set' in command) standIn.faults.set(...command.set);
  else if ('queue' in command) standIn.faults.queue(...command.queue.map((fault) => fault ?? undefined));
  else if ('clear' in command) standIn.faults.clear();
  else if ('requests' in command) return { requests: standIn.requests };
  else if ('forgetRequests' in command) standIn.forgetRequests();
  else if ('expireToken' in command) standIn.expireToken(command.expireToken);
  else return { token: standIn.issueToken() };
  return { done: true };
}
