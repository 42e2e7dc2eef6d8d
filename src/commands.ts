/** Which function serves which command of the manifest. Arguments come from anywhere, so each is checked here. */
import * as vscode from 'vscode';
import {
  addAccount,
  checkAccount,
  removeAccount,
  renameAccount,
  replaceAccountToken,
  switchAccount,
} from './accounts/accountCommands.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { ApiOrigin } from './accounts/apiOrigin.ts';
import type { ObjectTypeCatalog } from './accounts/objectTypeCatalog.ts';
import { listScopes } from './accounts/scopeList.ts';
import type { CheckToken } from './accounts/tokenCheck.ts';
import { renameLookUp } from './actions/renameLookUp.ts';
import { tellNoneApart } from './answers/existence.ts';
import type { Hop, Hops } from './answers/hops.ts';
import type { Names } from './answers/recordNames.ts';
import { copyRequest, openRequest, type RecordQuestion, showRecordAnswer } from './answers/recordRequest.ts';
import { openInHubSpot } from './answers/recordUrl.ts';
import { lookUpColumn } from './asking/lookUpColumn.ts';
import { lookUp, trySample } from './asking/lookUpGiven.ts';
import { lookUpSelection } from './asking/lookUpSelection.ts';
import { pickHopType } from './asking/otherTypes.ts';
import type { LastPairs } from './asking/pickObjectTypes.ts';
import type { Log } from './editor/log.ts';
import { copyRows, type ExportParts, exportRows, type RowsToWrite } from './exporting/exporting.ts';
import { type CopiedDiagnostics, copyDiagnostics } from './help/diagnostics.ts';
import { getStarted } from './help/getStarted.ts';
import { revealSource } from './ids/revealPlace.ts';
import type { LookUpEntry } from './lookUps/lookUpEntry.ts';
import type { LookUps } from './lookUps/lookUps.ts';
import type { AnswerPanels } from './panel/answerPanels.ts';
import {
  type AssociatedNode,
  type MoreNode,
  type Node,
  type RecordNode,
  recordAt,
  typeIn,
} from './tree/lookUpNodes.ts';
import { chosenRows, idsIn, isNode, nodesFrom } from './tree/treeSelection.ts';

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

interface LookUpCommandParts extends ExportParts {
  readonly lookUps: LookUps;
  readonly names: Names;
  readonly hops: Hops;
  /** Shows a look-up in the tree and in its panel. */
  readonly show: (lookUpId: string) => void;
  /** Opens a row of the tree and goes there, after its look-up has got new rows. */
  readonly reveal: (node: Node) => Promise<void>;
  /** Asks for the rows of a look-up anew. */
  readonly refresh: (entry: LookUpEntry) => void;
  /** What has the keyboard in the Lookups view. */
  readonly focused: () => Promise<readonly unknown[]>;
  readonly origin: ApiOrigin;
}

