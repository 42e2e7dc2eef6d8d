/** Which function serves which command of the manifest. Arguments come from anywhere, so each is checked here. */
import { showAccountActions } from './accounts/accountActions.ts';
import {
  addAccount,
  checkAccount,
  removeAccount,
  renameAccount,
  replaceAccountToken,
  switchAccount,
} from './accounts/accountCommands.ts';
import type { Accounts } from './accounts/accounts.ts';
import { listScopes } from './accounts/scopeList.ts';
import type { CheckToken } from './accounts/tokenCheck.ts';
import type { Act } from './actions/actions.ts';
import { placeAt } from './actions/place.ts';
import { clearLookUps, removeLookUps } from './actions/removeLookUps.ts';
import { copyIds } from './actions/rowActions.ts';
import type { Hops } from './answers/hops.ts';
import { asColumnsOf, type Matrices } from './answers/matrix.ts';
import { propertyKey } from './answers/propertyColumns.ts';
import type { Names } from './answers/recordNames.ts';
import { lookUpColumn } from './asking/lookUpColumn.ts';
import { lookUp, trySample } from './asking/lookUpGiven.ts';
import { lookUpEverything, lookUpFile, lookUpSelection } from './asking/lookUpSelection.ts';
import type { NewLookUpParts } from './asking/newLookUp.ts';
import { checkGiven } from './checks/checkGiven.ts';
import { type CheckPairsParts, checkPairs, selectedCheck } from './checks/checkPairs.ts';
import type { MissingExistence } from './checks/missingExistence.ts';
import type { LastProperties } from './columns/lastProperties.ts';
import { safely } from './core/domain/thrown.ts';
import { AnswerTable } from './core/rows/answerTable.ts';
import { type Action, type Address, parseAddress } from './core/treaty/actions.ts';
import { Turns } from './editor/turns.ts';
import { copyMatrix, copySeenMatrix, exportMatrix, type MatrixRows } from './exporting/matrixExport.ts';
import { readBeforeSort } from './exporting/unreadFirst.ts';
import type { RowsToWrite } from './exporting/writing.ts';
import { type CopyDiagnosticsParts, copyDiagnostics } from './help/diagnostics.ts';
import { getStarted } from './help/getStarted.ts';
import type { LookUpGroups } from './lookUps/lookUpGroups.ts';
import type { AnswerPanels } from './panel/answerPanels.ts';
import type { Asked } from './panel/asked.ts';
import type { Node } from './tree/lookUpNodes.ts';
import type { LookUpsView } from './tree/lookUpsView.ts';
import { addressOf, nodeAt } from './tree/nodeAddress.ts';
import { type ChosenRows, choosingRows, nodesFrom } from './tree/treeSelection.ts';

export interface CommandParts extends NewLookUpParts, CheckPairsParts, CopyDiagnosticsParts {
  readonly accounts: Accounts;
  readonly groups: LookUpGroups;
  readonly matrices: Matrices;
  readonly missingExistence: MissingExistence;
  readonly extensionId: string;
  readonly names: Names;
  readonly lastProperties: LastProperties;
  readonly hops: Hops;
  readonly checkToken: CheckToken;
  readonly panels: AnswerPanels;
  readonly lookUpsView: LookUpsView;
  readonly act: Act;
}

export type Handler = (...args: readonly unknown[]) => unknown;

/** Finds the rows that a command is about, in what it was called with. */
type Where = (given: unknown, selected: unknown) => Promise<readonly Address[]>;

