/** The webview panels, one for each look-up or group: opened, brought to the front, given back their content after a reload. */
import * as vscode from 'vscode';
import * as z from 'zod';
import type { ObjectTypeCatalog } from '../accounts/objectTypeCatalog.ts';
import { firstView, type PanelView } from '../core/treaty/panelView.ts';
import type { ListedLookUp } from '../lookUps/lookUpEntry.ts';
import type { LookUpGroups } from '../lookUps/lookUpGroups.ts';
import type { LookUps } from '../lookUps/lookUps.ts';
import { undoableFor } from '../lookUps/removedLookUps.ts';
import type { Asked } from './asked.ts';
import { OpenPanel, type PanelParts } from './openPanel.ts';

const panelType = 'hubspotAssociations.answer';

/** A page has all it needs in its document. */
const webviewOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

export interface AnswerPanelsParts extends PanelParts {
  readonly lookUps: LookUps;
  readonly groups: LookUpGroups;
  readonly catalog: ObjectTypeCatalog;
}

export class AnswerPanels implements vscode.Disposable {
  readonly #parts: AnswerPanelsParts;
  /** By the id of the look-up or the group. */
  readonly #open = new Map<string, OpenPanel>();
  /** Those whose look-ups were removed. They come back with them, each where it was and as it was seen. */
  readonly #removed = new Map<string, RemovedPanel>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #asked = new vscode.EventEmitter<Asked>();
  /** Fires with what a user asks for in a panel. */
  readonly onDidAsk = this.#asked.event;