function lookUpHandlers(parts: LookUpCommandParts) {
  const { lookUps, names, hops, catalog } = parts;
  const nodes = (node: unknown, selected?: unknown) => nodesFrom(node, selected, parts.focused);
  const lookUpsOf = async (node: unknown, selected?: unknown): Promise<LookUpEntry[]> => {
    const ids =
      typeof node === 'string'
        ? [node]
        : (await nodes(node, selected)).flatMap((each) => (each.kind === 'lookUp' ? [each.entry.id] : []));
    return ids.flatMap((id) => lookUps.find(id) ?? []);
  };
  const onLookUps = (act: (entry: LookUpEntry) => unknown) => async (node: unknown, selected: unknown) => {
    for (const entry of await lookUpsOf(node, selected)) await act(entry);
  };
  const onRecord = (act: (node: RecordNode | AssociatedNode) => unknown) => async (node: unknown) => {
    const [first] = await nodes(node);
    return first?.kind === 'record' || first?.kind === 'associated' ? act(first) : undefined;
  };
  const onRequest = (act: (question: RecordQuestion) => unknown) => async (node: unknown) => {
    const question = (await nodes(node)).map(requestBehind)[0];
    return question ? act(question) : undefined;
  };
  return {
    'hubspotAssociations.pinLookUp': onLookUps(({ id }) => lookUps.pin(id, true)),
    'hubspotAssociations.unpinLookUp': onLookUps(({ id }) => lookUps.pin(id, false)),
    'hubspotAssociations.renameLookUp': async (node: unknown) => {
      const [entry] = await lookUpsOf(node);
      return entry && renameLookUp(entry, lookUps, catalog);
    },
    'hubspotAssociations.removeLookUp': onLookUps(({ id }) => lookUps.remove(id)),
    'hubspotAssociations.copyIds': async (node: unknown, selected: unknown) => {
      const ids = idsIn(await nodes(node, selected));
      if (ids.length > 0) await vscode.env.clipboard.writeText(ids.join('\n'));
    },
    'hubspotAssociations.copyAs': async (node: unknown, selected: unknown) =>
      copyRows(chosenRows(await nodes(node, selected)).map(rowsToWrite), parts),
    'hubspotAssociations.exportRows': async (node: unknown, selected: unknown) => {
      for (const chosen of chosenRows(await nodes(node, selected))) await exportRows(rowsToWrite(chosen), parts);
    },
    'hubspotAssociations.tellNoneApart': async (node: unknown) => {
      const [first] = await nodes(node);
      if (first && first.kind !== 'more') await tellNoneApart(first.entry, names);
    },
    'hubspotAssociations.toggleNames': (on: unknown) => names.toggle(typeof on === 'boolean' ? on : undefined),
    'hubspotAssociations.openRecord': onRecord((node) => {
      const { type, id } = recordAt(node);
      return openInHubSpot(node.entry.account, type, id);
    }),
    'hubspotAssociations.goToLine': onRecord(async (node) => {
      const { id } = recordAt(node);
      const place = node.entry.sources.places(id)[0];
      if (place) await revealSource(place, id);
    }),
    'hubspotAssociations.showRecord': onRequest(showRecordAnswer),
    'hubspotAssociations.copyRequest': onRequest((question) => copyRequest(question, parts.origin.origin)),
    'hubspotAssociations.openRequest': onRequest((question) => openRequest(question, parts.origin.origin)),
    'hubspotAssociations.followRecord': async (node: unknown) => {
      const [first] = await nodes(node);
      const under = first?.kind === 'ask' ? first.under : first;
      if (under?.kind !== 'record' && under?.kind !== 'associated') return;
      const record = recordAt(under);
      const to = await pickHopType(under.entry, record, catalog);
      if (!to) return;
      hops.choose(under.entry, record.type, to);
      parts.refresh(under.entry);
      const hop = hops.of(under.entry, record.type, record.id, to);
      await parts.reveal({ kind: 'type', entry: under.entry, under, hop });
    },
    'hubspotAssociations.refreshHop': async (node: unknown) => {
      const [first] = await nodes(node);
      const type = first?.kind === 'note' ? first.in : first;
      if (type?.kind !== 'type' || !type.hop) return;
      await hops.refresh(type.hop);
      parts.refresh(type.entry);
    },
  };
}

function rowsToWrite({ chip, ...chosen }: ReturnType<typeof chosenRows>[number]): RowsToWrite {
  return { ...chosen, ...(chip && { view: { chip, filter: '' } }) };
}

/** The request that brought what a row shows. */
function requestBehind(node: Node): RecordQuestion | undefined {
  const ask = (entry: LookUpEntry, from: string, to: string, id: string, hop?: Hop): RecordQuestion => ({
    account: entry.account.id,
    apiVersion: (hop?.answer ?? entry.answer).apiVersion,
    from,
    to,
    id,
  });
  switch (node.kind) {
    case 'record': {
      const { from, to } = node.entry.question;
      return ask(node.entry, from, to, recordAt(node).id);
    }
    case 'type': {
      const { type, id } = recordAt(node.under);
      return ask(node.entry, type, typeIn(node), id, node.hop);
    }
    case 'associated':
    case 'note':
      return requestBehind(node.in);
    default:
      return undefined;
  }
}