export function commandHandlers(parts: CommandParts): Readonly<Record<string, Handler>> {
  const { lookUps, names, lookUpsView, exporting } = parts;
  const { ids, first, wholeLookUps, oneOrNewest, panels } = whereabouts(parts);
  const chosen = async (given: unknown, selected: unknown) => {
    const places = await placesAt(await ids(given, selected), parts);
    return new Turns().through(choosingRows(places.map(({ at, entry }) => nodeAt(at, entry, parts.hops))));
  };
  const on =
    (where: Where, action: Action): Handler =>
    async (given, selected) => {
      for (const at of await where(given, selected)) await parts.act(action, at);
    };
  return {
    ...starts(parts),
    ...accountHandlers(parts),
    ...helpHandlers(parts),
    'hubspotAssociations.openAnswer': async (given) => {
      for (const { lookUp, record } of await panels(given, undefined)) parts.panels.show(lookUp, record);
    },
    'hubspotAssociations.cancelLookUp': on(oneOrNewest, 'cancel'),
    'hubspotAssociations.resumeLookUp': on(oneOrNewest, 'resume'),
    'hubspotAssociations.runAgain': on(oneOrNewest, 'runAgain'),
    // A task or a test can have it done without a question, and then for good.
    'hubspotAssociations.clearLookUps': (given) => (asksNot(given) ? lookUps.clear() : clearLookUps(parts)),
    'hubspotAssociations.pinLookUp': on(wholeLookUps, 'pin'),
    'hubspotAssociations.unpinLookUp': on(wholeLookUps, 'unpin'),
    'hubspotAssociations.checkPairsExist': on(oneOrNewest, 'checkPairsExist'),
    'hubspotAssociations.checkPairsAgain': on(oneOrNewest, 'checkPairsAgain'),
    'hubspotAssociations.exportMissingPairs': on(oneOrNewest, 'exportMissingPairs'),
    'hubspotAssociations.exportSignOff': on(oneOrNewest, 'exportSignOff'),
    'hubspotAssociations.renameLookUp': on(
      async (given) => (await wholeLookUps(given, undefined)).slice(0, 1),
      'rename',
    ),
    'hubspotAssociations.removeLookUp': async (given, selected) =>
      removeLookUps(
        (await wholeLookUps(given, selected)).map(({ lookUp }) => lookUp),
        parts,
      ),
    'hubspotAssociations.tellNoneApart': on(first, 'checkExistence'),
    'hubspotAssociations.toggleNames': (on) => names.toggle(typeof on === 'boolean' ? on : undefined),
    'hubspotAssociations.chooseProperties': (given) => choosePropertiesOf(oneOrNewest, given, parts),
    'hubspotAssociations.openRecord': on(first, 'openRecord'),
    'hubspotAssociations.goToLine': on(first, 'goToLine'),
    'hubspotAssociations.showRecord': on(first, 'showRecord'),
    'hubspotAssociations.copyRequest': on(first, 'copyRequest'),
    'hubspotAssociations.openRequest': on(first, 'openRequest'),
    'hubspotAssociations.followRecord': on(first, 'addHop'),
    'hubspotAssociations.refreshHop': on(first, 'refreshHop'),
    'hubspotAssociations.openTypes': on(first, 'openTypes'),
    'hubspotAssociations.everything': on(first, 'everything'),
    'hubspotAssociations.copyIds': async (given, selected) =>
      copyIds((await placesAt(await ids(given, selected), parts)).map(({ place }) => place)),
    'hubspotAssociations.copyAs': async (given, selected) => {
      const matrix = await matrixAt(await ids(given, selected), parts);
      if (matrix) await copyMatrix(matrix, parts);
      else await exporting.copyRows((await chosen(given, selected)).map(rowsToWrite));
    },
    'hubspotAssociations.exportRows': async (given, selected) => {
      const matrix = await matrixAt(await ids(given, selected), parts);
      if (matrix) return exportMatrix(matrix, parts);
      for (const rows of await chosen(given, selected)) await exporting.exportRows(rowsToWrite(rows));
    },
    'hubspotAssociations.showMore': async (node) => {
      const [more] = await nodesFrom(node, undefined, async () => []);
      if (more?.kind === 'more') lookUpsView.tree.showMore(more);
    },
  };
}

function accountHandlers({ accounts, checkToken }: CommandParts): Readonly<Record<string, Handler>> {
  return {
    'hubspotAssociations.addAccount': () => addAccount(accounts, checkToken),
    'hubspotAssociations.accountActions': (account) => showAccountActions(accounts, account),
    'hubspotAssociations.switchAccount': (account) => switchAccount(accounts, account),
    'hubspotAssociations.renameAccount': (account) => renameAccount(accounts, account),
    'hubspotAssociations.replaceAccountToken': (account) => replaceAccountToken(accounts, checkToken, account),
    'hubspotAssociations.checkAccount': (account) => checkAccount(accounts, checkToken, account),
    'hubspotAssociations.listScopes': () => listScopes(),
    'hubspotAssociations.removeAccount': (account) => removeAccount(accounts, account),
  };
}

/**
 * The columns are in the panel, so it is shown when something was chosen. Shown before, it would take the keyboard from the
 * question a moment after that has opened.
 */
async function choosePropertiesOf(oneOrNewest: Where, given: unknown, parts: CommandParts): Promise<void> {
  const { panels, act, names } = parts;
  const { active } = panels;
  const asked =
    given === undefined && active !== undefined ? [{ lookUp: active }] : await oneOrNewest(given, undefined);
  const isMatrix = ({ lookUp }: Address) => parts.groups.find(lookUp)?.group.sharesIds;
  const [at] = asked.flatMap((each) => (isMatrix(each) ? [each] : apart([each], parts)));
  if (!at) return;
  const before = names.columns.chosen({ id: at.lookUp });
  await act('chooseProperties', { lookUp: at.lookUp });
  if (names.columns.chosen({ id: at.lookUp }) !== before) panels.show(at.lookUp);
}

