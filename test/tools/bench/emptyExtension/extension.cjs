/** The least that an extension can do: an empty webview, and a quick pick with nothing in it. The floors of the journeys. */
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand('emptyExtension.open', () => {
      const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active, {});
      panel.webview.html = '<!DOCTYPE html><html><body><p id="row">row</p></body></html>';
    }),
    vscode.commands.registerCommand('emptyExtension.ask', () =>
      vscode.window.showQuickPick([], { placeHolder: 'Nothing' }),
    ),
  );
};
