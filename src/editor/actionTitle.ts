/** What the buttons of notices and messages are called, so that one thing to do has one name. */
import * as vscode from 'vscode';
import type { NoticeAction } from '../core/treaty/actions.ts';
import type { NoticeButton } from '../core/treaty/panelState.ts';

/** The button for an action; another title says more where it stands, as "Read the Rest" where some of it is read. */
export function noticeButton(action: NoticeAction, title = actionTitle(action)): NoticeButton {
  return { action, title };
}

export function actionTitle(action: NoticeAction): string {
  const { t } = vscode.l10n;
  switch (action) {
    case 'resume':
      return t('Resume');
    case 'readAll':
      return t('Get All');
    case 'lookUpUnderDateVersion':
      return t('Look Up Under 2026-09');
    case 'lookUpReverse':
      return t('Try the Reverse Direction');
    case 'checkOtherType':
      return t('Check Other Object Types');
    case 'chooseObjectType':
      return t('Choose Object Types');
    case 'checkExistence':
    case 'checkPairsExist':
      return t('Check Which Records Exist');
    case 'showIgnored':
      return t('Show');
    case 'addAccount':
      return t('Add Account');
    case 'enterToken':
      return t('Enter New Token');
    case 'checkAgain':
    case 'checkPairsAgain':
      return t('Check Again');
    case 'copyScopes':
      return t('Copy Scopes');
    case 'openSettings':
      return t('Open Settings');
    case 'readValues':
    case 'readNames':
      return t('Read Them');
    case 'retryNames':
      return t('Try Again');
    case 'askTheOthers':
      return t('Ask Them Too');
    case 'exportMissingPairs':
      return t('Export Missing Pairs...');
    case 'exportSignOff':
      return t('Export Sign-Off...');
    case 'showLog':
      return t('Show Log');
  }
}