/** What starts a look-up. */
function starts(parts: CommandParts): Readonly<Record<string, Handler>> {
  return {
    'hubspotAssociations.lookUpSelection': async () => lookUpSelection(parts, false, await selectedCheck(parts)),
    'hubspotAssociations.lookUpSelectionAgain': () => lookUpSelection(parts, true),
    'hubspotAssociations.lookUpEverything': () => lookUpEverything(parts),
    'hubspotAssociations.lookUpFile': (uri) => lookUpFile(parts, uri),
    'hubspotAssociations.lookUpColumn': (uri) => lookUpColumn(parts, uri),
    'hubspotAssociations.checkPairs': (uri) => checkPairs(parts, uri),
    'hubspotAssociations.lookUp': (given) => lookUp(given, parts),
    'hubspotAssociations.check': (given) => checkGiven(given, parts),
    'hubspotAssociations.trySample': () => trySample(parts),
  };
}

function helpHandlers(parts: CommandParts): Readonly<Record<string, Handler>> {
  return {
    'hubspotAssociations.showLog': () => parts.log.channel.show(),
    'hubspotAssociations.getStarted': () => getStarted(parts.extensionId),
    'hubspotAssociations.copyDiagnostics': () => copyDiagnostics(parts),
  };
}

/** Does what a user asks for in a panel. */
export function answerPanel(asked: Asked, parts: CommandParts): unknown {
  switch (asked.kind) {
    case 'act':
      return parts.act(asked.action, asked.at);
    case 'sort':
      return readBeforeSort(asked, parts.names);
    case 'copy':
      return parts.exporting.copySeen(asked.rows, asked.seen, asked.style);
    case 'export':
      return parts.exporting.exportShown(asked.rows);
    case 'copyMatrix':
      return copySeenMatrix(asked.rows, asked, parts);
    case 'exportMatrix':
      return exportMatrix(asked.rows, parts);
  }
}

/**
 * A command comes from a row of the tree with the selection, from a key with neither, or with an address from anywhere. Only
 * the address of a row is taken, never what else it holds: another extension may call the command with a row that it made up,
 * and the address then leads to something that is there, or to nothing.
 */
function whereabouts(parts: CommandParts) {
  const { lookUps, lookUpsView } = parts;
  const from = async (given: unknown, selected: unknown, isMeant = (_: Node) => true): Promise<Address[]> => {
    const at = typeof given === 'string' ? { lookUp: given } : safely(() => parseAddress(given));
    if (at) return [at];
    const rows = (await nodesFrom(given, selected, () => lookUpsView.focused())).filter(isMeant);
    return rows.flatMap((row) => safely(() => parseAddress(addressOf(row))) ?? []);
  };
  const all: Where = (given, selected) => from(given, selected);
  // Rows that only say or offer something, such as "Follow to ...", hold no id.
  const ids: Where = (given, selected) => from(given, selected, ({ kind }) => kind !== 'ask' && kind !== 'note');
  const first: Where = async (given) => (await all(given, undefined)).slice(0, 1);
  const wholeLookUps: Where = async (given, selected) =>
    (await all(given, selected)).filter(({ group, verdict, pair, record }) =>
      [group, verdict, pair, record].every((part) => part === undefined),
    );
  const oneOrNewest: Where = async (given) => {
    if (given !== undefined) return all(given, undefined);
    const { newest } = lookUps;
    return newest ? [{ lookUp: parts.groups.of(newest.id) ?? newest.id }] : [];
  };
  // A matrix is one panel; other look-ups that are held together have one each.
  const panels: Where = async (given) =>
    (await oneOrNewest(given, undefined)).flatMap((at) =>
      parts.groups.find(at.lookUp)?.group.sharesIds ? [at] : apart([at], parts),
    );
  return { ids, first, wholeLookUps, oneOrNewest, panels };
}

/** The matrix, where the one address is that of a group of the same ids. */
async function matrixAt(all: readonly Address[], { matrices, names }: CommandParts): Promise<MatrixRows | undefined> {
  const [at] = all;
  const matrix = all.length === 1 && at && at.record === undefined ? await matrices.open(at.lookUp) : undefined;
  if (!matrix) return undefined;
  const properties = names.columns.chosen(asColumnsOf(matrix)).map(propertyKey);
  return { matrix, shown: new AnswerTable(matrix.answer).everyRow(), view: undefined, properties };
}

/** Each look-up by itself, where some are held together. */
function apart(all: readonly Address[], { groups }: CommandParts): readonly Address[] {
  return all.flatMap((at) => groups.find(at.lookUp)?.members.map(({ id }) => ({ lookUp: id })) ?? [at]);
}

/** What there is at these addresses. */
async function placesAt(given: readonly Address[], parts: CommandParts) {
  const { lookUps, hops } = parts;
  const all = apart(given, parts);
  const entries = await Promise.all(all.map((at) => lookUps.open(at.lookUp)));
  return all.flatMap((at, nth) => {
    const entry = entries[nth];
    const place = entry && placeAt(at, entry, hops);
    return place ? [{ at, entry, place }] : [];
  });
}

/** True for `{ ask: false }`. */
function asksNot(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'ask' in given && given.ask === false;
}

function rowsToWrite({ chip, ...chosen }: ChosenRows): RowsToWrite {
  return { ...chosen, view: chip === undefined ? undefined : { chips: [chip], filter: '' } };
}
