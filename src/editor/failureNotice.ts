/** A Failure in a plain sentence and its one next step, translated. The only place where failures become words. */
import * as vscode from 'vscode';
import type { Contradiction, Failure, HubSpotWords, NeverSent, RecordProblem } from '../core/domain/failure.ts';
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

function sentenceAndStep(failure: Failure, scopes: readonly string[]): Omit<FailureNotice, 'details'> {
  const { t } = vscode.l10n;
  switch (failure.kind) {
    case 'cancelled':
      return { sentence: t('Cancelled. What had arrived is kept.'), next: 'resume' };
    case 'interrupted':
      return { sentence: t('The editor was closed before this was read. What had arrived is kept.'), next: 'resume' };
    case 'openElsewhere':
      return {
        sentence: t(
          'Another window has this look-up, or was closed a moment ago. What it had read is shown; Resume goes on here once it lets go.',
        ),
        next: 'resume',
      };
    case 'noToken':
      return {
        sentence: t('This account has no token, or the keychain does not give it. Enter one to go on.'),
        next: 'enterToken',
      };
    case 'unauthorized':
      return {
        sentence: failure.expired
          ? t('The token has expired. Enter a new one to go on.')
          : t('HubSpot does not accept the token. Enter a new one to go on.'),
        next: 'enterToken',
      };
    case 'missingScopes':
      return { sentence: missingScopes(scopes.join(', '), failure.anyOf.join(', ')), next: 'copyScopes' };
    case 'forbidden':
      return {
        sentence: t(
          'HubSpot does not allow this token to read here. Its owner may have left, or the account lacks the feature.',
        ),
        next: 'showLog',
      };
    case 'unknownObjectType':
      return { sentence: t('HubSpot does not know one of the object types.'), next: 'chooseObjectType' };
    case 'refused':
      return {
        sentence: failure.hubSpot.httpStatus
          ? t('HubSpot refused the request (HTTP {0}).', failure.hubSpot.httpStatus)
          : t('HubSpot refused the request.'),
        next: 'showLog',
      };
    case 'rateLimited':
      return { sentence: t('HubSpot kept answering that the rate limit is reached.'), next: 'resume' };
    case 'dailyLimit':
      return {
        sentence: t("The account's daily limit is reached. It starts anew at midnight in the account's time zone."),
        next: 'resume',
      };
    case 'unavailable':
      return {
        sentence: t('The account cannot be read at the moment: HubSpot has locked it or is moving it.'),
        next: 'resume',
      };
    case 'serverError':
      return {
        sentence: failure.hubSpot.httpStatus
          ? t('HubSpot had an error (HTTP {0}).', failure.hubSpot.httpStatus)
          : t('HubSpot had an error.'),
        next: 'resume',
      };
    case 'offline':
      return { sentence: t('HubSpot could not be reached: there is no connection.'), next: 'resume' };
    case 'dns':
      return {
        sentence: t("HubSpot's host name could not be resolved. Check the connection or the DNS."),
        next: 'resume',
      };
    case 'proxy':
      return {
        sentence: /407|authentication/i.test(failure.detail)
          ? t('The proxy asks for a login. Check the setting http.proxy.')
          : t('The proxy did not let the request through. Check the setting http.proxy.'),
        next: 'openSettings',
      };
    case 'certificate':
      return {
        sentence: t(
          'The certificate is not trusted. Check the settings http.proxyStrictSSL and http.systemCertificates.',
        ),
        next: 'openSettings',
      };
    case 'timeout':
      return { sentence: t('No answer within {0} seconds.', Math.round(failure.milliseconds / 1000)), next: 'resume' };
    case 'connectionLost':
      return { sentence: t('The connection broke before the whole answer had arrived.'), next: 'resume' };
    case 'unreadableAnswer':
      return {
        sentence: failure.where
          ? t("An answer does not fit HubSpot's contract at {0}.", failure.where)
          : t("An answer does not fit HubSpot's contract."),
        next: 'showLog',
      };
    case 'batchNotComplete':
      return { sentence: t('HubSpot ended a batch as {0}, not as COMPLETE.', failure.status), next: 'resume' };
    case 'notAnswered':
      return { sentence: t('HubSpot answered, but said nothing about this record.'), next: 'resume' };
    case 'notAnId':
      return { sentence: t('Not a record id (1 to 19 digits, no leading zero), so it was not sent.'), next: 'showLog' };
    case 'cursorStuck':
      return { sentence: t("HubSpot's paging did not move on, so the rest is unknown."), next: 'resume' };
    case 'contradiction':
      return { sentence: contradictionSentence(failure.how), next: 'resume' };
    case 'neverSent':
      return { sentence: neverSent(failure.part), next: 'showLog' };
  }
}

/** What HubSpot said that does not go together, and what follows: more may be there than was received. */
function contradictionSentence(how: Contradiction): string {
  const { t } = vscode.l10n;
  switch (how) {
    case 'announcedMore':
      return t('HubSpot announced more associations and then sent none, so some may be missing.');
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

/** @param needed the scopes of this pair, where the pair is known. @param named those that HubSpot names, if it does */
function missingScopes(needed: string, named: string): string {
  const { t } = vscode.l10n;
  if (needed && named) return t('The token lacks a scope. This pair needs {0}; HubSpot names {1}.', needed, named);
  if (needed) return t('The token lacks a scope. This pair needs {0}.', needed);
  return named ? t('The token lacks a scope. HubSpot names {0}.', named) : t('The token lacks a scope.');
}

/** Why one record failed, was not read or is truncated, in one sentence. */
export function problemSentence(problem: RecordProblem): string {
  if (problem.kind === 'notRead') return failureNotice(problem.failure).sentence;
  const name = problem.subCategory ?? problem.category;
  return problem.message ? `${problem.message} (${name})` : name;
}

function hubSpotDetails(words: HubSpotWords): string | undefined {
  const { t } = vscode.l10n;
  const parts = [
    words.message,
    words.category,
    words.correlationId === undefined ? undefined : t('Correlation id: {0}', words.correlationId),
  ].filter((part) => part !== undefined && part !== '');
  return parts.length ? parts.join('\n') : undefined;
}
