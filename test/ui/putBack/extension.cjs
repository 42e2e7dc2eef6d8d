/**
 * An extension that brings the window back to where it began (sharedWindow.ts says when): nothing that was shown or looked up is
 * left, and the user has the settings that the order names.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.commands.registerCommand('putBack.run', putBack));
};

async function putBack() {
  const order = process.env.PUT_BACK_ORDER;
  const { nth, settings } = JSON.parse(readFileSync(order, 'utf8'));
  const run = (command, ...args) => vscode.commands.executeCommand(command, ...args);
  await run('hubspotAssociations.toggleNames', false);
  await run('hubspotAssociations.clearLookUps', { ask: false });
  await run('workbench.action.closeAllEditors');
  await run('workbench.action.closePanel');
  await run('workbench.view.explorer');
  await run('notifications.clearAll');
  for (const [name, value] of Object.entries(settings)) {
    const all = vscode.workspace.getConfiguration();
    // Null takes a setting away.
    if (JSON.stringify(all.get(name)) === JSON.stringify(value)) continue;
    await all.update(name, value ?? undefined, vscode.ConfigurationTarget.Global);
  }
  writeFileSync(`${order}.done`, String(nth));
}
