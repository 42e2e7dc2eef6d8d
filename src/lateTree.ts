/** The views, which VS Code wants before anything of the rest is loaded. */
import type * as vscode from 'vscode';

// Not by an import: extension.ts says why.
const { EventEmitter, window } = require('vscode') as typeof vscode;

type Tree = vscode.TreeDataProvider<object>;

/** A tree whose content is made when VS Code first asks for it. */
export class LateTree implements Tree {
  readonly view: vscode.TreeView<object>;
  readonly #load: () => void;
  readonly #changed = new EventEmitter<object | object[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #content: Tree | undefined;

  /** @param load has to lead to {@link fill} */
  constructor(id: string, load: () => void) {
    this.#load = load;
    this.view = window.createTreeView(id, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  fill(content: Tree): void {
    this.#content = content;
    content.onDidChangeTreeData?.((changed) => this.#changed.fire(changed ?? undefined));
  }

  getTreeItem(node: object): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#tree.getTreeItem(node);
  }

  getChildren(node?: object): vscode.ProviderResult<object[]> {
    return this.#tree.getChildren(node);
  }

  getParent(node: object): vscode.ProviderResult<object> {
    return this.#tree.getParent?.(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: object, token: vscode.CancellationToken) {
    return this.#tree.resolveTreeItem?.(item, node, token);
  }

  get #tree(): Tree {
    if (!this.#content) this.#load();
    return this.#content!;
  }
}
