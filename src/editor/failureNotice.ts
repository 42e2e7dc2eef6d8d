/** A Failure in a plain sentence and its one next step, translated. Of a refused token `tokenCheck.ts` says it shorter. */
import * as vscode from 'vscode';
import type { Contradiction, Failure, HubSpotError, NeverSent, RecordProblem } from '../core/domain/failure.ts';
import type { NoticeAction } from '../core/treaty/actions.ts';

export interface FailureNotice {
  readonly sentence: string;
  /** What the user can do next. */
  readonly next: NoticeAction;
  /** HubSpot's own text and correlation id, for Details. */
  readonly details: string | undefined;
}

/** @param scopes the scopes that reading this pair needs, for when HubSpot does not name them */
export function failureNotice(failure: Failure, scopes: readonly string[] = []): FailureNotice {
  const details =
    'hubSpot' in failure ? hubSpotDetails(failure.hubSpot) : 'detail' in failure ? failure.detail : undefined;
  return { ...sentenceAndStep(failure, scopes), details: details || undefined };
}

/** True where nothing went wrong: a look-up that was stopped so waits for a person to go on. */
export function isCalmStop({ kind }: Failure): boolean {
  return ['cancelled', 'interrupted', 'openElsewhere', 'newToken'].includes(kind);
}

type SentenceAndStep = Omit<FailureNotice, 'details'>;

/** What is said of each failure, and the one next step. `scopes` are those that reading the pair needs. */
const said: {
  readonly [Kind in Failure['kind']]: (
    failure: Extract<Failure, { kind: Kind }>,
    scopes: readonly string[],
  ) => SentenceAndStep;
} = {
  cancelled: () => ({ sentence: vscode.l10n.t('Cancelled. Everything received so far is kept.'), next: 'resume' }),
  interrupted: () => ({
    sentence: vscode.l10n.t(
      'The window was closed or reloaded before this finished. Everything received so far is kept.',
    ),
    next: 'resume',
  }),
  lostOnDisk: () => ({
    sentence: vscode.l10n.t(
      'A part of what was kept is missing on the disk, or cannot be read. Resume reads it again.',
    ),
    next: 'resume',
  }),
  openElsewhere: () => ({
    sentence: vscode.l10n.t(
      'Another window is using this lookup, or was closed a moment ago. What it had read is shown. Resume continues here once it is free.',
    ),
    next: 'resume',
  }),
  noToken: () => ({
    sentence: vscode.l10n.t('This account has no token, or the keychain does not return it. Enter one to continue.'),
    next: 'enterToken',
  }),
  newToken: () => ({
    sentence: vscode.l10n.t('This account has a new token. Resume reads the rest.'),
    next: 'resume',
  }),
  unauthorized: (failure) => ({
    sentence: failure.expired
      ? vscode.l10n.t('The token has expired. Enter a new one to go on.')
      : vscode.l10n.t('HubSpot does not accept the token. Enter a new one to go on.'),
    next: 'enterToken',
  }),
  missingScopes: (failure, scopes) => ({
    sentence: missingScopes(scopes.join(', '), failure.anyOf.join(', ')),
    next: 'copyScopes',
  }),
  forbidden: () => ({
    sentence: vscode.l10n.t(
      'HubSpot does not allow this token to read here. Its owner may have left, or the account lacks the feature.',
    ),
    next: 'showLog',
  }),
  blocked: (failure) => ({
    sentence: vscode.l10n.t(
      'A web page came back instead of an answer from HubSpot (HTTP {0}). A firewall or gateway on the way blocks the request.',
      failure.hubSpot.httpStatus ?? 403,
    ),
    next: 'openSettings',
  }),
  unknownObjectType: () => ({
    sentence: vscode.l10n.t('HubSpot does not know one of the object types.'),
    next: 'chooseObjectType',
  }),
  refused: (failure) => ({
    sentence: failure.hubSpot.httpStatus
      ? vscode.l10n.t('HubSpot refused the request (HTTP {0}).', failure.hubSpot.httpStatus)
      : vscode.l10n.t('HubSpot refused the request.'),
    next: 'showLog',
  }),
  rateLimited: () => ({
    sentence: vscode.l10n.t('HubSpot kept answering that the rate limit is reached.'),
    next: 'resume',
  }),
  dailyLimit: () => ({
    sentence: vscode.l10n.t("The account's daily limit is reached. It resets at midnight in the account's time zone."),
    next: 'resume',
  }),
  unavailable: (failure) => ({ sentence: unavailable(failure), next: 'resume' }),
  serverError: (failure) => ({
    sentence: failure.hubSpot.httpStatus
      ? vscode.l10n.t('HubSpot had an error (HTTP {0}).', failure.hubSpot.httpStatus)
      : vscode.l10n.t('HubSpot had an error.'),
    next: 'resume',
  }),
  offline: () => ({ sentence: vscode.l10n.t('HubSpot could not be reached: there is no connection.'), next: 'resume' }),
  dns: () => ({
    sentence: vscode.l10n.t("HubSpot's host name could not be resolved. Check the connection or the DNS."),
    next: 'resume',
  }),
  proxy: (failure) => ({
    sentence: /407|authentication/i.test(failure.detail)
      ? vscode.l10n.t('The proxy asks for a login. Check the setting http.proxy.')
      : vscode.l10n.t('The proxy did not let the request through. Check the setting http.proxy.'),
    next: 'openSettings',
  }),
  certificate: () => ({
    sentence: vscode.l10n.t(
      'The certificate is not trusted. Check the settings http.proxyStrictSSL and http.systemCertificates.',
    ),
    next: 'openSettings',
  }),
  timeout: (failure) => ({
    sentence: vscode.l10n.t('No answer within {0} seconds.', Math.round(failure.milliseconds / 1000)),
    next: 'resume',
  }),
  connectionLost: () => ({
    sentence: vscode.l10n.t('The connection broke before the whole answer had arrived.'),
    next: 'resume',
  }),
  unreadableAnswer: (failure) => ({
    sentence: failure.where
      ? vscode.l10n.t("An answer does not fit HubSpot's contract at {0}.", failure.where)
      : vscode.l10n.t("An answer does not fit HubSpot's contract."),
    next: 'showLog',
  }),
  batchNotComplete: (failure) => ({
    sentence: vscode.l10n.t('HubSpot ended a batch as {0}, not as COMPLETE.', failure.status),
    next: 'resume',
  }),
  notAnswered: () => ({
    sentence: vscode.l10n.t('HubSpot answered, but said nothing about this record.'),
    next: 'resume',
  }),
  notAnId: () => ({
    sentence: vscode.l10n.t('Not a record ID (1 to 19 digits, no leading zero), so it was not sent.'),
    next: 'showLog',
  }),
  cursorStuck: () => ({
    sentence: vscode.l10n.t("HubSpot's paging did not move on, so the rest is unknown."),
    next: 'resume',
  }),
  contradiction: (failure) => ({ sentence: contradictionSentence(failure.how), next: 'resume' }),
  neverSent: (failure) => ({ sentence: neverSent(failure.part), next: 'showLog' }),
};

