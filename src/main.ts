/** The rest of the extension, loaded on first use: makes the parts and joins them. */
import * as vscode from 'vscode';
import { AccountsTree } from './accounts/accountsView.ts';
import { openAccounts } from './accounts/openedAccounts.ts';
import { actionsOn } from './actions/actions.ts';
import { ErrorBoundary } from './actions/errorBoundary.ts';
import { AgentTools } from './agents/agentTools.ts';
import { Matrices } from './answers/matrix.ts';
import { openAnswers } from './answers/openedAnswers.ts';
import type { Names } from './answers/recordNames.ts';
import { allowedSignal } from './asking/confirmPlan.ts';
import { LastPairs } from './asking/lastPairs.ts';
import { ChangedFiles } from './checks/changedFiles.ts';
import { checkUnseen } from './checks/checkGiven.ts';
import { MissingExistence } from './checks/missingExistence.ts';
import { WholeFiles } from './checks/wholeFiles.ts';
import { LastProperties } from './columns/lastProperties.ts';
import { answerPanel, type CommandParts, commandHandlers } from './commands.ts';
import { Log } from './editor/log.ts';
import { Exporting } from './exporting/exporting.ts';
import { CopiedDiagnostics } from './help/diagnostics.ts';
import type { LateTree } from './lateTree.ts';
import type { LookUpGroups } from './lookUps/lookUpGroups.ts';
import type { LookUps } from './lookUps/lookUps.ts';
import { type BegunLookUp, openLookUps } from './lookUps/openedLookUps.ts';
import { markSources } from './marks/sourceMarkFixes.ts';
import { AnswerPanels } from './panel/answerPanels.ts';
import { panelSubjects } from './panel/subjects.ts';
import { lookUpForApi, type PublicApi, parseLookUpOptions, readRecordIdsForApi } from './publicApi.ts';
import { LookUpsView } from './tree/lookUpsView.ts';

export interface Main {
  readonly api: Pick<PublicApi, 'readRecordIds' | 'lookUp' | 'check'>;
  readonly agentTools: Pick<AgentTools, 'prepare' | 'invoke'>;
  /** Runs a command of the manifest. */
  run(command: string, args: readonly unknown[]): Promise<unknown>;
  restorePanel(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Brings every look-up to rest and closes its files. */
  stop(): Promise<void>;
}

/** @param viewOf the view that the entry registered under this id */
export function start(context: vscode.ExtensionContext, viewOf: (id: string) => LateTree): Main {
  const log = new Log();
  const boundary = new ErrorBoundary(log);
  const hubSpot = openAccounts(context, log);
  const { accounts, catalog } = hubSpot;
  const { lookUps, groups, onDidBegin, restored, lookUpUnseen, close } = openLookUps(context, hubSpot, log);
  const answers = openAnswers(context, hubSpot);
  const { hops, names } = answers;

  const matrices = new Matrices(lookUps, groups, catalog);
  const subjects = panelSubjects({ lookUps, groups, matrices, catalog, names });
  const panels = new AnswerPanels({ extensionUri: context.extensionUri, subjects, lookUps, groups, catalog, names });
  const lookUpsLate = viewOf('hubspotAssociations.lookUps');
  const isInSight = (lookUpId: string) => panels.isVisible(lookUpId);
  const lookUpsView = new LookUpsView(lookUpsLate.view, { lookUps, groups, catalog, hops, names, isInSight });
  lookUpsLate.fill(lookUpsView.tree as vscode.TreeDataProvider<object>);
  viewOf('hubspotAssociations.accounts').fill(new AccountsTree(accounts) as vscode.TreeDataProvider<object>);

  const show = (lookUpId: string, record?: number) => {
    panels.show(lookUpId, record);
    lookUpsView.show(lookUpId);
  };
  const lastProperties = new LastProperties(context.globalState);
  const missingExistence = new MissingExistence({ lookUps, names });
  const shared = { ...hubSpot, missingExistence, ...answers, lastProperties, lookUps, groups, matrices, log, show };
  const parts: CommandParts = {
    ...shared,
    act: actionsOn(shared),
    exporting: new Exporting({ catalog, names, lookUps }),
    lastPairs: new LastPairs(context.globalState),
    wholeFiles: new WholeFiles(context.globalState),
    panels,
    lookUpsView,
    copiedDiagnostics: new CopiedDiagnostics(),
    version: String(context.extension.packageJSON.version),
    extensionId: context.extension.id,
  };
  const handlers = commandHandlers(parts);
  context.subscriptions.push(
    log.channel,
    lookUps,
    lookUpsView,
    panels,
    panels.onDidAsk((asked) => {
      const what = asked.kind === 'act' ? asked.action : asked.kind;
      boundary.say(`${what} in a panel`, () => answerPanel(asked, parts));
    }),
    missingExistence,
    new ChangedFiles(lookUps),
    markSources(lookUps, catalog),
    parts.copiedDiagnostics,
    forgetting(shared, onDidBegin),
  );
  return {
    api: {
      readRecordIds: readRecordIdsForApi,
      lookUp: lookUpForApi({ accounts, allowedSignal, lookUpUnseen }),
      check: async (question, expectation, options) =>
        checkUnseen(question, expectation, parseLookUpOptions(options), { ...shared, lookUpUnseen }),
    },
    agentTools: new AgentTools(shared),
    run: (command, args) => boundary.run(command, () => handlers[command]?.(...args)),
    restorePanel: (panel, state) => panels.restore(panel, state, restored),
    stop: close,
  };
}

/** What is known of records that a new look-up may find otherwise, and of look-ups that are gone, is forgotten. */
function forgetting(
  { names, lookUps, groups }: { readonly names: Names; readonly lookUps: LookUps; readonly groups: LookUpGroups },
  onDidBegin: vscode.Event<BegunLookUp>,
): vscode.Disposable {
  return vscode.Disposable.from(
    lookUps.onDidChange((entry) => {
      if (!entry) names.columns.forget((id) => (lookUps.find(id) ?? groups.find(id)) !== undefined);
    }),
    onDidBegin(({ account, answer }) =>
      names.forgetGone(account, answer.question.from, (id) => answer.recordOf(id) !== undefined),
    ),
  );
}
