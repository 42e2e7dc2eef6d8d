/** Which function serves which command of the manifest. Arguments come from anywhere, so each is checked here. */
import type { Accounts } from './accounts/accounts.ts';
import { addAccount } from './accounts/addAccount.ts';
import type { ApiOrigin } from './accounts/apiOrigin.ts';
import { checkAccount } from './accounts/checkAccount.ts';
import type { ObjectTypeCatalog } from './accounts/objectTypeCatalog.ts';
import { removeAccount } from './accounts/removeAccount.ts';
import { renameAccount } from './accounts/renameAccount.ts';
import { replaceAccountToken } from './accounts/replaceAccountToken.ts';
import { listScopes } from './accounts/scopeList.ts';
import { switchAccount } from './accounts/switchAccount.ts';
import type { CheckToken } from './accounts/tokenCheck.ts';
import { lookUp } from './asking/lookUp.ts';
import { lookUpColumn } from './asking/lookUpColumn.ts';
import { lookUpSelection } from './asking/lookUpSelection.ts';
import type { LastPairs } from './asking/pickObjectTypes.ts';
import { trySample } from './asking/trySample.ts';
import type { Log } from './editor/log.ts';
import { type CopiedDiagnostics, copyDiagnostics } from './help/copyDiagnostics.ts';
import { getStarted } from './help/getStarted.ts';
import { type LookUpCommandParts, lookUpHandlers } from './lookUpHandlers.ts';
import type { LookUpEntry } from './lookUps/lookUpEntry.ts';
import type { LookUps } from './lookUps/lookUps.ts';
import type { AnswerPanels } from './panel/answerPanels.ts';
import type { MoreNode } from './tree/lookUpNodes.ts';
import { isNode } from './tree/treeSelection.ts';

export interface CommandParts extends LookUpCommandParts {
  readonly accounts: Accounts;
  readonly origin: ApiOrigin;
  /** Of this extension. */
  readonly version: string;
  readonly extensionId: string;
  readonly catalog: ObjectTypeCatalog;
  readonly lastPairs: LastPairs;
  readonly lookUps: LookUps;
  readonly panels: AnswerPanels;
  readonly checkToken: CheckToken;
  readonly copiedDiagnostics: CopiedDiagnostics;
  readonly log: Log;
  /** Shows a look-up in the tree and in its panel. */
  readonly show: (lookUpId: string) => void;
  readonly showMore: (node: MoreNode) => void;
}

export type Handler = (...args: readonly unknown[]) => unknown;

export function commandHandlers(parts: CommandParts): Readonly<Record<string, Handler>> {
  const { accounts, lookUps, panels, log } = parts;
  const ofLookUp = (act: (entry: LookUpEntry) => unknown) => (node: unknown) => {
    const entry = entryFrom(node, lookUps);
    return entry ? act(entry) : undefined;
  };
  return {
    ...lookUpHandlers(parts),
    'hubspotAssociations.lookUpSelection': () => lookUpSelection(parts),
    'hubspotAssociations.lookUpSelectionAgain': () => lookUpSelection(parts, true),
    'hubspotAssociations.lookUpColumn': (uri) => lookUpColumn(parts, uri),
    'hubspotAssociations.lookUp': (given) => lookUp(given, parts),
    'hubspotAssociations.trySample': () => trySample(parts),
    'hubspotAssociations.addAccount': () => addAccount(accounts, parts.checkToken),
    'hubspotAssociations.switchAccount': (account) => switchAccount(accounts, account),
    'hubspotAssociations.renameAccount': (account) => renameAccount(accounts, account),
    'hubspotAssociations.replaceAccountToken': (account) => replaceAccountToken(accounts, parts.checkToken, account),
    'hubspotAssociations.checkAccount': (account) => checkAccount(accounts, parts.checkToken, account),
    'hubspotAssociations.listScopes': () => listScopes(),
    'hubspotAssociations.removeAccount': (account) => removeAccount(accounts, account),
    'hubspotAssociations.openAnswer': (node) => {
      const entry = entryFrom(node, lookUps);
      if (entry) panels.show(entry.id, isNode(node) && node.kind === 'record' ? node.record : undefined);
    },
    'hubspotAssociations.cancelLookUp': ofLookUp((entry) => lookUps.cancel(entry.id)),
    'hubspotAssociations.resumeLookUp': ofLookUp((entry) => lookUps.resume(entry.id)),
    'hubspotAssociations.runAgain': ofLookUp((entry) => {
      const again = lookUps.run(entry.question, entry.account, entry.sources, entry.read);
      parts.show(again.entry.id);
    }),
    'hubspotAssociations.clearLookUps': () => lookUps.clear(),
    'hubspotAssociations.showMore': (node) => {
      if (isNode(node) && node.kind === 'more') parts.showMore(node);
    },
    'hubspotAssociations.showLog': () => log.channel.show(),
    'hubspotAssociations.getStarted': () => getStarted(parts.extensionId),
    'hubspotAssociations.copyDiagnostics': () => copyDiagnostics(parts),
  };
}

/** The look-up that a tree row stands in, or that has this id; the newest when a command comes without one. */
function entryFrom(given: unknown, lookUps: LookUps): LookUpEntry | undefined {
  if (given === undefined) return lookUps.list()[0];
  if (typeof given === 'string') return lookUps.find(given);
  return isNode(given) && given.kind !== 'more' ? lookUps.find(given.entry.id) : undefined;
}