function sentenceAndStep(failure: Failure, scopes: readonly string[]): SentenceAndStep {
  // The table has for each kind a function that takes just that kind.
  const say = said[failure.kind] as (failure: Failure, scopes: readonly string[]) => SentenceAndStep;
  return say(failure, scopes);
}

/** What HubSpot said that does not go together, and what follows: more may be there than was received. */
function contradictionSentence(how: Contradiction): string {
  const { t } = vscode.l10n;
  switch (how) {
    case 'announcedMore':
      return t('HubSpot announced more associations and then sent no others, so some may be missing.');
    case 'listedFewer':
      return t('HubSpot listed fewer associations the second time than the first, so some may be missing.');
    case 'resultAndError':
      return t('HubSpot sent both associations and an error for this record, so some may be missing.');
    case 'twoCursors':
      return t('HubSpot sent this record twice with different next pages, so some may be missing.');
  }
}

function neverSent(part: NeverSent['part']): string {
  const { t } = vscode.l10n;
  switch (part) {
    case 'objectType':
      return t('Nothing was sent: an object type is a name such as deals, or an ID such as 0-3 or 2-123.');
    case 'recordId':
      return t('Nothing was sent: a record ID has 1 to 19 digits and does not begin with 0.');
    case 'apiVersion':
      return t('Nothing was sent: HubSpot has no such API version.');
    case 'request':
      return t('Nothing was sent: this is not one of the requests with which this extension reads.');
  }
}

/** 423 for a record that is being changed, 477 for an account that moves to another data center. */
function unavailable({ until, hubSpot }: Extract<Failure, { kind: 'unavailable' }>): string {
  const { t } = vscode.l10n;
  if (hubSpot.httpStatus !== 477) return t('The account cannot be read at the moment: HubSpot has locked it.');
  if (until === undefined) return t('HubSpot is moving this account to another data center. Try again later.');
  const when = new Date(until).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return t('HubSpot is moving this account to another data center. Try again after {0}.', when);
}

/** @param needed the scopes that the read needs, where that is known. @param named those that HubSpot names, if it does */
function missingScopes(needed: string, named: string): string {
  const { t } = vscode.l10n;
  if (needed && named && named !== needed)
    return t('The token lacks a scope. It needs {0}; HubSpot asks for {1}.', needed, named);
  if (needed) return t('The token lacks a scope. It needs {0}.', needed);
  return named ? t('The token lacks a scope. HubSpot asks for {0}.', named) : t('The token lacks a scope.');
}

/** Why one record failed, was not read or is truncated, in one sentence. */
export function problemSentence(problem: RecordProblem): string {
  if (problem.kind === 'notRead') return failureNotice(problem.failure).sentence;
  const name = problem.subCategory ?? problem.category;
  return problem.message ? `${problem.message} (${name})` : name;
}

function hubSpotDetails(words: HubSpotError): string | undefined {
  const { t } = vscode.l10n;
  const parts = [
    words.message,
    words.category,
    words.correlationId === undefined ? undefined : t('Correlation ID: {0}', words.correlationId),
  ].filter((part) => part !== undefined && part !== '');
  return parts.length ? parts.join('\n') : undefined;
}