  constructor(parts: AnswerPanelsParts) {
    this.#parts = parts;
    const contextChanged = () => {
      for (const open of this.#open.values()) open.contextChanged();
    };
    this.#subscriptions = [
      this.#asked,
      parts.lookUps.onDidChange((entry) => this.#changed(entry)),
      parts.groups.onDidChange((id) => this.#open.get(id)?.contextChanged()),
      parts.names.onDidChange(contextChanged),
      parts.catalog.onDidChange(contextChanged),
    ];
  }

  /**
   * Opens the panel of a look-up or a group, or brings it to the front.
   * @param record a record to go to in it
   */
  show(lookUpId: string, record?: number): void {
    const title = this.#parts.subjects.titleOf(lookUpId);
    if (title === undefined) return;
    let open = this.#open.get(lookUpId);
    if (open) open.panel.reveal();
    else {
      open = this.#adopt(this.#create(title, vscode.ViewColumn.Active), lookUpId, { isNew: true });
    }
    if (record !== undefined) open.goTo(record);
  }

  /** The look-up whose panel the user is in. */
  get active(): string | undefined {
    return [...this.#open].find(([, { panel }]) => panel.active)?.[0];
  }

  /** True while a person can see this look-up's panel, or that of the group that holds it. */
  isVisible(lookUpId: string): boolean {
    const group = this.#parts.groups.of(lookUpId);
    return [lookUpId, group].some((id) => id !== undefined && this.#open.get(id)?.panel.visible);
  }

  /**
   * Gives a panel that VS Code restored after a reload its content back. One that was hidden is restored when it is looked at: where
   * the look-up was opened anew meanwhile, that panel is brought to the front instead.
   * @param allRestored resolves when every look-up is back that an earlier window kept; a panel does not wait for the others
   */
  async restore(panel: vscode.WebviewPanel, state: unknown, allRestored: Promise<void>): Promise<void> {
    const lookUpId = rememberedLookUp.safeParse(state).data?.lookUp;
    panel.webview.options = webviewOptions;
    if (lookUpId !== undefined) await this.#whenBack(lookUpId, allRestored);
    const open = lookUpId === undefined ? undefined : this.#open.get(lookUpId);
    if (lookUpId === undefined || open || this.#parts.subjects.titleOf(lookUpId) === undefined) panel.dispose();
    else this.#adopt(panel, lookUpId, { isNew: false });
    open?.panel.reveal();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    for (const { panel } of this.#open.values()) panel.dispose();
  }

  async #whenBack(lookUpId: string, allRestored: Promise<void>): Promise<void> {
    const { lookUps, groups } = this.#parts;
    if (lookUps.find(lookUpId)) return;
    // A group is back when all that it holds is.
    if (groups.find(lookUpId)) return allRestored;
    let listening: vscode.Disposable | undefined;
    const isBack = new Promise<void>((resolve) => {
      listening = lookUps.onDidChange(() => {
        if (lookUps.find(lookUpId)) resolve();
      });
    });
    await Promise.race([isBack, allRestored]);
    listening?.dispose();
  }

  #create(title: string, at: Parameters<typeof vscode.window.createWebviewPanel>[2]): vscode.WebviewPanel {
    const options = { ...webviewOptions, enableFindWidget: false };
    return vscode.window.createWebviewPanel(panelType, title, at, options);
  }

  #adopt(
    panel: vscode.WebviewPanel,
    lookUpId: string,
    before: { readonly isNew: boolean; readonly view?: PanelView },
  ): OpenPanel {
    const open = new OpenPanel(panel, lookUpId, this.#parts, before);
    open.onDidAsk((asked) => this.#asked.fire(asked));
    this.#open.set(lookUpId, open);
    panel.onDidDispose(() => this.#open.delete(lookUpId));
    return open;
  }

  /** @param entry the look-up that changed; undefined when the list did, and some may be gone */
  #changed(entry: ListedLookUp | undefined): void {
    if (entry) {
      this.#open.get(entry.id)?.changed();
      const group = this.#parts.groups.of(entry.id);
      if (group !== undefined) this.#open.get(group)?.changed();
      return;
    }
    for (const [lookUpId, open] of this.#open) {
      const { panel, view = firstView } = open;
      if (this.#parts.subjects.titleOf(lookUpId) !== undefined) open.changed();
      else {
        const until = performance.now() + undoableFor;
        this.#removed.set(lookUpId, { column: panel.viewColumn, isInFront: panel.visible, view, until });
        panel.dispose();
      }
    }
    this.#reopen();
  }

  /**
   * Opens the panels again whose look-ups were brought back. One that covers the file with the keyboard has it then; in another
   * column the keyboard stays where it is.
   */
  #reopen(): void {
    const { viewColumn: active } = vscode.window.tabGroups.activeTabGroup;
    const files = vscode.window.visibleTextEditors;
    const inFront = new Map<vscode.ViewColumn | undefined, OpenPanel>();
    const covered = new Set<vscode.ViewColumn | undefined>();
    for (const [lookUpId, { column, isInFront, view, until }] of this.#removed) {
      const title = this.#parts.subjects.titleOf(lookUpId);
      if (title !== undefined || performance.now() > until) this.#removed.delete(lookUpId);
      if (title === undefined) continue;
      const at = { viewColumn: column ?? vscode.ViewColumn.Active, preserveFocus: true };
      const open = this.#adopt(this.#create(title, at), lookUpId, { isNew: false, view });
      covered.add(column);
      if (isInFront) inFront.set(column, open);
    }
    // Each new panel covers what was in front.
    for (const [column, { panel }] of inFront) panel.reveal(undefined, column !== active);
    for (const { document, viewColumn } of files) {
      if (!covered.has(viewColumn) || inFront.has(viewColumn)) continue;
      // A file that is gone meanwhile stays behind the table.
      vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true }).then(undefined, () => {});
    }
  }
}

interface RemovedPanel {
  /** Undefined where VS Code does not say. */
  readonly column: vscode.ViewColumn | undefined;
  readonly isInFront: boolean;
  readonly view: PanelView;
  /** When its look-up cannot be brought back any more, by `performance.now`. */
  readonly until: number;
}

/** What a page remembers over a reload: whose panel it is, and how the user saw it (which the page reads itself). */
const rememberedLookUp = z.object({ lookUp: z.string() });
