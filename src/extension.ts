/**
 * What VS Code loads at activation: it registers every command and view of the manifest and loads the rest of the
 * extension on first use. Read this first, then main.ts.
 */
import type * as vscode from 'vscode';
import type { Question } from './core/domain/associations.ts';
import { LateTree } from './lateTree.ts';
import type * as MainModule from './main.ts';
import type { PublicApi } from './publicApi.ts';

// Not by an import, for which the bundle would copy VS Code's whole namespace, name by name, in every window that starts.
const { commands, lm, window } = require('vscode') as typeof vscode;

let main: MainModule.Main | undefined;

export function activate(context: vscode.ExtensionContext): PublicApi {
  const views = new Map<string, LateTree>();
  const loadMain = (): MainModule.Main => {
    // main.cjs is a bundle of its own (esbuild.js), so that an activation costs next to nothing.
    main ??= (require('./main.cjs') as typeof MainModule).start(context, (id) => views.get(id)!);
    return main;
  };

  const {
    commands: declared,
    views: containers,
    languageModelTools,
  } = context.extension.packageJSON.contributes as Contributions;
  for (const { command } of declared) {
    context.subscriptions.push(
      commands.registerCommand(command, (...args: unknown[]) => loadMain().run(command, args)),
    );
  }
  for (const { id } of Object.values(containers).flat()) {
    const tree = new LateTree(id, loadMain);
    views.set(id, tree);
    context.subscriptions.push(tree.view);
  }
  // Editors made from VS Code may have no language models.
  if (lm?.registerTool) {
    for (const { name } of languageModelTools) {
      const tool: vscode.LanguageModelTool<unknown> = {
        prepareInvocation: ({ input }, token) => loadMain().agentTools.prepare(name, input, token),
        invoke: ({ input }, token) => loadMain().agentTools.invoke(name, input, token),
      };
      context.subscriptions.push(lm.registerTool(name, tool));
    }
  }
  context.subscriptions.push(
    window.registerWebviewPanelSerializer('hubspotAssociations.answer', {
      deserializeWebviewPanel: (panel, state) => loadMain().restorePanel(panel, state),
    }),
  );
  return {
    version: 1,
    readRecordIds: (text, languageId) => loadMain().api.readRecordIds(text, languageId),
    lookUp: ((question: Question, options) => loadMain().api.lookUp(question, options)) as PublicApi['lookUp'],
    check: (question, expectation, options) => loadMain().api.check(question, expectation, options),
  };
}

export function deactivate(): Promise<void> | undefined {
  return main?.stop();
}

/** The parts of package.json that are registered from. */
interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly languageModelTools: readonly { readonly name: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}
