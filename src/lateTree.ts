/** The views, which VS Code wants before anything of the rest is loaded. */
import type * as vscode from 'vscode';

// Not by an import: extension.ts says why.
const { EventEmitter, window } = require('vscode') as typeof vscode;

/** A tree whose content is made when VS Code first asks for it. */
export class LateTree implements vscode.TreeDataProvider<object> {
  readonly view: vscode.TreeView<object>;
  readonly changed = new EventEmitter<object | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly #tree: () => vscode.TreeDataProvider<object>;

  constructor(id: string, tree: () => vscode.TreeDataProvider<object>) {
    this.#tree = tree;
    this.view = window.createTreeView(id, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  getTreeItem(node: object): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree().getTreeItem(node);
  }

  getChildren(node?: object): vscode.ProviderResult<object[]> {
    return this.#tree().getChildren(node);
  }

  getParent(node: object): vscode.ProviderResult<object> {
    return this.#tree().getParent?.(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: object, token: vscode.CancellationToken) {
    return this.#tree().resolveTreeItem?.(item, node, token);
  }
}
