/**
 * Why something was not read, in a few English words for a language model, which gets the same whatever language the editor
 * speaks. What a person reads is made of a failure elsewhere, with a button.
 */
import type { Failure, RecordProblem } from '../domain/failure.ts';

const failureWords: Readonly<Record<Failure['kind'], string>> = {
  cancelled: 'it was cancelled',
  interrupted: 'the window was closed before this finished',
  lostOnDisk: 'what was kept of it is missing on the disk, or cannot be read',
  openElsewhere: 'another window is reading it',
  noToken: 'the account has no token, a person has to enter one',
  newToken: 'the account has a new token, resume the lookup',
  unauthorized: 'HubSpot does not accept the token, a person has to enter a new one',
  missingScopes: 'HubSpot says that the token lacks a scope for these object types, a person has to add it',
  forbidden: 'HubSpot does not allow this token to read here, a person has to change that',
  blocked: 'a firewall or gateway blocked the request',
  unknownObjectType: 'HubSpot does not know one of the object types, ask with others',
  refused: 'HubSpot refused the request',
  rateLimited: 'rate limit reached',
  dailyLimit:
    "the account's daily limit is reached, which resets at midnight in the account's time zone: ask again after that",
  unavailable: 'HubSpot is not available',
  serverError: 'HubSpot had an error',
  offline: 'no connection',
  dns: "HubSpot's host name could not be resolved",
  proxy: 'the proxy did not let the request through',
  certificate: 'the certificate is not trusted',
  timeout: 'no answer in time',
  connectionLost: 'the connection broke',
  unreadableAnswer: 'the answer was not what HubSpot promises',
  batchNotComplete: 'HubSpot did not finish the batch',
  notAnswered: 'HubSpot said nothing about it',
  notAnId: 'not a record ID and never sent',
  cursorStuck: 'HubSpot said that there is a next page, and did not give it',
  contradiction: "HubSpot's answers contradict each other",
  neverSent: 'the request has no form that may be sent',
};

export function failureReason(failure: Failure): string {
  const words = failureWords[failure.kind];
  if (failure.kind !== 'missingScopes') return words;
  const scopes = failure.anyOf.filter((scope) => /^[a-z][\w.-]{1,60}$/.test(scope)).slice(0, 3);
  return `${words}${scopes.length > 0 ? `: ${scopes.join(' or ')}` : ''}; then ask again`;
}

/** Asking again helps at once, or in a moment: nothing else has to be done before. */
export function helpsAskingAgain({ kind }: Failure): boolean {
  return askedAgain.has(kind);
}

const askedAgain: ReadonlySet<Failure['kind']> = new Set([
  'cancelled',
  'interrupted',
  'lostOnDisk',
  'rateLimited',
  'unavailable',
  'serverError',
  'offline',
  'dns',
  'timeout',
  'connectionLost',
  'unreadableAnswer',
  'batchNotComplete',
  'notAnswered',
  'contradiction',
] as const);

/** The same for one record. Of what HubSpot said only its own category is taken, which is a word in capitals. */
export function problemReason(problem: RecordProblem): string {
  if (problem.kind === 'notRead') return failureReason(problem.failure);
  return /^[A-Z][A-Z_]{1,40}$/.test(problem.category)
    ? `HubSpot error ${problem.category}`
    : 'HubSpot reported an error for it';
}
